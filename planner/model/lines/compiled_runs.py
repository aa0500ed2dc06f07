"""Cheapest lines when only runs are kept exactly, compiled: all amounts are fined.

Minutes, weekends and limited shift types cost a fine for each use instead of standing in the state,
so that a state is a run alone, numbered as in ``compiled_days``: a whole year takes well below a
millisecond.  Each fine makes a valid bound (``compiled_descent``).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.model.lines.problem import FloatArray, IntArray
from planner.model.roster.compiled_code import compiled, compiled_inner

INFINITE = np.inf
#: Place of the weekends among the fined amounts (before it: minutes missing, minutes beyond).
WEEKEND_ROW = 2

Places = NDArray[np.int16]


class Runs(NamedTuple):
    """One employee in the shape that the programme works on.

    A shifts that the employee may work, D days, G successor classes, I entry classes, K fined
    amounts: minutes missing, minutes beyond, weekends, then one for each limited shift type.

    Attributes
    ----------
    cost, off_cost : float64 arrays, shapes (D, A) and (D,)
        Price of each shift and of each day off; infinite where not allowed [points].
    base : float
        Price of any line [points].
    rows : int32 array, shape (D, A)
        Cover row of each shift.
    use : float64 array, shape (A, K)
        Amounts that one shift uses (weekends apart).
    cap : float64 array, shape (K,)
        Amounts that a line may use.
    leaves, enters : int32 arrays, shape (A,)
        Successor and entry class of each shift.
    open_to : bool array, shape (I, G)
        Whether entry class i may follow successor class g.
    weekend : int32 array, shape (D,)
        1 on Saturdays, 2 on Sundays, 0 else.
    longest, shortest, rest : int
        Runs of shifts at the most and least, days off at the least.
    """

    cost: FloatArray
    off_cost: FloatArray
    base: float
    rows: IntArray
    use: FloatArray
    cap: FloatArray
    leaves: IntArray
    enters: IntArray
    open_to: NDArray[np.bool_]
    weekend: IntArray
    longest: int
    shortest: int
    rest: int


class Room(NamedTuple):
    """Working arrays for one employee: filled by the programme.

    Attributes
    ----------
    reduced : float64 array, shape (D, A)
        Prices that the programme plans for.
    value : float64 array, shape (D, runs)
        Least price of each state.
    before, shift : int16 arrays, shape (D, runs)
        Run before each state and its shift.
    least, which : float64 and int16 arrays, shape (I, G)
        Cheapest shift of the day by entry and successor class.
    entry, entered : float64 and int16 arrays, shape (I, longest)
        Best state that each entry class and run length may follow.
    plan : int16 array, shape (D,)
        Cheapest line: place of the shift among the employee's, -1 for off.
    """

    reduced: FloatArray
    value: FloatArray
    before: Places
    shift: Places
    least: FloatArray
    which: Places
    entry: FloatArray
    entered: Places
    plan: Places


def room_for(runs: Runs) -> Room:
    """Return working arrays for ``runs``."""
    (days, able), (enters, leaves) = runs.cost.shape, runs.open_to.shape
    states = runs.rest + leaves * runs.longest
    return Room(
        reduced=np.zeros((days, able)),
        value=np.zeros((days, states)),
        before=np.zeros((days, states), np.int16),
        shift=np.zeros((days, states), np.int16),
        least=np.zeros((enters, leaves)),
        which=np.zeros((enters, leaves), np.int16),
        entry=np.zeros((enters, runs.longest)),
        entered=np.zeros((enters, runs.longest), np.int16),
        plan=np.zeros(days, np.int16),
    )


@compiled
def cheapest(runs: Runs, room: Room, fine: float) -> float:
    """Plan for ``room.reduced`` and a ``fine`` for each weekend; return the price of the plan."""
    days = room.value.shape[0]
    room.value[...] = INFINITE
    room.value[0, runs.rest - 1] = runs.off_cost[0]
    for a in range(len(runs.leaves)):
        state = runs.rest + runs.leaves[a] * runs.longest
        value = room.reduced[0, a] + (fine if runs.weekend[0] > 0 else 0.0)
        if value < room.value[0, state]:
            room.value[0, state] = value
            room.shift[0, state] = a
    for day in range(1, days):
        _rest(runs, room, day)
        _choose(runs, room, day)
        _enter(runs, room, day)
        _work(runs, room, day, fine)
    return _trace(runs, room)


@compiled_inner
def _rest(runs: Runs, room: Room, day: int) -> None:
    """Take ``day`` off."""
    price = runs.off_cost[day]
    for state in range(room.value.shape[1]):
        if state < runs.rest:
            after = min(state + 1, runs.rest - 1)
        else:
            length = (state - runs.rest) % runs.longest + 1
            if length < runs.shortest and length != day:
                continue
            after = 0
        value = room.value[day - 1, state] + price
        if value < room.value[day, after]:
            room.value[day, after] = value
            room.before[day, after] = state


@compiled_inner
def _choose(runs: Runs, room: Room, day: int) -> None:
    """Find the cheapest shift of each pair of entry and successor class."""
    for enters in range(room.least.shape[0]):
        for leaves in range(room.least.shape[1]):
            room.least[enters, leaves] = INFINITE
    for a in range(len(runs.leaves)):
        enters, leaves = runs.enters[a], runs.leaves[a]
        if room.reduced[day, a] < room.least[enters, leaves]:
            room.least[enters, leaves] = room.reduced[day, a]
            room.which[enters, leaves] = a


@compiled_inner
def _enter(runs: Runs, room: Room, day: int) -> None:
    """Find the best state that each entry class may follow as the c-th shift in a row."""
    for enters in range(room.entry.shape[0]):
        room.entry[enters, 0] = room.value[day - 1, runs.rest - 1]
        room.entered[enters, 0] = runs.rest - 1
        for count in range(1, runs.longest):
            room.entry[enters, count] = INFINITE
            for leaves in range(room.least.shape[1]):
                state = runs.rest + leaves * runs.longest + count - 1
                value = room.value[day - 1, state]
                if runs.open_to[enters, leaves] and value < room.entry[enters, count]:
                    room.entry[enters, count] = value
                    room.entered[enters, count] = state


@compiled_inner
def _work(runs: Runs, room: Room, day: int, fine: float) -> None:
    """Work on ``day``."""
    weekend = runs.weekend[day]
    for enters in range(room.least.shape[0]):
        for leaves in range(room.least.shape[1]):
            price = room.least[enters, leaves]
            for count in range(runs.longest if price < INFINITE else 0):
                new_weekend = weekend == 1 or (weekend == 2 and count == 0)
                value = room.entry[enters, count] + price + (fine if new_weekend else 0.0)
                state = runs.rest + leaves * runs.longest + count
                if value < room.value[day, state]:
                    room.value[day, state] = value
                    room.before[day, state] = room.entered[enters, count]
                    room.shift[day, state] = room.which[enters, leaves]


@compiled_inner
def _trace(runs: Runs, room: Room) -> float:
    """Write the cheapest plan; return its price."""
    last, state = room.value.shape[0] - 1, 0
    for other in range(room.value.shape[1]):
        if room.value[last, other] < room.value[last, state]:
            state = other
    least: float = room.value[last, state]
    for day in range(last, -1, -1):
        room.plan[day] = room.shift[day, state] if state >= runs.rest else -1
        state = room.before[day, state]
    return least
