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
from planner.domain.requirement import Workload
from planner.model.requirement import DeskPlan
from planner.model.requirement_promise import Promise
from planner.model.shift_master import MasterSolution, Profile
from planner.plan.day_windows import day_bound
from planner.plan.requirement_trial import LocationTrial, desk_absences, sampled_week, tolerances
from planner.plan.sampled_day import PERSON, SampledDay, shift_menu
from planner.plan.simulation_cuts import Budget, DayProblem, DayStatus, cheapest_cover, least_staff
from planner.plan.stacked_weeks import Scores
from planner.plan.two_step import Goal, SameService, UsualWay, holding
from planner.sim.customer_table import Customers
from planner.units import MINUTES_PER_HOUR

Array = NDArray[np.float64]


#: Evaluations of a day: slopes of the Hamburg week are at their end after 300 to 450.
DEFAULT_BUDGET = Budget(slopes=500, total=650)


@dataclass(frozen=True, slots=True)
class CutSettings:
    """How far the cuts go.

    Attributes
    ----------
    weeks, fresh_weeks : int
        Sampled weeks of the design, and fresh ones on which the plan is judged.
    rounds : int
        How often a location whose targets are not shown to hold is cut again, on more weeks.
    margin_quantile, margin_share, design_effect : float
        The safety margin, as in ``RefinementSettings``: errors of the week's mean.
    budget : Budget
        Evaluations of a day; they, not seconds, end the search, so that results repeat.
    seconds : float
        Time limit of a day, far away [s].
    confidence : float
        Joint confidence of the claim.
    """

    weeks: int = 20
    fresh_weeks: int = 40
    rounds: int = 2
    margin_quantile: float = 2.0
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
    estimate_hours : float
        The bound as far as slopes are right: no proof [h].
    two_step_hours, refined_hours : float
        Cheapest cover of the formula's requirement, and of the requirement refined by simulation.
    same_service_hours : float
        The two-step way with its goal loosened (or tightened) until it just holds the same targets
        on the same weeks; where no goal does, its hours with the goal as promised.
    same_service_goal : float
        That goal in multiples of what is promised; 0 where none holds.
    missed : tuple of str
        Promises that are missed with all desks staffed; the schedule is then as good as all desks.
    schedule : tuple of (str, int)
        Shifts (with breaks in brackets) and how many people work them.
    slots : tuple of int
        Slots of the day that the profiles are about.
    profile, two_step, same_service : tuple of int
        People by slot: of the schedule, of the two-step way, and of that at the same service.
    """

    location: str
    day: int
    status: DayStatus
    hours: float
    bound_hours: float
    estimate_hours: float
    two_step_hours: float
    refined_hours: float
    same_service_hours: float
    same_service_goal: float
    missed: tuple[str, ...]
    schedule: tuple[tuple[str, int], ...]
    slots: tuple[int, ...]
    profile: Profile
    two_step: Profile
    same_service: Profile
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
    """One location's formula, its refined desks, the weeks that people meet, and its work."""

    formula: DeskPlan
    refined: DeskPlan
    trial: LocationTrial
    workloads: tuple[Workload, ...]


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
    menu, most = shift_menu(work.trial.case, day), (day.plan.most,) * len(day.slots)
    problem = DayProblem(menu, most, day.least(), day, day)
    hopeless = tuple(target for target in range(day.targets) if day.missed(most, target))
    played = day.as_good_as_all_desks(hopeless) if hopeless else day
    problem = replace(problem, evaluator=played, measuring=played)
    slots = tuple(int(slot) for slot in day.slots)
    usual = UsualWay(work.trial.case, work.workloads, day.day, slots, problem, settings.seconds)
    found = _Found(
        work, day, played, problem, usual.cover(Goal()), usual.at_same_service(holding(problem))
    )
    return found.told(settings, tuple(_told(work.trial.promises[t]) for t in hopeless))


@dataclass(frozen=True)
class _Found:
    """A day, as it is and as it is played, and the two-step way as it stands and at as much."""

    work: LocationWork
    day: SampledDay
    played: SampledDay
    problem: DayProblem
    two_step: MasterSolution
    same: SameService | None

    def told(self, settings: CutSettings, missed: tuple[str, ...]) -> CutDay:
        """Search for the least staff and tell it beside the two-step way."""
        asked = self.work.refined.desks[self.day.day].sum(axis=0)[self.day.slots]
        requirement = tuple(int(desks) for desks in asked)
        refined = cheapest_cover(self.problem, requirement, settings.seconds)
        start = self.same.cover.profile if self.same else requirement
        found = least_staff(self.problem, settings.seconds, start, budget=settings.budget)
        same = self.same.cover if self.same else self.two_step
        counts, profile, cost = found.counts, found.profile, found.cost
        if counts is None or cost is None:
            counts, profile, cost = refined.counts or (), refined.profile, refined.cost
        bound = max(found.bound, day_bound(self.played, self.problem.menu, profile))
        return CutDay(
            location=self.work.formula.location,
            day=self.day.day,
            status=DayStatus.OPTIMAL if found.counts and bound >= cost else found.status,
            hours=cost / MINUTES_PER_HOUR,
            bound_hours=min(bound, cost) / MINUTES_PER_HOUR,
            estimate_hours=found.estimate / MINUTES_PER_HOUR,
            two_step_hours=self.two_step.cost / MINUTES_PER_HOUR,
            refined_hours=refined.cost / MINUTES_PER_HOUR,
            same_service_hours=same.cost / MINUTES_PER_HOUR,
            same_service_goal=self.same.goal.tolerance if self.same else 0.0,
            missed=missed,
            schedule=tuple(
                (s.name, c) for s, c in zip(self.problem.menu, counts, strict=False) if c
            ),
            slots=tuple(int(slot) for slot in self.day.slots),
            profile=profile,
            two_step=self.two_step.profile,
            same_service=same.profile,
            cuts=found.cuts,
            evaluations=found.evaluations,
        )


def _told(promise: Promise) -> str:
    return f"{promise.channel} {promise.measure}"


def _margins(settings: CutSettings, work: LocationWork, days: list[SampledDay]) -> Array:
    """Return the safety margins by promise from the pilot: the formula's desks on every day.

    The claim is made for the whole week of a location, so the margin is that of the week's mean:
    weeks are clusters.  Not below what customers who just keep the limit would show, not above a
    share of the limit.  Every day has to hold its targets with it, so the week does.
    """
    held = tolerances(work.trial.promises)
    if not days:
        return np.zeros(len(held.limits))
    played = [day.scores(day.formula()) for day in days]
    pilot = Scores(
        np.sum([scores.score for scores in played], axis=0),
        np.sum([scores.customers for scores in played], axis=0),
    )
    customers = pilot.customers.sum(axis=1)
    floor = settings.design_effect * held.variances / np.maximum(customers, 1.0)
    errors = np.sqrt(np.maximum(pilot.standard_errors() ** 2, floor))
    margins: Array = np.minimum(
        settings.margin_quantile * errors, settings.margin_share * held.limits
    )
    return margins
