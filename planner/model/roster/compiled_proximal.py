"""Block-coordinate Frank-Wolfe on the proximal Lagrangian dual, compiled.

The dual of a roster is a sum over employees, and each employee's best line at given prices is cheap
(``compiled_pricing``).  The proximal point step around a centre of prices has a dual of its own: a
smooth price for the distance between need and cover, over mixes of lines.  It is solved one employee
at a time: best line at the prices of now, step towards it, new prices (Lacoste-Julien et al. 2013,
ICML, algorithm 3; Swoboda and Kolmogorov 2019, CVPR, algorithm 1).  Any prices give a valid bound
(``compiled_dual``); these make it close.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from planner.model.roster.arrays import Floats, Ints, Week
from planner.model.roster.compiled_cover import pause_end
from planner.model.roster.compiled_dual import value_cells
from planner.model.roster.compiled_pricing import NEVER, fill_table, gather_day, read_line


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


@njit(cache=True, nogil=True)
def reprice(week, e, centre, weight, total, prices):  # type: ignore[no-untyped-def]
    """Set the prices that employee e sees from the cover ``total`` of all mixes."""
    staff, groups, places, grid = week.staff, week.groups, week.places, week.grid
    for i in range(staff.first_group[e], staff.first_group[e + 1]):
        g = staff.groups[i]
        place = groups.place[g]
        step = weight * places.back_price / 100.0
        prices.back[place] = min(
            places.back_price,
            max(0.0, centre.back[place] + step * (places.back_need[place] - total.back[place])),
        )
        for d in range(grid.days):
            for c in range(places.first[place, d], places.last[place, d]):
                excess = total.desk[place, d, c] - places.desks[place]
                prices.desk[place, d, c] = max(0.0, centre.desk[place, d, c] + weight * excess)
                for f in range(2):
                    top = places.present_price[f]
                    missing = places.present_need[f, place, d, c] - total.present[0, place, d, c]
                    prices.present[f, place, d, c] = min(
                        top, max(0.0, centre.present[f, place, d, c] + weight * missing)
                    )
                for r in range(groups.first_row[g], groups.first_row[g + 1]):
                    k = groups.rows[r]
                    missing = places.need[k, d, c] - total.served[k, d, c]
                    prices.served[k, d, c] = min(
                        places.short[k],
                        max(-places.over[k], centre.served[k, d, c] + weight * missing),
                    )


@njit(cache=True, nogil=True)
def _direction(week, e, line, mix, state, target):  # type: ignore[no-untyped-def]
    """Write the line minus the mix of employee e into ``target`` (a ``Mix`` of one employee)."""
    staff, groups, grid = week.staff, week.groups, week.grid
    begin = staff.first_group[e]
    for i in range(begin, staff.first_group[e + 1]):
        rows = mix.first[i + 1] - mix.first[i]
        at = mix.first[i] - mix.first[begin]
        target.served[at : at + rows] = -mix.served[mix.first[i] : mix.first[i + 1]]
        target.present[i - begin] = -mix.present[i]
        target.back[i - begin] = -mix.back[i]
        g = staff.groups[i]
        for d in range(grid.days):
            if line.group[d] != g:
                continue
            pause = line.pause[d]
            stop = pause_end(grid, line.start[d], line.end[d], pause)
            for c in range(line.start[d], line.end[d]):
                if pause <= c < stop:
                    continue
                target.present[i - begin, d, c] += 1.0
                k = state.activity[g, d, c]
                if k < 0:
                    target.back[i - begin] += 1.0
                else:
                    for r in range(rows):
                        if groups.rows[groups.first_row[g] + r] == k:
                            target.served[at + r, d, c] += 1.0


@njit(cache=True, nogil=True)
def _slope_and_bend(week, e, mix, prices, weight, move):  # type: ignore[no-untyped-def]
    """Return the value of ``move`` at ``prices`` and a bound on the curvature along it."""
    staff, groups, grid, places = week.staff, week.groups, week.grid, week.places
    begin = staff.first_group[e]
    slope, bend = 0.0, 1e-9
    for i in range(begin, staff.first_group[e + 1]):
        g = staff.groups[i]
        place = groups.place[g]
        at, rows = mix.first[i] - mix.first[begin], mix.first[i + 1] - mix.first[i]
        back = move.back[i - begin]
        slope += prices.back[place] * back
        bend += weight * places.back_price / 100.0 * back * back
        families = (places.present_price[0] > 0.0) + (places.present_price[1] > 0.0)
        for d in range(grid.days):
            for c in range(places.first[place, d], places.last[place, d]):
                here = move.present[i - begin, d, c]
                slope += here * (prices.present[0, place, d, c] + prices.present[1, place, d, c])
                bend += families * weight * here * here
                serving = 0.0
                for r in range(rows):
                    k = groups.rows[groups.first_row[g] + r]
                    there = move.served[at + r, d, c]
                    serving += there
                    slope += prices.served[k, d, c] * there
                    bend += weight * there * there
                slope -= prices.desk[place, d, c] * serving
                bend += weight * serving * serving
    return slope, bend


@njit(cache=True, nogil=True)
def _step(week, e, mix, total, move, share):  # type: ignore[no-untyped-def]
    """Move employee e's mix by ``share`` of ``move``, and the total with it."""
    staff, groups, grid, places = week.staff, week.groups, week.grid, week.places
    begin = staff.first_group[e]
    for i in range(begin, staff.first_group[e + 1]):
        g = staff.groups[i]
        place = groups.place[g]
        at, rows = mix.first[i] - mix.first[begin], mix.first[i + 1] - mix.first[i]
        mix.back[i] += share * move.back[i - begin]
        total.back[place] += share * move.back[i - begin]
        for d in range(grid.days):
            for c in range(places.first[place, d], places.last[place, d]):
                here = share * move.present[i - begin, d, c]
                mix.present[i, d, c] += here
                total.present[0, place, d, c] += here
                for r in range(rows):
                    there = share * move.served[at + r, d, c]
                    mix.served[mix.first[i] + r, d, c] += there
                    total.served[groups.rows[groups.first_row[g] + r], d, c] += there
                    total.desk[place, d, c] += there


