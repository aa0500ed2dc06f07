"""Shifts handed from people with many skills to people with fewer, as far as targets allow.

A shift costs the same whoever works it, so the master has no reason not to ask for those who hold
every skill, throughout.  They are scarce: what fewer skills can do just as well is left to others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from planner.model.shift_master import Profile
from planner.plan.cuts.simulation_cuts import DayProblem
from planner.plan.cuts.skill_groups import SkillGroup

Counts = tuple[int, ...]


def sparing(
    problem: DayProblem,
    groups: tuple[SkillGroup, ...],
    counts: Counts,
    holds: Callable[[Profile], bool],
) -> tuple[Counts, Profile]:
    """Return shifts at the same cost, handed to groups with fewer skills where all still holds.

    Parameters
    ----------
    problem : DayProblem
        The day; its menu has the same shifts for every group, group after group.
    counts : tuple of int
        People by shift of the menu.
    holds : callable
        Plays people by period against the targets.
    """
    profile = people_present(problem, counts)
    for shift, other in _ways_down(problem, groups):
        while counts[shift] > 0:
            handed = list(counts)
            handed[shift] -= 1
            handed[other] += 1
            tried = people_present(problem, tuple(handed))
            if not (may_work(problem, tuple(handed)) and holds(tried)):
                break
            counts, profile = tuple(handed), tried
    return counts, profile


def people_present(problem: DayProblem, counts: Counts) -> Profile:
    """Return the people by period of a day's shifts."""
    worked = [(shift.covers, people) for shift, people in zip(problem.menu, counts, strict=True)]
    total = sum(
        (people * np.array(covers, dtype=np.int64) for covers, people in worked if people),
        start=np.zeros(len(problem.most), dtype=np.int64),
    )
    return tuple(int(people) for people in total)


def may_work(problem: DayProblem, counts: Counts) -> bool:
    """Tell whether these people keep to the limits of the day and to what groups share."""
    profile = people_present(problem, counts)
    within = all(
        low <= people <= high
        for low, people, high in zip(problem.least, profile, problem.most, strict=True)
    )
    sums = [(row, sum(counts[shift] for shift in row.shifts)) for row in problem.rows]
    return within and all(
        row.least <= people and (row.most is None or people <= row.most) for row, people in sums
    )


def _ways_down(problem: DayProblem, groups: tuple[SkillGroup, ...]) -> Iterator[tuple[int, int]]:
    """Yield pairs of shifts, equal but for the group: from many skills to few, fewest first."""
    size = len(problem.menu) // len(groups)
    numbers = range(len(groups))
    ordered = sorted(numbers, key=lambda number: -len(groups[number].skills))
    for upper, lower in product(ordered, ordered[::-1]):
        if set(groups[lower].skills) < set(groups[upper].skills):
            for shift in range(size):
                yield upper * size + shift, lower * size + shift
