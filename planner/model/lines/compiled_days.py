"""Cheapest lines by dynamic programming over the days, compiled.

A state after day d is (run, m, q): the run of days off or of shifts that the day belongs to, the
minutes worked so far and the amounts used of the counted resources (weekends, shifts of a limited
type).  ``forward`` fills the least cost of every state; ``trace`` walks one line back.

Runs are numbered: ``o`` in ``[0, rest)`` for o + 1 days off (the last one: long enough), then
``rest + g * longest + c`` for c + 1 shifts in a row, the last one of successor class g.  A run that
began on day 0 is recognised by its length and counts as long enough.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from planner.model.lines.problem import FloatArray, IntArray

INFINITE = np.inf


class DayRules(NamedTuple):
    """One employee's rules in the shape that the programme works on.

    Kinds are shifts that the rules cannot tell apart; K kinds, G successor classes, I entry
    classes, D days.

    Attributes
    ----------
    units : int32 array, shape (K,)
        Length of each kind [minute units].
    leaves : int32 array, shape (K,)
        Successor class of each kind.
    enters : int32 array, shape (K,)
        Entry class of each kind.
    open_to : bool array, shape (I, G)
        Whether entry class i may follow successor class g.
    resource : int32 array, shape (K,)
        Row of ``up`` that a shift of the kind uses, -1 for none.
    weekend : int32 array, shape (D,)
        1 on Saturdays, 2 on Sundays, 0 else (all 0 where weekends do not matter).
    low, high : int32 array, shape (D,)
        Window of minutes worked up to and including the day [minute units].
    longest, shortest, rest : int
        Runs of shifts at the most and least, days off at the least.
    fine : float
        Price of each weekend worked [points].
    """

    units: IntArray
    leaves: IntArray
    enters: IntArray
    open_to: NDArray[np.bool_]
    resource: IntArray
    weekend: IntArray
    low: IntArray
    high: IntArray
    longest: int
    shortest: int
    rest: int
    fine: float


@njit(cache=True, nogil=True)
def forward(rules: DayRules, cost: FloatArray, off_cost: FloatArray, up: IntArray) -> FloatArray:
    """Return the least cost of every state (float64, shape (D, runs, width, Q)).

    Parameters
    ----------
    cost : float64 array, shape (D, K)
        Cost of each kind on each day; infinite where not allowed.
    off_cost : float64 array, shape (D,)
        Cost of each day off.
    up : int32 array, shape (R, Q)
        Amounts after using one more of resource r (row 0: weekends), -1 beyond its cap.
    """
    days = cost.shape[0]
    runs = rules.rest + rules.open_to.shape[1] * rules.longest
    width = (rules.high - rules.low).max() + 1
    best = np.full((days, runs, width, up.shape[1]), INFINITE)
    _first_day(rules, cost[0], off_cost[0], up, best[0])
    entry = np.empty((rules.open_to.shape[0], rules.longest, width, up.shape[1]))
    for day in range(1, days):
        _rest(rules, day, off_cost[day], best[day - 1], best[day])
        _enter(rules, best[day - 1], entry)
        _work(rules, day, cost[day], up, entry, best[day])
    return best


@njit(cache=True, nogil=True)
def _first_day(
    rules: DayRules, cost: FloatArray, off_cost: float, up: IntArray, best: FloatArray
) -> None:
    if rules.low[0] <= 0:
        best[rules.rest - 1, -rules.low[0], 0] = off_cost
    for kind in range(len(cost)):
        amount = used(rules, kind, rules.weekend[0] > 0, 0, up)
        minute = rules.units[kind] - rules.low[0]
        if amount >= 0 and 0 <= minute <= rules.high[0] - rules.low[0]:
            run = rules.rest + rules.leaves[kind] * rules.longest
            value = cost[kind] + rules.fine * (rules.weekend[0] > 0)
            best[run, minute, amount] = min(best[run, minute, amount], value)


@njit(cache=True, nogil=True)
def used(rules: DayRules, kind: int, weekend: bool, amount: int, up: IntArray) -> int:
    """Return the amounts after a shift of ``kind`` (-1: beyond a cap)."""
    if weekend:
        amount = up[0, amount]
    if amount >= 0 and rules.resource[kind] >= 0:
        amount = up[rules.resource[kind], amount]
    return amount


@njit(cache=True, nogil=True)
def _rest(rules: DayRules, day: int, cost: float, before: FloatArray, after: FloatArray) -> None:
    """Take a day off."""
    ended = rules.low[day - 1] - rules.low[day]
    for run in range(rules.rest):
        _lower(before[run], after[min(run + 1, rules.rest - 1)], ended, cost)
    for run in range(rules.rest, before.shape[0]):
        if may_rest(rules, day, (run - rules.rest) % rules.longest):
            _lower(before[run], after[0], ended, cost)


@njit(cache=True, nogil=True)
def may_rest(rules: DayRules, day: int, count: int) -> bool:
    """Return whether ``day`` may be off after a run of ``count`` + 1 shifts."""
    return count + 1 >= rules.shortest or count == day - 1


@njit(cache=True, nogil=True)
def _enter(rules: DayRules, before: FloatArray, entry: FloatArray) -> None:
    """Gather, for each entry class and run length, the best state that it may follow."""
    for enters in range(entry.shape[0]):
        entry[enters, 0] = before[rules.rest - 1]
        for count in range(1, rules.longest):
            entry[enters, count] = INFINITE
            for leaves in range(rules.open_to.shape[1]):
                if rules.open_to[enters, leaves]:
                    run = rules.rest + leaves * rules.longest + count - 1
                    _lower(before[run], entry[enters, count], 0, 0.0)


@njit(cache=True, nogil=True)
def _work(
    rules: DayRules, day: int, cost: FloatArray, up: IntArray, entry: FloatArray, after: FloatArray
) -> None:
    """Work a shift of any kind."""
    plain = np.empty(0, np.int32)
    for kind in range(len(cost)):
        if cost[kind] == INFINITE:
            continue
        moved = rules.low[day - 1] - rules.low[day] + rules.units[kind]
        for count in range(rules.longest):
            new_weekend = rules.weekend[day] == 1 or (rules.weekend[day] == 2 and count == 0)
            source = entry[rules.enters[kind], count]
            target = after[rules.rest + rules.leaves[kind] * rules.longest + count]
            steps = _steps(rules, kind, new_weekend, up, plain)
            price = cost[kind] + rules.fine * new_weekend
            if len(steps) == 0:
                _lower(source, target, moved, price)
            else:
                _lower_using(source, target, moved, price, steps)


@njit(cache=True, nogil=True)
def _steps(
    rules: DayRules, kind: int, new_weekend: bool, up: IntArray, plain: IntArray
) -> IntArray:
    """Return the amounts after the shift by the amounts before; empty if nothing is used."""
    # A cap of none has one amount too; its step leads nowhere and must be counted.
    free = not new_weekend or (up.shape[1] == 1 and up[0, 0] == 0)
    if free and rules.resource[kind] < 0:
        return plain
    steps = np.empty(up.shape[1], np.int32)
    for amount in range(up.shape[1]):
        steps[amount] = used(rules, kind, new_weekend, amount, up)
    return steps


@njit(cache=True, nogil=True)
def _lower(source: FloatArray, target: FloatArray, moved: int, cost: float) -> None:
    """Lower ``target`` to ``source`` plus ``cost``, the minutes index moved by ``moved``."""
    width, amounts = source.shape
    first, last = max(0, -moved), min(width, width - moved)
    if last <= first:
        return
    old = source[first:last].reshape((last - first) * amounts)
    new = target[first + moved : last + moved].reshape((last - first) * amounts)
    for k in range(len(old)):
        new[k] = min(new[k], old[k] + cost)


@njit(cache=True, nogil=True)
def _lower_using(
    source: FloatArray, target: FloatArray, moved: int, cost: float, steps: IntArray
) -> None:
    """As ``_lower``, with amounts used as ``steps`` says."""
    width, amounts = source.shape
    for minute in range(max(0, -moved), min(width, width - moved)):
        for amount in range(amounts):
            if steps[amount] >= 0:
                value = source[minute, amount] + cost
                if value < target[minute + moved, steps[amount]]:
                    target[minute + moved, steps[amount]] = value


@njit(cache=True, nogil=True)
def trace(
    rules: DayRules,
    cost: FloatArray,
    off_cost: FloatArray,
    down: IntArray,
    best: FloatArray,
    last: NDArray[np.int64],
) -> IntArray:
    """Return the kinds by day (-1 for off) of a cheapest line that ends in the state ``last``.

    Parameters
    ----------
    rules, cost
        As for ``forward``; kinds may be split further, the states are the same.
    down : int32 array, shape (R, Q)
        Amounts before one more of resource r was used, -1 if none was.
    best : float64 array, shape (D, runs, width, Q)
        The table.
    last : int64 array, shape (3,)
        Run, minutes less ``low`` and amounts on the last day; their cost must be finite.
    """
    line = np.full(len(off_cost), -1, np.int32)
    state = last.copy()
    for day in range(len(off_cost) - 1, -1, -1):
        if state[0] < rules.rest:
            if day > 0:
                _before_rest(rules, day, best[day - 1], state)
        else:
            line[day] = _before_work(rules, day, cost[day], down, best, state)
    return line


@njit(cache=True, nogil=True)
def _before_rest(rules: DayRules, day: int, before: FloatArray, state: NDArray[np.int64]) -> None:
    """Move ``state`` over a day off to its cheapest predecessor."""
    minute = state[1] + rules.low[day] - rules.low[day - 1]
    cheapest, choice = INFINITE, state[0]
    for run in range(before.shape[0]):
        if run < rules.rest:
            fits = min(run + 1, rules.rest - 1) == state[0]
        else:
            fits = state[0] == 0 and may_rest(rules, day, (run - rules.rest) % rules.longest)
        if fits and before[run, minute, state[2]] < cheapest:
            cheapest, choice = before[run, minute, state[2]], run
    state[0], state[1] = choice, minute


@njit(cache=True, nogil=True)
def _before_work(
    rules: DayRules,
    day: int,
    cost: FloatArray,
    down: IntArray,
    best: FloatArray,
    state: NDArray[np.int64],
) -> int:
    """Move ``state`` over a shift to its cheapest predecessor; return the kind of the shift."""
    leaves, count = (
        (state[0] - rules.rest) // rules.longest,
        (state[0] - rules.rest) % rules.longest,
    )
    new_weekend = rules.weekend[day] == 1 or (rules.weekend[day] == 2 and count == 0)
    cheapest, choice, run, minute, amount = INFINITE, -1, 0, 0, 0
    for kind in range(len(cost)):
        earlier = state[1] + rules.low[day] - rules.units[kind]
        earlier -= rules.low[day - 1] if day > 0 else 0
        unused = _unused(rules, down, kind, new_weekend, state[2])
        if rules.leaves[kind] != leaves or unused < 0 or not 0 <= earlier < best.shape[2]:
            continue
        if day == 0:
            value = 0.0 if earlier == 0 and unused == 0 and count == 0 else INFINITE
            before = rules.rest - 1
        else:
            before, value = _cheapest_run(rules, kind, count, best[day - 1, :, earlier, unused])
        if value + cost[kind] < cheapest:
            cheapest, choice = value + cost[kind], kind
            run, minute, amount = before, earlier, unused
    state[0], state[1], state[2] = run, minute, amount
    return choice


@njit(cache=True, nogil=True)
def _cheapest_run(rules: DayRules, kind: int, count: int, value: FloatArray) -> tuple[int, float]:
    """Return the cheapest run before a shift of ``kind``, the (count + 1)-th in a row."""
    if count == 0:
        return rules.rest - 1, value[rules.rest - 1]
    choice, cheapest = -1, INFINITE
    for leaves in range(rules.open_to.shape[1]):
        run = rules.rest + leaves * rules.longest + count - 1
        if rules.open_to[rules.enters[kind], leaves] and value[run] < cheapest:
            choice, cheapest = run, value[run]
    return choice, cheapest


@njit(cache=True, nogil=True)
def _unused(rules: DayRules, down: IntArray, kind: int, new_weekend: bool, amount: int) -> int:
    """Return the amounts before a shift of ``kind`` (-1: not possible)."""
    if rules.resource[kind] >= 0:
        amount = down[rules.resource[kind], amount]
    if amount >= 0 and new_weekend:
        amount = down[0, amount]
    return amount
