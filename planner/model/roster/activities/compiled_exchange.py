"""Exchanges of activities between two people of a place and day, annealed; compiled."""

from __future__ import annotations

import math
from typing import NamedTuple

from planner.model.roster.arrays import NOT_WORKING, Bools, Floats, Ints
from planner.model.roster.compiled_chance import Chance, draw, unit
from planner.model.roster.compiled_code import compiled, compiled_inner

#: Weight of a cell beyond the longest stretch, in changes of activity.
BEYOND = 50.0
#: Heat at first and at last, in changes of activity.
HOT, COLD = 1.5, 0.05


class PlaceDay(NamedTuple):
    """The people at work at one place on one day.

    Attributes
    ----------
    activity : int64 (N, C)
        What each of them does, as in ``Lines``; changed in place.
    able : bool (N, K + 1)
        Whether a person can serve a cover row; the last column is back-office work.
    kind : int64 (N,)
        People of different kinds exchange nothing.
    longest : float64 (N,)
        Longest stretch with customers [cells]; infinite where nobody asks.
    """

    activity: Ints
    able: Bools
    kind: Ints
    longest: Floats


@compiled_inner
def changes_and_beyond(day: PlaceDay, i: int) -> tuple[int, float]:
    """Return changes of activity of person i, and cells beyond the longest stretch."""
    changes, beyond, run = 0, 0.0, 0
    before = NOT_WORKING
    for c in range(day.activity.shape[1]):
        now = day.activity[i, c]
        if now != before and now != NOT_WORKING and before != NOT_WORKING:
            changes += 1
        if now >= 0:
            run += 1
        if now < 0 or c == day.activity.shape[1] - 1:
            beyond += max(0.0, run - day.longest[i])
            run = 0
        before = now
    return changes, beyond


@compiled_inner
def _price(day: PlaceDay, i: int) -> float:
    changes, beyond = changes_and_beyond(day, i)
    return changes + BEYOND * beyond


@compiled
def price_of_day(day: PlaceDay) -> float:
    """Return the price of the whole day [changes of activity]."""
    total = 0.0
    for i in range(day.activity.shape[0]):
        total += _price(day, i)
    return total


@compiled_inner
def _window(day: PlaceDay, i: int, j: int, at: tuple[int, int]) -> tuple[int, int]:
    """Return first cell and end of what i and j exchange around a cell: ``at`` = (cell, way).

    Way 0 is the cell alone, 1 the piece of i, 2 the piece of j, 3 what is in both pieces.
    """
    c, way = at
    activity, first, end = day.activity, at[0], at[0] + 1
    if way == 0:
        return first, end
    while first > 0 and _goes_on(activity, (i, j), (c, first - 1), way):
        first -= 1
    while end < activity.shape[1] and _goes_on(activity, (i, j), (c, end), way):
        end += 1
    return first, end


@compiled_inner
def _goes_on(activity: Ints, pair: tuple[int, int], cells: tuple[int, int], way: int) -> bool:
    """Tell whether the window around cell c takes in cell x: ``cells`` = (c, x)."""
    (i, j), (c, x) = pair, cells
    if activity[i, x] == NOT_WORKING or activity[j, x] == NOT_WORKING:
        return False
    one, other = activity[i, x] == activity[i, c], activity[j, x] == activity[j, c]
    if way == 1:
        return bool(one)
    return bool(other) if way == 2 else bool(one and other)


@compiled_inner
def _swap(day: PlaceDay, i: int, j: int, window: tuple[int, int]) -> None:
    for c in range(window[0], window[1]):
        day.activity[i, c], day.activity[j, c] = day.activity[j, c], day.activity[i, c]


@compiled_inner
def _can(day: PlaceDay, i: int, j: int, window: tuple[int, int]) -> bool:
    """Tell whether each of two people can do what the other does in a window."""
    for c in range(window[0], window[1]):
        if not (day.able[i, day.activity[j, c]] and day.able[j, day.activity[i, c]]):
            return False
    return True


@compiled_inner
def _copy(source: Ints, target: Ints) -> None:
    for i in range(source.shape[0]):
        for c in range(source.shape[1]):
            target[i, c] = source[i, c]


@compiled
def calm(day: PlaceDay, best: Ints, rounds: int, chance: Chance) -> float:
    """Exchange activities for ``rounds`` tries; leave the best in ``day`` and return its price.

    Simulated annealing (Kirkpatrick et al. 1983, Science 220) from ``HOT`` to ``COLD``.  ``best``
    is room for activities; the result is never worse than what was.
    """
    people, cells = day.activity.shape
    now = price_of_day(day)
    lowest = now
    _copy(day.activity, best)
    for tried in range(rounds if people > 1 else 0):
        heat = HOT * (COLD / HOT) ** (tried / rounds)
        i, j, c = draw(chance, people), draw(chance, people), draw(chance, cells)
        mine, other = day.activity[i, c], day.activity[j, c]
        if mine in (other, NOT_WORKING) or other == NOT_WORKING:
            continue
        window = _window(day, i, j, (c, draw(chance, 4)))
        if day.kind[i] != day.kind[j] or not _can(day, i, j, window):
            continue
        before = _price(day, i) + _price(day, j)
        _swap(day, i, j, window)
        change = _price(day, i) + _price(day, j) - before
        if change > -heat * math.log(unit(chance)):
            _swap(day, i, j, window)
            continue
        now += change
        if now < lowest - 1e-9:
            lowest = now
            _copy(day.activity, best)
    _copy(best, day.activity)
    return lowest
