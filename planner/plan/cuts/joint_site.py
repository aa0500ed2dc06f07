"""Sites of one day cut as one, and the schedule of each of them afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.plan.cuts.day import CutDay, CutSettings, people_by_group
from planner.plan.cuts.joint_day import SharedPeople, joint_problem, starts
from planner.plan.cuts.posed_day import LocationWork, PosedDay, pose
from planner.plan.cuts.sampled_day import SampledDay
from planner.plan.cuts.simulation_cuts import DayProblem, DayResult, least_staff
from planner.plan.cuts.sparing_skills import may_work, people_present, sparing
from planner.plan.cuts.two_step import holding
from planner.units import MINUTES_PER_HOUR

Stop = Callable[[], bool]
#: A group of people at a location: its name, and the number of the group.
Member = tuple[str, int]


@dataclass(frozen=True)
class JointSite:
    """A site's day as it was cut alone: its sampled weeks, the margins by promise, the schedule."""

    work: LocationWork
    margins: tuple[float, ...]
    day: CutDay

    def posed(self, seconds: float) -> PosedDay:
        """Return the day's question once more."""
        margins = np.array(self.margins)
        sampled = SampledDay(self.work.trial, self.work.formula, self.day.day, margins)
        return pose(self.work, sampled, seconds)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many people over all shifts of some groups."""

    members: tuple[Member, ...]
    most: int

    @property
    def locations(self) -> frozenset[str]:
        """The sites of the groups."""
        return frozenset(name for name, _ in self.members)


def joint_days(
    settings: CutSettings, sites: Sequence[JointSite], limits: Sequence[Limit], stop: Stop
) -> tuple[CutDay, ...] | None:
    """Return the sites' days with schedules that keep to the limits; None where none was found.

    Bounds and the two-step way stay those of each site alone: sharing makes nothing cheaper.
    """
    posed = [site.posed(settings.seconds) for site in sites]
    problems = [question.problem for question in posed]
    shared = [_shared(sites, problems, limit) for limit in limits]
    joint = joint_problem(problems, shared)
    groups = sum(len(site.day.rows) for site in sites)
    found = least_staff(
        joint,
        settings.seconds,
        tuple(people for site in sites for people in site.day.profile),
        stop=stop,
        budget=settings.budget.times(groups),
    )
    if found.counts is None:
        return None
    counts = _spared(posed, joint, found.counts)
    parts = [own.menu for own in problems]
    firsts = starts([len(menu) for menu in parts])
    return tuple(
        _told(site, question.problem, counts[first:last], found)
        for site, question, first, last in zip(sites, posed, firsts[:-1], firsts[1:], strict=True)
    )


def _shared(
    sites: Sequence[JointSite], problems: Sequence[DayProblem], limit: Limit
) -> SharedPeople:
    """Return a limit of groups as one of their shifts: those of a menu are group after group."""
    shifts = []
    for number, (site, problem) in enumerate(zip(sites, problems, strict=True)):
        size = len(problem.menu) // len(site.day.rows)
        own = [group for name, group in limit.members if name == site.day.location]
        shifts += [(number, group * size + shift) for group in own for shift in range(size)]
    return SharedPeople(tuple(shifts), limit.most)


def _spared(
    posed: Sequence[PosedDay], joint: DayProblem, counts: tuple[int, ...]
) -> tuple[int, ...]:
    """Hand shifts of each site to people with fewer skills, where that keeps to what is shared."""
    firsts = starts([len(question.problem.menu) for question in posed])
    for question, first, last in zip(posed, firsts[:-1], firsts[1:], strict=True):
        groups = question.played.groups
        if len(groups) == 1:
            continue
        own, _ = sparing(question.problem, groups, counts[first:last], holding(question.problem))
        handed = (*counts[:first], *own, *counts[last:])
        counts = handed if may_work(joint, handed) else counts
    return counts


def _told(
    site: JointSite, problem: DayProblem, counts: tuple[int, ...], found: DayResult
) -> CutDay:
    """Return the site's day with its part of a joint schedule."""
    pairs = list(zip(problem.menu, counts, strict=True))
    other = replace(
        site.day,
        hours=sum(shift.cost * people for shift, people in pairs) / MINUTES_PER_HOUR,
        schedule=tuple((shift.name, people) for shift, people in pairs if people),
        profile=people_present(problem, counts),
        people=people_by_group(counts, len(site.day.rows)),
        cuts=found.cuts,
        evaluations=found.evaluations,
    )
    return site.day.with_shifts_of(other)
