"""A site where some hold only a part of the skills, cut by groups (variant of the small case)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.domain.roster import Roster
from planner.model.requirement import desk_plans
from planner.model.shift_master import Profile
from planner.plan.cuts import day as cut_day
from planner.plan.cuts.day import CutDay, CutSettings
from planner.plan.cuts.limits import unfilled
from planner.plan.cuts.location import pooled_trial
from planner.plan.cuts.pooled_day import pooled_day, pooled_people, skill_harms
from planner.plan.cuts.posed_day import pose
from planner.plan.cuts.sampled_day import SampledDay
from planner.plan.cuts.search import CutRequest, CutSearch, cut_all
from planner.plan.cuts.simulation_cuts import Budget
from planner.plan.cuts.skill_groups import SkillGroup
from planner.plan.cuts.two_step import UsualWay
from planner.plan.refined_requirement import (
    RefinementWork,
    location_trial,
    refine_all,
    sample_weeks,
)
from planner.plan.requirement_trial import tolerances
from planner.sim.doors import open_doors
from planner.sim.staffing import Clerk, LocationStaffing, Serving, clerks_of
from planner.sim.workload import workloads_of
from planner.units import MS_PER_DAY, MS_PER_MINUTE
from planner.workflow.cut_words import claim
from tests.plan.parted import parted_case

MONDAY = 0
CUTS = CutSettings(weeks=4, fresh_weeks=2, absences=1, rounds=1, budget=Budget(slopes=60, total=80))


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return a Monday of the case with parts of the skills."""
    case = parted_case()
    return replace(case, horizon=replace(case.horizon, days=1))


@pytest.fixture(scope="module")
def search(case: PlanningCase) -> CutSearch:
    """Return the cuts of the north's Monday."""
    weeks = sample_weeks(case, 1, 4)
    loads = tuple(load for load in workloads_of(case, weeks) if load.location == "north")
    work = RefinementWork(case, desk_plans(case, loads), weeks, 1)
    return cut_all(CutRequest(work, loads, refine_all(work), CUTS, 1))


@pytest.fixture(scope="module")
def day(search: CutSearch) -> SampledDay:
    """Return the Monday as an evaluator, a third of the people absent, half of the limits kept."""
    plan, work = search.formula["north"], search.request.work
    often = replace(work.case, absence=replace(work.case.absence, rate=0.3))
    trial = location_trial(replace(work, case=often, weeks=()), plan)
    drawn = pooled_trial(trial, plan, search.request.work.weeks, 1, draws=2)
    return SampledDay(drawn, plan, MONDAY, 0.5 * tolerances(trial.promises).limits)


def _monday(search: CutSearch) -> CutDay:
    (day,) = search.found["north"].days
    return day


def test_the_site_is_cut_within_its_people_and_desks(search: CutSearch, case: PlanningCase) -> None:
    """Both groups work, no more than there are; bound, cost and two-step way are in order."""
    found = _monday(search)
    assert search.plan().kept == ()
    assert found.rows == ("residents", "reception")
    people = np.reshape(found.profile, (len(found.slots), 2))
    assert people[:, 0].max() <= 6
    assert people[:, 1].max() <= 4
    assert people.sum(axis=1).max() <= case.location("north").desks
    assert people[:, 1].sum() > 0
    assert 0 < found.bound_hours <= found.hours <= found.same_service_hours
    assert found.hours < found.two_step_hours
    assert any(name.endswith("[reception]") for name, _ in found.schedule)


