"""How deep a plan goes, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.outcome import SolveOutcome
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding
from planner.model.requirement_lead import CounterHours
from planner.plan.appointment_grid import GridRow
from planner.plan.cuts.cut_plan import CutPlan
from planner.plan.cuts.day import DEFAULT_CUTS, CutSettings
from planner.plan.refined_requirement import LocationRefinement
from planner.plan.remedies import RemedyRow
from planner.plan.shortfalls import Shortfall
from planner.sim.replicate import SimulationResult


@dataclass(frozen=True, slots=True)
class PlanEffort:
    """How deep a plan goes.

    Attributes
    ----------
    seconds : float
        Time for the roster search [s]; the other steps take what they take.
    jobs : int
        Worker processes.
    seed : int
        Seed of the design: the sampled weeks behind the requirement and the roster search.
        Verification uses ``seed + 1``, so that a roster is judged by weeks it was not made for.
    replications : int
        Simulated weeks of the verification.
    design_weeks : int
        Sampled weeks behind the requirement.
    engine : str
        Engine of the verification.
    feedback_rounds : int
        How often the roster is played on the design weeks and searched again for a requirement
        raised where it missed; the time for the search is shared out evenly.
    strategy : str
        ``requirement_first``, or ``simulation_cuts``: the requirement is the least staff found.
    cuts : CutSettings
        How far the cuts go.
    repeatable : bool
        The roster search counts work instead of seconds: the same roster on every machine.
    """

    seconds: float = 240.0
    jobs: int = 1
    seed: int = 1
    replications: int = 20
    design_weeks: int = 10
    engine: str = "compiled"
    feedback_rounds: int = 1
    repeatable: bool = True
    strategy: str = "requirement_first"
    cuts: CutSettings = DEFAULT_CUTS

    @property
    def verification_seed(self) -> int:
        """Seed of the fresh weeks on which the roster is verified."""
        return self.seed + 1


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a plan: its name, wall time [s], and what came out in a few words."""

    name: str
    seconds: float
    detail: str


@dataclass(frozen=True)
class PlanResult:
    """What a strategy hands back.

    Attributes
    ----------
    roster : Roster or None
        The roster; None when there is no lawful one or time ran out.
    outcome : SolveOutcome
        How the search ended, objective, bound and terms.
    requirement, formula_requirement : Requirement
        What the roster had to cover, and what the formula alone would have asked for.
    missed_on_design : int
        Days of locations on which the roster misses a promise on the design weeks.
    findings : tuple of Finding
        The independent audit of the roster.
    shortfalls : tuple of Shortfall
        Where people are short, and why.
    verification : SimulationResult or None
        The roster simulated on fresh weeks; None without roster.
    refinement : tuple of LocationRefinement
        What simulation changed in the requirement.
    counter_hours : tuple of CounterHours
        Weekly counter hours that hold the lead-time targets, against the nominal ones.
    steps : tuple of Step
        In order.
    cuts : CutPlan or None
        What the strategy ``simulation_cuts`` found.
    appointments : tuple of GridRow
        The appointment grid of the planned days.
    remedies : tuple of RemedyRow
        What would keep the targets that are missed, with simulated effects.
    """

    roster: Roster | None
    outcome: SolveOutcome
    requirement: Requirement
    formula_requirement: Requirement
    missed_on_design: int
    findings: tuple[Finding, ...]
    shortfalls: tuple[Shortfall, ...]
    verification: SimulationResult | None
    refinement: tuple[LocationRefinement, ...]
    counter_hours: tuple[CounterHours, ...]
    steps: tuple[Step, ...]
    cuts: CutPlan | None = None
    appointments: tuple[GridRow, ...] = ()
    remedies: tuple[RemedyRow, ...] = ()
