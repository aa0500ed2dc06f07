"""Simulation cuts for one day of a location: the least staff found, beside the two-step way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.model.requirement_promise import Promise
from planner.model.shift_master import MasterSolution, Profile
from planner.plan.cuts.day_windows import day_bound
from planner.plan.cuts.pooled_day import pooled_day, pooled_people, skill_harms
from planner.plan.cuts.posed_day import LocationWork, PosedDay, pose
from planner.plan.cuts.sampled_day import SampledDay, shift_menu
from planner.plan.cuts.simulation_cuts import Budget, DayStatus, cheapest_cover, least_staff
from planner.plan.cuts.skill_groups import at_hand
from planner.plan.cuts.sparing_skills import sparing
from planner.plan.cuts.two_step import Goal, SameService, holding, skill_cover
from planner.units import MINUTES_PER_HOUR

#: Evaluations of a day: slopes of the Hamburg week are mostly at their end after 300 to 450.
DEFAULT_BUDGET = Budget(slopes=700, total=800)


@dataclass(frozen=True, slots=True)
class CutSettings:
    """How far the cuts go.

    Attributes
    ----------
    weeks, fresh_weeks : int
        Sampled weeks of the design, and fresh ones on which the plan is judged; twice as many in
        later rounds.
    absences : int
        Draws of absence at short notice for each of them: who is away decides small sites, and a
        draw costs less than a week of bookings.
    rounds : int
        How often a location is cut at the most: again, on more weeks and from the third time on
        with more margin, while its targets are not shown to hold.
    margin_quantile, margin_share, design_effect : float
        The safety margin, as in ``RefinementSettings``: errors of the week's mean.
    budget : Budget
        Evaluations of a day by group of people; they, not seconds, end the search, so that results
        repeat.
    seconds : float
        Time limit of a day, far away [s].
    confidence : float
        Joint confidence of the claim.
    """

    weeks: int = 20
    fresh_weeks: int = 80
    absences: int = 8
    rounds: int = 3
    margin_quantile: float = 2.5
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
        People by slot and, within a slot, by group: of the schedule, of the two-step way, and of
        that at the same service.
    rows : tuple of str
        By group, the skill by which a requirement asks for its people.
    people : tuple of int
        By group, the people asked for on the day, one shift each.
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
    rows: tuple[str, ...]
    people: tuple[int, ...]

    def with_shifts_of(self, other: CutDay) -> CutDay:
        """Return the day with the schedule of another search of it, under tighter limits.

        Bound and two-step way stay: no tighter limit makes anything cheaper.
        """
        proven = other.hours <= self.bound_hours
        return replace(
            self,
            status=DayStatus.OPTIMAL if proven else DayStatus.FEASIBLE,
            hours=other.hours,
            schedule=other.schedule,
            profile=other.profile,
            people=other.people,
            cuts=self.cuts + other.cuts,
            evaluations=self.evaluations + other.evaluations,
        )


def cut_day(settings: CutSettings, work: LocationWork, day: SampledDay) -> CutDay:
    """Return the least staff found for one day of a location."""
    posed = pose(work, day, settings.seconds)
    same = posed.usual.at_same_service(holding(posed.problem))
    return _Found(work, day, posed, same).told(settings)


def pilot(settings: CutSettings, work: LocationWork, day: SampledDay) -> Profile:
    """Return people with whom the day just holds its targets: the two-step way, loosened.

    How much a score varies from week to week is asked where it is near its limit; well staffed
    days would say that it hardly does.
    """
    posed = pose(work, day, settings.seconds)
    same = posed.usual.at_same_service(holding(posed.problem))
    if same is not None:
        return same.cover.profile
    return day.formula() if len(day.groups) == 1 else posed.problem.most


@dataclass(frozen=True)
class _Found:
    """A day as it is asked, and what the two-step way at the same service is."""

    work: LocationWork
    day: SampledDay
    posed: PosedDay
    same: SameService | None

    def told(self, settings: CutSettings) -> CutDay:
        """Search for the least staff and tell it beside the two-step way."""
        problem, refined = self.posed.problem, self._refined(settings.seconds)
        two_step = self.posed.usual.cover(Goal())
        start = self.same.cover.profile if self.same else refined.profile or problem.most
        budget = settings.budget.times(len(self.day.groups))
        found = least_staff(problem, settings.seconds, start, budget=budget)
        same = self.same.cover if self.same else two_step
        counts, profile, cost = found.counts, found.profile, found.cost
        if counts is None or cost is None:
            counts, profile, cost = refined.counts or (), refined.profile, refined.cost
        elif self.posed.usual.groups is not None:
            counts, profile = sparing(problem, self.day.groups, counts, holding(problem))
        bound = found.bound
        if found.status is not DayStatus.OPTIMAL:
            bound = max(bound, self._window_bound(profile))
        return CutDay(
            location=self.work.formula.location,
            day=self.day.day,
            status=DayStatus.OPTIMAL if found.counts and bound >= cost else found.status,
            hours=cost / MINUTES_PER_HOUR,
            bound_hours=min(bound, cost) / MINUTES_PER_HOUR,
            estimate_hours=found.estimate / MINUTES_PER_HOUR,
            two_step_hours=two_step.cost / MINUTES_PER_HOUR,
            refined_hours=refined.cost / MINUTES_PER_HOUR,
            same_service_hours=same.cost / MINUTES_PER_HOUR,
            same_service_goal=self.same.goal.tolerance if self.same else 0.0,
            missed=tuple(_told(self.work.trial.promises[hard]) for hard in self.posed.hopeless),
            schedule=tuple((s.name, c) for s, c in zip(problem.menu, counts, strict=False) if c),
            slots=tuple(int(slot) for slot in self.day.slots),
            profile=profile,
            two_step=two_step.profile,
            same_service=same.profile,
            cuts=found.cuts,
            evaluations=found.evaluations,
            rows=tuple(group.row for group in self.day.groups),
            people=people_by_group(counts, len(self.day.groups)),
        )

    def _refined(self, seconds: float) -> MasterSolution:
        """Return the cheapest cover of the requirement refined by simulation."""
        desks = self.work.refined.desks[self.day.day][:, self.day.slots]
        if self.posed.usual.groups is not None:
            return skill_cover(self.posed.problem, self.posed.usual.groups, desks, seconds)
        requirement = tuple(int(people) for people in desks.sum(axis=0))
        return cheapest_cover(self.posed.problem, requirement, seconds)

    def _window_bound(self, profile: Profile) -> float:
        """Return the bound from the windows of the day, people pooled where there are groups."""
        played, problem = self.posed.played, self.posed.problem
        if len(self.day.groups) == 1:
            return day_bound(played, problem.menu, profile or problem.least)
        there = at_hand(self.work.trial.case, self.work.formula, self.day.groups, self.day.day)
        pooled = pooled_day(played, there)
        near = pooled_people(played, profile or problem.least)
        if profile and skill_harms(pooled, near):
            return 0.0
        return day_bound(pooled, shift_menu(self.work.trial.case, pooled), near)


def people_by_group(counts: tuple[int, ...], groups: int) -> tuple[int, ...]:
    """Return the people over the shifts of each group, of a menu with group after group."""
    size = len(counts) // groups
    return tuple(sum(counts[group * size : (group + 1) * size]) for group in range(groups))


def _told(promise: Promise) -> str:
    return f"{promise.channel} {promise.measure}"
