"""What the lines give to the places, and what one person more is worth there, compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.model.roster.arrays import FORBIDDEN, Floats, Grid, Ints, Lines, Week
from planner.model.roster.compiled_code import compiled, compiled_inner
from planner.model.roster.compiled_pricing import Choice, Memory
from planner.model.roster.prices import Prices


class Cover(NamedTuple):
    """What all lines together give.

    Attributes
    ----------
    served : int64 (K, D, C)
        People who serve a cover row.
    serving, present : int64 (L, D, C)
        People who serve, and people who are present.
    back : int64 (L,)
        Back-office cells.
    experienced, learners : int64 (L, D, C), int64 (H, L, D, C)
        Experienced people and learners who are present; counted only where a rule asks.
    """

    served: Ints
    serving: Ints
    present: Ints
    back: Ints
    experienced: Ints
    learners: Ints


class Sight(NamedTuple):
    """What somebody who looks for a line sees: the cover, and how far to trust a guide's prices.

    ``trust`` is float64 (1,): 0 looks at the cover alone, 1 at the guide alone.  ``blind`` is int64
    (1,): 1 where learners do not see that they are alone.
    """

    cover: Cover
    guide: Prices
    trust: Floats
    blind: Ints


def empty_cover(week: Week) -> Cover:
    """Return the cover of lines in which nobody works."""
    places, grid = week.places, week.grid
    shape = (len(places.desks), grid.days, grid.cells)
    return Cover(
        np.zeros(places.need.shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(len(places.desks), np.int64),
        places.experienced.copy(),
        places.learners.copy(),
    )


@compiled
def cover_cost(week: Week, cover: Cover) -> float:  # noqa: C901  # flat loops
    """Return the price of everything missing and beyond [points]."""
    places = week.places
    total = 0.0
    for k in range(cover.served.shape[0]):
        for d in range(week.grid.days):
            for c in range(week.grid.cells):
                missing = places.need[k, d, c] - cover.served[k, d, c]
                if missing > 0:
                    total += places.short[k] * missing
                else:
                    total -= places.over[k] * missing
    for place in range(len(places.desks)):
        for family in range(2):
            for d in range(week.grid.days):
                for c in range(week.grid.cells):
                    missing = places.present_need[family, place, d, c] - cover.present[place, d, c]
                    if missing > 0:
                        total += places.present_price[family] * missing
        total += places.back_price * max(0.0, places.back_need[place] - cover.back[place])
        if len(places.learner_price):
            for d in range(week.grid.days):
                for c in range(week.grid.cells):
                    total += alone(week, (place, d, c), cover)
    return total


@compiled_inner
def alone(week: Week, at: tuple[int, int, int], cover: Cover) -> float:
    """Return the price of the learners who are alone at (place, day, cell) [points]."""
    place, d, c = at
    price = 0.0
    if cover.experienced[place, d, c] == 0:
        for h in range(len(week.places.learner_price)):
            price += week.places.learner_price[h] * cover.learners[h, place, d, c]
    return price


@compiled_inner
def company(week: Week, g: int, at: tuple[int, int, int], cover: Cover) -> float:
    """Return what one person more of group g at (place, day, cell) saves: nobody is alone.

    Negative for a learner who would be alone, 0 where somebody experienced is there anyway.
    """
    place, d, c = at
    if cover.experienced[place, d, c] > 0:
        return 0.0
    if week.groups.experienced[g]:
        return float(alone(week, at, cover))
    h = week.groups.learner[g]
    return -float(week.places.learner_price[h]) if h >= 0 else 0.0


@compiled_inner
def _accompany(week: Week, g: int, at: tuple[int, int, int], cover: Cover, sign: int) -> float:
    """Count a person of group g at (place, day, cell) more or less; return the change of price."""
    place, d, c = at
    before = alone(week, at, cover)
    if week.groups.experienced[g]:
        cover.experienced[place, d, c] += sign
    elif week.groups.learner[g] >= 0:
        cover.learners[week.groups.learner[g], place, d, c] += sign
    return float(alone(week, at, cover) - before)


@compiled
def own_cost(week: Week, e: int, lines: Lines) -> float:
    """Return the price of employee e's line by itself [points]."""
    staff = week.staff
    total, paid, late = trail_price(week, e, lines), 0, 0
    for d in range(week.grid.days):
        g = lines.group[e, d]
        if g < 0:
            continue
        for i in range(staff.first_group[e], staff.first_group[e + 1]):
            if staff.groups[i] == g:
                total += staff.group_cost[i]
        start, end = lines.start[e, d], lines.end[e, d]
        total += staff.day_cost[e, d]
        if end > staff.early_end:
            total += staff.early_cost[e, d]
        if start < staff.late_start:
            total += staff.late_cost[e, d]
        late += week.grid.end_late[week.grid.end_class[end]]
        paid += _paid(week.grid, end - start)
    return float(total + staff.paid_cost[e, paid] + staff.late_shift_cost[e, late])


