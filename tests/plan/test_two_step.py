"""The two-step way at the same service, on the small case."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.domain.requirement import Workload
from planner.model.requirement import day_requirement, desk_plans
from planner.model.requirement_promise import Promise, promises
from planner.plan.cuts.sampled_day import SampledDay, shift_menu
from planner.plan.cuts.simulation_cuts import Budget, DayProblem, least_staff
from planner.plan.cuts.two_step import LADDER, Goal, UsualWay, holding
from planner.plan.refined_requirement import RefinementWork, location_trial, sample_weeks
from planner.plan.requirement_trial import tolerances
from planner.scenario.loading import load_case
from planner.sim.workload import workloads_of

CASE_FILE = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
TUESDAY = 1


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return the small case."""
    return load_case(CASE_FILE)


@pytest.fixture(scope="module")
def usual(case: PlanningCase) -> UsualWay:
    """Return the two-step way on the north's Tuesday of six weeks, a tenth of what may be late."""
    weeks = sample_weeks(case, 5, 6)
    loads = workloads_of(case, weeks)
    work = RefinementWork(case, desk_plans(case, loads), weeks, 5)
    plan = next(p for p in work.plans if p.location == "north")
    trial = location_trial(work, plan)
    day = SampledDay(trial, plan, TUESDAY, 0.9 * tolerances(trial.promises).limits)
    most = (day.plan.most,) * len(day.slots)
    problem = DayProblem(shift_menu(case, day), most, day.least(), day, day)
    own = tuple(load for load in loads if load.location == "north")
    return UsualWay(case, own, TUESDAY, tuple(int(slot) for slot in day.slots), problem, 20.0)


def test_the_loosest_goal_holds_and_the_next_does_not(usual: UsualWay) -> None:
    """It keeps every target with fewer hours than the two-step way as it stands; looser fails."""
    holds = holding(usual.problem)
    same = usual.at_same_service(holds)
    assert same is not None
    assert holds(same.cover.profile)
    assert same.cover.cost <= usual.cover(Goal()).cost
    looser = LADDER[LADDER.index(same.goal) + 1]
    assert not holds(usual.cover(looser).profile)


def test_least_staff_undercuts_it_at_the_same_targets(usual: UsualWay) -> None:
    """Shifts against the simulation cost less than the cover, and hold the same targets."""
    holds = holding(usual.problem)
    same = usual.at_same_service(holds)
    assert same is not None
    found = least_staff(
        usual.problem, 60.0, same.cover.profile, budget=Budget(slopes=300, total=300)
    )
    assert found.cost is not None
    assert holds(found.profile)
    assert found.cost < same.cover.cost


def test_nothing_holds_impossible_targets(usual: UsualWay) -> None:
    """No goal does where nothing ever holds."""
    assert usual.at_same_service(lambda _profile: False) is None


def test_looser_goals_never_ask_for_more(usual: UsualWay) -> None:
    """Down the ladder the requirement falls in every slot; as promised it is the formula's."""
    asked = [np.array(usual.requirement(goal)) for goal in LADDER]
    assert all((a >= b).all() for a, b in pairwise(asked))
    assert asked[0].sum() > asked[-1].sum()


def test_the_goal_as_promised_is_the_formula(case: PlanningCase, usual: UsualWay) -> None:
    """Tolerance 1 gives the desks of the requirement of the case, for every day."""
    loads: tuple[Workload, ...] = usual.workloads
    plan = next(p for p in desk_plans(case, loads) if p.location == "north")
    for day in range(case.horizon.days):
        assert np.array_equal(day_requirement(case, loads, day, 1.0), plan.desks[day].sum(axis=0))


def test_promises_scale_by_what_they_tolerate(case: PlanningCase) -> None:
    """Twice a tenth late is a fifth; twice five minutes are ten; everybody may be late at most."""
    share = Promise("wait_within_target", "walk_in", 0.9, 30.0)
    assert share.scaled(2.0).limit == pytest.approx(0.8)
    assert share.scaled(99.0).limit == 0.0
    assert replace(share, measure="wait_mean", limit=5.0).scaled(2.0).limit == 10.0
    held = promises(case, case.location("north"))
    assert all(p.scaled(1.0).limit == pytest.approx(p.limit) for p in held)
