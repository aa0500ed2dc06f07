"""A sampled service day under simulation cuts, on the small case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.domain.case import PlanningCase, ShiftRules
from planner.model.requirement import desk_plans
from planner.plan.refined_requirement import RefinementWork, location_trial, sample_weeks
from planner.plan.requirement_trial import tolerances
from planner.plan.sampled_day import SampledDay, day_of, shift_menu
from planner.plan.simulation_cuts import DayProblem, DayStatus, cheapest_cover, least_staff
from planner.scenario.loading import load_case
from planner.sim.workload import workloads_of

CASE_FILE = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
TUESDAY = 1


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return the small case."""
    return load_case(CASE_FILE)


@pytest.fixture(scope="module")
def day(case: PlanningCase) -> SampledDay:
    """Return the south's Tuesday of four sampled weeks, with a quarter of the limits as margin."""
    weeks = sample_weeks(case, 5, 4)
    work = RefinementWork(case, desk_plans(case, workloads_of(case, weeks)), weeks, 5)
    plan = next(p for p in work.plans if p.location == "south")
    trial = location_trial(work, plan)
    return SampledDay(trial, plan, TUESDAY, 0.25 * tolerances(trial.promises).limits)


def test_least_staff_beats_the_cover_of_the_requirement(day: SampledDay) -> None:
    """Fewer paid hours than the two-step way, within the house, and every promise kept."""
    menu, most = shift_menu(day.trial.case, day), (day.plan.most,) * len(day.slots)
    problem = DayProblem(menu, most, day.least(), day)
    two_step = cheapest_cover(problem, day.formula(), 10.0)
    found = least_staff(problem, 30.0, start=day.formula())
    assert found.status is DayStatus.OPTIMAL
    assert found.cost is not None
    assert found.cost < two_step.cost
    assert not found.exact
    assert not any(day.missed(found.profile, target) for target in range(day.targets))
    assert all(a >= b for a, b in zip(found.profile, day.least(), strict=True))


def test_nobody_misses_everything_and_all_desks_miss_nothing(day: SampledDay) -> None:
    """The two ends of the scale; the answers are kept."""
    nobody, everybody = (0,) * len(day.slots), (day.plan.most,) * len(day.slots)
    assert all(day.missed(nobody, target) for target in range(day.targets))
    assert not any(day.missed(everybody, target) for target in range(day.targets))


def test_one_day_of_a_week_has_that_days_customers_only(day: SampledDay) -> None:
    """The seven days of a week add up to its customers."""
    week = day.trial.weeks[0]
    sizes = [len(day_of(week, number).due) for number in range(7)]
    assert sum(sizes) == len(week.due)
    assert sizes[TUESDAY] > 0


def test_menu_follows_the_shift_rules(case: PlanningCase, day: SampledDay) -> None:
    """Four hours at least, a break in the middle beyond six, paid less the break."""
    menu = shift_menu(case, day)
    lengths = {tuple(int(part) for part in shift.name.split(" ")[0].split("-")) for shift in menu}
    assert min(end - start for start, end in lengths) == case.shifts.min_minutes
    assert len({shift.name for shift in menu}) == len(menu)
    for shift in menu:
        start, end = (int(part) for part in shift.name.split(" ")[0].split("-"))
        assert shift.cost == end - start - 30 * (end - start > 360)
        assert sum(shift.covers) * 30 == shift.cost


def test_short_days_have_shifts_as_long_as_they_are(case: PlanningCase, day: SampledDay) -> None:
    """Where the shortest shift is longer than the staffed time, the whole time is a shift."""
    long = replace(case, shifts=ShiftRules(30, 900, 960, 0, 1440))
    menu = shift_menu(long, day)
    assert len(menu) >= 1
    assert max(sum(shift.covers) for shift in menu) >= len(day.slots) - 1
    assert np.all([len(shift.covers) == len(day.slots) for shift in menu])
