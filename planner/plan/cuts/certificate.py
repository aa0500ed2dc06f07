"""What may honestly be said of a plan: every target of a location on fresh weeks.

A cell is a promise of a location over its planned week, for all who come: late or left over all
arrivals.  Weeks are the unit of the intervals, and the claim is made for all cells and all rounds
together (Bonferroni): who may try twice has to be twice as sure.  Nobody looked at these weeks
before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from planner.model.requirement_promise import Promise
from planner.model.shift_master import Profile
from planner.plan.cuts.location import LocationCuts
from planner.plan.cuts.sampled_day import SampledDay
from planner.plan.cuts.stacked_weeks import Scores
from planner.plan.requirement_trial import LocationTrial, tolerances

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CutCell:
    """A promise of a location on fresh weeks.

    Attributes
    ----------
    value, upper : float
        Mean score (share late or left; minutes for a mean wait) and its one-sided upper bound at
        the joint confidence.
    two_step, same_service : float
        The same mean with the same customers under the two-step way's shifts: as it stands, and at
        the same service.
    same_service_upper : float
        The upper bound of the latter, as sure as ours.
    limit : float
        Largest mean score that keeps the promise.
    customers : float
        Customers behind the mean.
    weeks : int
        Fresh weeks.
    """

    location: str
    promise: Promise
    value: float
    upper: float
    two_step: float
    same_service: float
    same_service_upper: float
    limit: float
    customers: float
    weeks: int

    @property
    def shown(self) -> bool:
        """Tell whether the promise is shown to hold."""
        return self.upper <= self.limit

    @property
    def same_service_shown(self) -> bool:
        """Tell whether it is shown to hold under the two-step way's shifts at the same service."""
        return self.same_service_upper <= self.limit


@dataclass(frozen=True, slots=True)
class Surety:
    """How sure all cells are together.

    Attributes
    ----------
    confidence : float
        Joint confidence.
    rounds : int
        How often a location may try.
    draws : int
        Draws of absence by week: a week with all of its draws is one cluster.
    """

    confidence: float
    rounds: int = 1
    draws: int = 1

    def reach(self, cells: int, weeks: int) -> float:
        """Return the upper end of a one-sided interval over its mean [standard errors]."""
        chance = (1.0 - self.confidence) / max(1, cells * self.rounds)
        return float(stats.t.ppf(1.0 - chance, max(1, weeks - 1)))


@dataclass(frozen=True)
class FreshScores:
    """A location's plan and the two-step way's on fresh weeks, summed over the days."""

    cuts: LocationCuts
    ours: Scores
    two_step: Scores
    same_service: Scores


def play_fresh(item: tuple[LocationCuts, LocationTrial]) -> FreshScores:
    """Return what a location's schedules give on the weeks of the trial."""
    cuts, trial = item
    ours = _week_scores(cuts, trial, [day.profile for day in cuts.days])
    usual = _week_scores(cuts, trial, [day.two_step for day in cuts.days])
    same = _week_scores(cuts, trial, [day.same_service for day in cuts.days])
    return FreshScores(cuts, ours, usual, same)


def cells(played: Sequence[FreshScores], surety: Surety) -> tuple[CutCell, ...]:
    """Return every cell with people in it; bounds hold together."""
    count = sum(len(_with_people(fresh)) for fresh in played)
    return tuple(cell for fresh in played for cell in _cells(fresh, surety, count))


def lacks(fresh: FreshScores, surety: Surety, cells: int, weeks: int) -> Array:
    """Return by promise how far above its limit the upper bound would be on so many fresh weeks.

    Mean and spread are taken from the weeks played: what the next round has to be better by.
    """
    ours = fresh.ours.by_week(surety.draws)
    errors = ours.standard_errors() * np.sqrt(ours.score.shape[1] / weeks)
    upper = ours.means() + surety.reach(cells, weeks) * errors
    over: Array = np.maximum(upper - tolerances(fresh.cuts.promises).limits, 0.0)
    return over


def _with_people(fresh: FreshScores) -> list[int]:
    return np.flatnonzero(fresh.ours.customers.sum(axis=1) > 0).tolist()


def _cells(fresh: FreshScores, surety: Surety, count: int) -> list[CutCell]:
    limits = tolerances(fresh.cuts.promises).limits
    ours, same = (scores.by_week(surety.draws) for scores in (fresh.ours, fresh.same_service))
    weeks = ours.score.shape[1]
    reach = surety.reach(count, weeks)
    values, same_values, usual = ours.means(), same.means(), fresh.two_step.means()
    upper = values + reach * ours.standard_errors()
    same_upper = same_values + reach * same.standard_errors()
    customers = ours.customers.sum(axis=1) / surety.draws
    return [
        CutCell(
            location=fresh.cuts.plan.location,
            promise=fresh.cuts.promises[index],
            value=float(values[index]),
            upper=float(upper[index]),
            two_step=float(usual[index]),
            same_service=float(same_values[index]),
            same_service_upper=float(same_upper[index]),
            limit=float(limits[index]),
            customers=float(customers[index]),
            weeks=weeks,
        )
        for index in _with_people(fresh)
    ]


def _week_scores(cuts: LocationCuts, trial: LocationTrial, profiles: list[Profile]) -> Scores:
    zero: Array = np.zeros(len(cuts.promises))
    shape = (len(cuts.promises), len(trial.weeks))
    score, customers = np.zeros(shape), np.zeros(shape)
    for day, profile in zip(cuts.days, profiles, strict=True):
        played = SampledDay(trial, cuts.plan, day.day, zero).scores(profile)
        score += played.score
        customers += played.customers
    return Scores(score, customers)
