"""What happens to the customers of a location, as events of its log (``planner.sim.event_log``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from planner.sim.customer_table import Came, Customers
from planner.sim.engine import NOT_CALLED, Fate, Outcomes, Queue
from planner.sim.spells import CLERK, CUSTOMER, SINCE, UNTIL, Table, all_spells
from planner.units import MS_PER_DAY, MS_PER_MINUTE

LEAVES = {
    Fate.ABANDONED: "gives up",
    Fate.TURNED_AWAY: "is turned away",
    Fate.NOT_SERVED: "is not served",
}
#: Words after which somebody waits, and no longer waits.
COMES = ("arrives", "waits again")
GOES = ("is called", "is called again", *LEAVES.values())
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Event:
    """What happened when: to whom (``row``), at whose desk, and how that came."""

    instant: int
    word: str
    row: int = NOBODY
    desk: str = ""
    waited: float = np.nan
    waited_for: str = ""
    after: int = NOBODY


class Visits:
    """The customers of a location with what became of them."""

    def __init__(
        self,
        customers: Customers,
        rows: slice,
        queue: Queue,
        outcomes: Outcomes,
        names: tuple[str, ...],
    ) -> None:
        self.came, self.booked = customers.came[rows], customers.booked[rows]
        self.queue, self.outcomes, self.names = queue, outcomes, names
        spells = all_spells(outcomes)
        self.spells = spells[spells[:, UNTIL] > spells[:, SINCE]]
        taken = _taken_over(self.spells)
        calls = self.spells[~taken][:, [SINCE, CUSTOMER]]
        self.calls = calls[np.lexsort((calls[:, 1], calls[:, 0]))]
        self.before = _customers_before(self.spells)

    def waiting_at(self, instant: int) -> int:
        """Return how many waited at ``instant`` for their last try, or once more."""
        out = self.outcomes
        first = np.where(out.call == NOT_CALLED, out.finish, out.call)
        waiting = (out.last < instant) & (first >= instant)
        for row in np.unique(out.spells[:, CUSTOMER]).tolist():
            ends = [(one[UNTIL], other[SINCE]) for one, other in pairwise(self._spells_of(row))]
            if out.fate[row] != Fate.SERVED:
                ends.append((self._spells_of(row)[-1][UNTIL], int(out.finish[row])))
            waiting[row] |= any(since < instant <= until for since, until in ends)
        return int(waiting.sum())

    def events(self, since: int, until: int) -> Iterator[Event]:
        """Yield the events of everybody whose visit touches ``[since, until)`` [ms]."""
        touches = (self.outcomes.finish >= since) & (self.queue.arrival < until)
        for row in np.flatnonzero(touches).tolist():
            yield from self._earlier_tries(row)
            yield from self._last_try(row)

    def _last_try(self, row: int) -> Iterator[Event]:
        arrival, finish = int(self.outcomes.last[row]), int(self.outcomes.finish[row])
        appointment = self.came[row] == Came.APPOINTMENT
        since = max(arrival, int(self.booked[row])) if appointment else arrival
        served = self.outcomes.fate[row] == Fate.SERVED
        yield Event(arrival, "arrives", row)
        word, spells = "is called", self._spells_of(row)
        for number, (_, clerk, call, end) in enumerate(spells):
            ahead = "" if word == "takes over" else self._called_between(arrival, call)
            waited, desk = max(0.0, (call - since) / MS_PER_MINUTE), self.names[clerk]
            yield Event(call, word, row, desk, waited, ahead, self.before[clerk, call])
            arrival = since = end
            last = number + 1 == len(spells)
            over = not last and spells[number + 1][SINCE] == end
            word = "takes over" if over else "is called again"
            put_down = "hands over" if over else "waits again"
            yield Event(end, "finishes" if last and served else put_down, row, desk)
        if not served:
            waited = max(0.0, (finish - since) / MS_PER_MINUTE)
            yield Event(finish, LEAVES[Fate(self.outcomes.fate[row])], row, waited=waited)

    def _earlier_tries(self, row: int) -> Iterator[Event]:
        """Yield the calls before the last one: left out of patience, or turned away (L14)."""
        arrival = int(self.queue.arrival[row])
        for number in range(int(self.outcomes.tries[row]) - 1):
            refused = self.outcomes.refused[row] >> number & 1
            patience = 0 if refused else int(self.queue.patience[row, number])
            yield Event(arrival, "arrives", row)
            leaves = Fate.TURNED_AWAY if refused else Fate.ABANDONED
            yield Event(arrival + patience, LEAVES[leaves], row, waited=patience / MS_PER_MINUTE)
            arrival += patience + int(self.queue.delay[row, number])

    def _spells_of(self, row: int) -> list[list[int]]:
        low, high = np.searchsorted(self.spells[:, CUSTOMER], [row, row + 1])
        spells: list[list[int]] = self.spells[low:high].tolist()
        return spells

    def _called_between(self, arrival: int, call: int) -> str:
        """Return the customers called from ``arrival`` on and before ``call``, in order."""
        low, high = np.searchsorted(self.calls[:, 0], [arrival, call])
        return ";".join(map(str, self.calls[low:high, 1].tolist()))


def _taken_over(spells: Table) -> NDArray[np.bool_]:
    """Tell which spells begin as the one before of the same customer ends."""
    taken = np.zeros(len(spells), dtype=np.bool_)
    same = spells[1:, CUSTOMER] == spells[:-1, CUSTOMER]
    taken[1:] = same & (spells[1:, SINCE] == spells[:-1, UNTIL])
    return taken


def _customers_before(spells: Table) -> dict[tuple[int, int], int]:
    """Return by (clerk, begin) whom the clerk served just before on the same day."""
    before: dict[tuple[int, int], int] = {}
    order = spells[np.lexsort((spells[:, SINCE], spells[:, CLERK]))].tolist()
    last = [NOBODY, NOBODY, 0, 0]
    for spell in order:
        same = spell[CLERK] == last[CLERK] and _day(spell) == _day(last)
        before[spell[CLERK], spell[SINCE]] = last[CUSTOMER] if same else NOBODY
        last = spell
    return before


def _day(spell: list[int]) -> int:
    return spell[SINCE] // MS_PER_DAY
