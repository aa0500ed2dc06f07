"""What people cannot fill comes back as a limit, and the shifts are chosen anew."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveOutcome, SolveStatus
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.model.requirement import desk_plans
from planner.plan import requirement_first
from planner.plan.cuts.day import CutDay, CutSettings
from planner.plan.cuts.limits import short_people, unfilled
from planner.plan.cuts.search import CutRequest, CutSearch, cut_all
from planner.plan.cuts.simulation_cuts import Budget
from planner.plan.effort import PlanEffort
from planner.plan.refined_requirement import RefinementWork, refine_all, sample_weeks
from planner.scenario.loading import load_case
from planner.sim.workload import workloads_of

CASE_FILE = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
CUTS = CutSettings(
    weeks=4, fresh_weeks=3, absences=1, rounds=1, budget=Budget(slopes=120, total=160)
)
MONDAY = 0


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return the small case with targets that ask for more than the least presence."""
    case = load_case(CASE_FILE)
    strict = tuple(
        replace(target, limit=0.97) if target.measure == "wait_within_target" else target
        for target in case.targets
    )
    return replace(case, targets=strict, horizon=replace(case.horizon, days=2))


@pytest.fixture
def search(cut: CutSearch) -> CutSearch:
    """Return the cuts for a test of its own."""
    own = copy(cut)
    own.found, own.fresh = dict(cut.found), dict(cut.fresh)
    return own


@pytest.fixture(scope="module")
def cut(case: PlanningCase) -> CutSearch:
    """Return the cuts of the case after their only round."""
    weeks = sample_weeks(case, 1, 4)
    loads = tuple(load for load in workloads_of(case, weeks) if load.location == "north")
    work = RefinementWork(case, desk_plans(case, loads), weeks, 1)
    return cut_all(CutRequest(work, loads, refine_all(work), CUTS, 1))


def _monday(search: CutSearch) -> CutDay:
    return next(day for day in search.found["north"].days if day.day == MONDAY)


def test_limits_are_kept_and_the_targets_too(search: CutSearch, case: PlanningCase) -> None:
    """One person less where most are: others come earlier or later, at no lower cost."""
    before, plan_before = _monday(search), search.plan()
    peak = before.profile.index(max(before.profile))
    assert before.profile[peak] > case.location("north").minimum_presence
    limit = [case.location("north").desks] * len(before.slots)
    limit[peak] = before.profile[peak] - 1
    assert search.again({"north": {MONDAY: tuple(limit)}}) == ("north",)
    after = _monday(search)
    assert after.profile[peak] < before.profile[peak]
    assert after.missed == ()
    assert after.hours >= before.bound_hours
    others = [day for day in search.plan().days if (day.location, day.day) != ("north", MONDAY)]
    kept = [day for day in plan_before.days if (day.location, day.day) != ("north", MONDAY)]
    assert others == kept


def test_impossible_limits_change_nothing(search: CutSearch) -> None:
    """With nobody all day no target holds: the schedule stays, and so does what is short."""
    before = _monday(search)
    assert search.again({"north": {MONDAY: (0,) * len(before.slots)}}) == ()
    assert _monday(search) == before
    assert search.again({"nowhere": {MONDAY: (0,)}}) == ()


def test_limits_that_no_shift_fits_change_nothing(search: CutSearch, case: PlanningCase) -> None:
    """All desks and nobody in turn: enough for every target, and yet nobody can work so."""
    before = _monday(search)
    limit = tuple(case.location("north").desks * (slot % 2) for slot in range(len(before.slots)))
    assert search.again({"north": {MONDAY: limit}}) == ()
    assert _monday(search) == before


def test_an_empty_roster_is_short_of_everybody(search: CutSearch, case: PlanningCase) -> None:
    """Nobody found: the limit is nobody wherever somebody is asked for."""
    asked = search.requirement(search.request.refined).requirement
    nobody = Roster.of([])
    limits = unfilled(case, asked, nobody, search.plan().days)
    day = _monday(search)
    desks = case.location("north").desks
    assert short_people(asked, nobody) == sum(slot.desks for slot in asked.slots)
    assert limits["north"][MONDAY] == tuple(0 if people else desks for people in day.profile)


def test_a_plan_asks_again_for_what_people_can_fill(
    case: PlanningCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first roster without the last person of Monday's peak: the second is asked for less."""
    asked: list[Requirement] = []

    def searched(case: PlanningCase, requirement: Requirement, *_: object) -> SolveOutcome:
        asked.append(requirement)
        roster = _covering(case, requirement, without_peak=len(asked) == 1)
        return SolveOutcome(SolveStatus.FEASIBLE, roster, 1.0, 0.0, (), 0.0)

    monkeypatch.setattr(requirement_first, "optimise", searched)
    effort = PlanEffort(
        replications=2, design_weeks=4, feedback_rounds=1, strategy="simulation_cuts", cuts=CUTS
    )
    work = requirement_first._Work(case, effort, lambda *_: None, lambda: False)
    best = work.roster(work.requirement())
    assert "cuts again" in [step.name for step in work.steps]
    first, second = (_peak(case, requirement) for requirement in asked)
    assert second[first.index(max(first))] < max(first)
    assert best.refined.requirement in asked


def _peak(case: PlanningCase, requirement: Requirement) -> list[int]:
    """Return Monday's people at the north by slot."""
    date, size = case.horizon.dates[MONDAY], case.horizon.slot_minutes
    people = [0] * case.horizon.slots_per_day
    for slot in requirement.slots:
        if (slot.location, slot.day) == ("north", date):
            people[slot.start_minute // size] += slot.desks
    return people


def _covering(case: PlanningCase, requirement: Requirement, without_peak: bool) -> Roster:
    """Return somebody for every desk, lawful or not; one too few in Monday's peak if asked."""
    size, people = case.horizon.slot_minutes, [person.id for person in case.employees]
    monday = _peak(case, requirement)
    peak = monday.index(max(monday)) * size
    shifts = []
    for slot in requirement.slots:
        here = (slot.location, slot.day, slot.start_minute)
        lacking = without_peak and here == ("north", case.horizon.dates[MONDAY], peak)
        for number in range(slot.desks - lacking):
            end = slot.start_minute + size
            piece = Piece(slot.start_minute, end, Activity.COUNTER, slot.skill)
            shifts.append(
                Assignment(
                    people[number], slot.day, slot.location, slot.start_minute, end, (piece,)
                )
            )
    return Roster.of(shifts)
