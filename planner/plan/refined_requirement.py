"""The requirement of all locations, refined by simulation on a few sampled weeks.

Locations do not matter to each other once customers are sampled, so each is refined by itself;
the largest first, so that processes end together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.model.requirement import DeskPlan, requirement_of
from planner.model.requirement_promise import promises
from planner.parallel import ordered_map
from planner.plan.requirement_refinement import (
    DEFAULT_SETTINGS,
    Refined,
    RefinementSettings,
    refine,
)
from planner.plan.requirement_trial import (
    LocationTrial,
    desk_absences,
    sampled_week,
    tolerances,
)
from planner.sim.customer_table import Customers
from planner.sim.replicate import sample_replication

Say = Callable[[str, float | None, str], None]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class LocationRefinement:
    """What the refinement did at one location.

    Attributes
    ----------
    formula_hours, refined_hours : float
        Desk hours of the horizon before and after [h].
    trials : int
        Simulated trials; 0: not refined (nothing promised, or stopped before).
    missed_days : tuple of int
        Days of the horizon on which the promises do not hold with all desks of the location.
    """

    location: str
    formula_hours: float
    refined_hours: float
    trials: int
    missed_days: tuple[int, ...]


@dataclass(frozen=True)
class RefinedRequirement:
    """The refined requirement, its desks by location, and the formula's for comparison."""

    requirement: Requirement
    plans: tuple[DeskPlan, ...]
    formula: Requirement
    locations: tuple[LocationRefinement, ...]


def sample_weeks(
    case: PlanningCase, seed: int, weeks: int, jobs: int = 1, first: int = 0
) -> tuple[Customers, ...]:
    """Return the customers of the first replications of a seed, one sampled week each.

    Parameters
    ----------
    first : int
        So many are left out: the caller has them already.
    """
    return tuple(ordered_map(partial(_customers, case, seed), range(first, weeks), jobs))


@dataclass(frozen=True)
class RefinementWork:
    """What the refinement needs.

    Attributes
    ----------
    plans : tuple of DeskPlan
        The formula's desks.
    weeks : tuple of Customers
        The sampled weeks: replications 0, 1, … of ``seed``.
    seed : int
        Seed of the weeks; absence at short notice is drawn from it, too.
    """

    case: PlanningCase
    plans: tuple[DeskPlan, ...]
    weeks: tuple[Customers, ...]
    seed: int
    settings: RefinementSettings = DEFAULT_SETTINGS
    engine: str = "compiled"


def refine_all(
    work: RefinementWork,
    jobs: int = 1,
    say: Say = lambda _phase, _share, _detail: None,
    stop: Stop = lambda: False,
) -> RefinedRequirement:
    """Return the requirement with every location refined; as far as done when stopped."""
    order = sorted(work.plans, key=lambda plan: (-plan.loads.sum(), plan.location))
    refined: dict[str, Refined] = {}
    trials = [location_trial(work, plan) for plan in order]
    one = partial(_refine, work.settings)
    for plan, found in zip(
        order, ordered_map(one, list(zip(order, trials, strict=True)), jobs), strict=False
    ):
        refined[plan.location] = found
        say("refine", len(refined) / len(order), plan.location)
        if stop():
            break
    chosen = tuple(_chosen(plan, refined) for plan in work.plans)
    return RefinedRequirement(
        requirement=requirement_of(work.case, chosen),
        plans=chosen,
        formula=requirement_of(work.case, work.plans),
        locations=tuple(_told(work.case, plan, refined) for plan in work.plans),
    )


def location_trial(work: RefinementWork, plan: DeskPlan) -> LocationTrial:
    """Return the trial of a plan's location on the sampled weeks, absence included."""
    code = [location.id for location in work.case.locations].index(plan.location)
    absent = [desk_absences(work.case, plan, work.seed, week) for week in range(len(work.weeks))]
    weeks = tuple(
        sampled_week(work.case, customers, code, away)
        for customers, away in zip(work.weeks, absent, strict=True)
    )
    held = promises(work.case, work.case.locations[code])
    return LocationTrial(work.case, code, weeks, held, work.engine)


def _customers(case: PlanningCase, seed: int, replication: int) -> Customers:
    return sample_replication(case, seed, replication).customers


def _refine(settings: RefinementSettings, item: tuple[DeskPlan, LocationTrial]) -> Refined:
    plan, trial = item
    return refine(plan, tolerances(trial.promises), trial, settings)


def _chosen(plan: DeskPlan, refined: dict[str, Refined]) -> DeskPlan:
    return refined[plan.location].plan if plan.location in refined else plan


def _told(case: PlanningCase, plan: DeskPlan, refined: dict[str, Refined]) -> LocationRefinement:
    hours = case.horizon.slot_minutes / 60
    found = refined.get(plan.location)
    missed = np.flatnonzero(~found.holds) if found else np.zeros(0, dtype=np.int64)
    return LocationRefinement(
        location=plan.location,
        formula_hours=float(plan.desks.sum()) * hours,
        refined_hours=float(_chosen(plan, refined).desks.sum()) * hours,
        trials=found.trials if found else 0,
        missed_days=tuple(int(day) for day in missed),
    )
