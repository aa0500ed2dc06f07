"""A sampled service day under simulation cuts, on the small case."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import numpy as np
import pytest

from planner.domain.case import PlanningCase, ShiftRules
from planner.model.requirement import desk_plans
from planner.model.shift_master import Profile, Shift
from planner.plan.cuts.location import pooled_trial
from planner.plan.cuts.sampled_day import SampledDay, shift_menu
from planner.plan.cuts.simulation_cuts import DayProblem, DayStatus, cheapest_cover, least_staff
from planner.plan.refined_requirement import RefinementWork, location_trial, sample_weeks
from planner.plan.requirement_trial import tolerances
from planner.scenario.loading import load_case
from planner.sim.doors import open_doors
from planner.sim.staffing import Clerk, LocationStaffing, Serving, clerks_of
from planner.sim.workload import workloads_of
from planner.units import MS_PER_DAY, MS_PER_MINUTE, clock_to_minute

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


def _staffing(day: SampledDay, profile: Profile) -> LocationStaffing:
    """Return people with all skills: number i is there in slots with more than i."""
    case, place = day.trial.case, day.trial.case.locations[day.trial.location]
    mask, size = (1 << len(case.skills_at(place))) - 1, case.horizon.slot_minutes * MS_PER_MINUTE
    staff = []
    for number in range(max(profile)):
        starts = [
            TUESDAY * MS_PER_DAY + int(slot) * size
            for slot, people in zip(day.slots, profile, strict=True)
            if people > number
        ]
        spans = tuple(Serving(start, start + size, mask, 0, start + size) for start in starts)
        staff.append(Clerk(f"person {number + 1}", 1000, spans))
    doors = open_doors(case, place)
    clerks, duty_end = clerks_of(staff, doors, case.discipline)
    names = tuple(clerk.id for clerk in staff)
    return LocationStaffing(names, clerks, duty_end, place.desks, 0.0, 0.0)


@pytest.mark.parametrize("rule", ["finish", "hand_over", "hand_back"])
@pytest.mark.parametrize("people", [(2,), (1, 3), (0, 2, 1, 3, 1)])
def test_stacked_weeks_give_what_each_week_gives_alone(
    day: SampledDay, people: Profile, rule: str
) -> None:
    """Days in a row of one run: the same scores and customers as a run for every week."""
    discipline = replace(day.trial.case.discipline, busy_at_shift_end=rule)
    trial = replace(day.trial, case=replace(day.trial.case, discipline=discipline))
    day = replace(day, trial=trial)
    people = (people * len(day.slots))[: len(day.slots)]
    stacked = day.scores(people)
    alone = day.trial.play([_staffing(day, people)] * len(day.trial.weeks), day.plan)
    assert stacked.customers.sum() > 0
    assert np.array_equal(stacked.customers, alone.customers[:, :, TUESDAY])
    assert np.allclose(stacked.score, alone.score[:, :, TUESDAY])
    assert np.allclose(stacked.means(), alone.means()[:, TUESDAY])
    assert np.allclose(stacked.standard_errors(), alone.standard_errors()[:, TUESDAY])


def test_people_who_are_absent_leave_their_week_only(day: SampledDay) -> None:
    """Everybody absent in the first week: its customers are late, the other weeks as before."""
    people = (2,) * len(day.slots)
    away = frozenset((f"person {number}", TUESDAY) for number in (1, 2))
    first, *others = day.trial.weeks
    trial = replace(day.trial, weeks=(replace(first, absent=away), *others))
    without, before = replace(day, trial=trial).scores(people), day.scores(people)
    assert np.array_equal(without.score[:, 0], without.customers[:, 0])
    assert np.array_equal(without.score[:, 1:], before.score[:, 1:])


def test_menu_follows_the_shift_rules(case: PlanningCase, day: SampledDay) -> None:
    """Four hours at least, a break in the middle beyond six, paid less the break."""
    menu = shift_menu(case, day)
    lengths = {_span(shift) for shift in menu}
    assert min(end - start for start, end in lengths) == case.shifts.min_minutes
    assert len({shift.name for shift in menu}) == len(menu)
    for shift in menu:
        start, end = _span(shift)
        assert shift.cost == end - start - 30 * (end - start > 360)
        assert sum(shift.covers) * 30 == shift.cost


def _span(shift: Shift) -> tuple[int, int]:
    start, end = (clock_to_minute(time.fromisoformat(p)) for p in shift.name.split()[0].split("-"))
    return start, end


def test_short_days_have_shifts_as_long_as_they_are(case: PlanningCase, day: SampledDay) -> None:
    """Where the shortest shift is longer than the staffed time, the whole time is a shift."""
    long = replace(case, shifts=ShiftRules(30, 900, 960, 0, 1440))
    menu = shift_menu(long, day)
    assert len(menu) >= 1
    assert max(sum(shift.covers) for shift in menu) >= len(day.slots) - 1
    assert np.all([len(shift.covers) == len(day.slots) for shift in menu])


def test_draws_of_absence_share_the_customers_of_their_week(day: SampledDay) -> None:
    """Three draws a week: the same people come, others are away; a week stays one cluster."""
    weeks = sample_weeks(day.trial.case, 5, 4)
    drawn = pooled_trial(day.trial, day.plan, weeks, 5, draws=3)
    once = pooled_trial(day.trial, day.plan, weeks, 5)
    assert len(drawn.weeks) == 12
    assert [week.absent for week in drawn.weeks[::3]] == [week.absent for week in once.weeks]
    assert {week.absent for week in drawn.weeks} > {week.absent for week in once.weeks}
    played = replace(day, trial=drawn).scores((2,) * len(day.slots))
    for first in (0, 3, 6, 9):
        own = played.customers[:, first : first + 3]
        assert (own == own[:, :1]).all()
    joined = played.by_week(3)
    assert joined.customers.shape == (day.targets, 4)
    assert np.allclose(joined.means(), played.means())
    assert np.allclose(joined.score.sum(axis=1), played.score.sum(axis=1))
