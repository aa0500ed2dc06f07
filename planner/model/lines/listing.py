"""All lines up to a limit, walked back day by day through the table of ``compiled_days.forward``.

The table gives each partial line (its last days) the exact cost of its best completion.  Keeping
the ``count`` cheapest partial lines of every day therefore keeps the ``count`` cheapest lines: a
partial line that is dropped has ``count`` others before it, each with a cheaper completion.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from planner.model.lines.compiled_days import DayRules
from planner.model.lines.problem import FloatArray, IntArray

#: Sums of the same costs in another order differ by less [points].
ROUNDING = 1e-7


@dataclass(frozen=True, slots=True)
class Table:
    """A filled table of the day programme with what it was filled from.

    Attributes
    ----------
    rules, cost, off_cost, down, best
        As for ``compiled_days.trace``.
    lowest, highest : int
        Minutes on the last day, less its ``low`` [minute units].
    """

    rules: DayRules
    cost: FloatArray
    off_cost: FloatArray
    down: IntArray
    best: FloatArray
    lowest: int
    highest: int

    @property
    def final(self) -> FloatArray:
        """Costs of the states in which a line may end (run, minutes less ``lowest``, amounts)."""
        final: FloatArray = self.best[-1][:, self.lowest : self.highest + 1]
        return final


class _State(NamedTuple):
    run: int
    minute: int
    amount: int


class _Partial(NamedTuple):
    """The last days of a line: cost with the best completion, cost so far, kinds by day."""

    total: float
    later: float
    state: _State
    kinds: tuple[int, ...]


def list_lines(table: Table, limit: float, count: int) -> tuple[IntArray, bool]:
    """Return kinds by day (-1 for off) of the ``count`` cheapest lines up to ``limit``.

    The flag tells whether these are all lines up to the limit.
    """
    days, whole = len(table.off_cost), True
    places = zip(*(axis.tolist() for axis in np.nonzero(table.final <= limit)), strict=True)
    partial = [
        _Partial(
            float(table.final[place]), 0.0, _State(place[0], place[1] + table.lowest, place[2]), ()
        )
        for place in places
    ]
    for day in range(days - 1, -1, -1):
        whole = whole and len(partial) <= count
        kept = heapq.nsmallest(count, partial)
        partial = [more for own in kept for more in _longer(table, day, own, limit)]
    kept = heapq.nsmallest(count, partial)
    lines = np.array([own.kinds for own in kept], np.int32).reshape(len(kept), days)
    return lines, whole and len(partial) <= count


def _longer(table: Table, day: int, partial: _Partial, limit: float) -> Iterator[_Partial]:
    """Yield ``partial`` with ``day`` put before it, in every way up to ``limit``."""
    for kind, price, before in _predecessors(table, day, partial.state):
        later = partial.later + price
        total = later + (float(table.best[day - 1][before]) if day > 0 else 0.0)
        if total <= limit + ROUNDING:
            yield _Partial(total, later, before, (kind, *partial.kinds))


def _predecessors(table: Table, day: int, state: _State) -> Iterator[tuple[int, float, _State]]:
    """Yield (kind, price of the day, state before it)."""
    if state.run < table.rules.rest:
        yield from _before_rest(table, day, state)
    else:
        for kind in np.flatnonzero(np.isfinite(table.cost[day])).tolist():
            yield from _before_work(table, day, state, kind)


def _before_rest(table: Table, day: int, state: _State) -> Iterator[tuple[int, float, _State]]:
    rules, price = table.rules, float(table.off_cost[day])
    if day == 0:
        yield -1, price, state
        return
    minute = state.minute + int(rules.low[day]) - int(rules.low[day - 1])
    for run in range(table.best.shape[1] if minute < table.best.shape[2] else 0):
        length = (run - rules.rest) % rules.longest + 1
        if run < rules.rest:
            fits = min(run + 1, rules.rest - 1) == state.run
        else:
            fits = state.run == 0 and (length >= rules.shortest or length == day)
        if fits:
            yield -1, price, _State(run, minute, state.amount)


def _before_work(
    table: Table, day: int, state: _State, kind: int
) -> Iterator[tuple[int, float, _State]]:
    rules = table.rules
    leaves, before = divmod(state.run - rules.rest, rules.longest)
    weekend = rules.weekend[day] == 1 or (rules.weekend[day] == 2 and before == 0)
    amount = (
        int(table.down[rules.resource[kind], state.amount])
        if rules.resource[kind] >= 0
        else state.amount
    )
    if weekend and amount >= 0:
        amount = int(table.down[0, amount])
    minute = state.minute + int(rules.low[day] - rules.units[kind])
    minute -= int(rules.low[day - 1]) if day > 0 else 0
    inside = 0 <= minute < table.best.shape[2]
    if rules.leaves[kind] != leaves or amount < 0 or not inside:
        return
    price = float(table.cost[day, kind]) + rules.fine * weekend
    if before == 0:
        if day > 0 or (minute == 0 and amount == 0):
            yield kind, price, _State(rules.rest - 1, minute, amount)
        return
    for earlier in np.flatnonzero(rules.open_to[rules.enters[kind]]).tolist() if day > 0 else ():
        run = rules.rest + earlier * rules.longest + before - 1
        yield kind, price, _State(run, minute, amount)
