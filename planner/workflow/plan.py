"""The verb *plan*, the main job: demand → requirement → roster → verified → report."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.domain.rule import Severity
from planner.errors import PlannerError
from planner.plan.decision_rows import decisions
from planner.plan.effort import PlanEffort, PlanResult
from planner.plan.requirement_first import plan
from planner.reporting.build import build_reports
from planner.results.decision_frames import decision_frames
from planner.results.frames import RunParts
from planner.results.store import refuse_foreign
from planner.scenario.loading import load_case
from planner.workflow.cut_words import cut_facts
from planner.workflow.measures_summary import summarise
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import Verb, keep, warning_facts
from planner.workflow.summary import Summary, exit_status

#: Days of a roster; longer horizons are planned one week after the other.
MOST_DAYS = 7
STRATEGIES = ("requirement_first", "simulation_cuts")


@dataclass(frozen=True, slots=True)
class Search:
    """How the plan is searched: time for the roster [s], and the strategy by its name."""

    seconds: float
    strategy: str = STRATEGIES[0]


def plan_case(options: CaseOptions, run: RunOptions, search: Search, watch: Watch) -> Summary:
    """Plan a case, keep the run folder and build its reports.

    Parameters
    ----------
    search : Search
        Time for the roster search, and the strategy.

    Raises
    ------
    ScenarioError
        When the case has problems.
    PlannerError
        When the strategy is not known, or the horizon is longer than a week.
    StoreError
        When the run folder cannot be written.
    """
    clock = _Clock(time.monotonic())
    if search.strategy not in STRATEGIES:
        known = ", ".join(STRATEGIES)
        raise PlannerError(f"--strategy: {search.strategy!r} is not known; it may be {known}")
    if run.out is not None:
        refuse_foreign(run.out)
    case = load_case(options.path, options.settings, options.week)
    if case.horizon.days > MOST_DAYS:
        raise PlannerError(
            f"horizon.days is {case.horizon.days}; rosters are planned week by week: set "
            f"horizon.days to {MOST_DAYS} and give --weeks, or plan with --after the week before"
        )
    effort = PlanEffort(
        seconds=search.seconds,
        strategy=search.strategy,
        jobs=run.jobs,
        seed=run.seed,
        replications=run.replications or case.simulation.replications,
        engine=run.engine,
    )
    result = plan(case, effort, watch.say, watch.stop)
    watch.say("report", None, "")
    directory = keep(_parts(case, result), result.outcome, _verb(effort, result), options, run)
    build_reports(directory, run.language)
    summary = _summary(result, directory, clock, run.language)
    return replace(summary, facts=(*summary.facts, *warning_facts(case, run.language)))


@dataclass(frozen=True, slots=True)
class _Clock:
    started: float

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started


def _parts(case: PlanningCase, result: PlanResult) -> RunParts:
    verification = result.verification
    return RunParts(
        case=case,
        measures=verification.measures if verification else None,
        customers=verification.customers if verification else None,
        roster=result.roster,
        requirement=result.requirement,
        findings=result.findings,
        terms=result.outcome.terms,
        counter_hours=result.counter_hours,
        more=decision_frames(decisions(case, result)),
    )


def _verb(effort: PlanEffort, result: PlanResult) -> Verb:
    return Verb(
        name="plan",
        replications=effort.replications,
        seeds={"design": effort.seed, "verification": effort.verification_seed},
        seconds={step.name: step.seconds for step in result.steps},
        effort={
            "seconds": effort.seconds,
            "jobs": effort.jobs,
            "weeks": effort.design_weeks,
            "strategy": effort.strategy,
        },
    )


def _summary(result: PlanResult, directory: Path, clock: _Clock, language: str) -> Summary:
    outcome = result.outcome
    facts = [("roster", outcome.status.value)]
    facts += [
        (name, f"{value:.1f}")
        for name, value in (("objective", outcome.objective), ("bound", outcome.bound))
        if value is not None
    ]
    if outcome.gap is not None:
        facts.append(("gap", f"{outcome.gap:.2%}"))
    hard = sum(finding.severity is Severity.HARD for finding in result.findings)
    facts += [("hard findings", str(hard)), ("shortfalls", str(len(result.shortfalls)))]
    facts += cut_facts(result.cuts, language)
    facts += [("seconds", f"{clock.seconds:.0f}"), ("report", str(directory / "report.html"))]
    if result.verification is None:
        return Summary(exit_status(outcome.status, []), directory, tuple(facts))
    return summarise(result.verification.measures, outcome.status, directory, tuple(facts))