@compiled
def trail_price(week: Week, e: int, lines: Lines) -> float:
    """Return the price of the days on which employee e works, by their letters [points]."""
    staff, at = week.staff, 0
    trail = staff.trail[e]
    for d in range(week.grid.days):
        letter = 0
        if lines.group[e, d] >= 0:
            letter = _letter(week.grid, lines.start[e, d], lines.end[e, d])
        at = staff.trail_next[trail, d, at, letter]
        if at < 0:
            return FORBIDDEN
    return float(staff.trail_cost[trail, at])


@compiled_inner
def _letter(grid: Grid, start: int, end: int) -> int:
    """Return the letter of a shift; one of another length has that of the next shorter one."""
    ends, starts, s = len(grid.end_late), grid.rested.shape[3], 0
    if not grid.span.size:
        return 1
    while s + 1 < len(grid.span) and grid.span[s + 1] <= end - start:
        s += 1
    return int(grid.letter[(s * ends + grid.end_class[end]) * starts + grid.start_class[start]])


@compiled_inner
def _paid(grid: Grid, length: int) -> int:
    for s in range(len(grid.span)):
        if grid.span[s] == length:
            return int(grid.paid[s])
    return length


@compiled_inner
def pause_end(grid: Grid, start: int, end: int, pause: int) -> int:
    """Return the end of a shift's break [cell]; ``pause`` itself where there is none."""
    return pause if pause < 0 else pause + (end - start - _paid(grid, end - start))


@compiled_inner
def worth(week: Week, g: int, d: int, sight: Sight, memory: Memory) -> None:  # noqa: C901  # flat loops
    """Fill the value of one person more in group g on day d in each cell, and the best activity.

    What it saves now, mixed with the guide's price of it: the price tells apart what saves the
    same now by what it leaves to others.  Learners alone have no price in the guide, so theirs is
    never mixed.
    """
    places, groups, cover, guide = week.places, week.groups, sight.cover, sight.guide
    place, trust = groups.place[g], sight.trust[0]
    back = guide.back[place] * trust
    left = places.back_need[place] - cover.back[place]
    if left > 0.0:
        back += (1.0 - trust) * places.back_price * min(1.0, left)
    for c in range(places.first[place, d], places.last[place, d]):
        best = back if groups.back[g] else -1e9
        chosen = -1
        if cover.serving[place, d, c] < places.desks[place]:
            rent = guide.desk[place, d, c]
            for i in range(groups.first_row[g], groups.first_row[g + 1]):
                k = groups.rows[i]
                gain = -places.over[k]
                if cover.served[k, d, c] < places.need[k, d, c]:
                    gain = places.short[k]
                gain += trust * (guide.served[k, d, c] - rent - gain)
                if gain > best:
                    best = gain
                    chosen = k
        for family in range(2):
            gain = 0.0
            if cover.present[place, d, c] < places.present_need[family, place, d, c]:
                gain = places.present_price[family]
            best += gain + trust * (guide.present[family, place, d, c] - gain)
        if len(places.learner_price) and not (sight.blind[0] and groups.learner[g] >= 0):
            best += company(week, g, (place, d, c), cover)
        memory.values[g, d, c] = best
        memory.activity[g, d, c] = chosen


@compiled_inner
def count_line(week: Week, e: int, lines: Lines, cover: Cover, sign: int) -> float:
    """Add (sign 1) or take away (sign -1) employee e's line and return the change of price."""
    places, grid = week.places, week.grid
    before = 0.0
    after = 0.0
    for d in range(grid.days):
        g = lines.group[e, d]
        if g < 0:
            continue
        place = week.groups.place[g]
        for c in range(lines.start[e, d], lines.end[e, d]):
            act = lines.activity[e, d, c]
            if act == -2:
                continue
            for family in range(2):
                short = places.present_need[family, place, d, c] - cover.present[place, d, c]
                before += places.present_price[family] * max(0, short)
                after += places.present_price[family] * max(0, short - sign)
            cover.present[place, d, c] += sign
            if len(places.learner_price):
                after += _accompany(week, g, (place, d, c), cover, sign)
            if act == -1:
                left = places.back_need[place] - cover.back[place]
                before += places.back_price * max(0.0, left)
                after += places.back_price * max(0.0, left - sign)
                cover.back[place] += sign
            else:
                short = places.need[act, d, c] - cover.served[act, d, c]
                before += places.short[act] * max(0, short) + places.over[act] * max(0, -short)
                short -= sign
                after += places.short[act] * max(0, short) + places.over[act] * max(0, -short)
                cover.served[act, d, c] += sign
                cover.serving[place, d, c] += sign
    return after - before


@compiled_inner
def write_line(week: Week, e: int, line: Choice, memory: Memory, lines: Lines) -> None:
    """Make ``line``, with the best activities in ``memory``, employee e's line."""
    for d in range(week.grid.days):
        g, pause = line.group[d], line.pause[d]
        stop = pause_end(week.grid, line.start[d], line.end[d], pause)
        lines.group[e, d], lines.pause[e, d] = g, pause
        lines.start[e, d], lines.end[e, d] = line.start[d], line.end[d]
        for c in range(week.grid.cells):
            lines.activity[e, d, c] = -2
            if g >= 0 and line.start[d] <= c < line.end[d] and not pause <= c < stop:
                lines.activity[e, d, c] = memory.activity[g, d, c]
