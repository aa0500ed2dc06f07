"""One day of a location as a question to the master: shifts, people, groups, and who plays them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.domain.requirement import Workload
from planner.model.requirement import DeskPlan
from planner.model.shift_master import Profile
from planner.plan.cuts.group_rows import GroupRows, group_menu
from planner.plan.cuts.sampled_day import SampledDay, shift_menu
from planner.plan.cuts.simulation_cuts import DayProblem
from planner.plan.cuts.skill_groups import at_hand
from planner.plan.cuts.two_step import UsualWay
from planner.plan.requirement_trial import LocationTrial


@dataclass(frozen=True)
class LocationWork:
    """What is known of one location.

    Attributes
    ----------
    formula, refined : DeskPlan
        Desks by formula, and refined by simulation.
    trial : LocationTrial
        The sampled weeks, met by people who hold every skill or come in groups.
    workloads : tuple of Workload
        The location's.
    limits : mapping of int to tuple of int
        By day of the horizon, the most people by staffed slot and group that a roster could fill;
        other days are not cut then.
    lacks : tuple of float
        By promise, what an earlier round was short of on fresh weeks: more margin; empty: nothing.
    """

    formula: DeskPlan
    refined: DeskPlan
    trial: LocationTrial
    workloads: tuple[Workload, ...]
    limits: Mapping[int, Profile] = field(default_factory=dict)
    lacks: tuple[float, ...] = ()


@dataclass(frozen=True)
class PosedDay:
    """A day's question.

    Attributes
    ----------
    problem : DayProblem
        What the master is told.
    played : SampledDay
        The day as it is played: targets that no people can hold ask for as much as all reach.
    hopeless : tuple of int
        These targets.
    usual : UsualWay
        The two-step way.
    """

    problem: DayProblem
    played: SampledDay
    hopeless: tuple[int, ...]
    usual: UsualWay


def pose(work: LocationWork, day: SampledDay, seconds: float) -> PosedDay:
    """Return the question of a day; every solution of a master ends after ``seconds`` [s]."""
    most = _most(work, day)
    hopeless = tuple(target for target in range(day.targets) if day.missed(most, target))
    played = day.as_good_as(most, hopeless) if hopeless else day
    problem, groups = _problem(work, played, most)
    slots = tuple(int(slot) for slot in day.slots)
    usual = UsualWay(work.trial.case, work.workloads, day.day, slots, problem, seconds, groups)
    return PosedDay(problem, played, hopeless, usual)


def _problem(
    work: LocationWork, day: SampledDay, most: Profile
) -> tuple[DayProblem, GroupRows | None]:
    """Return what the master is told, with the rows of several groups."""
    menu = shift_menu(work.trial.case, day)
    if len(day.groups) == 1:
        least = tuple(min(people, limit) for people, limit in zip(day.least(), most, strict=True))
        return DayProblem(menu, most, least, day, day), None
    menu, nobody = group_menu(menu, day.groups), (0,) * day.periods
    groups = GroupRows(day, menu, most)
    return DayProblem(menu, most, nobody, day, day, groups.shared()), groups


def _most(work: LocationWork, day: SampledDay) -> Profile:
    """Return the most people by period: desks, people at hand, what a roster could fill."""
    plan = work.formula
    there = at_hand(work.trial.case, plan, day.groups, day.day)
    most = tuple(min(plan.most, people) for people in there) * len(day.slots)
    limits = work.limits.get(day.day, most)
    return tuple(min(people, limit) for people, limit in zip(most, limits, strict=True))
