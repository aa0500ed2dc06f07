"""One round of the Lagrangian dual, compiled: everybody's best line at given prices."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from planner.model.roster.arrays import Floats, Ints, Week
from planner.model.roster.compiled_cover import pause_end
from planner.model.roster.compiled_pricing import (
    NEVER,
    Choice,
    Kinds,
    Workspace,
    fill_table,
    gather_day,
    kind_count,
    read_line,
    workspace,
)


class Prices(NamedTuple):
    """Lagrange multipliers: what a unit is worth.

    Attributes
    ----------
    served : float64 (K, D, C)
        Of a person serving a cover row, between minus ``over`` and ``short``.
    present : float64 (2, L, D, C)
        Of a person present, between 0 and the price of the family.
    desk : float64 (L, D, C)
        Rent of a desk, at least 0.
    back : float64 (L,)
        Of a back-office cell, between 0 and its price.
    """

    served: Floats
    present: Floats
    desk: Floats
    back: Floats


class Answer(NamedTuple):
    """What everybody's best lines give together, in the shape of ``Prices``; changed in place.

    ``present`` and ``desk`` count people present and people serving; ``value`` (E,) is the value of
    each employee's best line [points].
    """

    served: Floats
    present: Floats
    desk: Floats
    back: Floats
    value: Floats


class DualState(NamedTuple):
    """Memory of the dual rounds."""

    tables: Kinds
    values: Floats
    activity: Ints
    work: Workspace
    scratch: Kinds
    line: Choice


def new_dual(week: Week) -> DualState:
    """Return the memory for dual rounds in ``week``."""
    grid = week.grid
    kinds, shape = kind_count(grid), (len(week.groups.place), grid.days)
    return DualState(
        Kinds(
            np.full((*shape, kinds), NEVER),
            np.zeros((*shape, kinds), np.int64),
            np.zeros((*shape, kinds), np.int64),
        ),
        np.zeros((*shape, grid.cells)),
        np.zeros((*shape, grid.cells), np.int64),
        workspace(week),
        Kinds(np.full(kinds, NEVER), np.zeros(kinds, np.int64), np.zeros(kinds, np.int64)),
        Choice(*(np.zeros(grid.days, np.int64) for _ in range(4))),
    )


@njit(cache=True, nogil=True)
def value_cells(week, g, d, prices, values, activity):  # type: ignore[no-untyped-def]
    """Fill the value of each cell in group g on day d at ``prices``, and its best activity."""
    places, groups = week.places, week.groups
    place = groups.place[g]
    for c in range(places.first[place, d], places.last[place, d]):
        best = prices.back[place] if groups.back[g] else -1e9
        chosen = -1
        for i in range(groups.first_row[g], groups.first_row[g + 1]):
            k = groups.rows[i]
            gain = prices.served[k, d, c] - prices.desk[place, d, c]
            if gain > best:
                best = gain
                chosen = k
        values[g, d, c] = best + prices.present[0, place, d, c] + prices.present[1, place, d, c]
        activity[g, d, c] = chosen


@njit(cache=True, nogil=True)
def dual_round(week, prices, state, answer):  # type: ignore[no-untyped-def]
    """Fill ``answer`` with everybody's best lines at ``prices``."""
    grid, staff, groups = week.grid, week.staff, week.groups
    for g in range(len(groups.place)):
        for d in range(grid.days):
            value_cells(week, g, d, prices, state.values, state.activity)
            fill_table(week, g, d, state.values, state.tables)
    answer.served[:] = 0.0
    answer.present[:] = 0.0
    answer.desk[:] = 0.0
    answer.back[:] = 0.0
    for e in range(len(staff.most)):
        for d in range(grid.days):
            gather_day(week, e, d, state.tables, state.work, state.scratch, state.values)
        answer.value[e] = read_line(week, e, state.work, state.line)
        _add(week, state, answer)


@njit(cache=True, nogil=True)
def _add(week, state, answer):  # type: ignore[no-untyped-def]
    line = state.line
    for d in range(week.grid.days):
        g = line.group[d]
        if g < 0:
            continue
        place = week.groups.place[g]
        pause = line.pause[d]
        stop = pause_end(week.grid, line.start[d], line.end[d], pause)
        for c in range(line.start[d], line.end[d]):
            if pause <= c < stop:
                continue
            answer.present[0, place, d, c] += 1
            answer.present[1, place, d, c] += 1
            k = state.activity[g, d, c]
            if k < 0:
                answer.back[place] += 1
            else:
                answer.served[k, d, c] += 1
                answer.desk[place, d, c] += 1
