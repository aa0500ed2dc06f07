"""Exchanges keep what is given to every group and cell, and end with everybody's cells owed."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.roster.arrays import OFF
from planner.model.roster.unnamed.compiled_exchange import Shifts, exchange, exchange_of, left_by
from planner.model.roster.unnamed.plain_week import PlainWeek
from planner.sim.streams import stream
from tests.unnamed.plain_weeks import CELLS, DAYS, LONGEST, SHORTEST, random_plain_week


def some_shifts(week: PlainWeek, seed: int) -> Shifts:
    """Return lawful shifts on most days, whatever is owed."""
    draw = stream(seed, 0, "shifts")
    shape = (len(week.owed), DAYS)
    shifts = Shifts(np.full(shape, OFF), np.zeros(shape, np.int64), np.zeros(shape, np.int64))
    for employee, own in enumerate(week.groups):
        for day in draw.permutation(DAYS)[: week.most_days[employee]]:
            group, length = own[draw.integers(len(own))], draw.integers(SHORTEST, LONGEST + 1)
            first, last = week.first[group, day], week.last[group, day]
            start = draw.integers(first, last - length + 1)
            shifts.group[employee, day] = group
            shifts.start[employee, day], shifts.end[employee, day] = start, start + length
    return shifts


def lawful(week: PlainWeek, shifts: Shifts) -> bool:
    """Tell whether shifts keep to groups, lengths, opening hours and days."""
    for employee, day in np.argwhere(shifts.group != OFF):
        group = int(shifts.group[employee, day])
        start, end = shifts.start[employee, day], shifts.end[employee, day]
        inside = week.first[group, day] <= start and end <= week.last[group, day] <= CELLS
        if not (inside and group in week.groups[employee] and week.free[employee, day]):
            return False
        if not week.shortest <= end - start <= week.longest:
            return False
    return bool(((shifts.group != OFF).sum(axis=1) <= week.most_days).all())


@pytest.mark.parametrize("seed", range(8))
def test_cover_stands_while_it_costs_nothing_to_exchange(seed: int) -> None:
    """Without moves the same people are missing; what is counted is what is there."""
    week = random_plain_week(seed, people=8)
    shifts = some_shifts(week, seed)
    state = exchange_of(week, shifts, seed)
    before = int(state.figures[1])
    exchange(state, 20_000, 1.0, 0.1, 0.0)
    assert np.array_equal(left_by(week, state.shifts), left_by(week, shifts))
    assert lawful(week, state.shifts)
    assert state.figures[1] <= before
    _check_counts(week, state)


@pytest.mark.parametrize("seed", range(8))
def test_everybody_ends_with_the_cells_owed(seed: int) -> None:
    """With moves at a price everybody works what they owe; cover is counted along."""
    week = random_plain_week(seed, people=8)
    works = some_shifts(week, seed)
    days = (works.group != OFF).sum(axis=1)
    owed = np.clip(week.owed, days * SHORTEST, days * LONGEST)
    week = PlainWeek(**{**week.__dict__, "owed": owed})
    state = exchange_of(week, works, seed)
    exchange(state, 200_000, 0.3, 0.05, 0.5)
    assert state.figures[0] == state.figures[1] == 0
    assert lawful(week, state.shifts)
    _check_counts(week, state)


def _check_counts(week: PlainWeek, state) -> None:
    works = state.shifts.group != OFF
    cells = np.where(works, state.shifts.end - state.shifts.start, 0).sum(axis=1)
    assert np.array_equal(cells, state.worked)
    assert np.array_equal(left_by(week, state.shifts), state.left)
    off = np.abs(cells - week.owed)
    assert state.figures.tolist() == [(off > 0).sum(), off.sum()]
    assert set(state.wrong[: state.figures[0]].tolist()) == set(np.flatnonzero(off).tolist())
