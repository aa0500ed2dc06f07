"""One weekday of many sampled weeks as consecutive days of a single run of the engine.

Weeks do not matter to each other, so a day of n weeks can be played as n days in a row: one call
instead of n, and arrays instead of loops.  Search needs thousands of such calls.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.model.requirement_promise import Promise
from planner.plan.requirement_trial import Visits, Week
from planner.sim.capacity import house_of
from planner.sim.doors import open_doors
from planner.sim.engine import Clerks, House, Queue, get_engine
from planner.sim.staffing import LocationStaffing, clerks_of
from planner.units import MS_PER_DAY

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """Sum of scores and customers by promise and week; float64 arrays (promises, weeks)."""

    score: Array
    customers: Array

    def means(self) -> Array:
        """Return the mean score by promise over all weeks; 0 without customers."""
        total = self.customers.sum(axis=1)
        means: Array = np.divide(
            self.score.sum(axis=1), total, out=np.zeros_like(total), where=total > 0
        )
        return means

    def by_week(self, draws: int) -> Scores:
        """Return the scores with ``draws`` neighbouring weeks, the same customers, as one."""
        shape = (len(self.score), -1, draws)
        return Scores(*(part.reshape(shape).sum(axis=2) for part in (self.score, self.customers)))

    def standard_errors(self) -> Array:
        """Return the standard errors of the means, weeks as clusters; 0 with fewer than two.

        Ratio estimator with clusters: Cochran 1977, Sampling Techniques, §6.4.
        """
        weeks, total = self.score.shape[1], self.customers.sum(axis=1)
        if weeks < 2:
            return np.zeros_like(total)
        residual = self.score - self.means()[:, None] * self.customers
        spread = np.sqrt(weeks / (weeks - 1) * (residual**2).sum(axis=1))
        errors: Array = np.divide(spread, total, out=np.zeros_like(total), where=total > 0)
        return errors


class StackedWeeks:
    """The customers of one day of the horizon in every sampled week, stacked.

    Parameters
    ----------
    location, day : int
        Code of the location, day of the horizon.
    weeks : tuple of Week
        The location's sampled weeks.
    """

    def __init__(
        self, case: PlanningCase, location: int, day: int, weeks: tuple[Week, ...], engine: str
    ) -> None:
        self._engine, self.weeks = get_engine(engine), len(weeks)
        self.offsets = np.arange(self.weeks, dtype=np.int64) * MS_PER_DAY
        self.customers = _stacked(weeks, day)
        nobody = clerks_of([], open_doors(case, case.locations[location]), case.discipline)
        empty = LocationStaffing((), *nobody, case.locations[location].desks, 0.0, 0.0)
        self._house = self._every_week(house_of(case, location, empty), day)

    def arriving(self, start_ms: int, end_ms: int) -> StackedWeeks:
        """Return the same with nobody but those who arrive in ``[start_ms, end_ms)`` of a day."""
        week, time = self.customers, self.customers.queue.arrival % MS_PER_DAY
        rows = (start_ms <= time) & (time < end_ms)
        queue = Queue(**{name: getattr(week.queue, name)[rows] for name in Queue._fields})
        alone = copy(self)
        alone.customers = Week(queue, week.due[rows], week.channel[rows])
        return alone

    @property
    def doors(self) -> NDArray[np.int64]:
        """Opening and closing of the first stacked week [ms]; int64 (intervals, 2)."""
        first = self._house.opening < MS_PER_DAY
        return np.stack((self._house.opening[first], self._house.closing[first]), axis=1)

    def play(self, clerks: Clerks, promises: tuple[Promise, ...]) -> Scores:
        """Return what these clerks give in every week."""
        house = self._house._replace(remaining=_remaining(self._house.closing, clerks))
        outcomes = self._engine.run(self.customers.queue, clerks, house)
        visits = Visits(self.customers, outcomes, self.weeks)
        pairs = [visits.scores(promise) for promise in promises]
        empty = np.zeros((0, self.weeks))
        return Scores(
            np.array([score for score, _ in pairs]) if pairs else empty,
            np.array([count for _, count in pairs]) if pairs else empty,
        )

    def _every_week(self, one_day: House, day: int) -> House:
        """Repeat the day's doors in every week."""
        here = one_day.opening // MS_PER_DAY == day
        opening, closing = (
            (self.offsets[:, None] + edge[here][None, :] - day * MS_PER_DAY).ravel()
            for edge in (one_day.opening, one_day.closing)
        )
        return one_day._replace(opening=opening, closing=closing)


def _remaining(closing: NDArray[np.int64], clerks: Clerks) -> NDArray[np.int64]:
    """Return the skills of those who stay, by closing of the doors."""
    remaining = np.zeros(len(closing), dtype=np.int64)
    ends = clerks.end[clerks.stays]
    np.bitwise_or.at(remaining, np.searchsorted(closing, ends), clerks.mask[clerks.stays])
    return remaining


def _stacked(weeks: tuple[Week, ...], day: int) -> Week:
    """Return the customers of one day of every week, week w on day w."""
    queues, dues, channels = [], [], []
    for number, week in enumerate(weeks):
        rows = week.queue.arrival // MS_PER_DAY == day
        offset = (number - day) * MS_PER_DAY
        queue = Queue(*(column[rows] for column in week.queue))
        queues.append(queue._replace(arrival=queue.arrival + offset, rank=queue.rank + offset))
        dues.append(week.due[rows] + offset)
        channels.append(week.channel[rows])
    columns = (np.concatenate(parts) for parts in zip(*queues, strict=True))
    return Week(Queue(*columns), np.concatenate(dues), np.concatenate(channels))
