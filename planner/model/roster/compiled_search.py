"""Take some people out, put each back with the best line at what is then missing; compiled.

Ruin and recreate (Schrimpf et al. 2000, J. Comput. Phys. 159) with annealed acceptance: a few
people who may work at the same place give up their weeks and are put back one after the other, each
with the line that saves most given everybody else, by exact pricing.  Chance comes from one
splitmix64 state (Steele, Lea, Flood 2014, OOPSLA), so equal seeds give equal rosters.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from planner.model.roster.arrays import ALONE, Floats, Ints, Lines, Week, empty_lines
from planner.model.roster.compiled_chance import Chance, draw, unit
from planner.model.roster.compiled_code import compiled, compiled_inner
from planner.model.roster.compiled_cover import (
    Cover,
    Sight,
    count_line,
    cover_cost,
    empty_cover,
    own_cost,
    worth,
    write_line,
)
from planner.model.roster.compiled_pricing import (
    Choice,
    Memory,
    fill_table,
    memory_for,
    price_line,
)
from planner.model.roster.prices import no_prices


class SearchState(NamedTuple):
    """Where a search stands; changed in place.

    Attributes
    ----------
    lines, best : Lines
        Lines now, and the best found.
    cover : Cover
        What ``lines`` give.
    sight : Sight
        What people who look for a line see of it.
    own : float64 (E,)
        Price of each line by itself [points].
    changed : bool (E,)
        Whether a line differs between ``lines`` and ``best``.
    figures : float64 (2,)
        Objective now and of the best [points].
    chance : uint64 (1,)
        State of the random numbers.
    members, first_member : int64
        ``members[first_member[l]:first_member[l + 1]]`` may work at place l.
    memory : Memory
        Best shifts, values and activities by (group, day), valid from ``made`` on.
    touched, made : int64 (L, D), int64 (G, D)
        When the cover of a place and the tables of a group last changed.
    clock : int64 (1,)
        Counts changes.
    old : Lines
        Lines taken out, kept until they are replaced for good.
    room, people : float64 (D,), int64 (E,)
        Room for figures by day and for a list of people.
    """

    lines: Lines
    best: Lines
    cover: Cover
    sight: Sight
    own: Floats
    changed: Ints
    figures: Floats
    chance: Chance
    members: Ints
    first_member: Ints
    memory: Memory
    touched: Ints
    made: Ints
    clock: Ints
    old: Lines
    room: Floats
    people: Ints


def new_search(week: Week, seed: int) -> SearchState:
    """Return the state of a search in which nobody works yet."""
    grid, places, groups = week.grid, week.places, week.groups
    employees = len(week.staff.most)
    shape = (len(groups.place), grid.days)
    members = [
        [
            e
            for e in range(employees)
            if place
            in groups.place[
                week.staff.groups[week.staff.first_group[e] : week.staff.first_group[e + 1]]
            ]
        ]
        for place in range(len(places.desks))
    ]
    cover = empty_cover(week)
    state = SearchState(
        lines=empty_lines(employees, grid),
        best=empty_lines(employees, grid),
        cover=cover,
        sight=Sight(cover, no_prices(week), np.zeros(1), np.zeros(1, np.int64)),
        own=np.zeros(employees),
        changed=np.zeros(employees, np.int64),
        figures=np.zeros(2),
        chance=np.array([seed], np.uint64),
        members=np.array([e for place in members for e in place], np.int64),
        first_member=np.cumsum([0, *map(len, members)]).astype(np.int64),
        memory=memory_for(week),
        touched=np.ones((len(places.desks), grid.days), np.int64),
        made=np.zeros(shape, np.int64),
        clock=np.ones(1, np.int64),
        old=empty_lines(employees, grid),
        room=np.zeros(grid.days),
        people=np.zeros(employees, np.int64),
    )
    settle(week, state)
    return state


@compiled
def settle(week: Week, state: SearchState) -> None:
    """Recompute prices from the lines as they are and make them the best."""
    for e in range(len(state.own)):
        state.own[e] = own_cost(week, e, state.lines)
        _copy_line(state.lines, state.best, e)
        state.changed[e] = 0
    state.figures[0] = cover_cost(week, state.cover) + state.own.sum()
    state.figures[1] = state.figures[0]


@compiled_inner
def _copy_line(source: Lines, target: Lines, e: int) -> None:
    for d in range(source.group.shape[1]):
        target.group[e, d] = source.group[e, d]
        target.start[e, d] = source.start[e, d]
        target.end[e, d] = source.end[e, d]
        target.pause[e, d] = source.pause[e, d]
        for c in range(source.activity.shape[2]):
            target.activity[e, d, c] = source.activity[e, d, c]


@compiled_inner
def _mark(week: Week, e: int, state: SearchState) -> None:
    """Note that the cover of the places of employee e's line has changed."""
    state.clock[0] += 1
    for d in range(week.grid.days):
        g = state.lines.group[e, d]
        if g >= 0:
            state.touched[week.groups.place[g], d] = state.clock[0]


