"""What may honestly be said of a plan: every target of a location on fresh weeks.

A cell is a promise of a location over its planned week, for all who come: late or left over all
arrivals.  Weeks are the unit of the intervals, and the claim is made for all cells together
(Bonferroni).  Nobody looked at these weeks before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from planner.model.requirement_promise import Promise
from planner.model.shift_master import Profile
from planner.plan.cuts.location import LocationCuts
from planner.plan.cuts.sampled_day import SampledDay
from planner.plan.cuts.stacked_weeks import Scores
from planner.plan.requirement_trial import LocationTrial, tolerances


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
    limit : float
        Largest mean score that keeps the promise.
    customers : float
        Customers behind the mean.
    """

    location: str
    promise: Promise
    value: float
    upper: float
    two_step: float
    same_service: float
    limit: float
    customers: float

    @property
    def shown(self) -> bool:
        """Tell whether the promise is shown to hold."""
        return self.upper <= self.limit


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


def cells(played: Sequence[FreshScores], confidence: float, draws: int = 1) -> tuple[CutCell, ...]:
    """Return every cell with people in it; bounds hold together with ``confidence``.

    Parameters
    ----------
    draws : int
        Draws of absence by week: a week with all of its draws is one cluster.
    """
    played = [replace(fresh, ours=fresh.ours.by_week(draws)) for fresh in played]
    count = sum(int((fresh.ours.customers.sum(axis=1) > 0).sum()) for fresh in played)
    return tuple(
        cell for fresh in played for cell in _cells(fresh, confidence, max(1, count), draws)
    )


def _cells(fresh: FreshScores, confidence: float, count: int, draws: int) -> list[CutCell]:
    limits = tolerances(fresh.cuts.promises).limits
    weeks = fresh.ours.score.shape[1]
    reach = float(stats.t.ppf(1.0 - (1.0 - confidence) / count, max(1, weeks - 1)))
    values, errors = fresh.ours.means(), fresh.ours.standard_errors()
    usual, same = fresh.two_step.means(), fresh.same_service.means()
    customers = fresh.ours.customers.sum(axis=1) / draws
    return [
        CutCell(
            location=fresh.cuts.plan.location,
            promise=promise,
            value=float(values[index]),
            upper=float(values[index] + reach * errors[index]),
            two_step=float(usual[index]),
            same_service=float(same[index]),
            limit=float(limits[index]),
            customers=float(customers[index]),
        )
        for index, promise in enumerate(fresh.cuts.promises)
        if customers[index] > 0
    ]


def _week_scores(cuts: LocationCuts, trial: LocationTrial, profiles: list[Profile]) -> Scores:
    zero: NDArray[np.float64] = np.zeros(len(cuts.promises))
    shape = (len(cuts.promises), len(trial.weeks))
    score, customers = np.zeros(shape), np.zeros(shape)
    for day, profile in zip(cuts.days, profiles, strict=True):
        played = SampledDay(trial, cuts.plan, day.day, zero).scores(profile)
        score += played.score
        customers += played.customers
    return Scores(score, customers)