def test_the_requirement_has_a_row_for_each_group(search: CutSearch, case: PlanningCase) -> None:
    """People with both skills are asked for as residents' clerks, the others as receptionists."""
    found, size = _monday(search), case.horizon.slot_minutes
    asked = search.requirement(search.request.refined).requirement
    told = Counter({(row.skill, row.start_minute // size): row.desks for row in asked.slots})
    people = np.reshape(found.profile, (len(found.slots), 2)).tolist()
    for slot, (both, plain) in zip(found.slots, people, strict=True):
        assert told["residents", slot] == both
        assert told["reception", slot] == plain
    assert told.total() == sum(found.profile)


def test_the_claim_says_what_the_bound_supposes_of_skills(search: CutSearch) -> None:
    """In both languages, and only where people come in groups."""
    cuts = search.plan()
    assert "At north some hold only a part of the skills" in claim(cuts, "en")
    assert "In north haben manche nur einen Teil der Fertigkeiten" in claim(cuts, "de")
    whole = replace(cuts, days=tuple(replace(day, rows=("residents",)) for day in cuts.days))
    assert "part of the skills" not in claim(whole, "en")


def test_nobody_found_limits_every_group(search: CutSearch, case: PlanningCase) -> None:
    """An empty roster: nobody wherever somebody of a group is asked for, all desks elsewhere."""
    found = _monday(search)
    asked = search.requirement(search.request.refined).requirement
    limits = unfilled(case, asked, Roster.of([]), [found])["north"][MONDAY]
    desks = case.location("north").desks
    assert limits == tuple(0 if people else desks for people in found.profile)
    shared = unfilled(case, asked, Roster.of([]), [replace(found, rows=("residents",) * 2)])
    own = np.reshape(shared["north"][MONDAY], (-1, 2))
    assert (own[np.reshape(found.profile, (-1, 2))[:, 0] > 0] == 0).all()


def test_groups_give_what_their_clerks_give_week_by_week(day: SampledDay) -> None:
    """The same scores as a run for every week, with the skills of each person."""
    both, plain = (2, 1, 1), (0, 1, 2)
    pairs = list(zip(both, plain, strict=True)) * len(day.slots)
    profile = tuple(people for pair in pairs[: len(day.slots)] for people in pair)
    weeks = tuple(replace(week, absent=frozenset()) for week in day.trial.weeks)
    here = replace(day, trial=replace(day.trial, weeks=weeks))
    alone = here.trial.play([_staffing(here, profile)] * len(weeks), here.plan)
    stacked = here.scores(profile)
    assert stacked.score.sum() > 0
    assert np.array_equal(stacked.customers, alone.customers[:, :, MONDAY])
    assert np.allclose(stacked.score, alone.score[:, :, MONDAY])
    assert day.scores(profile).score.sum() > stacked.score.sum()


def _staffing(day: SampledDay, profile: Profile) -> LocationStaffing:
    case, place = day.trial.case, day.trial.case.locations[day.trial.location]
    size = case.horizon.slot_minutes * MS_PER_MINUTE
    people, staff = np.reshape(profile, (-1, 2)), []
    for group, mask in enumerate((0b11, 0b01)):
        for number in range(people[:, group].max()):
            starts = [
                MONDAY * MS_PER_DAY + int(slot) * size
                for slot, there in zip(day.slots, people[:, group], strict=True)
                if there > number
            ]
            spans = tuple(Serving(start, start + size, mask, 0, start + size) for start in starts)
            staff.append(Clerk(f"person {group} {number}", 1000, spans))
    clerks, duty_end = clerks_of(staff, open_doors(case, place), case.discipline)
    names = tuple(clerk.id for clerk in staff)
    return LocationStaffing(names, clerks, duty_end, place.desks, 0.0, 0.0)


def test_pooled_people_serve_no_worse_than_two_groups_of_all_skills(day: SampledDay) -> None:
    """Where both groups hold every skill, only who is away tells mixes apart: none is better."""
    group = SkillGroup(day.plan.skills, "residents")
    split = replace(day, groups=(group, group))
    pooled = pooled_day(split, (6, 4))
    better = 0.0
    for first, second in ((2, 0), (2, 1), (1, 2), (1, 1)):
        profile = (first, second) * len(day.slots)
        mix = split.scores(profile).score.sum(axis=1)
        best = pooled.scores(pooled_people(split, profile)).score.sum(axis=1)
        assert (best <= mix + 1e-9).all()
        better += (mix - best).sum()
    assert better > 0


def test_more_skill_can_harm_and_is_found_to(day: SampledDay) -> None:
    """One of two at the reception only: its walk-ins wait less than if both served residents."""
    profile = (1, 1) * len(day.slots)
    pooled = pooled_day(day, (6, 4))
    mix = day.scores(profile).means()
    all_skills = pooled.scores(pooled_people(day, profile)).means()
    walk_in = [promise.channel for promise in day.trial.promises].index("walk_in")
    assert mix[walk_in] < all_skills[walk_in]
    limits = tolerances(day.trial.promises).limits
    held = replace(pooled, margins=limits - 1.01 * mix)
    assert skill_harms(held, pooled_people(day, profile))
    assert not skill_harms(held, (4,) * len(day.slots))


def test_a_disproved_bound_is_given_up(
    search: CutSearch, day: SampledDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where people with more skills would miss what the schedule holds, nothing is claimed."""
    monkeypatch.setattr(cut_day, "skill_harms", lambda _pooled, _people: True)
    work = search._work("north", search.request.work.weeks, 1)
    found = cut_day._Found(work, day, pose(work, day, 1.0), None)
    assert found._window_bound(_monday(search).profile) == 0.0


def test_a_pilot_that_nothing_holds_has_everybody(
    search: CutSearch, day: SampledDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No goal of the two-step way holds: all people of both groups at all times."""
    monkeypatch.setattr(UsualWay, "at_same_service", lambda _way, _holds: None)
    work = search._work("north", search.request.work.weeks, 1)
    assert cut_day.pilot(CUTS, work, day) == (4, 4) * len(day.slots)


def test_a_site_with_a_skill_that_nobody_holds_keeps_its_requirement(case: PlanningCase) -> None:
    """Nobody at the north serves residents: nothing is cut there."""
    people = tuple(
        replace(person, skills=tuple(set(person.skills) - {"residents"}))
        for person in case.employees
    )
    weeks = sample_weeks(case, 1, 1)
    without = replace(case, employees=people)
    loads = tuple(load for load in workloads_of(case, weeks) if load.location == "north")
    work = RefinementWork(without, desk_plans(without, loads), weeks, 1)
    search = cut_all(CutRequest(work, loads, refine_all(work), CUTS, 1))
    assert search.plan().kept == ("north",)
