"""The requirement corrected by simulation: desks raised where customers wait, trimmed where not.

A formula judges each slot by itself.  Played through, a surplus in one slot clears the queue of
the next, and a slot that just holds its promise hands on a queue.  The refinement plays a
location's days with anonymous staff on a few sampled weeks (the same customers in every trial) and

1. raises desks in the slots in which late customers of a day waited until the day holds,
2. trims desks, first where nobody late waited, for as long as the day still holds (or, where no
   desks make it hold, stays about as good as with all of them).

A promise holds on a day when its mean score over the sampled weeks plus a margin keeps the limit.
The margin is fixed before the search, because the least of many noisy plans is a lucky one: from
the first trial with weeks as clusters, and not below what customers who just keep the limit would
show.  Days are independent (an office opens empty), so one trial tests one change of every day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.requirement import DeskPlan

Array = NDArray[np.float64]
Desks = NDArray[np.int64]


@dataclass(frozen=True)
class TrialResult:
    """What a desk plan gave on the sampled weeks.

    Attributes
    ----------
    score : float64 array (promises, replications, days)
        Sum of the customers' scores: 1 for a late or lost customer, minutes for a mean wait.
    customers : float64 array (promises, replications, days)
        Customers to whom the promise is made.
    blame : float64 array (days, skills, slots)
        Late customers waiting, by slot.
    """

    score: Array
    customers: Array
    blame: Array

    def means(self) -> Array:
        """Return the mean score by promise and day; 0 without customers."""
        return _ratio(self.score.sum(axis=1), self.customers.sum(axis=1))

    def standard_errors(self) -> Array:
        """Return the standard errors of the means, weeks as clusters; shape (promises, days)."""
        replications = self.score.shape[1]
        total = self.customers.sum(axis=1)
        if replications < 2:
            return np.zeros_like(total)
        # Ratio estimator with clusters; Cochran 1977, Sampling Techniques, §6.4.
        residual = self.score - self.means()[:, None, :] * self.customers
        spread = np.sqrt(replications / (replications - 1) * (residual**2).sum(axis=1))
        return _ratio(spread, total)


Trial = Callable[[DeskPlan], TrialResult]


def _ratio(total: Array, count: Array) -> Array:
    """Return ``total / count``, 0 where nothing was counted."""
    ratio: Array = np.divide(total, count, out=np.zeros_like(count), where=count > 0)
    return ratio


@dataclass(frozen=True)
class Tolerances:
    """The promises as limits of mean scores.

    Attributes
    ----------
    limits : float64 array (promises,)
        Largest mean score that keeps each promise.
    variances : float64 array (promises,)
        Variance of one customer's score where the promise is just kept.
    """

    limits: Array
    variances: Array


@dataclass(frozen=True, slots=True)
class RefinementSettings:
    """How far the refinement goes.

    Attributes
    ----------
    raise_rounds, trim_rounds : int
        Trials of each phase at the most.
    margin_quantile : float
        Margin in standard errors of a day (one-sided 95 %: 1.645).
    margin_share : float
        Margin at the most, as a share of the tolerance.
    design_effect : float
        Variance of a day's share against that of independent customers: late customers come
        together.
    """

    raise_rounds: int = 20
    trim_rounds: int = 120
    margin_quantile: float = 1.645
    margin_share: float = 0.5
    design_effect: float = 3.0


DEFAULT_SETTINGS = RefinementSettings()


@dataclass(frozen=True)
class Refined:
    """A refined plan: ``holds`` tells for each day whether every promise holds; bool (days,)."""

    plan: DeskPlan
    holds: NDArray[np.bool_]
    trials: int


def refine(
    plan: DeskPlan,
    tolerances: Tolerances,
    trial: Trial,
    settings: RefinementSettings = DEFAULT_SETTINGS,
) -> Refined:
    """Return the plan corrected by simulation.

    Parameters
    ----------
    plan : DeskPlan
        The formula's desks.
    tolerances : Tolerances
        What each promise tolerates.
    trial : callable
        Plays a plan on the sampled weeks; the same customers in every call.
    """
    if not len(tolerances.limits):
        return Refined(plan, np.ones(len(plan.desks), dtype=np.bool_), 0)
    search = _Search(plan, tolerances, trial, settings)
    search.raise_desks()
    search.trim_desks()
    return Refined(search.plan, search.holds(search.result), search.trials)


#: How much worse a day that cannot hold may get by trimming, as a share of the limit.
HOPELESS_SLACK = 0.02


class _Search:
    """The state of one location's refinement."""

    def __init__(
        self, plan: DeskPlan, tolerances: Tolerances, trial: Trial, settings: RefinementSettings
    ) -> None:
        self._trial, self._settings = trial, settings
        self.plan, self.result, self.trials = plan, trial(plan), 1
        self._limits = tolerances.limits[:, None] - self._margins(tolerances)

    def _margins(self, tolerances: Tolerances) -> Array:
        """Margins by promise (promises, 1), pooled over the days, capped by the tolerance."""
        customers = self.result.customers.sum(axis=1)
        least = self._settings.design_effect * _ratio(
            np.broadcast_to(tolerances.variances[:, None], customers.shape), customers
        )
        squared = np.maximum(self.result.standard_errors() ** 2, least)
        pooled = np.sqrt(squared.sum(axis=1) / np.maximum(1, (customers > 0).sum(axis=1)))
        wanted = self._settings.margin_quantile * pooled
        margins: Array = np.minimum(wanted, self._settings.margin_share * tolerances.limits)
        return margins[:, None]

    def holds(self, result: TrialResult) -> NDArray[np.bool_]:
        """Tell for each day whether every promise holds with its margin."""
        held: NDArray[np.bool_] = np.all(result.means() <= self._limits + 1e-12, axis=0)
        return held

    def raise_desks(self) -> None:
        """Raise desks of the days that miss until they hold or there is no desk to raise."""
        for _ in range(self._settings.raise_rounds):
            desks = self.plan.desks.copy()
            for day in np.flatnonzero(~self.holds(self.result)):
                room = desks[day].sum(axis=0) < self.plan.most
                raise_day(desks[day], self.result.blame[day] * room, self.plan.most)
            if np.array_equal(desks, self.plan.desks):
                return
            self.plan = self.plan.with_desks(desks)
            self.result = self._play(self.plan)

    def trim_desks(self) -> None:
        """Trim desks, several at once, then one by one, while no day gets worse than it may.

        A day that holds must go on holding; a day that no desks can make hold must stay about as
        good as with all of them.
        """
        reached = self.result.means() + HOPELESS_SLACK * self._limits
        limits = np.where(self.result.means() <= self._limits + 1e-12, self._limits, reached)
        days = [_TrimDay(day, self.plan) for day in range(len(self.plan.desks))]
        rounds = 0
        while rounds < self._settings.trim_rounds:
            rounds += 1
            desks = self.plan.desks.copy()
            tried = [day for day in days if day.trim(desks, self.plan, self.result.blame)]
            if not tried:
                break
            result = self._play(self.plan.with_desks(desks))
            kept = np.all(result.means() <= limits + 1e-12, axis=0)
            for day in tried:
                if not day.judge(bool(kept[day.day])):
                    desks[day.day] = self.plan.desks[day.day]
            self.plan = self.plan.with_desks(desks)
            self.result = _merge(self.result, result, kept)

    def _play(self, plan: DeskPlan) -> TrialResult:
        self.trials += 1
        return self._trial(plan)