@njit(cache=True, nogil=True)
def proximal_pass(week, order, centre, weight, mix, total, prices, state, move):  # type: ignore[no-untyped-def]
    """Improve the mix of each employee of ``order`` once; return the sum of their gains [points].

    Gains sum to the duality gap of the proximal problem when nothing moves any more.
    """
    staff, groups, grid = week.staff, week.groups, week.grid
    gains = 0.0
    for e in order:
        reprice(week, e, centre, weight, total, prices)
        for i in range(staff.first_group[e], staff.first_group[e + 1]):
            g = staff.groups[i]
            for d in range(grid.days):
                if staff.free[e, d]:
                    value_cells(week, g, d, prices, state.values, state.activity)
                    fill_table(week, g, d, state.values, state.tables)
        for d in range(grid.days):
            gather_day(week, e, d, state.tables, state.work, state.scratch, state.values)
        value = read_line(week, e, state.work, state.line)
        if value <= NEVER / 2:
            continue
        _direction(week, e, state.line, mix, state, move)
        slope, bend = _slope_and_bend(week, e, mix, prices, weight, move)
        worth_mix = _worth(week, e, mix, prices)
        own = slope + worth_mix - value
        gain = slope - (own - mix.own[e])
        share = min(1.0, max(0.0, gain / bend))
        gains += gain
        _step(week, e, mix, total, move, share)
        mix.own[e] += share * (own - mix.own[e])
    return gains


@njit(cache=True, nogil=True)
def _worth(week, e, mix, prices):  # type: ignore[no-untyped-def]
    """Return the value of employee e's mix at ``prices`` [points]."""
    staff, groups, grid, places = week.staff, week.groups, week.grid, week.places
    value = 0.0
    for i in range(staff.first_group[e], staff.first_group[e + 1]):
        g = staff.groups[i]
        place = groups.place[g]
        value += prices.back[place] * mix.back[i]
        for d in range(grid.days):
            for c in range(places.first[place, d], places.last[place, d]):
                value += mix.present[i, d, c] * (
                    prices.present[0, place, d, c] + prices.present[1, place, d, c]
                )
                for r in range(mix.first[i + 1] - mix.first[i]):
                    k = groups.rows[groups.first_row[g] + r]
                    price = prices.served[k, d, c] - prices.desk[place, d, c]
                    value += mix.served[mix.first[i] + r, d, c] * price
    return value
