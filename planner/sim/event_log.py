"""One simulated day at one location as a table that a person can read: who waited for whom.

The log is made from customers, staffing and outcomes alone, so both engines give the same one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.roster import Activity, Assignment
from planner.sim.clerk_spells import SpellKind, clerk_spells
from planner.sim.customer_table import CHANNELS, Came, Customers, queue_at
from planner.sim.doors import open_doors
from planner.sim.engine import Fate, Outcomes, Queue
from planner.sim.staffing import LocationStaffing
from planner.units import MS_PER_DAY, MS_PER_MINUTE, MS_PER_SECOND

COLUMNS = [
    "time",
    "event",
    "customer",
    "service",
    "channel",
    "desk",
    "waited_minutes",
    "waited_for",
    "after_customer",
    "waiting",
]
#: Order of the words within an instant (L1).
ORDER = (
    "doors open",
    "finishes",
    "stops serving",
    "back office ends",
    "break ends",
    "shift ends",
    "is absent",
    "shift starts",
    "break starts",
    "back office starts",
    "starts serving",
    "arrives",
    "is called",
    "gives up",
    "is turned away",
    "is not served",
    "doors close",
)
LEAVES = {
    Fate.ABANDONED: "gives up",
    Fate.TURNED_AWAY: "is turned away",
    Fate.NOT_SERVED: "is not served",
}
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Place:
    """Which day is looked at: code of the location, day of the horizon, and its shifts if any.

    Attributes
    ----------
    present, absent : tuple of Assignment
        The roster of the day at the location: who came (stand-ins included), who fell out.
    """

    location: int
    day: int
    present: tuple[Assignment, ...] = ()
    absent: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class _Event:
    instant: int
    word: str
    row: int = NOBODY
    desk: str = ""
    waited: float = np.nan
    waited_for: str = ""
    after: int = NOBODY


def event_log(
    case: PlanningCase,
    customers: Customers,
    staffing: LocationStaffing,
    outcomes: Outcomes,
    place: Place,
) -> pd.DataFrame:
    """Return the events of one day at one location in order.

    Parameters
    ----------
    staffing, outcomes : LocationStaffing, Outcomes
        Of the location.

    Returns
    -------
    DataFrame
        ``time`` (HH:MM:SS), ``event``, ``customer`` (row within the location), ``service``,
        ``channel``, ``desk`` (the clerk concerned), ``waited_minutes`` (since arrival, or the
        booked time if later), ``waited_for``: customers called while this one waited, in order and
        joined by ``;``, ``after_customer``: whom the desk served just before (-1: nobody that
        day), and ``waiting``: customers waiting after the event.  Further calls appear too.
    """
    rows = customers.rows(place.location)
    midnight = place.day * MS_PER_DAY
    queue = queue_at(case, customers, place.location)
    visits = _Visits(customers, rows, queue, outcomes, staffing.names)
    events = [
        *_door_events(case, place.location),
        *_shift_events(case, place, staffing),
        *_clerk_events(staffing, outcomes),
        *visits.events(midnight, midnight + MS_PER_DAY),
    ]
    today = [event for event in events if midnight <= event.instant < midnight + MS_PER_DAY]
    today.sort(key=lambda e: (e.instant, ORDER.index(e.word), e.row, e.desk))
    waiting = visits.waiting_at(midnight)
    records = []
    for event in today:
        waiting += (event.word == "arrives") - (
            event.word == "is called" or event.word in LEAVES.values()
        )
        records.append(_record(case, customers, rows, event, (midnight, waiting)))
    return pd.DataFrame(records, columns=COLUMNS)


def _record(
    case: PlanningCase,
    customers: Customers,
    rows: slice,
    event: _Event,
    state: tuple[int, int],
) -> tuple[object, ...]:
    midnight, waiting = state
    known = event.row != NOBODY
    return (
        _clock(event.instant - midnight),
        event.word,
        event.row,
        case.services[customers.service[rows][event.row]].id if known else "",
        CHANNELS[customers.came[rows][event.row]].value if known else "",
        event.desk,
        event.waited,
        event.waited_for,
        event.after,
        waiting,
    )


def _door_events(case: PlanningCase, location: int) -> Iterator[_Event]:
    for opening, closing in open_doors(case, case.locations[location]).tolist():
        yield _Event(opening, "doors open")
        yield _Event(closing, "doors close")


def _clerk_events(staffing: LocationStaffing, outcomes: Outcomes) -> Iterator[_Event]:
    """Yield when clerks were there for customers and when they were on a break, as it happened."""
    words = {
        SpellKind.SERVING: ("starts serving", "stops serving"),
        SpellKind.BREAK: ("break starts", "break ends"),
    }
    for spell in clerk_spells(staffing.clerks, outcomes):
        first, last = words[spell.kind]
        yield _Event(spell.start, first, desk=staffing.names[spell.clerk])
        yield _Event(spell.end, last, desk=staffing.names[spell.clerk])


def _shift_events(case: PlanningCase, place: Place, staffing: LocationStaffing) -> Iterator[_Event]:
    """Yield shifts, back office and the breaks that follow no serving, as the roster has them."""
    midnight = place.day * MS_PER_DAY
    today = case.horizon.first_day + timedelta(days=place.day)
    for gone in place.absent:
        if gone.day == today:
            begins = midnight + gone.start_minute * MS_PER_MINUTE
            yield _Event(begins, "is absent", desk=gone.employee)
    for shift in place.present:
        if shift.day == today:
            taken = _breaks_after_serving(staffing, shift.employee)
            for word, start, end in _planned_spans(shift):
                begins = midnight + start * MS_PER_MINUTE
                if word != "break" or begins not in taken:
                    ends = midnight + end * MS_PER_MINUTE
                    yield _Event(begins, f"{word} starts", desk=shift.employee)
                    yield _Event(ends, f"{word} ends", desk=shift.employee)


def _planned_spans(shift: Assignment) -> Iterator[tuple[str, int, int]]:
    """Yield (word, start, end) of the shift, its back office and its breaks [min]."""
    yield "shift", shift.start_minute, shift.end_minute
    words = {Activity.BACK_OFFICE: "back office", Activity.BREAK: "break"}
    for piece in shift.pieces:
        if piece.activity in words:
            yield words[piece.activity], piece.start_minute, piece.end_minute


def _breaks_after_serving(staffing: LocationStaffing, name: str) -> set[int]:
    """Return when the breaks of a clerk are due that the engine moves (L8) [ms]."""
    if name not in staffing.names:
        return set()
    clerks, number = staffing.clerks, staffing.names.index(name)
    pieces = slice(int(clerks.first[number]), int(clerks.first[number + 1]))
    return set(clerks.end[pieces][clerks.pause[pieces] > 0].tolist())


class _Visits:
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
        self.ends = np.where(outcomes.fate == Fate.SERVED, outcomes.call, outcomes.finish)
        served = np.flatnonzero(outcomes.fate == Fate.SERVED)
        self.calls = served[np.lexsort((served, outcomes.call[served]))]
        self.call_times = outcomes.call[self.calls]
        self.before = self._customers_before(served)

    def waiting_at(self, instant: int) -> int:
        """Return how many waited at ``instant`` for their last try."""
        return int(((self.outcomes.last < instant) & (self.ends >= instant)).sum())

    def events(self, since: int, until: int) -> Iterator[_Event]:
        """Yield the events of everybody whose visit touches ``[since, until)`` [ms]."""
        touches = (self.outcomes.finish >= since) & (self.queue.arrival < until)
        for row in np.flatnonzero(touches).tolist():
            yield from self._earlier_tries(row)
            yield from self._last_try(row, int(self.outcomes.fate[row]))

    def _last_try(self, row: int, fate: int) -> Iterator[_Event]:
        arrival, finish = int(self.outcomes.last[row]), int(self.outcomes.finish[row])
        appointment = self.came[row] == Came.APPOINTMENT
        since = max(arrival, int(self.booked[row])) if appointment else arrival
        yield _Event(arrival, "arrives", row)
        if fate != Fate.SERVED:
            waited = max(0.0, (finish - since) / MS_PER_MINUTE)
            yield _Event(finish, LEAVES[Fate(fate)], row, waited=waited)
            return
        call, desk = int(self.outcomes.call[row]), self.names[self.outcomes.clerk[row]]
        waited = max(0.0, (call - since) / MS_PER_MINUTE)
        ahead = ";".join(map(str, self._called_between(arrival, call)))
        yield _Event(call, "is called", row, desk, waited, ahead, self.before.get(row, NOBODY))
        yield _Event(finish, "finishes", row, desk)

    def _earlier_tries(self, row: int) -> Iterator[_Event]:
        """Yield the calls before the last one: left out of patience, or turned away (L14)."""
        arrival = int(self.queue.arrival[row])
        for number in range(int(self.outcomes.tries[row]) - 1):
            refused = self.outcomes.refused[row] >> number & 1
            patience = 0 if refused else int(self.queue.patience[row, number])
            yield _Event(arrival, "arrives", row)
            leaves = Fate.TURNED_AWAY if refused else Fate.ABANDONED
            yield _Event(arrival + patience, LEAVES[leaves], row, waited=patience / MS_PER_MINUTE)
            arrival += patience + int(self.queue.delay[row, number])

    def _called_between(self, arrival: int, call: int) -> list[int]:
        """Return the customers called from ``arrival`` on and before ``call``, in order."""
        low, high = np.searchsorted(self.call_times, [arrival, call])
        return [int(other) for other in self.calls[low:high]]

    def _customers_before(self, served: np.ndarray) -> dict[int, int]:
        """Return by customer whom the same clerk served just before on the same day."""
        order = served[np.lexsort((self.outcomes.call[served], self.outcomes.clerk[served]))]
        clerk, day = self.outcomes.clerk[order], self.outcomes.call[order] // MS_PER_DAY
        same = (clerk[1:] == clerk[:-1]) & (day[1:] == day[:-1])
        return dict(zip(order[1:][same].tolist(), order[:-1][same].tolist(), strict=True))


def _clock(since_midnight: int) -> str:
    seconds = since_midnight // MS_PER_SECOND
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
