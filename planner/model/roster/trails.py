"""Everybody's trail: what the days of a line leave for the days to come and for its price.

It joins the rules about the days worked (``day_sets``) and about types of shift
(``type_counts``); people with the same prices share one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.domain.case import PlanningCase
from planner.model.roster.arrays import OFF, Floats, Grid, Ints
from planner.model.roster.clockwork import Clockwork
from planner.model.roster.day_sets import Trail, fold, set_prices
from planner.model.roster.postings import posted
from planner.model.roster.type_counts import counted, joined
from planner.model.roster.type_letters import types_by_letter
from planner.rules.shifts_of_type import ShiftsOfType


class Trails(NamedTuple):
    """What ``Staff`` holds of the trails: see there."""

    trail: Ints
    trail_count: Ints
    trail_next: Ints
    trail_cost: Floats


def trails(case: PlanningCase, clock: Clockwork, grid: Grid) -> Trails:
    """Return everybody's trail; the first is that of who is not asked."""
    groups = {employee.contract_group for employee in case.employees}
    counts = {group: _counts(case, group, clock, grid) for group in groups}
    free = np.zeros(2**case.horizon.days)
    index, found, own = {(free.tobytes(), b""): 0}, [fold(free)], []
    for employee in case.employees:
        prices, types = set_prices(case, employee), counts[employee.contract_group]
        key = prices.tobytes(), b"".join(part.tobytes() for part in types or ())
        if key not in index:
            index[key] = len(found)
            days = fold(prices)
            found.append(days if types is None else joined(days, types))
        own.append(index[key])
    return _stacked(own, found, 1 + int(grid.letter.max(initial=1)))


def _counts(case: PlanningCase, group: str, clock: Clockwork, grid: Grid) -> Trail | None:
    """Return the trail of the types counted for a contract group, None where none costs."""
    rule = posted(case, ShiftsOfType, group)
    if rule is None:
        return None
    trail = counted(rule, types_by_letter(rule.types, clock, grid), case.horizon.days)
    # One state on all days that forbids nothing counts nothing; of more than one, the first day
    # has only one, so others have no way on there.
    return trail if (trail.step == OFF).any() else None


def _stacked(own: list[int], found: list[Trail], letters: int) -> Trails:
    most, days = max(len(one.cost) for one in found), len(found[0].step)
    step = np.full((len(found), days, most, letters), OFF)
    cost = np.zeros((len(found), most))
    for number, one in enumerate(found):
        states, width = one.step.shape[1:]
        step[number, :, :states] = one.step[:, :, -1:]
        step[number, :, :states, :width] = one.step
        cost[number, :states] = one.cost
    count = np.stack([one.alive for one in found])
    return Trails(np.array(own, np.int64), count, step, cost)
