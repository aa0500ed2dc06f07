"""Simulation cuts for one location: every day of the horizon by itself, on its sampled weeks.

Offices open empty, so nothing couples the days of a location and each has a master of its own; the
people of the model hold every skill of the location, or come in groups by the skills that they hold
(`skill_groups`), work the case's shifts with their breaks away from the counter, and
fall out at short notice as the case says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.model.requirement import DeskPlan
from planner.model.requirement_promise import Promise
from planner.plan.cuts.day import CutDay, CutSettings, cut_day, pilot
from planner.plan.cuts.posed_day import LocationWork
from planner.plan.cuts.sampled_day import PERSON, SampledDay
from planner.plan.cuts.skill_groups import skill_groups
from planner.plan.cuts.stacked_weeks import Scores
from planner.plan.requirement_trial import LocationTrial, desk_absences, sampled_week, tolerances
from planner.sim.customer_table import Customers

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LocationCuts:
    """All days of one location."""

    plan: DeskPlan
    promises: tuple[Promise, ...]
    margins: tuple[float, ...]
    days: tuple[CutDay, ...]


#: Largest margin as a share of the limit, with what an earlier round was short of.
MOST_MARGIN = 0.9
#: Draws of absence of one week are so many replications apart: more than there are weeks.
APART = 100_000


def pooled_trial(
    trial: LocationTrial,
    plan: DeskPlan,
    customers: tuple[Customers, ...],
    seed: int,
    draws: int = 1,
) -> LocationTrial:
    """Return the trial with people who hold every skill, or in groups, absent as the case says.

    Parameters
    ----------
    draws : int
        Draws of absence by week of customers; they follow each other in the trial's weeks.
    """
    groups = len(skill_groups(trial.case, plan))
    people = replace(plan, skills=(PERSON,), most=groups * plan.most)
    sampled = [sampled_week(trial.case, week, trial.location) for week in customers]
    weeks = tuple(
        replace(week, absent=desk_absences(trial.case, people, seed, number + APART * draw))
        for number, week in enumerate(sampled)
        for draw in range(draws)
    )
    return replace(trial, weeks=weeks)


def cut_location(settings: CutSettings, work: LocationWork) -> LocationCuts:
    """Return the least staff found for every staffed day of a location; with limits, for theirs."""
    trial = work.trial
    zero = np.zeros(len(trial.promises))
    days = [SampledDay(trial, work.formula, day, zero) for day in range(trial.case.horizon.days)]
    open_days = [day for day in days if len(day.slots) and work.formula.loads[day.day].any()]
    margins = _margins(settings, work, open_days)
    found = tuple(
        cut_day(settings, work, SampledDay(trial, work.formula, day.day, margins))
        for day in open_days
        if not work.limits or day.day in work.limits
    )
    return LocationCuts(work.formula, trial.promises, tuple(margins.tolist()), found)


def _margins(settings: CutSettings, work: LocationWork, days: list[SampledDay]) -> Array:
    """Return the safety margins by promise from the pilot: the two-step way that just holds.

    The claim is made for the whole week of a location, so the margin is that of the week's mean:
    weeks, all draws of absence together, are clusters.  Not below what customers who just keep the
    limit would show, not above a share of the limit.  Every day has to hold its targets with it, so
    the week does.  What an earlier round was short of on fresh weeks comes on top.
    """
    held = tolerances(work.trial.promises)
    if not days:
        return np.zeros(len(held.limits))
    played = [day.scores(pilot(settings, work, day)) for day in days]
    whole = Scores(
        np.sum([scores.score for scores in played], axis=0),
        np.sum([scores.customers for scores in played], axis=0),
    ).by_week(settings.absences)
    customers = whole.customers.sum(axis=1) / settings.absences
    floor = settings.design_effect * held.variances / np.maximum(customers, 1.0)
    errors = np.sqrt(np.maximum(whole.standard_errors() ** 2, floor))
    margins: Array = np.minimum(
        settings.margin_quantile * errors, settings.margin_share * held.limits
    )
    if work.lacks:
        margins = np.minimum(margins + np.array(work.lacks), MOST_MARGIN * held.limits)
    return margins
