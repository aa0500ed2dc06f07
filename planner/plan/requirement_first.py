"""The strategy *requirement first*: demand → requirement → roster → verified by simulation.

1. Customers of a few design weeks are sampled and counted: the expected workload.
2. The formula turns workload into desks; simulation of the design weeks corrects them.
3. The roster model covers the requirement with the people at hand; the roster is played on the
   design weeks, the requirement raised where it misses, and the search goes on.
4. Independent code audits the roster and names what is short, and why.
5. The roster is simulated on fresh weeks (another seed), absence at short notice included.

Stopping (Ctrl-C) ends the step in hand; the best roster found so far is still audited and verified.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveOutcome
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding
from planner.model.requirement import desk_plans, requirement_of
from planner.model.requirement_lead import CounterHours, counter_hours
from planner.model.roster.effort import Effort, Progress
from planner.model.roster.optimise import optimise
from planner.plan.appointment_grid import GridInput, appointment_grid
from planner.plan.cuts.cut_plan import CutPlan
from planner.plan.cuts.limits import short_people, unfilled
from planner.plan.cuts.search import CutRequest, CutSearch, cut_all
from planner.plan.effort import PlanEffort, PlanResult, Step
from planner.plan.refined_requirement import (
    RefinedRequirement,
    RefinementWork,
    refine_all,
    sample_weeks,
)
from planner.plan.remedies import RemedyInput, RemedyRow, remedies
from planner.plan.roster_feedback import feedback
from planner.plan.shortfalls import shortfalls
from planner.rules.audit import audit
from planner.sim.replicate import SimulationResult, SimulationRun, StaffingSource, simulate
from planner.sim.workload import workloads_of

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
        Phases: ``demand``, ``refine``, ``roster``, ``feedback``, ``audit``, ``verify``.
    stop : callable () -> bool
        True once the caller wants the best found so far.
    """
    work = _Work(case, effort, on_progress, stop)
    refined = work.requirement()
    searched = work.roster(refined)
    roster, requirement = searched.outcome.roster, searched.refined.requirement
    findings = work.findings(roster, requirement) if roster else ()
    hours = counter_hours(case)
    verified = work.verification(roster) if roster else None
    given = GridInput(requirement, roster, work.workloads, hours)
    return PlanResult(
        roster=roster,
        outcome=searched.outcome,
        requirement=requirement,
        formula_requirement=refined.formula,
        missed_on_design=searched.missed,
        findings=findings,
        shortfalls=shortfalls(case, requirement, roster) if roster else (),
        verification=verified,
        refinement=refined.locations,
        counter_hours=hours,
        appointments=appointment_grid(case, given),
        remedies=work.remedies(roster, verified, hours) if roster and verified else (),
        steps=tuple(work.steps),
        cuts=work.cuts,
    )


@dataclass(frozen=True)
class _Searched:
    """A roster, what it covers, days missed on the design weeks, people short, what to ask for."""

    outcome: SolveOutcome
    refined: RefinedRequirement
    missed: int
    short: int
    raised: RefinedRequirement | None
    cuts: CutPlan | None