def _merge(old: TrialResult, new: TrialResult, accepted: NDArray[np.bool_]) -> TrialResult:
    """Return the new result on accepted days and the old one on the others."""
    return TrialResult(
        np.where(accepted, new.score, old.score),
        np.where(accepted, new.customers, old.customers),
        np.where(accepted[:, None, None], new.blame, old.blame),
    )


def raise_day(desks: Desks, blame: Array, most: int) -> None:
    """Raise, in place, the slots with at least half of the worst slot's blame.

    Parameters
    ----------
    desks : int64 array (skills, slots)
        A day's desks.
    blame : float64 array (skills, slots)
        Late customers waiting; 0 where a desk cannot be raised or would not help.
    most : int
        Desks of the location.
    """
    worst = blame.max(initial=0.0)
    if worst <= 0:
        return
    for skill, slot in np.argwhere(blame >= worst / 2):
        if desks[:, slot].sum() < most:
            desks[skill, slot] += 1


class _TrimDay:
    """The trimming of one day: how many slots at once, and those that must stay."""

    def __init__(self, day: int, plan: DeskPlan) -> None:
        self.day = day
        self._kept = plan.least[day].copy()
        self._batch = max(1, int((plan.desks[day] > self._kept).sum()) // 3)
        self._tried: NDArray[np.int64] = np.zeros((0, 2), dtype=np.int64)

    def trim(self, desks: Desks, plan: DeskPlan, blame: Array) -> bool:
        """Take one desk, in place, from each of the next slots; tell whether there were any."""
        free = np.argwhere(desks[self.day] > self._kept)
        if not len(free):
            return False
        surplus = desks[self.day] - plan.loads[self.day]
        order = np.lexsort(
            (free[:, 1], -surplus[tuple(free.T)], np.round(blame[self.day][tuple(free.T)], 9))
        )
        self._tried = free[order[: self._batch]]
        desks[self.day][tuple(self._tried.T)] -= 1
        return True

    def judge(self, held: bool) -> bool:
        """Note whether the day still held without those desks; return ``held``."""
        if held:
            self._batch = 2 * len(self._tried)
            return True
        if len(self._tried) > 1:
            self._batch = len(self._tried) // 2
        else:
            skill, slot = self._tried[0]
            self._kept[skill, slot] = np.iinfo(np.int64).max
        return False
