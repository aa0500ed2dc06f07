"""The refinement on the small case: against the measures, and from end to end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.model.requirement import DeskPlan, desk_plans, requirement_of
from planner.model.requirement_promise import Promise, promises
from planner.plan.refined_requirement import RefinementWork, refine_all, sample_weeks
from planner.plan.requirement_trial import LocationTrial, sampled_week, tolerances
from planner.scenario.loading import load_case
from planner.sim.capacity import staffing_from_requirement
from planner.sim.customer_table import Customers
from planner.sim.measures import measure, played
from planner.sim.replicate import play
from planner.sim.workload import workloads

CASE_FILE = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
WEEKS = 3


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return the small case."""
    return load_case(CASE_FILE)


@pytest.fixture(scope="module")
def weeks(case: PlanningCase) -> tuple[Customers, ...]:
    """Return three sampled weeks."""
    return sample_weeks(case, 7, WEEKS)


@pytest.fixture(scope="module")
def plans(case: PlanningCase) -> tuple[DeskPlan, ...]:
    """Return the formula's desks."""
    return desk_plans(case, workloads(case, 7, WEEKS))


def _trial(case: PlanningCase, weeks: tuple[Customers, ...], name: str) -> LocationTrial:
    code = [location.id for location in case.locations].index(name)
    held = promises(case, case.locations[code])
    return LocationTrial(case, code, tuple(sampled_week(case, w, code) for w in weeks), held)


def test_scores_are_the_measures_of_the_simulation(
    case: PlanningCase, weeks: tuple[Customers, ...], plans: tuple[DeskPlan, ...]
) -> None:
    """Share late of every promise and week equals one less the measured share in time."""
    staffing = staffing_from_requirement(case, requirement_of(case, plans))
    for plan in plans:
        trial = _trial(case, weeks, plan.location)
        result = trial(plan)
        for number, customers in enumerate(weeks):
            outcomes = play(case, customers, staffing)
            rows = measure(case, played(case, customers, staffing, outcomes))
            here = [r for r in rows if (r.id, r.scope == "district") == (plan.location, False)]
            measured = {(row.channel, row.measure): row.value for row in here}
            for index, promise in enumerate(trial.promises):
                late = result.score[index, number].sum() / result.customers[index, number].sum()
                in_time = measured[promise.channel, promise.measure]
                assert 1 - late == pytest.approx(in_time, abs=1e-12), (plan.location, promise)


def test_refined_requirement_holds_with_fewer_hours(
    case: PlanningCase, weeks: tuple[Customers, ...], plans: tuple[DeskPlan, ...]
) -> None:
    """Promises hold wherever there are desks enough, with fewer desk hours at the counters."""
    told: list[tuple[str, float | None]] = []
    found = refine_all(
        RefinementWork(case, plans, weeks, 7),
        say=lambda phase, share, _: told.append((phase, share)),
    )
    assert told[-1] == ("refine", 1.0)
    counters = [place for place in found.locations if place.location != "line"]
    assert [place.location for place in counters] == ["north", "south"]
    for place in counters:
        assert place.refined_hours < place.formula_hours
        assert place.trials > 1
        assert len(place.missed_days) <= 2  # days on which half of the staff is absent
    for place in found.locations:
        desks = sum(s.desks for s in found.requirement.slots if s.location == place.location)
        assert desks == round(2 * place.refined_hours)
    assert found.requirement.presence == found.formula.presence


def test_refined_plans_keep_desks_and_least(
    case: PlanningCase, weeks: tuple[Customers, ...], plans: tuple[DeskPlan, ...]
) -> None:
    """No slot goes beyond the desks of its location or below one desk where work comes."""
    found = refine_all(RefinementWork(case, plans, weeks, 7))
    for plan in plans:
        desks = np.zeros_like(plan.desks)
        for slot in found.requirement.slots:
            if slot.location == plan.location:
                day = case.horizon.offset(slot.day)
                desks[day, plan.skills.index(slot.skill), slot.start_minute // 30] = slot.desks
        assert np.all(desks.sum(axis=1) <= plan.most)
        assert np.all(desks >= plan.least)


def test_stop_keeps_what_is_done(
    case: PlanningCase, weeks: tuple[Customers, ...], plans: tuple[DeskPlan, ...]
) -> None:
    """Stopped after the first location, the others keep the formula's desks."""
    found = refine_all(RefinementWork(case, plans, weeks, 7), stop=lambda: True)
    assert sorted(place.trials > 0 for place in found.locations) == [False, False, True]


def test_processes_do_not_matter(
    case: PlanningCase, weeks: tuple[Customers, ...], plans: tuple[DeskPlan, ...]
) -> None:
    """Two processes, same requirement."""
    work = RefinementWork(case, plans, weeks, 7)
    assert refine_all(work, jobs=2).requirement == refine_all(work).requirement


def test_mean_waits_and_reachability_are_scored(
    case: PlanningCase, weeks: tuple[Customers, ...], plans: tuple[DeskPlan, ...]
) -> None:
    """A mean wait is scored in minutes, reachability by calls lost; both have tolerances."""
    held = (Promise("wait_mean", "all", 5.0, 0.5), Promise("reachability", "phone", 0.9, 0.5))
    limits = tolerances((*held, Promise("abandoned_share", "phone", 0.1, 0.5)))
    assert limits.limits == pytest.approx([5.0, 0.1, 0.1])
    assert limits.variances == pytest.approx([50.0, 0.09, 0.09])
    line = next(plan for plan in plans if plan.location == "line")
    code = [location.id for location in case.locations].index("line")
    sampled = tuple(sampled_week(case, week, code) for week in weeks)
    result = LocationTrial(case, code, sampled, held)(line)
    means = result.means()[:, :5]
    assert np.all((means[0] >= 0) & (means[0] < 10))
    assert np.all((means[1] >= 0) & (means[1] < 0.5))
