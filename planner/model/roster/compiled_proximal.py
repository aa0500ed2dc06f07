"""Block-coordinate Frank-Wolfe on the proximal Lagrangian dual, compiled.

The dual of a roster is a sum over employees, and each employee's best line at given prices is cheap
(``compiled_pricing``).  The proximal point step around a centre of prices has a dual of its own: a
smooth price for the distance between need and cover, over mixes of lines.  It is solved one
employee at a time: best line at the prices of now, step towards it, new prices (Lacoste-Julien et
al. 2013, ICML, algorithm 3; Swoboda and Kolmogorov 2019, CVPR, algorithm 1).  Any prices give a
valid bound (``compiled_dual``); these make it close.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.model.roster.arrays import Floats, Ints, Lines, Week
from planner.model.roster.compiled_code import compiled, compiled_inner
from planner.model.roster.compiled_cover import pause_end, write_line
from planner.model.roster.compiled_dual import value_cells
from planner.model.roster.compiled_pricing import NEVER, Choice, Memory, fill_table, price_line
from planner.model.roster.prices import Prices

#: Back-office cells count in hundreds where people at a desk count in ones.
BACK_SCALE = 0.05
#: Halvings of the line search.
HALVINGS = 6


class Mix(NamedTuple):
    """A mix of lines of each employee, by group i of ``staff.groups``.

    Attributes
    ----------
    first : int64 (groups + 1,)
        ``served[first[i]:first[i + 1]]`` are the cover rows of group i, in the group's order.
    served : float64 (any, D, C)
        Share of the mix that serves a row.
    present : float64 (groups, D, C)
        Share of the mix that is present.
    back : float64 (groups,)
        Back-office cells.
    own : float64 (E,)
        Price of the mix by itself [points].
    """

    first: Ints
    served: Floats
    present: Floats
    back: Floats
    own: Floats


class Proximal(NamedTuple):
    """A proximal problem and where its solution stands.

    Attributes
    ----------
    centre, prices : Prices
        Prices stepped from, and prices now.
    mix, total : Mix, Prices
        Mixes, and the cover that they give together.
    move : Mix
        Line minus mix of the employee at hand.
    memory, line : Memory, Choice
        Of pricing.
    """

    centre: Prices
    prices: Prices
    mix: Mix
    total: Prices
    move: Mix
    memory: Memory
    line: Choice


def empty_mix(week: Week) -> Mix:
    """Return mixes in which nobody works."""
    groups, staff, grid = week.groups, week.staff, week.grid
    rows = np.diff(groups.first_row)[staff.groups]
    first = np.concatenate([[0], np.cumsum(rows)]).astype(np.int64)
    return Mix(
        first,
        np.zeros((int(first[-1]), grid.days, grid.cells)),
        np.zeros((len(staff.groups), grid.days, grid.cells)),
        np.zeros(len(staff.groups)),
        np.zeros(len(staff.most)),
    )


def room_for_one(week: Week, mix: Mix) -> Mix:
    """Return a ``Mix`` with room for any single employee."""
    first = week.staff.first_group
    groups = int(np.diff(first).max(initial=1))
    rows = int((mix.first[first[1:]] - mix.first[first[:-1]]).max(initial=1))
    shape = (week.grid.days, week.grid.cells)
    return Mix(
        mix.first,
        np.zeros((rows, *shape)),
        np.zeros((groups, *shape)),
        np.zeros(groups),
        np.zeros(1),
    )


@compiled
def proximal_pass(week: Week, order: Ints, weight: float, state: Proximal) -> float:
    """Improve the mix of each employee of ``order`` once; return the sum of their gains [points].

    ``weight`` is the change of a price per person missing [points].  Gains vanish where the
    proximal problem is solved.
    """
    gains = 0.0
    for e in order:
        _reprice(week, e, weight, state)
        for i in range(week.staff.first_group[e], week.staff.first_group[e + 1]):
            g = week.staff.groups[i]
            for d in range(week.grid.days):
                if week.staff.free[e, d]:
                    value_cells(week, g, d, state.prices, state.memory)
                    fill_table(week, g, d, state.memory)
        value = price_line(week, e, state.memory, state.line)
        if value <= NEVER / 2:
            continue
        _direction(week, e, state)
        own = _worth(week, e, state) - value
        extra = own - state.mix.own[e]
        gains += _slope(week, e, weight, 0.0, state) - extra
        share = _best_share(week, e, weight, extra, state)
        _step(week, e, share, state)
        state.mix.own[e] += share * extra
    return gains


@compiled_inner
def _reprice(week: Week, e: int, weight: float, state: Proximal) -> None:
    """Set the prices that employee e sees from the cover of all mixes."""
    staff, groups, places = week.staff, week.groups, week.places
    centre, total, prices = state.centre, state.total, state.prices
    for i in range(staff.first_group[e], staff.first_group[e + 1]):
        g = staff.groups[i]
        place = groups.place[g]
        gap = weight * BACK_SCALE * (places.back_need[place] - total.back[place])
        prices.back[place] = min(places.back_price, max(0.0, centre.back[place] + gap))
        for d in range(week.grid.days):
            for c in range(places.first[place, d], places.last[place, d]):
                beyond = weight * (total.desk[place, d, c] - places.desks[place])
                prices.desk[place, d, c] = max(0.0, centre.desk[place, d, c] + beyond)
                here = total.present[0, place, d, c]
                for f in range(2):
                    gap = weight * (places.present_need[f, place, d, c] - here)
                    prices.present[f, place, d, c] = min(
                        places.present_price[f], max(0.0, centre.present[f, place, d, c] + gap)
                    )
                for r in range(groups.first_row[g], groups.first_row[g + 1]):
                    k = groups.rows[r]
                    gap = weight * (places.need[k, d, c] - total.served[k, d, c])
                    prices.served[k, d, c] = min(
                        places.short[k], max(-places.over[k], centre.served[k, d, c] + gap)
                    )


@compiled_inner
def _direction(week: Week, e: int, state: Proximal) -> None:  # noqa: C901  # flat loops
    """Write the line at hand minus the mix of employee e into ``state.move``."""
    staff, groups, mix, move = week.staff, week.groups, state.mix, state.move
    line, begin = state.line, staff.first_group[e]
    for i in range(begin, staff.first_group[e + 1]):
        g = staff.groups[i]
        rows, at = mix.first[i + 1] - mix.first[i], mix.first[i] - mix.first[begin]
        move.back[i - begin] = -mix.back[i]
        for d in range(week.grid.days):
            for c in range(week.grid.cells):
                move.present[i - begin, d, c] = -mix.present[i, d, c]
                for r in range(rows):
                    move.served[at + r, d, c] = -mix.served[mix.first[i] + r, d, c]
            if line.group[d] != g:
                continue
            pause = line.pause[d]
            stop = pause_end(week.grid, line.start[d], line.end[d], pause)
            for c in range(line.start[d], line.end[d]):
                if pause <= c < stop:
                    continue
                move.present[i - begin, d, c] += 1.0
                k = state.memory.activity[g, d, c]
                if k < 0:
                    move.back[i - begin] += 1.0
                for r in range(rows):
                    if groups.rows[groups.first_row[g] + r] == k:
                        move.served[at + r, d, c] += 1.0


@compiled_inner
def _worth(week: Week, e: int, state: Proximal) -> float:
    """Return the value of the line at hand at the prices, its own price left out [points]."""
    value, line = 0.0, state.line
    for d in range(week.grid.days):
        g = line.group[d]
        if g < 0:
            continue
        pause = line.pause[d]
        stop = pause_end(week.grid, line.start[d], line.end[d], pause)
        for c in range(line.start[d], line.end[d]):
            if not pause <= c < stop:
                value += state.memory.values[g, d, c]
    return value


@compiled_inner
def _slope(week: Week, e: int, weight: float, share: float, state: Proximal) -> float:
    """Return the worth of ``state.move`` at the prices after ``share`` of it [points]."""
    staff, groups, places = week.staff, week.groups, week.places
    centre, total, move, mix = state.centre, state.total, state.move, state.mix
    begin, slope = staff.first_group[e], 0.0
    for i in range(begin, staff.first_group[e + 1]):
        g = staff.groups[i]
        place = groups.place[g]
        at, rows = mix.first[i] - mix.first[begin], mix.first[i + 1] - mix.first[i]
        back = move.back[i - begin]
        gap = places.back_need[place] - total.back[place] - share * back
        price = centre.back[place] + weight * BACK_SCALE * gap
        slope += back * min(places.back_price, max(0.0, price))
        for d in range(week.grid.days):
            if not staff.free[e, d]:
                continue
            for c in range(places.first[place, d], places.last[place, d]):
                here = move.present[i - begin, d, c]
                present = total.present[0, place, d, c] + share * here
                for f in range(2):
                    gap = places.present_need[f, place, d, c] - present
                    price = centre.present[f, place, d, c] + weight * gap
                    slope += here * min(places.present_price[f], max(0.0, price))
                serving = 0.0
                for r in range(rows):
                    k = groups.rows[groups.first_row[g] + r]
                    there = move.served[at + r, d, c]
                    serving += there
                    gap = places.need[k, d, c] - total.served[k, d, c] - share * there
                    price = centre.served[k, d, c] + weight * gap
                    slope += there * min(places.short[k], max(-places.over[k], price))
                beyond = total.desk[place, d, c] + share * serving - places.desks[place]
                slope -= serving * max(0.0, centre.desk[place, d, c] + weight * beyond)
    return slope


@compiled_inner
def _best_share(week: Week, e: int, weight: float, extra: float, state: Proximal) -> float:
    """Return how far to go: where the worth of the move no longer pays for its own price."""
    if _slope(week, e, weight, 1.0, state) >= extra:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if _slope(week, e, weight, middle, state) >= extra:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


@compiled_inner
def _step(week: Week, e: int, share: float, state: Proximal) -> None:
    """Move employee e's mix by ``share`` of the move, and the total with it."""
    staff, groups, mix, total, move = week.staff, week.groups, state.mix, state.total, state.move
    places, begin = week.places, staff.first_group[e]
    for i in range(begin, staff.first_group[e + 1]):
        g = staff.groups[i]
        place = groups.place[g]
        at, rows = mix.first[i] - mix.first[begin], mix.first[i + 1] - mix.first[i]
        mix.back[i] += share * move.back[i - begin]
        total.back[place] += share * move.back[i - begin]
        for d in range(week.grid.days):
            for c in range(places.first[place, d], places.last[place, d]):
                here = share * move.present[i - begin, d, c]
                mix.present[i, d, c] += here
                total.present[0, place, d, c] += here
                for r in range(rows):
                    there = share * move.served[at + r, d, c]
                    mix.served[mix.first[i] + r, d, c] += there
                    total.served[groups.rows[groups.first_row[g] + r], d, c] += there
                    total.desk[place, d, c] += there


