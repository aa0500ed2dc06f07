"""Small work rules at random and their lines by enumeration, coded apart from the pricer."""

from __future__ import annotations

import itertools
from itertools import groupby

import numpy as np

from planner.model.lines.chance import Chance
from planner.model.lines.workrules import ShiftTypes, WorkRules


def random_rules(seed: int, days: int = 8) -> tuple[ShiftTypes, WorkRules]:
    """Return two or three shift types over ``days`` days and one employee's rules."""
    chance = Chance(seed)
    shifts = 2 + chance.below(2)
    forbidden = np.array([[chance.below(4) == 0 for _ in range(shifts)] for _ in range(shifts)])
    types = ShiftTypes(
        minutes=np.array([240 * (1 + chance.below(2)) for _ in range(shifts)], np.int32),
        forbidden=forbidden,
        rows=np.arange(days * shifts, dtype=np.int32).reshape(days, shifts),
        weekday=(np.arange(days, dtype=np.int32) + chance.below(7)) % 7,
    )
    cost = np.array([[float(chance.below(5)) for _ in range(shifts)] for _ in range(days)])
    cost[chance.below(days), chance.below(shifts)] = np.inf
    off_cost = np.array([float(chance.below(3)) for _ in range(days)])
    least = 240 * chance.below(6)
    rules = WorkRules(
        cost=cost,
        off_cost=off_cost,
        base=float(chance.below(10)),
        most=np.array([1 + chance.below(5) for _ in range(shifts)], np.int32),
        least_minutes=least,
        most_minutes=least + 240 * chance.below(6),
        longest_run=2 + chance.below(3),
        shortest_run=1 + chance.below(2),
        shortest_rest=1 + chance.below(3),
        weekends=chance.below(3),
    )
    return types, rules


def lawful_plans(types: ShiftTypes, rules: WorkRules) -> list[tuple[int, ...]]:
    """Return every lawful line as the shift of each day (-1 for off)."""
    days, shifts = types.rows.shape
    every = itertools.product(range(-1, shifts), repeat=days)
    return [plan for plan in every if lawful(types, rules, plan)]


def lawful(types: ShiftTypes, rules: WorkRules, plan: tuple[int, ...]) -> bool:
    """Return whether ``plan`` keeps to ``rules``."""
    minutes = sum(int(types.minutes[s]) for s in plan if s >= 0)
    pairs = [(a, b) for a, b in itertools.pairwise(plan) if a >= 0 and b >= 0]
    return (
        rules.least_minutes <= minutes <= rules.most_minutes
        and not any(types.forbidden[a, b] for a, b in pairs)
        and all(plan.count(s) <= rules.most[s] for s in range(len(types.minutes)))
        and np.isfinite(rules.line_cost(np.array(plan)))
        and _runs_lawful(rules, plan)
        and _weekends(types, plan) <= rules.weekends
    )


def _runs_lawful(rules: WorkRules, plan: tuple[int, ...]) -> bool:
    start = 0
    for working, group in groupby(plan, key=lambda shift: shift >= 0):
        length = len(list(group))
        inside = start > 0 and start + length < len(plan)
        if working and length > rules.longest_run:
            return False
        if inside and length < (rules.shortest_run if working else rules.shortest_rest):
            return False
        start += length
    return True


def _weekends(types: ShiftTypes, plan: tuple[int, ...]) -> int:
    worked = set()
    for day, shift in enumerate(plan):
        weekday = int(types.weekday[day])
        if shift >= 0 and weekday >= 5:
            worked.add(day - weekday)
    return len(worked)
