"""The best line of a person who had another one: exact pricing with prices of change, compiled.

Every day offers what was (with what was done, or with other work and another break in the same
hours), any other shift at the price of a changed shift, and a day off.  The best line over the week
follows from the dynamic programme of the roster model; it is weighed against the line that changes
no shift, because touching a person at all has a price of its own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.model.repair.original import Original
from planner.model.roster.arrays import Floats, Ints, Lines, Week, empty_lines
from planner.model.roster.compiled_code import compiled, compiled_inner
from planner.model.roster.compiled_cover import (
    Cover,
    Sight,
    company,
    count_line,
    cover_cost,
    empty_cover,
    own_cost,
    worth,
    write_line,
)
from planner.model.roster.compiled_pricing import (
    NEVER,
    Choice,
    Memory,
    fill_table,
    gather_day,
    memory_for,
    read_line,
    room_for_line,
)
from planner.model.roster.prices import no_prices

#: More than any line is worth, a week of learners alone (``arrays.ALONE``) included.
CERTAIN = 1e9
TINY = 1e-9


class RepairState(NamedTuple):
    """Where a repair stands; changed in place.

    Attributes
    ----------
    lines : Lines
        Lines now.
    cover, sight : Cover, Sight
        What they give, and what people who look for a line see of it.
    own, fee : float64 (E,)
        Price of each line by itself, and of its changes [points].
    memory, touched, made, clock
        As in ``SearchState`` of the roster model.
    kept : int64 (D,)
        1 where the day at hand offers what was, to the minute.
    line : Choice
        Line at hand.
    old, other : Lines
        Lines set aside.
    left : float64 (L,)
        Room for back-office work left.
    """

    lines: Lines
    cover: Cover
    sight: Sight
    own: Floats
    fee: Floats
    memory: Memory
    touched: Ints
    made: Ints
    clock: Ints
    kept: Ints
    line: Choice
    old: Lines
    other: Lines
    left: Floats


def new_repair(week: Week, original: Original) -> RepairState:
    """Return the state in which everybody's line is as before; who must change has changed."""
    employees, grid = len(week.staff.most), week.grid
    cover = empty_cover(week)
    state = RepairState(
        lines=empty_lines(employees, grid),
        cover=cover,
        sight=Sight(cover, no_prices(week), np.zeros(1), np.zeros(1, np.int64)),
        own=np.zeros(employees),
        fee=np.zeros(employees),
        memory=memory_for(week),
        touched=np.ones((len(week.places.desks), grid.days), np.int64),
        made=np.zeros((len(week.groups.place), grid.days), np.int64),
        clock=np.ones(1, np.int64),
        kept=np.zeros(grid.days, np.int64),
        line=room_for_line(week),
        old=empty_lines(employees, grid),
        other=empty_lines(employees, grid),
        left=np.zeros(len(week.places.desks)),
    )
    forced = ~original.possible.all(axis=1)
    adopt(week, original, state, original.lines, np.flatnonzero(~forced))
    for e in np.flatnonzero(forced):
        attempt(week, original, state, np.array([e]), CERTAIN)
    return state


@compiled
def total(week: Week, state: RepairState) -> float:
    """Return the price of the lines as they are, changes included [points]."""
    return float(cover_cost(week, state.cover) + state.own.sum() + state.fee.sum())


@compiled_inner
def change_fee(week: Week, original: Original, e: int, lines: Lines) -> float:
    """Return the price of what employee e's line changes [points]."""
    was, fee, touched = original.lines, 0.0, False
    for d in range(week.grid.days):
        g = lines.group[e, d]
        same = g == was.group[e, d]
        if same and g >= 0:
            same = (lines.start[e, d] == was.start[e, d]) and (lines.end[e, d] == was.end[e, d])
        if not same:
            fee += original.shift_price[e, d] + (CERTAIN if original.locked[e, d] else 0.0)
            touched = touched or original.possible[e, d]
        elif g >= 0:
            work = False
            for c in range(lines.start[e, d], lines.end[e, d]):
                work = work or lines.activity[e, d, c] != was.activity[e, d, c]
            if work:
                fee += original.work_price
    if touched:
        fee += original.person_price[e]
    return float(fee)


@compiled_inner
def _mark(week: Week, e: int, state: RepairState) -> None:
    state.clock[0] += 1
    for d in range(week.grid.days):
        g = state.lines.group[e, d]
        if g >= 0:
            state.touched[week.groups.place[g], d] = state.clock[0]


