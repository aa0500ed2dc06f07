"""One weekday of many sampled weeks as consecutive days of a single run of the engine.

Weeks do not matter to each other, so a day of n weeks can be played as n days in a row: one call
instead of n, and arrays instead of loops.  Search needs thousands of such calls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.model.requirement_promise import Promise
from planner.plan.requirement_trial import Visits, Week
from planner.sim.capacity import house_of
from planner.sim.engine import Clerks, House, Queue, get_engine
from planner.sim.staffing import LocationStaffing
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
        The location's sampled weeks; ``absent`` names people as the staffing does.
    """

    def __init__(
        self, case: PlanningCase, location: int, day: int, weeks: tuple[Week, ...], engine: str
    ) -> None:
        self._case, self._location, self._day = case, location, day
        self._engine, self.weeks = get_engine(engine), len(weeks)
        self._week = _stacked(weeks, day)
        self._absent = tuple(
            frozenset(name for name, away in week.absent if away == day) for week in weeks
        )

    def play(self, staffing: LocationStaffing, promises: tuple[Promise, ...]) -> Scores:
        """Return what people who work one day alike in every week give, less those absent."""
        one_day = house_of(self._case, self._location, staffing)
        clerks = self._clerks(staffing)
        outcomes = self._engine.run(self._week.queue, clerks, self._house(one_day, clerks))
        visits = Visits(self._week, outcomes, self.weeks)
        pairs = [visits.scores(promise) for promise in promises]
        empty = np.zeros((0, self.weeks))
        return Scores(
            np.array([score for score, _ in pairs]) if pairs else empty,
            np.array([count for _, count in pairs]) if pairs else empty,
        )

    def _offsets(self) -> NDArray[np.int64]:
        return (np.arange(self.weeks, dtype=np.int64) - self._day) * MS_PER_DAY

    def _clerks(self, staffing: LocationStaffing) -> Clerks:
        """Repeat everybody's pieces of the day in every week in which they are there."""
        clerks, offsets = staffing.clerks, self._offsets()
        sources, shifts, first = [], [], [0]
        for number, name in enumerate(staffing.names):
            pieces = np.arange(clerks.first[number], clerks.first[number + 1])
            there = offsets[[name not in absent for absent in self._absent]]
            sources.append(np.tile(pieces, len(there)))
            shifts.append(np.repeat(there, len(pieces)))
            first.append(first[-1] + len(sources[-1]))
        rows = np.concatenate(sources) if sources else np.zeros(0, dtype=np.int64)
        moved = np.concatenate(shifts) if shifts else np.zeros(0, dtype=np.int64)
        return Clerks(
            first=np.array(first, dtype=np.int32),
            start=clerks.start[rows] + moved,
            end=clerks.end[rows] + moved,
            mask=clerks.mask[rows],
            pause=clerks.pause[rows],
            stays=clerks.stays[rows],
            speed=clerks.speed,
        )

    def _house(self, one_day: House, clerks: Clerks) -> House:
        """Repeat the day's doors in every week; who remains at closing depends on absence."""
        here = one_day.opening // MS_PER_DAY == self._day
        opening, closing = (
            (self._offsets()[:, None] + edge[here][None, :]).ravel()
            for edge in (one_day.opening, one_day.closing)
        )
        remaining = np.zeros(len(closing), dtype=np.int64)
        staying = np.flatnonzero(clerks.stays)
        at = np.searchsorted(closing, clerks.end[staying])
        found = (at < len(closing)) & (
            closing[np.minimum(at, len(closing) - 1)] == clerks.end[staying]
        )
        np.bitwise_or.at(remaining, at[found], clerks.mask[staying][found])
        return one_day._replace(opening=opening, closing=closing, remaining=remaining)


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
