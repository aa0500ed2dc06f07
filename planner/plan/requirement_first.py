"""The strategy *requirement first*: demand → requirement → roster → verified by simulation.

1. Customers of a few design weeks are sampled and counted: the expected workload.
2. The formula turns workload into desks; simulation of the design weeks corrects them.
3. The roster model covers the requirement with the people at hand.
4. Independent code audits the roster and names what is short, and why.
5. The roster is simulated on fresh weeks (another seed), absence at short notice included.

Stopping (Ctrl-C) ends the step in hand; the best roster found so far is still audited and verified.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveOutcome
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding
from planner.model.requirement import desk_plans
from planner.model.requirement_lead import counter_hours
from planner.model.roster.effort import Effort, Progress
from planner.model.roster.optimise import optimise
from planner.plan.effort import PlanEffort, PlanResult, Step
from planner.plan.refined_requirement import (
    RefinedRequirement,
    RefinementWork,
    refine_all,
    sample_weeks,
)
from planner.plan.shortfalls import shortfalls
from planner.rules.audit import audit
from planner.sim.replicate import SimulationResult, SimulationRun, StaffingSource, simulate
from planner.sim.workload import workloads

Say = Callable[[str, float | None, str], None]
Stop = Callable[[], bool]
#: Weeks of verification after a stop: enough for an interval, soon enough for who waits.
STOPPED_REPLICATIONS = 4


def plan(
    case: PlanningCase,
    effort: PlanEffort,
    on_progress: Say = lambda _phase, _share, _detail: None,
    stop: Stop = lambda: False,
) -> PlanResult:
    """Plan the horizon of a case.

    Parameters
    ----------
    on_progress : callable (phase, done share or None, detail) -> None
        Phases in order: ``demand``, ``refine``, ``roster``, ``audit``, ``verify``.
    stop : callable () -> bool
        True once the caller wants the best found so far.
    """
    work = _Work(case, effort, on_progress, stop)
    refined = work.requirement()
    outcome = work.roster(refined.requirement)
    roster = outcome.roster
    findings = work.findings(roster, refined.requirement) if roster else ()
    return PlanResult(
        roster=roster,
        outcome=outcome,
        requirement=refined.requirement,
        formula_requirement=refined.formula,
        findings=findings,
        shortfalls=shortfalls(case, refined.requirement, roster) if roster else (),
        verification=work.verification(roster) if roster else None,
        refinement=refined.locations,
        counter_hours=counter_hours(case),
        steps=tuple(work.steps),
    )


class _Work:
    """The steps of one plan, timed."""

    def __init__(self, case: PlanningCase, effort: PlanEffort, say: Say, stop: Stop) -> None:
        self.case, self.effort, self.say, self.stop = case, effort, say, stop
        self.steps: list[Step] = []
        self._since = time.monotonic()

    def requirement(self) -> RefinedRequirement:
        """Sample the design weeks, compute the requirement and refine it."""
        effort = self.effort
        self.say("demand", None, "")
        weeks = sample_weeks(self.case, effort.seed, effort.design_weeks, effort.jobs)
        found = workloads(self.case, effort.seed, effort.design_weeks, effort.jobs)
        self._done("demand", f"{len(weeks)} weeks, {sum(len(week) for week in weeks)} customers")
        plans = desk_plans(self.case, found)
        refined = refine_all(
            RefinementWork(self.case, plans, weeks), effort.jobs, self.say, self.stop
        )
        hours = [
            sum(getattr(place, name) for place in refined.locations)
            for name in ("formula_hours", "refined_hours")
        ]
        self._done("refine", f"{hours[0]:.0f} h by formula, {hours[1]:.0f} h refined")
        return refined

    def roster(self, requirement: Requirement) -> SolveOutcome:
        """Search for a roster."""
        effort = self.effort
        limits = Effort(effort.seconds, effort.jobs, effort.seed, effort.repeatable)

        def tell(progress: Progress) -> None:
            done = min(1.0, progress.seconds / effort.seconds) if effort.seconds > 0 else None
            self.say("roster", done, _detail(progress))

        outcome = optimise(self.case, requirement, limits, tell, self.stop)
        self._done("roster", outcome.status.value)
        return outcome

    def findings(self, roster: Roster, requirement: Requirement) -> tuple[Finding, ...]:
        """Audit the roster."""
        self.say("audit", None, "")
        found = audit(roster, self.case, requirement)
        self._done("audit", f"{len(found)} findings")
        return found

    def verification(self, roster: Roster) -> SimulationResult:
        """Simulate the roster on fresh weeks."""
        effort = self.effort
        weeks = effort.replications
        if self.stop():
            weeks = min(weeks, STOPPED_REPLICATIONS)
        run = SimulationRun(effort.verification_seed, weeks, effort.engine, effort.jobs)
        result = simulate(
            self.case,
            StaffingSource(roster=roster),
            run,
            lambda done: self.say("verify", done / weeks, ""),
        )
        self._done("verify", f"{weeks} weeks, seed {run.seed}")
        return result

    def _done(self, name: str, detail: str) -> None:
        now = time.monotonic()
        self.steps.append(Step(name, now - self._since, detail))
        self._since = now


def _detail(progress: Progress) -> str:
    """Return incumbent, bound and phase of the search in a few words."""
    best = "–" if progress.incumbent is None else f"{progress.incumbent:.0f}"
    bound = "–" if progress.bound is None else f"{progress.bound:.0f}"
    return f"{progress.phase} {best} ≥ {bound}"
