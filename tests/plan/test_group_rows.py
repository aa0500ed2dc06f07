"""Masters of groups against enumeration: shared desks, cover by skill, shifts handed down."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from planner.model.shift_master import PeopleRow, Profile, Shift, ShiftMaster, contiguous_menu
from planner.plan.cuts.group_rows import GroupRows, group_menu
from planner.plan.cuts.sampled_day import SampledDay
from planner.plan.cuts.simulation_cuts import (
    Budget,
    DayProblem,
    DayStatus,
    cheapest_cover,
    least_staff,
    nearest_cover,
)
from planner.plan.cuts.skill_groups import SkillGroup
from planner.plan.cuts.sparing_skills import may_work, people_present, sparing
from planner.plan.cuts.two_step import holding

GROUPS = (SkillGroup(("a", "b"), "b"), SkillGroup(("a",), "a"))
SLOTS, MENU = 3, contiguous_menu(3, (2, 3))


@dataclass
class TwoSkills:
    """Work of two skills, slot by slot; what is not done in a slot waits for the next.

    The target is missed when more than ``limit`` units wait over the day.  Only the first group
    does the second skill's work; it takes the first skill's when it has nothing else.
    """

    work: tuple[tuple[int, int], ...]
    limit: int
    targets: int = 1
    monotone: bool = True

    def waiting(self, profile: Profile) -> int:
        """Return units that wait, summed up over the slots."""
        first = second = total = 0
        for slot, (a, b) in enumerate(self.work):
            both, plain = profile[2 * slot : 2 * slot + 2]
            first, second = first + a, second + b
            done = min(second, both)
            second -= done
            first -= min(first, both - done + plain)
            total += first + second
        return total

    def missed(self, profile: Profile, target: int) -> bool:
        """Tell whether too much waits."""
        return self.waiting(profile) > self.limit

    def excess(self, profile: Profile) -> np.ndarray:
        """Return how far beyond the limit, in shares of it."""
        return np.array([(self.waiting(profile) - self.limit) / max(self.limit, 1)])

    def window(self, target: int) -> tuple[int, ...]:
        """Return all periods."""
        return tuple(range(2 * SLOTS))

    def own_period(self, target: int) -> int:
        """Return the first period."""
        return 0


def _problem(evaluator: TwoSkills, desks: int, people: tuple[int, int]) -> DayProblem:
    menu = group_menu(MENU, GROUPS)
    rows = tuple(
        PeopleRow(
            tuple(n for n, shift in enumerate(menu) if any(shift.covers[2 * slot : 2 * slot + 2])),
            most=desks,
        )
        for slot in range(SLOTS)
    )
    return DayProblem(menu, people * SLOTS, (0,) * (2 * SLOTS), evaluator, evaluator, rows)


@pytest.mark.parametrize(
    ("work", "limit", "desks", "people"),
    [
        (((2, 1), (1, 1), (0, 1)), 2, 3, (3, 3)),
        (((1, 2), (2, 0), (1, 1)), 1, 3, (2, 2)),
        (((0, 0), (3, 1), (1, 2)), 5, 2, (2, 1)),
        (((2, 2), (1, 1), (1, 1)), 8, 3, (1, 3)),
    ],
)
@pytest.mark.parametrize("slopes", [0, 40])
def test_groups_agree_with_enumeration(
    work: tuple[tuple[int, int], ...], limit: int, desks: int, people: tuple[int, int], slopes: int
) -> None:
    """The optimum is that of all shifts of both groups within desks and people."""
    problem = _problem(TwoSkills(work, limit), desks, people)
    found = least_staff(problem, 30.0, budget=Budget(slopes=slopes))
    holds = holding(problem)
    ranges = [range(people[number // len(MENU)] + 1) for number in range(len(problem.menu))]
    costs = [
        sum(count * shift.cost for count, shift in zip(counts, problem.menu, strict=True))
        for counts in product(*ranges)
        if may_work(problem, counts) and holds(people_present(problem, counts))
    ]
    assert found.status is DayStatus.OPTIMAL
    assert found.cost == min(costs)
    assert found.counts is not None
    assert may_work(problem, found.counts)


def test_shifts_are_handed_down_as_far_as_targets_allow() -> None:
    """At the same cost nobody with both skills works where one skill would do."""
    problem = _problem(TwoSkills(((2, 1), (2, 1), (2, 1)), 0), 3, (3, 3))
    all_day = len(MENU) - 1
    start = [0] * len(problem.menu)
    start[all_day] = 3
    counts, profile = sparing(problem, GROUPS, tuple(start), holding(problem))
    assert profile == (1, 2) * SLOTS
    assert counts[all_day] == 1
    assert counts[len(MENU) + all_day] == 2
    tight = _problem(TwoSkills(((2, 1), (2, 1), (2, 1)), 0), 3, (3, 1))
    assert sparing(tight, GROUPS, tuple(start), holding(tight))[1] == (2, 1) * SLOTS


def test_rows_ask_for_least_and_most() -> None:
    """At least two over the early shifts, at most one over the late one."""
    menu = (Shift("early", (True, False), 1), Shift("late", (False, True), 1))
    rows = (PeopleRow((0,), least=2), PeopleRow((1,), most=1))
    master = ShiftMaster(menu, (4, 4), (0, 0), rows)
    assert master.solve(5.0).counts == (2, 0)
    master.require(1, 2)
    assert master.solve(5.0).counts is None


def test_what_cannot_be_covered_is_covered_as_far_as_can_be() -> None:
    """Two people for three slots of two, one of each group: as near as any of their schedules."""
    menu, wanted = contiguous_menu(3, (1, 2)), (2, 1, 2)
    rows = (PeopleRow(tuple(range(len(menu))), most=2),)
    problem = DayProblem(menu, (2,) * 3, (0,) * 3, TwoSkills((), 0), None, rows)
    assert cheapest_cover(problem, wanted, 5.0).counts is None
    found = nearest_cover(problem, wanted, 5.0)
    ways = [c for c in product(range(3), repeat=len(menu)) if may_work(problem, c)]
    assert found.counts in ways
    assert _short(problem, found.counts, wanted) == min(_short(problem, c, wanted) for c in ways)
    assert found.cost == sum(c * s.cost for c, s in zip(found.counts, menu, strict=True))
    assert (found.bound, found.proven) == (0.0, False)


def _short(problem: DayProblem, counts: tuple[int, ...], wanted: Profile) -> int:
    there = people_present(problem, counts)
    return sum(max(0, people - own) for people, own in zip(wanted, there, strict=True))


def test_cover_rows_hold_exactly_when_desks_can_be_filled() -> None:
    """Against telling off people to desks one by one, for groups of three skills in one slot."""
    groups = (SkillGroup(("a", "b"), "a"), SkillGroup(("b", "c"), "c"), SkillGroup(("c",), "c"))
    plan = SimpleNamespace(skills=("a", "b", "c"), most=9)
    day = cast("SampledDay", SimpleNamespace(plan=plan, groups=groups))
    menu = group_menu((Shift("day", (True,), 1),), groups)
    rows = GroupRows(day, menu, (3, 3, 3))
    for desks in product(range(3), repeat=3):
        asked = rows.cover(np.array(desks)[:, None])
        for people in product(range(4), repeat=3):
            met = all(sum(people[shift] for shift in row.shifts) >= row.least for row in asked)
            assert met == _filled(desks, people, groups)


def _filled(
    desks: tuple[int, ...], people: tuple[int, ...], groups: tuple[SkillGroup, ...]
) -> bool:
    """Tell by trying whether every desk finds somebody of its own."""
    for number, skill in enumerate("abc"):
        if desks[number]:
            fewer = tuple(d - (k == number) for k, d in enumerate(desks))
            return any(
                _filled(fewer, tuple(p - (k == g) for k, p in enumerate(people)), groups)
                for g, group in enumerate(groups)
                if skill in group.skills and people[g]
            )
    return True
