"""Which employees to free together, and on which days."""

from __future__ import annotations

import numpy as np

from planner.model.lines.chance import Chance
from planner.model.lines.incumbent import Incumbent
from planner.model.lines.pool import LinePool

#: Days of a window for which not everybody is freed before it becomes longer.
SHORT_WINDOW = 14


def neighbourhood(incumbent: Incumbent, pool: LinePool, size: int, chance: Chance) -> list[int]:
    """Return ``size`` employees (or all, if fewer) whose lines are worth choosing anew together."""
    everybody = list(range(incumbent.problem.employees))
    if size >= len(everybody):
        return everybody
    way = chance.pick((_around_a_row, _around_an_employee, _at_random))
    return sorted(way(incumbent, pool, size, chance))


def window(
    incumbent: Incumbent, pool: LinePool, days: int, size: int, chance: Chance
) -> tuple[list[int], range]:
    """Return employees and days in a row, about ``size`` employee-days together.

    Everybody if two weeks of everybody are not too many; at most two thirds of all ``days``.
    """
    people = incumbent.problem.employees
    number = people if people * SHORT_WINDOW <= size else max(2, size // SHORT_WINDOW)
    length = min(max(1, size // number), max(1, 2 * days // 3))
    return neighbourhood(incumbent, pool, number, chance), stretch(days, length, chance)


def stretch(days: int, length: int, chance: Chance) -> range:
    """Return ``length`` of ``days`` days in a row, fewer at either end of the horizon."""
    first = chance.below(days + length // 2) - length // 2
    return range(max(0, first), min(days, first + length))


def _at_random(incumbent: Incumbent, _pool: LinePool, size: int, chance: Chance) -> list[int]:
    return chance.shuffled(range(incumbent.problem.employees))[:size]


def _around_a_row(incumbent: Incumbent, pool: LinePool, size: int, chance: Chance) -> list[int]:
    """Free people who have a line for a row that is short or over."""
    wrong = np.flatnonzero(incumbent.served != incumbent.problem.need)
    if not len(wrong):
        return _at_random(incumbent, pool, size, chance)
    row = int(chance.pick(wrong.tolist()))
    able = chance.shuffled(np.flatnonzero(pool.reach[:, row]).tolist())[:size]
    rest = [e for e in _at_random(incumbent, pool, size + len(able), chance) if e not in able]
    return (able + rest)[:size]


def _around_an_employee(
    incumbent: Incumbent, pool: LinePool, size: int, chance: Chance
) -> list[int]:
    """Free somebody with those who could take over most of the same rows, with some noise."""
    centre = incumbent.lines[chance.below(incumbent.problem.employees)]
    common = pool.reach[:, centre.rows].sum(axis=1)
    score = [count * (0.5 + chance.unit()) for count in common.tolist()]
    score[centre.employee] = float("inf")
    return sorted(range(len(score)), key=lambda e: -score[e])[:size]