@compiled_inner
def _turn(week: Week, e: int, state: RepairState, sign: int) -> float:
    """Add or take away employee e's line; return the change of the price of cover [points]."""
    places = week.places
    for place in range(len(places.desks)):
        state.left[place] = min(1.0, places.back_need[place] - state.cover.back[place])
    change = count_line(week, e, state.lines, state.cover, sign)
    _mark(week, e, state)
    for place in range(len(places.desks)):
        now = min(1.0, places.back_need[place] - state.cover.back[place])
        if now != state.left[place]:
            for d in range(week.grid.days):
                state.touched[place, d] = state.clock[0]
    return float(change)


@compiled_inner
def _add(week: Week, original: Original, e: int, state: RepairState) -> float:
    state.own[e] = own_cost(week, e, state.lines)
    state.fee[e] = change_fee(week, original, e, state.lines)
    return float(_turn(week, e, state, 1) + state.own[e] + state.fee[e])


@compiled_inner
def _remove(week: Week, e: int, state: RepairState) -> float:
    change = _turn(week, e, state, -1) - state.own[e] - state.fee[e]
    state.lines.group[e, :] = -1
    return float(change)


@compiled_inner
def _copy(source: Lines, target: Lines, e: int) -> None:
    for d in range(source.group.shape[1]):
        target.group[e, d] = source.group[e, d]
        target.start[e, d] = source.start[e, d]
        target.end[e, d] = source.end[e, d]
        target.pause[e, d] = source.pause[e, d]
        for c in range(source.activity.shape[2]):
            target.activity[e, d, c] = source.activity[e, d, c]


@compiled_inner
def _there(week: Week, g: int, at: tuple[int, int, int], cover: Cover) -> float:
    """Return what it is worth that one person more of group g is at (place, day, cell) [points]."""
    (place, d, c), places, value = at, week.places, 0.0
    for family in range(2):
        if cover.present[place, d, c] < places.present_need[family, place, d, c]:
            value += places.present_price[family]
    if len(places.learner_price):
        value += company(week, g, at, cover)
    return float(value)


@compiled_inner
def _as_was(week: Week, original: Original, e: int, d: int, cover: Cover) -> float:
    """Return what employee e's shift of day d is worth with what was done in it."""
    was, places = original.lines, week.places
    place = week.groups.place[was.group[e, d]]
    left = places.back_need[place] - cover.back[place]
    value = 0.0
    for c in range(was.start[e, d], was.end[e, d]):
        act = was.activity[e, d, c]
        if act == -2:
            continue
        value += _there(week, was.group[e, d], (place, d, c), cover)
        if act == -1:
            value += places.back_price * max(0.0, min(1.0, left))
        elif cover.serving[place, d, c] >= places.desks[place]:
            return NEVER
        elif cover.served[act, d, c] < places.need[act, d, c]:
            value += places.short[act]
        else:
            value -= places.over[act]
    return value


@compiled_inner
def _same_hours(
    week: Week, e: int, d: int, s: int, was: Lines, memory: Memory
) -> tuple[float, int]:
    """Return the most that the hours of day d's shift are worth, and the break that gives it."""
    grid, values = week.grid, memory.values[was.group[e, d], d]
    start, end, size = was.start[e, d], was.end[e, d], week.grid.pause[s]
    value = 0.0
    for c in range(start, end):
        value += values[c]
    if size == 0:
        return value, -1
    lost, best = -NEVER, -1
    for at in range(start + grid.pause_first[s], start + grid.pause_last[s] + 1):
        if not grid.pause_on[at]:
            continue
        gone = 0.0
        for c in range(at, at + size):
            gone += values[c]
        if gone < lost:
            lost, best = gone, at
    return float(value - lost), best


@compiled_inner
def _own_price(week: Week, e: int, d: int, was: Lines) -> float:
    staff, price = week.staff, week.staff.day_cost[e, d]
    for i in range(staff.first_group[e], staff.first_group[e + 1]):
        if staff.groups[i] == was.group[e, d]:
            price += staff.group_cost[i]
    if was.end[e, d] > staff.early_end:
        price += staff.early_cost[e, d]
    if was.start[e, d] < staff.late_start:
        price += staff.late_cost[e, d]
    return float(price)


