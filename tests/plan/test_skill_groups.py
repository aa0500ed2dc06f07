"""Groups of people by skills: who is in which, what they can cover, who is away."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.model.requirement import DeskPlan, desk_plans
from planner.plan.cuts.pooled_day import fewest_away
from planner.plan.cuts.skill_groups import (
    MOST_GROUPS,
    SkillGroup,
    at_hand,
    group_of,
    serve_everybody,
    skill_groups,
)
from planner.plan.refined_requirement import sample_weeks
from planner.scenario.loading import load_case
from planner.sim.workload import workloads_of
from tests.plan.parted import CASE_FILE, parted_case

MONDAY, WEDNESDAY = 0, 2
BOTH = ("reception", "residents")


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return the case with parts of the skills."""
    return parted_case()


@pytest.fixture(scope="module")
def plans(case: PlanningCase) -> dict[str, DeskPlan]:
    """Return the formula's desks by location."""
    loads = workloads_of(case, sample_weeks(case, 5, 1))
    return {plan.location: plan for plan in desk_plans(case, loads)}


def test_one_group_where_everybody_holds_every_skill(plans: dict[str, DeskPlan]) -> None:
    """The small case as it is: one group, asked for by the skill with the most work."""
    whole = load_case(CASE_FILE)
    for name, people in (("north", 8), ("south", 6)):
        plan = plans[name]
        (group,) = skill_groups(whole, plan)
        assert group == SkillGroup(BOTH, "residents")
        assert group.mask(whole, plan) == 0b11
        assert at_hand(whole, plan, (group,), MONDAY) == (people,)


def test_groups_of_a_site_count_those_who_may_come(
    case: PlanningCase, plans: dict[str, DeskPlan]
) -> None:
    """Those with both skills and those at the reception, the two of the phone among them."""
    groups = skill_groups(case, plans["north"])
    assert groups == (SkillGroup(BOTH, "residents"), SkillGroup(("reception",), "reception"))
    assert [group.mask(case, plans["north"]) for group in groups] == [0b11, 0b01]
    assert at_hand(case, plans["north"], groups, MONDAY) == (6, 4)
    south = skill_groups(case, plans["south"])
    assert at_hand(case, plans["south"], south, MONDAY) == (5, 1)
    assert at_hand(case, plans["south"], south, WEDNESDAY) == (4, 1)
    assert serve_everybody(groups, plans["north"])
    assert not serve_everybody(groups[1:], plans["north"])


def test_who_is_in_no_group_of_their_own_counts_in_one_they_can_serve(
    case: PlanningCase, plans: dict[str, DeskPlan]
) -> None:
    """Only the largest sets are groups; others are with those whose skills they hold, if any."""
    skills = tuple("abcde")
    plan = replace(
        plans["north"], skills=skills, loads=np.repeat(plans["north"].loads[:, :1], 5, axis=1)
    )
    sets = [*(tuple(own) for own in ["ab", "ab", "a", "a", "b", "b", "c", "c", "d", "abc"]), ()]
    person = case.employees[0]
    people = tuple(
        replace(person, id=f"X{number}", skills=own, home="north")
        for number, own in enumerate(sets)
    )
    groups = skill_groups(replace(case, employees=people), plan)
    assert len(groups) == MOST_GROUPS
    assert [group.skills for group in groups] == [("a", "b"), ("a",), ("b",), ("c",)]
    counted = [group_of(person, plan, groups) for person in people]
    assert counted[8] is None
    assert counted[9] == groups[0]
    assert counted[10] is None
    assert group_of(replace(people[0], locations=("south",)), plan, groups) is None
    assert groups[0].row == "a"


def test_fewest_away_is_the_best_mix() -> None:
    """Against all mixes of three groups, for many draws of absence."""
    people, apart = (3, 2, 2), 4
    draws = np.random.default_rng(7).random((40, 12)) < 0.4
    for draw in draws:
        away = frozenset(np.flatnonzero(draw).tolist())
        fewest = fewest_away(people, apart, away)
        best: dict[int, int] = {}
        for mix in product(*(range(most + 1) for most in people)):
            gone = sum(
                group * apart + number in away
                for group, own in enumerate(mix)
                for number in range(own)
            )
            best[sum(mix)] = min(gone, best.get(sum(mix), gone))
        assert fewest == [best[total] for total in range(sum(people) + 1)]
        assert {b - a for a, b in pairwise(fewest)} <= {0, 1}
