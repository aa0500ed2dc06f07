"""The strategy requirement first on the small case, from demand to verification."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveOutcome, SolveStatus
from planner.plan import requirement_first
from planner.plan.effort import PlanEffort, PlanResult
from planner.plan.requirement_first import plan
from planner.rules.audit import lawful
from planner.scenario.loading import load_case

CASE_FILE = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
EFFORT = PlanEffort(seconds=2.0, replications=6, design_weeks=3)


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return the small case."""
    return load_case(CASE_FILE)


@pytest.fixture(scope="module")
def told() -> list[str]:
    """Return the phases that the plan of `result` tells, in order."""
    return []


@pytest.fixture(scope="module")
def result(case: PlanningCase, told: list[str]) -> PlanResult:
    """Return a plan of a few seconds."""
    return plan(case, EFFORT, lambda phase, _share, _detail: told.append(phase))


def test_a_lawful_roster_with_a_bound(case: PlanningCase, result: PlanResult) -> None:
    """The roster breaks no hard rule, its value is the audit's, the bound does not exceed it."""
    assert result.roster is not None
    assert lawful(result.findings)
    assert result.outcome.objective == pytest.approx(sum(f.penalty for f in result.findings))
    assert result.outcome.gap is not None
    assert result.outcome.gap >= 0.0
    assert {a.location for a in result.roster.assignments} == {loc.id for loc in case.locations}


def test_verification_uses_fresh_weeks_and_judges_targets(
    case: PlanningCase, result: PlanResult
) -> None:
    """Six weeks of another seed, every wait target of every location judged."""
    assert result.verification is not None
    judged = result.verification.measures[result.verification.measures["met"] != ""]
    assert EFFORT.verification_seed != EFFORT.seed
    assert set(judged["measure"]) == {target.measure for target in case.targets}
    assert judged["replications"].max() == 6


def test_shortfalls_are_the_audit_in_other_words(result: PlanResult) -> None:
    """Missing desk slots by span add up to what the coverage rule measured."""
    spans = sum(s.people * (s.end_minute - s.start_minute) // 30 for s in result.shortfalls)
    covered = [f for f in result.findings if f.rule == "coverage_short"]
    assert spans == sum(round(f.limit - f.measured) for f in covered)


def test_steps_and_phases_come_in_order(result: PlanResult, told: list[str]) -> None:
    """Every step is timed and told."""
    names = [step.name for step in result.steps]
    first = ["demand", "refine", "roster", "feedback"]
    again = ["roster 2", "feedback 2"] if "roster 2" in names else []
    assert names == [*first, *again, "audit", "verify", "remedies"]
    assert list(dict.fromkeys(told)) == [*first, "audit", "verify", "remedies"]
    assert all(step.seconds >= 0 and step.detail for step in result.steps)
    assert {hours.location for hours in result.counter_hours} == {"north", "south"}


def test_a_stop_keeps_the_best_roster_and_verifies_it(case: PlanningCase) -> None:
    """Stopped at once: there is a roster, interrupted, verified on a few weeks."""
    stopped = plan(case, PlanEffort(seconds=60.0, design_weeks=2), stop=lambda: True)
    assert stopped.outcome.status is SolveStatus.INTERRUPTED
    assert stopped.verification is not None
    assert stopped.verification.measures["replications"].max() == 4
    assert lawful(stopped.findings)


def test_without_a_lawful_roster_nothing_is_audited_or_verified(
    case: PlanningCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The outcome is handed on with the requirement; there is nothing to verify."""
    nothing = SolveOutcome(SolveStatus.INFEASIBLE, None, None, None, (), 0.1)
    monkeypatch.setattr(requirement_first, "optimise", lambda *_: nothing)
    found = plan(case, PlanEffort(seconds=1.0, design_weeks=2))
    assert (found.roster, found.verification) == (None, None)
    assert (found.findings, found.shortfalls) == ((), ())
    assert found.requirement.slots
    assert [step.name for step in found.steps] == ["demand", "refine", "roster"]