class _Work:
    """The steps of one plan, timed."""

    def __init__(self, case: PlanningCase, effort: PlanEffort, say: Say, stop: Stop) -> None:
        self.case, self.effort, self.say, self.stop = case, effort, say, stop
        self.steps: list[Step] = []
        self.cuts: CutPlan | None = None
        self._search_cuts: CutSearch | None = None
        self._since = time.monotonic()

    def requirement(self) -> RefinedRequirement:
        """Sample the design weeks, compute the requirement and refine it."""
        effort = self.effort
        self.say("demand", None, "")
        weeks = sample_weeks(self.case, effort.seed, effort.design_weeks, effort.jobs)
        found = self.workloads = workloads_of(self.case, weeks)
        self._done("demand", f"{len(weeks)} weeks, {sum(len(week) for week in weeks)} customers")
        plans = desk_plans(self.case, found)
        self._design = RefinementWork(self.case, plans, weeks, effort.seed)
        refined = refine_all(self._design, effort.jobs, self.say, self.stop)
        hours = [
            sum(getattr(place, name) for place in refined.locations)
            for name in ("formula_hours", "refined_hours")
        ]
        self._done("refine", f"{hours[0]:.0f} h by formula, {hours[1]:.0f} h refined")
        return self._cut(refined)

    def _cut(self, refined: RefinedRequirement) -> RefinedRequirement:
        """Replace the refined requirement by the least staff found, where the strategy says so."""
        if self.effort.strategy != "simulation_cuts":
            return refined
        request = CutRequest(
            self._design, self.workloads, refined, self.effort.cuts, self.effort.jobs
        )
        self._search_cuts = cut_all(request, self.say, self.stop)
        self.cuts = self._search_cuts.plan()
        self._done("cuts", f"{self.cuts.hours:.0f} h, bound {self.cuts.bound_hours:.0f} h")
        return self._search_cuts.requirement(refined)

    def _cut_again(self, found: _Searched) -> RefinedRequirement | None:
        """Return what to ask for next: raised where targets are missed, cut where people lack."""
        roster, search = found.outcome.roster, self._search_cuts
        if roster is None or search is None or not found.short or self.stop():
            return found.raised
        days = search.plan().days
        changed = search.again(unfilled(self.case, found.refined.requirement, roster, days))
        if not changed:
            return found.raised
        self.cuts = search.plan()
        self._done("cuts again", ", ".join(changed))
        base = found.raised or found.refined
        kept = [plan for plan in base.plans if plan.location not in changed]
        cut = [p for p in search.requirement(found.refined).plans if p.location in changed]
        plans = tuple(sorted((*kept, *cut), key=lambda plan: plan.location))
        return replace(base, requirement=requirement_of(self.case, plans), plans=plans)

    def roster(self, refined: RefinedRequirement) -> _Searched:
        """Search for a roster, play it, raise the requirement where it misses, search again."""
        rounds = 1 + max(0, self.effort.feedback_rounds)
        found = best = self._searched(refined, rounds, 1, None)
        for number in range(2, rounds + 1):
            asked = self._cut_again(found)
            if asked is None or self.stop():
                break
            found = self._searched(asked, rounds, number, best.outcome.roster)
            best = min(best, found, key=lambda searched: (searched.missed, searched.short))
        self.cuts = best.cuts
        return best

    def _searched(
        self, refined: RefinedRequirement, rounds: int, number: int, start: Roster | None
    ) -> _Searched:
        suffix = "" if number == 1 else f" {number}"
        outcome = self._search(refined.requirement, self.effort.seconds / rounds, start)
        self._done(f"roster{suffix}", outcome.status.value)
        if outcome.roster is None:
            return _Searched(outcome, refined, 0, 0, None, self.cuts)
        self.say("feedback", None, "")
        judged = feedback(self._design, refined, outcome.roster)
        self._done(f"feedback{suffix}", f"{judged.missed} days of locations miss a promise")
        raised = judged.raised if judged.asks_more_than(refined) else None
        short = short_people(refined.requirement, outcome.roster)
        return _Searched(outcome, refined, judged.missed, short, raised, self.cuts)

    def _search(
        self, requirement: Requirement, seconds: float, start: Roster | None
    ) -> SolveOutcome:
        effort = self.effort
        self.say("roster", 0.0, "")
        limits = Effort(seconds, effort.jobs, effort.seed, effort.repeatable)

        def tell(progress: Progress) -> None:
            done = min(1.0, progress.seconds / seconds) if seconds > 0 else None
            self.say("roster", done, _detail(progress))

        return optimise(self.case, requirement, limits, tell, self.stop, start)

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

    def remedies(
        self, roster: Roster, verified: SimulationResult, hours: tuple[CounterHours, ...]
    ) -> tuple[RemedyRow, ...]:
        """Simulate what would keep the missed targets; nothing once the caller wants an end."""
        if self.stop():
            return ()
        self.say("remedies", None, "")
        given = RemedyInput(self._design, roster, verified.measures, hours, self.effort.jobs)
        found = remedies(given)
        self._done("remedies", f"{len(found)} remedies simulated")
        return found

    def _done(self, name: str, detail: str) -> None:
        now = time.monotonic()
        self.steps.append(Step(name, now - self._since, detail))
        self._since = now


def _detail(progress: Progress) -> str:
    """Return incumbent, bound and phase of the search in a few words."""
    best = "–" if progress.incumbent is None else f"{progress.incumbent:.0f}"
    bound = "–" if progress.bound is None else f"{progress.bound:.0f}"
    return f"{progress.phase} {best} ≥ {bound}"