@compiled_inner
def _back_left(week: Week, cover: Cover, place: int) -> float:
    left = week.places.back_need[place] - cover.back[place]
    return 0.0 if left <= 0.0 else min(1.0, left)


@compiled_inner
def _count(week: Week, e: int, state: SearchState, sign: int) -> float:
    """Add or take away employee e's line; return the change of price [points]."""
    lines, cover = state.lines, state.cover
    before = state.room
    for d in range(week.grid.days):
        if lines.group[e, d] >= 0:
            before[d] = _back_left(week, cover, week.groups.place[lines.group[e, d]])
    change = count_line(week, e, lines, cover, sign)
    _mark(week, e, state)
    for d in range(week.grid.days):
        if lines.group[e, d] >= 0:
            place = week.groups.place[lines.group[e, d]]
            if before[d] != _back_left(week, cover, place):
                state.touched[place, :] = state.clock[0]
    return change


@compiled_inner
def put_back(week: Week, e: int, state: SearchState) -> float:
    """Give employee e, who works nowhere, the best line; return the change of price [points]."""
    staff, groups, grid = week.staff, week.groups, week.grid
    for i in range(staff.first_group[e], staff.first_group[e + 1]):
        g = staff.groups[i]
        for d in range(grid.days):
            if staff.free[e, d] and state.made[g, d] < state.touched[groups.place[g], d]:
                worth(week, g, d, state.sight, state.memory)
                fill_table(week, g, d, state.memory)
                state.made[g, d] = state.clock[0]
    lines = state.lines
    line = Choice(lines.group[e], lines.start[e], lines.end[e], lines.pause[e])
    price_line(week, e, state.memory, line)
    write_line(week, e, line, state.memory, lines)
    state.own[e] = own_cost(week, e, lines)
    return float(_count(week, e, state, 1) + state.own[e])


@compiled_inner
def _learns(week: Week, e: int) -> bool:
    """Tell whether employee e must not be alone, or only at a price."""
    staff = week.staff
    for i in range(staff.first_group[e], staff.first_group[e + 1]):
        if week.groups.learner[staff.groups[i]] >= 0:
            return True
    return False


@compiled_inner
def _put_back_learners_first(week: Week, team: Ints, state: SearchState) -> float:
    """Put back learners where they are needed, others beside them, and learners once more.

    Otherwise nobody experienced would ever come for a learner who is not there yet because nobody
    experienced is.  Returns the change of price [points].
    """
    change = 0.0
    for i in range(len(team)):
        if _learns(week, team[i]):
            _forget_tables(week, team[i], state)
            state.sight.blind[0] = 1
            change += put_back(week, team[i], state)
            state.sight.blind[0] = 0
            _forget_tables(week, team[i], state)
    for i in range(len(team)):
        if not _learns(week, team[i]):
            change += put_back(week, team[i], state)
    for i in range(len(team)):
        if _learns(week, team[i]):
            change += take_out(week, team[i], state)
            change += put_back(week, team[i], state)
    return change


@compiled_inner
def _forget_tables(week: Week, e: int, state: SearchState) -> None:
    """Have the tables of employee e's groups filled afresh when they are next asked for."""
    for i in range(week.staff.first_group[e], week.staff.first_group[e + 1]):
        state.made[week.staff.groups[i], :] = -1


@compiled_inner
def take_out(week: Week, e: int, state: SearchState) -> float:
    """Take employee e's line away; return the change of price [points]."""
    change = float(_count(week, e, state, -1) - state.own[e])
    state.lines.group[e, :] = -1
    return change


