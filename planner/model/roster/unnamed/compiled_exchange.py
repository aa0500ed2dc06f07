"""Exchanges between people until everybody works the cells owed; compiled.

What a group's day gives is the same whoever has which start and which end, so two people there may
exchange their starts or their ends, two on a day their shifts, two in the week a day for another,
and nothing is covered better or worse.  Annealing (Kirkpatrick, Gelatt, Vecchi 1983, Science 220,
671-680) over such exchanges lets the cells that somebody works too many walk from person to person
until they meet somebody with too few; half of the tries begin with a person who is wrong.  Moving
one start or end by a cell changes the cover, at a price.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from planner.model.roster.arrays import OFF, Bools, Floats, Ints
from planner.model.roster.compiled_chance import Chance, draw, unit
from planner.model.roster.compiled_code import compiled, compiled_inner
from planner.model.roster.unnamed.plain_week import PlainWeek

#: Tries between two coolings.
STRETCH = 1000
#: One try in so many moves a start or an end.
MOVED = 4


class Shifts(NamedTuple):
    """One shift a day at the most: group (``OFF`` on a day off), start and end [cells], (E, D)."""

    group: Ints
    start: Ints
    end: Ints

    def copy(self) -> Shifts:
        """Return shifts of their own."""
        return Shifts(*(part.copy() for part in self))


class Exchange(NamedTuple):
    """Shifts being exchanged; changed in place.

    Attributes
    ----------
    shifts : Shifts
        As they are.
    able, free : bool (E, G), bool (E, D)
        Groups and days in which e may work.
    owed, worked : int64 (E,)
        Cells to be worked, and worked.
    left : int64 (G, D, C)
        People still required.
    price : float64 (G,)
        Of a person missing in a cell, as a share of the dearest group's.
    first, last : int64 (G, D)
        Shifts lie between these cells.
    near, first_near : int64
        ``near[first_near[e]:first_near[e + 1]]`` share a group with e.
    wrong, at : int64 (E,)
        The ``figures[0]`` people who do not work what they owe, and where each stands there.
    figures : int64 (2,)
        How many are wrong, and by how many cells together.
    size : int64 (2,)
        Shortest and longest shift [cells].
    chance : uint64 (1,)
        State of the random numbers.
    """

    shifts: Shifts
    able: Bools
    free: Bools
    owed: Ints
    worked: Ints
    left: Ints
    price: Floats
    first: Ints
    last: Ints
    near: Ints
    first_near: Ints
    wrong: Ints
    at: Ints
    figures: Ints
    size: Ints
    chance: Chance


def exchange_of(plain: PlainWeek, shifts: Shifts, seed: int) -> Exchange:
    """Return the exchange that begins with a copy of ``shifts``."""
    able, shifts = plain.able, shifts.copy()
    together = (able.astype(np.int64) @ able.T.astype(np.int64)) > 0
    np.fill_diagonal(together, False)
    price = plain.short + plain.over
    people = len(plain.owed)
    works = shifts.group != OFF
    state = Exchange(
        shifts, able, plain.free, plain.owed,
        np.where(works, shifts.end - shifts.start, 0).sum(axis=1),
        left_by(plain, shifts), price / max(float(price.max()), 1e-9), plain.first, plain.last,
        np.nonzero(together)[1], np.concatenate([[0], np.cumsum(together.sum(axis=1))]),
        np.zeros(people, np.int64), np.full(people, -1), np.zeros(2, np.int64),
        np.array([plain.shortest, plain.longest]), np.array([seed], np.uint64),
    )  # fmt: skip
    _count_wrong(state)
    return state


def left_by(plain: PlainWeek, shifts: Shifts) -> Ints:
    """Return how many people ``shifts`` leave required, (G, D, C); negative where too many."""
    left = plain.need.copy()
    for e, d in np.argwhere(shifts.group != OFF):
        left[shifts.group[e, d], d, shifts.start[e, d] : shifts.end[e, d]] -= 1
    return left


@compiled
def _count_wrong(state: Exchange) -> None:
    for e in range(len(state.owed)):
        _note(state, e)
        state.figures[1] += abs(state.worked[e] - state.owed[e])


@compiled_inner
def _note(state: Exchange, e: int) -> None:
    """Keep the list of those who are wrong."""
    at, wrong, figures = state.at, state.wrong, state.figures
    if state.worked[e] != state.owed[e]:
        if at[e] < 0:
            at[e] = figures[0]
            wrong[at[e]] = e
            figures[0] += 1
    elif at[e] >= 0:
        figures[0] -= 1
        moved = wrong[figures[0]]
        wrong[at[e]] = moved
        at[moved] = at[e]
        at[e] = -1


@compiled_inner
def _farther(state: Exchange, e: int, cells: int) -> int:
    """Return how much farther from the cells owed e would be with ``cells`` more."""
    off = state.worked[e] - state.owed[e]
    return int(abs(off + cells) - abs(off))


@compiled_inner
def _work(state: Exchange, e: int, cells: int) -> None:
    """Count ``cells`` more for e."""
    state.figures[1] += _farther(state, e, cells)
    state.worked[e] += cells
    _note(state, e)


@compiled_inner
def _accepted(state: Exchange, worse: float, heat: float) -> bool:
    return worse <= 0.0 or unit(state.chance) < math.exp(-worse / heat)


@compiled_inner
def _move(state: Exchange, e: int, d: int, dear: float, heat: float) -> None:
    """Try to move the start or the end of a shift by a cell, ``dear`` for a person missing."""
    start, end, left = state.shifts.start, state.shifts.end, state.left
    g, way = state.shifts.group[e, d], draw(state.chance, 4)
    longer, at_end = way < 2, way % 2 == 0
    cells = 1 if longer else -1
    size = end[e, d] - start[e, d] + cells
    if size < state.size[0] or size > state.size[1]:
        return
    cell = end[e, d] - (0 if longer else 1) if at_end else start[e, d] - (1 if longer else 0)
    if cell < state.first[g, d] or cell >= state.last[g, d]:
        return
    worse = float(_farther(state, e, cells))
    if longer and left[g, d, cell] > 0:
        worse -= dear * state.price[g]
    elif not longer and left[g, d, cell] >= 0:
        worse += dear * state.price[g]
    if _accepted(state, worse, heat):
        left[g, d, cell] -= cells
        if at_end:
            end[e, d] += cells
        else:
            start[e, d] -= cells
        _work(state, e, cells)


@compiled_inner
def _passed_on(state: Exchange, e: int, f: int, cells: int, heat: float) -> bool:
    """Count ``cells`` more for e and as many fewer for f, if that is accepted; tell whether."""
    worse = float(_farther(state, e, cells) + _farther(state, f, -cells))
    if not _accepted(state, worse, heat):
        return False
    _work(state, e, cells)
    _work(state, f, -cells)
    return True


@compiled_inner
def _swap_part(state: Exchange, e: int, f: int, d: int, ends: bool, heat: float) -> None:
    """Try to exchange the ends, or the starts, of two shifts in the same block."""
    start, end = state.shifts.start, state.shifts.end
    part = end if ends else start
    more = part[f, d] - part[e, d] if ends else part[e, d] - part[f, d]
    least = min(end[e, d] - start[e, d] + more, end[f, d] - start[f, d] - more)
    most = max(end[e, d] - start[e, d] + more, end[f, d] - start[f, d] - more)
    if least < state.size[0] or most > state.size[1]:
        return
    if _passed_on(state, e, f, more, heat):
        part[e, d], part[f, d] = part[f, d], part[e, d]


@compiled_inner
def _swap_shifts(state: Exchange, e: int, f: int, d: int, heat: float) -> None:
    """Try to exchange the shifts of a day."""
    group, start, end = state.shifts
    if not state.able[e, group[f, d]] or not state.able[f, group[e, d]]:
        return
    more = end[f, d] - start[f, d] - (end[e, d] - start[e, d])
    if _passed_on(state, e, f, more, heat):
        group[e, d], group[f, d] = group[f, d], group[e, d]
        start[e, d], start[f, d] = start[f, d], start[e, d]
        end[e, d], end[f, d] = end[f, d], end[e, d]


@compiled_inner
def _swap_days(state: Exchange, e: int, f: int, d: int, heat: float) -> None:
    """Try to give e's day d to f, who is off then, for a day of f's on which e is off."""
    group, start, end = state.shifts
    other = draw(state.chance, group.shape[1])
    if group[f, other] == OFF or group[e, other] != OFF:
        return
    if not state.free[f, d] or not state.free[e, other]:
        return
    if not state.able[f, group[e, d]] or not state.able[e, group[f, other]]:
        return
    more = end[f, other] - start[f, other] - (end[e, d] - start[e, d])
    if _passed_on(state, e, f, more, heat):
        for part in (group, start, end):
            part[f, d], part[e, other] = part[e, d], part[f, other]
        group[e, d] = group[f, other] = OFF


@compiled_inner
def _try(state: Exchange, e: int, dear: float, heat: float) -> None:
    """Try something with a day of e."""
    group, chance = state.shifts.group, state.chance
    d = draw(chance, group.shape[1])
    if group[e, d] == OFF:
        return
    if dear > 0.0 and draw(chance, MOVED) == 0:
        _move(state, e, d, dear, heat)
        return
    count = state.first_near[e + 1] - state.first_near[e]
    if count == 0:
        return
    f = state.near[state.first_near[e] + draw(chance, count)]
    if group[f, d] == OFF:
        _swap_days(state, e, f, d, heat)
    elif group[f, d] == group[e, d] and draw(chance, 3) > 0:
        _swap_part(state, e, f, d, draw(chance, 2) == 0, heat)
    else:
        _swap_shifts(state, e, f, d, heat)


@compiled
def exchange(state: Exchange, tries: int, heat: float, cooled: float, dear: float) -> None:
    """Exchange until nobody is wrong or ``tries`` were made, from ``heat`` to ``cooled``.

    ``dear`` is the price of a person missing in a cell, in cells worked wrongly; starts and ends
    stand where they are if it is 0.
    """
    people = len(state.owed)
    cooler = (cooled / heat) ** (1.0 / max(1, tries // STRETCH))
    for k in range(tries):
        if state.figures[0] == 0:
            return
        if k % STRETCH == STRETCH - 1:
            heat *= cooler
        wrong = k % 2 == 0
        e = (
            state.wrong[draw(state.chance, state.figures[0])]
            if wrong
            else draw(state.chance, people)
        )
        _try(state, e, dear, heat)
