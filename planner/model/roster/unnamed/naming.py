"""Names for the shifts of a settled plan: the longest shifts to the longest times."""

from __future__ import annotations

import numpy as np

from planner.model.roster.arrays import OFF, Ints
from planner.model.roster.unnamed.compiled_exchange import Shifts
from planner.model.roster.unnamed.plan import Plan


def named(plan: Plan) -> Shifts:
    """Return the shifts of ``plan``, each with a name.

    In a block the k-th start goes with the k-th end, and the longest of these shifts go to the
    people whose time there is the longest.
    """
    shape = plan.plain.free.shape
    shifts = Shifts(np.full(shape, OFF), np.zeros(shape, np.int64), np.zeros(shape, np.int64))
    workers: dict[tuple[int, int], list[tuple[float, int]]] = {}
    for employee, times in enumerate(plan.time):
        for (day, group), cells in times.items():
            workers.setdefault((group, day), []).append((cells, employee))
    for (group, day), people in workers.items():
        first = int(plan.plain.first[group, day])
        starts = cells_of(plan.starts[group, day], first)
        ends = cells_of(plan.ends[group, day], first + plan.plain.shortest)
        order = np.argsort(ends - starts, kind="stable")
        for (_, employee), k in zip(sorted(people), order.tolist(), strict=True):
            shifts.group[employee, day] = group
            shifts.start[employee, day], shifts.end[employee, day] = starts[k], ends[k]
    return shifts


def cells_of(until: Ints, first: int) -> Ints:
    """Return the cell of each from how many there were until each cell, the first of them given."""
    steps = np.diff(until, prepend=0)
    cells: Ints = np.repeat(np.arange(first, first + len(until)), steps)
    return cells
