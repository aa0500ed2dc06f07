"""Simulation cuts for one location: every day of the horizon by itself, on its sampled weeks.

Offices open empty, so nothing couples the days of a location and each has a master of its own; the
people of the model hold every skill of the location, work the case's shifts with their breaks away
from the counter, and fall out at short notice as the case says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.model.requirement import DeskPlan
from planner.model.requirement_promise import Promise
from planner.model.shift_master import Profile
from planner.plan.requirement_trial import LocationTrial, desk_absences, sampled_week, tolerances
from planner.plan.sampled_day import PERSON, SampledDay, shift_menu
from planner.plan.simulation_cuts import Budget, DayProblem, DayStatus, cheapest_cover, least_staff
from planner.sim.customer_table import Customers
from planner.units import MINUTES_PER_HOUR

Array = NDArray[np.float64]


#: Evaluations of a day: beyond these, plans of the Hamburg week hardly got cheaper.
DEFAULT_BUDGET = Budget(descent=700, total=1200)


@dataclass(frozen=True, slots=True)
class CutSettings:
    """How far the cuts go.

    Attributes
    ----------
    weeks : int
        Sampled weeks of the design; the weeks on which the plan is judged are as many.
    rounds : int
        How often a location whose targets are not shown to hold is cut again, on more weeks.
    margin_quantile, margin_share, design_effect : float
        The safety margin, as in ``RefinementSettings``.
    budget : Budget
        Evaluations of a day; they, not seconds, end the search, so that results repeat.
    seconds : float
        Time limit of a day, far away [s].
    confidence : float
        Joint confidence of the claim.
    """

    weeks: int = 40
    rounds: int = 2
    margin_quantile: float = 1.645
    margin_share: float = 0.5
    design_effect: float = 3.0
    budget: Budget = DEFAULT_BUDGET
    seconds: float = 300.0
    confidence: float = 0.95


DEFAULT_CUTS = CutSettings()


@dataclass(frozen=True)
class CutDay:
    """What came out for one day of a location.

    Attributes
    ----------
    status : DayStatus
        ``OPTIMAL``: the bound reached the cost, for the sampled weeks.
    hours, bound_hours : float
        Paid counter hours of the schedule, and the bound on any schedule's [h].
    two_step_hours, refined_hours : float
        Cheapest cover of the formula's requirement, and of the requirement refined by simulation.
    missed : tuple of str
        Promises that are missed with all desks staffed; the schedule is then as good as all desks.
    schedule : tuple of (str, int)
        Shifts (with breaks in brackets) and how many people work them.
    slots : tuple of int
        Slots of the day that the profiles are about.
    profile, two_step : tuple of int
        People by slot: of the schedule, and of the two-step way.
    """

    location: str
    day: int
    status: DayStatus
    hours: float
    bound_hours: float
    two_step_hours: float
    refined_hours: float
    missed: tuple[str, ...]
    schedule: tuple[tuple[str, int], ...]
    slots: tuple[int, ...]
    profile: Profile
    two_step: Profile
    cuts: int
    evaluations: int


@dataclass(frozen=True)
class LocationCuts:
    """All days of one location."""

    plan: DeskPlan
    promises: tuple[Promise, ...]
    margins: tuple[float, ...]
    days: tuple[CutDay, ...]


@dataclass(frozen=True)
class LocationWork:
    """One location's formula, its refined desks, and the weeks that people meet."""

    formula: DeskPlan
    refined: DeskPlan
    trial: LocationTrial


def pooled_trial(
    trial: LocationTrial, plan: DeskPlan, customers: tuple[Customers, ...], seed: int
) -> LocationTrial:
    """Return the trial with people who hold every skill, absent as the case says."""
    people = replace(plan, skills=(PERSON,))
    weeks = tuple(
        sampled_week(
            trial.case, week, trial.location, desk_absences(trial.case, people, seed, number)
        )
        for number, week in enumerate(customers)
    )
    return replace(trial, weeks=weeks)


def everybody_holds_every_skill(case: PlanningCase, plan: DeskPlan) -> bool:
    """Tell whether whoever calls the location home can serve all of its customers."""
    skills = set(plan.skills)
    return all(
        skills <= set(person.skills) for person in case.employees if person.home == plan.location
    )


def cut_location(settings: CutSettings, work: LocationWork) -> LocationCuts:
    """Return the least staff found for every staffed day of a location."""
    trial = work.trial
    zero = np.zeros(len(trial.promises))
    days = [SampledDay(trial, work.formula, day, zero) for day in range(trial.case.horizon.days)]
    open_days = [day for day in days if len(day.slots) and work.formula.loads[day.day].any()]
    margins = _margins(settings, work, open_days)
    found = tuple(
        _cut_day(settings, work, SampledDay(trial, work.formula, day.day, margins))
        for day in open_days
    )
    return LocationCuts(work.formula, trial.promises, tuple(margins.tolist()), found)


def _cut_day(settings: CutSettings, work: LocationWork, day: SampledDay) -> CutDay:
    menu = shift_menu(work.trial.case, day)
    problem = DayProblem(menu, (day.plan.most,) * len(day.slots), day.least(), day)
    two_step = cheapest_cover(problem, day.formula(), settings.seconds)
    asked = work.refined.desks[day.day].sum(axis=0)[day.slots]
    requirement = tuple(int(desks) for desks in asked)
    refined = cheapest_cover(problem, requirement, settings.seconds)
    found = least_staff(problem, settings.seconds, requirement, budget=settings.budget)
    missed = found.impossible
    if missed:
        problem = replace(problem, evaluator=day.as_good_as_all_desks(missed))
        found = least_staff(problem, settings.seconds, requirement, budget=settings.budget)
    counts, profile, cost = found.counts, found.profile, found.cost
    if counts is None or cost is None:
        counts, profile, cost = refined.counts or (), refined.profile, refined.cost
    return CutDay(
        location=work.formula.location,
        day=day.day,
        status=found.status,
        hours=cost / MINUTES_PER_HOUR,
        bound_hours=found.bound / MINUTES_PER_HOUR,
        two_step_hours=two_step.cost / MINUTES_PER_HOUR,
        refined_hours=refined.cost / MINUTES_PER_HOUR,
        missed=tuple(_told(work.trial.promises[target]) for target in missed),
        schedule=tuple((s.name, c) for s, c in zip(menu, counts, strict=False) if c),
        slots=tuple(int(slot) for slot in day.slots),
        profile=profile,
        two_step=two_step.profile,
        cuts=found.cuts,
        evaluations=found.evaluations,
    )


def _told(promise: Promise) -> str:
    return f"{promise.channel} {promise.measure}"


def _margins(settings: CutSettings, work: LocationWork, days: list[SampledDay]) -> Array:
    """Return the safety margins by promise from the pilot: the formula's desks on every day.

    Weeks are clusters; days are pooled.  Not below what customers who just keep the limit would
    show, not above a share of the limit.
    """
    held = tolerances(work.trial.promises)
    if not days:
        return np.zeros(len(held.limits))
    pilot = [day.scores(day.formula()) for day in days]
    customers = np.array([scores.customers.sum(axis=1) for scores in pilot])
    floor = settings.design_effect * held.variances / np.maximum(customers, 1.0)
    squared = np.array([scores.standard_errors() for scores in pilot]) ** 2
    counted = customers > 0
    variance = np.where(counted, np.maximum(squared, floor), 0.0).sum(axis=0)
    pooled = np.sqrt(variance / np.maximum(1, counted.sum(axis=0)))
    margins: Array = np.minimum(
        settings.margin_quantile * pooled, settings.margin_share * held.limits
    )
    return margins