@compiled_inner
def _pick(week: Week, state: SearchState, size: int, team: Ints) -> int:
    """Fill ``team`` with up to ``size`` people of one place; return how many."""
    seed = state.members[draw(state.chance, len(state.members))]
    staff = week.staff
    own = staff.first_group[seed + 1] - staff.first_group[seed]
    g = staff.groups[staff.first_group[seed] + draw(state.chance, own)]
    place = week.groups.place[g]
    first, last = state.first_member[place], state.first_member[place + 1]
    team[0] = seed
    count = 1
    for _ in range(3 * size):
        if count == size:
            break
        other = state.members[first + draw(state.chance, last - first)]
        known = False
        for i in range(count):
            known = known or team[i] == other
        if not known:
            team[count] = other
            count += 1
    return count


@compiled
def first_lines(week: Week, state: SearchState) -> None:
    """Give everybody in turn, in random order, the best line; for people without one yet."""
    employees, order = len(state.own), state.people
    for i in range(employees):
        order[i] = i
    for i in range(employees - 1):
        j = i + draw(state.chance, employees - i)
        order[i], order[j] = order[j], order[i]
    for i in range(employees):
        e = order[i]
        take_out(week, e, state)
        put_back(week, e, state)
    settle(week, state)


@compiled
def adopt(week: Week, state: SearchState, lines: Lines) -> None:
    """Go on from ``lines``, without desks beyond their number: who is one too many goes behind.

    Learners who are alone where that is law get another line.
    """
    for e in range(len(state.own)):
        take_out(week, e, state)
    for e in range(len(state.own)):
        _copy_line(lines, state.lines, e)
        for d in range(week.grid.days):
            g = state.lines.group[e, d]
            if g < 0:
                continue
            place = week.groups.place[g]
            for c in range(state.lines.start[e, d], state.lines.end[e, d]):
                full = state.cover.serving[place, d, c] >= week.places.desks[place]
                if state.lines.activity[e, d, c] >= 0 and full:
                    state.lines.activity[e, d, c] = -1
        _count(week, e, state, 1)
    _accompany_learners(week, state)
    settle(week, state)


@compiled_inner
def _accompany_learners(week: Week, state: SearchState) -> None:
    """Give another line to every learner who is alone where that is law."""
    for e in range(len(state.own) if len(week.places.learner_price) else 0):
        if _unlawfully_alone(week, e, state):
            take_out(week, e, state)
            put_back(week, e, state)


@compiled_inner
def _unlawfully_alone(week: Week, e: int, state: SearchState) -> bool:
    """Tell whether employee e is alone somewhere, may not be, and learns."""
    lines, groups = state.lines, week.groups
    for d in range(week.grid.days):
        g = lines.group[e, d]
        if g < 0 or groups.learner[g] < 0:
            continue
        if week.places.learner_price[groups.learner[g]] < ALONE:
            continue
        for c in range(lines.start[e, d], lines.end[e, d]):
            if (
                lines.activity[e, d, c] != -2
                and state.cover.experienced[groups.place[g], d, c] == 0
            ):
                return True
    return False


@compiled
def trust_guide(state: SearchState, trust: float) -> None:
    """Look for lines with this much trust in the guide's prices from now on."""
    state.sight.trust[0] = trust
    state.clock[0] += 1
    for place in range(state.touched.shape[0]):
        for d in range(state.touched.shape[1]):
            state.touched[place, d] = state.clock[0]


@compiled
def ruin_and_recreate(week: Week, state: SearchState, rounds: int, size: int, heat: float) -> None:  # noqa: C901  # flat loops
    """Do ``rounds`` rounds with teams of 1 to ``size`` people at temperature ``heat`` [points]."""
    team = state.people
    for _ in range(rounds if len(state.members) else 0):
        count = _pick(week, state, 1 + draw(state.chance, size), team)
        change = 0.0
        for i in range(count):
            _copy_line(state.lines, state.old, team[i])
            change += take_out(week, team[i], state)
        if len(week.places.learner_price) and draw(state.chance, 2):
            change += _put_back_learners_first(week, team[:count], state)
        else:
            for i in range(count):
                change += put_back(week, team[i], state)
        if change <= -heat * math.log(unit(state.chance)):
            state.figures[0] += change
            for i in range(count):
                state.changed[team[i]] = 1
            if state.figures[0] < state.figures[1] - 1e-7:
                state.figures[1] = state.figures[0]
                for e in range(len(state.changed)):
                    if state.changed[e]:
                        _copy_line(state.lines, state.best, e)
                        state.changed[e] = 0
        else:
            for i in range(count):
                take_out(week, team[i], state)
            for i in range(count):
                e = team[i]
                _copy_line(state.old, state.lines, e)
                state.own[e] = own_cost(week, e, state.lines)
                _count(week, e, state, 1)