@compiled_inner
def _offer(  # noqa: C901  # what a day offers, in one flat list
    week: Week, original: Original, e: int, d: int, state: RepairState, kept: bool
) -> None:
    """Fill day d of the work with what it offers; ``kept``: nothing but what was."""
    grid, work, was = week.grid, state.memory.work, original.lines
    gather_day(week, e, d, state.memory)
    state.kept[d] = 0
    fixed = kept or original.locked[e, d]
    if fixed:
        work.best[d, :] = NEVER
    g = was.group[e, d]
    if g < 0 or not original.possible[e, d]:
        for kind in range(work.best.shape[1]):
            work.best[d, kind] -= original.shift_price[e, d]
        return
    spans, length = len(grid.span), was.end[e, d] - was.start[e, d]
    s = 0
    while s < spans and grid.span[s] != length:
        s += 1
    if s == spans:
        return
    value = _as_was(week, original, e, d, state.cover)
    pause, exact = was.pause[e, d], 1
    if not original.locked[e, d]:
        other, at = _same_hours(week, e, d, s, was, state.memory)
        if other - original.work_price > value + TINY:
            value, pause, exact = other - original.work_price, at, 0
    if value <= NEVER / 2:
        return
    value += (CERTAIN if fixed else original.shift_price[e, d]) - _own_price(week, e, d, was)
    ends, starts = len(grid.end_late), grid.rested.shape[3]
    kind = (s * ends + grid.end_class[was.end[e, d]]) * starts + grid.start_class[was.start[e, d]]
    if value > work.best[d, kind]:
        work.best[d, kind] = value
        work.group[d, kind], work.start[d, kind] = g, was.start[e, d]
        work.pause[d, kind] = pause
        state.kept[d] = exact


@compiled_inner
def _find(week: Week, original: Original, e: int, state: RepairState, kept: bool) -> bool:
    """Write employee e's best line to the lines; tell whether there is one."""
    for d in range(week.grid.days):
        _offer(week, original, e, d, state, kept)
    line, lines, was = state.line, state.lines, original.lines
    if read_line(week, e, state.memory.work, line) <= NEVER / 2:
        return False
    write_line(week, e, line, state.memory, lines)
    for d in range(week.grid.days):
        same = state.kept[d] == 1 and line.group[d] == was.group[e, d]
        if same and line.group[d] >= 0 and line.start[d] == was.start[e, d]:
            same = line.end[d] == was.end[e, d] and line.pause[d] == was.pause[e, d]
            for c in range(week.grid.cells):
                if same:
                    lines.activity[e, d, c] = was.activity[e, d, c]
    return True


@compiled_inner
def _refresh(week: Week, e: int, state: RepairState) -> None:
    staff, groups = week.staff, week.groups
    for i in range(staff.first_group[e], staff.first_group[e + 1]):
        g = staff.groups[i]
        for d in range(week.grid.days):
            if staff.free[e, d] and state.made[g, d] < state.touched[groups.place[g], d]:
                worth(week, g, d, state.sight, state.memory)
                fill_table(week, g, d, state.memory)
                state.made[g, d] = state.clock[0]


@compiled_inner
def _tried(week: Week, original: Original, e: int, state: RepairState) -> float:
    """Return what employee e's line, not counted yet, would change [points]."""
    change = count_line(week, e, state.lines, state.cover, 1)
    count_line(week, e, state.lines, state.cover, -1)
    fee = change_fee(week, original, e, state.lines)
    return float(change + own_cost(week, e, state.lines) + fee)


@compiled_inner
def _respond(week: Week, original: Original, e: int, state: RepairState) -> float:
    """Give employee e, who works nowhere, the best line; return the change of price [points]."""
    _refresh(week, e, state)
    best = CERTAIN
    for turn in range(2):  # first what changes no shift, then anything
        found = _find(week, original, e, state, turn == 0)
        price = _tried(week, original, e, state) if found else CERTAIN
        if turn == 0:
            best = price
            _copy(state.lines, state.other, e)
        elif best < CERTAIN and best <= price + TINY:
            _copy(state.other, state.lines, e)
    return _add(week, original, e, state)


@compiled_inner
def _adopt(week: Week, original: Original, state: RepairState, lines: Lines, people: Ints) -> None:
    for i in range(len(people)):
        _remove(week, people[i], state)
    for i in range(len(people)):
        _copy(lines, state.lines, people[i])
        _add(week, original, people[i], state)


@compiled
def attempt(week: Week, original: Original, state: RepairState, team: Ints, below: float) -> float:
    """Take the team out, put each back in turn, and keep that if the price changes by < ``below``.

    Returns the change [points].
    """
    change = 0.0
    for i in range(len(team)):
        _copy(state.lines, state.old, team[i])
        change += _remove(week, team[i], state)
    for i in range(len(team)):
        change += _respond(week, original, team[i], state)
    if change >= below:
        _adopt(week, original, state, state.old, team)
    return float(change)


@compiled
def adopt(week: Week, original: Original, state: RepairState, lines: Lines, people: Ints) -> None:
    """Give ``people`` their lines in ``lines``; ``state.old`` has those before the last attempt."""
    _adopt(week, original, state, lines, people)
