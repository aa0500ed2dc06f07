"""Pricing finds the best line of small random weeks, in which every limit binds somewhere."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.roster import compiled_pricing
from planner.model.roster.arrays import Week
from planner.model.roster.compiled_pricing import NEVER, Choice, Memory
from planner.sim.streams import stream
from tests.roster.interpreted import interpreted
from tests.roster.random_week import DAYS, PEOPLE, Day, days_of, lines_of, random_week

pricing = interpreted(compiled_pricing)


def _priced(seed: int) -> tuple[Week, Memory]:
    """Return a week and the tables of its groups at random values of the cells."""
    week = random_week(seed)
    memory: Memory = pricing.memory_for(week)
    memory.values[...] = stream(seed, 2, "values").uniform(-2.0, 3.0, memory.values.shape)
    for g in range(2):
        for d in range(DAYS):
            pricing.fill_table(week, g, d, memory)
    return week, memory


def _shift(line: Choice, d: int, worth: float) -> Day | None:
    if line.group[d] < 0:
        return None
    group, start, end, pause = (int(part[d]) for part in line)
    return Day(group, start, end, pause, worth)


@pytest.mark.parametrize("block", range(8))
def test_the_best_line_of_all(block: int) -> None:
    """Value and shifts of the line found are those of the best of all lines, listed one by one."""
    for seed in range(10 * block, 10 * block + 10):
        week, memory = _priced(seed)
        for e in range(PEOPLE):
            line: Choice = pricing.room_for_line(week)
            value = pricing.price_line(week, e, memory, line)
            lines = {shifts: worth for worth, shifts in lines_of(week, e, memory)}
            assert value == pytest.approx(max(lines.values(), default=NEVER))
            if not lines:
                assert (line.group == -1).all()
                continue
            found = [
                {shift._replace(worth=0.0): shift for shift in days_of(week, e, d, memory)}
                for d in range(DAYS)
            ]
            written = [_shift(line, d, 0.0) for d in range(DAYS)]
            shifts = tuple(one and found[d][one] for d, one in enumerate(written))
            assert lines[shifts] == pytest.approx(value)


def test_nobody_works_where_no_hours_are_allowed() -> None:
    """Somebody whose every number of hours is forbidden has no line; without work is one."""
    week, memory = _priced(3)
    week.staff.paid_cost[0, :] = np.inf
    line: Choice = pricing.room_for_line(week)
    assert pricing.price_line(week, 0, memory, line) == NEVER
    assert (line.group == -1).all()
    week.staff.free[1, :] = False
    week.staff.trail[1] = 0
    week.staff.paid_cost[1, 0] = 0.25
    assert pricing.price_line(week, 1, memory, line) == -0.25 - week.staff.late_shift_cost[1, 0]
    assert (line.group == -1).all()
