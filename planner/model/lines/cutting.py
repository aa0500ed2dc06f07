"""Rules of a section: some days of a plan open, the days around them as they stand.

A run of shifts or of days off may reach over the border of the open days, so a margin of standing
days stays in sight on either side, longer than any such run may be short or long; with whole weeks,
so that a weekend is never cut in two.  Beyond the margin only amounts matter: minutes, shifts of
each type and weekends used there are taken off the limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.model.lines.counting import worked_weekends
from planner.model.lines.problem import IntArray
from planner.model.lines.workrules import SUNDAY, ShiftTypes, WorkRules


@dataclass(frozen=True, slots=True)
class Cut:
    """Days of a section.

    Attributes
    ----------
    first, last : int
        Days in sight: ``range(first, last)``.
    opened, closed : int
        Days open to change: ``range(opened, closed)``.
    """

    first: int
    last: int
    opened: int
    closed: int

    @property
    def seen(self) -> slice:
        """The days in sight."""
        return slice(self.first, self.last)


def cut_around(types: ShiftTypes, rules: Sequence[WorkRules], days: range) -> Cut:
    """Return the cut that opens ``days`` for employees with ``rules``."""
    margin = 1 + max(max(r.longest_run, r.shortest_run, r.shortest_rest) for r in rules)
    horizon = len(types.weekday)
    first, last = max(0, days.start - margin), min(horizon, days.stop + margin)
    while first > 0 and types.weekday[first - 1] != SUNDAY:
        first -= 1
    while last < horizon and types.weekday[last - 1] != SUNDAY:
        last += 1
    return Cut(first, last, days.start, days.stop)


def cut_types(types: ShiftTypes, cut: Cut, row: IntArray, elsewhere: int) -> ShiftTypes:
    """Return the shift types in sight of ``cut``.

    Parameters
    ----------
    row : int32 array, shape (m,)
        Row of the section for each cover row of the whole.
    elsewhere : int
        Row of the section that the standing days serve.
    """
    rows: IntArray = np.full_like(types.rows[cut.seen], elsewhere)
    inside = slice(cut.opened - cut.first, cut.closed - cut.first)
    rows[inside] = row[types.rows[cut.opened : cut.closed]]
    return replace(types, rows=rows, weekday=types.weekday[cut.seen])


def cut_rules(types: ShiftTypes, rules: WorkRules, cut: Cut, plan: IntArray) -> WorkRules:
    """Return the rules of the days in sight of ``cut``; lines keep the cost of the whole plan.

    Parameters
    ----------
    plan : int32 array, shape (D,)
        Shift of each day as it stands, -1 for off; lawful.
    """
    away = plan.copy()
    away[cut.seen] = -1
    worked = np.flatnonzero(away >= 0)
    minutes = int(types.minutes[away[worked]].sum())
    off = np.flatnonzero(plan < 0)
    off = off[(off < cut.first) | (off >= cut.last)]
    beyond = rules.cost[worked, away[worked]].sum() + rules.off_cost[off].sum()
    cost, off_cost = _standing(rules, cut, plan)
    return replace(
        rules,
        cost=cost,
        off_cost=off_cost,
        base=rules.base + float(beyond),
        most=(rules.most - np.bincount(away[worked], minlength=len(rules.most))).astype(np.int32),
        least_minutes=max(0, rules.least_minutes - minutes),
        most_minutes=rules.most_minutes - minutes,
        weekends=rules.weekends - worked_weekends(away, types.weekday),
    )


def _standing(rules: WorkRules, cut: Cut, plan: IntArray) -> tuple[np.ndarray, np.ndarray]:
    """Return the prices in sight, infinite where a standing day would change."""
    cost, off_cost = rules.cost[cut.seen].copy(), rules.off_cost[cut.seen].copy()
    for day in range(cut.first, cut.last):
        if cut.opened <= day < cut.closed:
            continue
        here, shift = day - cut.first, int(plan[day])
        kept = cost[here, shift] if shift >= 0 else np.inf
        cost[here] = np.inf
        if shift >= 0:
            cost[here, shift], off_cost[here] = kept, np.inf
    return cost, off_cost