@compiled
def mix_lines(week: Week, lines: Lines, mix: Mix, total: Prices) -> None:  # noqa: C901  # flat loops
    """Fill empty ``mix`` and ``total`` with one line of each employee (own prices apart)."""
    staff, groups = week.staff, week.groups
    for e in range(len(staff.most)):
        for d in range(week.grid.days):
            g = lines.group[e, d]
            if g < 0:
                continue
            place, at = groups.place[g], staff.first_group[e]
            while staff.groups[at] != g:
                at += 1
            for c in range(lines.start[e, d], lines.end[e, d]):
                k = lines.activity[e, d, c]
                if k == -2:
                    continue
                mix.present[at, d, c] += 1.0
                total.present[0, place, d, c] += 1.0
                if k == -1:
                    mix.back[at] += 1.0
                    total.back[place] += 1.0
                    continue
                total.served[k, d, c] += 1.0
                total.desk[place, d, c] += 1.0
                for r in range(groups.first_row[g], groups.first_row[g + 1]):
                    if groups.rows[r] == k:
                        mix.served[mix.first[at] + r - groups.first_row[g], d, c] += 1.0


@compiled
def round_mixes(week: Week, order: Ints, weight: float, state: Proximal, lines: Lines) -> None:
    """Replace the mix of each employee of ``order`` by one line, the best given all others.

    The line is priced at what is then missing, half a person taken off: the middle of the step
    from without to with the employee.
    """
    for e in order:
        for d in range(week.grid.days):
            state.line.group[d] = -1
        _direction(week, e, state)
        _step(week, e, 1.0, state)
        _reprice(week, e, weight, state)
        for i in range(week.staff.first_group[e], week.staff.first_group[e + 1]):
            g = week.staff.groups[i]
            place = week.groups.place[g]
            for d in range(week.grid.days):
                if week.staff.free[e, d]:
                    value_cells(week, g, d, state.prices, state.memory)
                    for c in range(week.places.first[place, d], week.places.last[place, d]):
                        if state.memory.activity[g, d, c] >= 0:
                            state.memory.values[g, d, c] -= 0.5 * weight
                    fill_table(week, g, d, state.memory)
        price_line(week, e, state.memory, state.line)
        _direction(week, e, state)
        _step(week, e, 1.0, state)
        write_line(week, e, state.line, state.memory, lines)
