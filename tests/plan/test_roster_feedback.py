"""Feedback from a roster into the requirement, on the small case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planner.domain.case import PlanningCase
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.staff import AbsenceModel
from planner.model.requirement import desk_plans
from planner.plan.refined_requirement import (
    RefinedRequirement,
    RefinementWork,
    refine_all,
    sample_weeks,
)
from planner.plan.roster_feedback import feedback
from planner.scenario.loading import load_case
from planner.sim.workload import workloads, workloads_of

CASE_FILE = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return the small case without absence at short notice and without promises on the phone."""
    loaded = load_case(CASE_FILE)
    targets = tuple(target for target in loaded.targets if target.area == "residents")
    return replace(loaded, absence=AbsenceModel(0.0, 0.0), targets=targets)


@pytest.fixture(scope="module")
def work(case: PlanningCase) -> RefinementWork:
    """Return two design weeks."""
    weeks = sample_weeks(case, 3, 2)
    return RefinementWork(case, desk_plans(case, workloads_of(case, weeks)), weeks, 3)


@pytest.fixture(scope="module")
def refined(work: RefinementWork) -> RefinedRequirement:
    """Return the refined requirement."""
    return refine_all(work)


def _ideal_roster(case: PlanningCase, refined: RefinedRequirement) -> Roster:
    """Return people who stand at every desk of the requirement, one skill each, as long as asked.

    Every desk of every day has an employee of its own, borrowed from the first of the case.
    """
    assignments = []
    for plan in refined.plans:
        for day, date in enumerate(case.horizon.dates):
            for row, skill in enumerate(plan.skills):
                for number in range(int(plan.desks[day, row].max())):
                    slots = [s for s in range(48) if plan.desks[day, row, s] > number]
                    pieces = tuple(
                        Piece(s * 30, s * 30 + 30, Activity.RECEPTION, skill) for s in slots
                    )
                    name = f"{plan.location} {skill} {number}"
                    span = (pieces[0].start_minute, pieces[-1].end_minute)
                    assignments.append(Assignment(name, date, plan.location, *span, pieces))
    return Roster.of(assignments)


def _with_staff(case: PlanningCase, roster: Roster, trainees: bool) -> PlanningCase:
    """Return the case with the people of the roster, all of them trained or all trainees."""
    skills = tuple(sorted({piece.skill for a in roster.assignments for piece in a.pieces}))
    names = sorted({assignment.employee for assignment in roster.assignments})
    first = case.employees[0]
    people = tuple(replace(first, id=n, skills=skills, trainee=trainees) for n in names)
    return replace(case, employees=people)


def test_a_roster_like_the_requirement_asks_for_no_more(
    case: PlanningCase, work: RefinementWork, refined: RefinedRequirement
) -> None:
    """Trained people exactly where desks are required hold what the refinement held."""
    roster = _ideal_roster(case, refined)
    staffed = replace(work, case=_with_staff(case, roster, trainees=False))
    found = feedback(staffed, refined, roster)
    assert found.missed == 0
    assert not found.asks_more_than(refined)


def test_trainees_are_answered_with_more_desks(
    case: PlanningCase, work: RefinementWork, refined: RefinedRequirement
) -> None:
    """The same roster of trainees at half speed misses; desks are raised, within the house."""
    roster = _ideal_roster(case, refined)
    staffed = replace(work, case=_with_staff(case, roster, trainees=True))
    found = feedback(staffed, refined, roster)
    assert found.missed > 5
    assert found.asks_more_than(refined)
    for before, after in zip(refined.plans, found.raised.plans, strict=True):
        assert (after.desks >= before.desks).all()
        assert after.desks.sum(axis=1).max() <= after.most


def test_where_the_roster_is_short_nothing_more_is_asked(
    work: RefinementWork, refined: RefinedRequirement
) -> None:
    """Without anybody every day misses, and asking for more would change nothing."""
    found = feedback(work, refined, Roster())
    assert found.missed > 5
    assert not found.asks_more_than(refined)


def test_workloads_of_sampled_weeks_are_the_workloads(
    case: PlanningCase, work: RefinementWork
) -> None:
    """Counting weeks that are sampled already gives the same rates as sampling anew."""
    for one, other in zip(workloads(case, 3, 2), workloads_of(case, work.weeks), strict=True):
        assert one.walk_in_rate == pytest.approx(other.walk_in_rate)
        assert one.appointment_rate == pytest.approx(other.appointment_rate)
        assert one.mean_minutes == pytest.approx(other.mean_minutes)
