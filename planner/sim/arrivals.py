"""Arrival rates: how many requests of a service are expected when.

The rate of a service's requests through a profile is

    rate(t) [1/h] = requests per year / 8766 x month x weekday x time of day x busyness,

with the month weights of mean 1 over the year, the weekday weights scaled to mean 1 over the seven
days, the time-of-day weights scaled to mean 1 over the 24 hours of their weekday, and a gamma
busyness factor of mean 1 a service and day.  For flat profiles this is the yearly volume over
8766 hours.  On public holidays on which no location of the field of work opens, it is 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from planner.domain.case import PlanningCase
from planner.domain.demand import Demand, Profile
from planner.domain.place import Interval
from planner.sim.streams import mark_streams, marked_uniform, marks
from planner.units import DAYS_PER_WEEK, MS_PER_MINUTE

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class DayRate:
    """Piecewise constant arrival rate of one day.

    Attributes
    ----------
    pieces : tuple of (start_minute, end_minute, expected)
        In order and disjoint; ``expected`` is the expected number of arrivals in the piece.
    """

    pieces: tuple[tuple[float, float, float], ...]

    @cached_property
    def expected(self) -> float:
        """Expected arrivals of the day."""
        return float(sum(piece[2] for piece in self.pieces))

    def scaled(self, factor: float) -> DayRate:
        """Return the rate times ``factor``."""
        return DayRate(tuple((start, end, mean * factor) for start, end, mean in self.pieces))

    def within(self, intervals: Sequence[Interval]) -> DayRate:
        """Return the rate inside ``intervals`` (in order, disjoint) and 0 outside."""
        cut = []
        for start, end, mean in self.pieces:
            for interval in intervals:
                low, high = max(start, interval.start_minute), min(end, interval.end_minute)
                if low < high:
                    cut.append((low, high, mean * (high - low) / (end - start)))
        return DayRate(tuple(cut))

    def times(self, levels: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the instants at which the cumulative rate reaches ``levels``.

        Parameters
        ----------
        levels : float64 array
            In ``[0, expected)``.

        Returns
        -------
        int64 array
            Milliseconds after midnight, rounded down.
        """
        starts, _ends, _means = np.array(self.pieces, dtype=np.float64).T
        piece = np.searchsorted(self._levels, levels, side="right") - 1
        minutes = starts[piece] + (levels - self._levels[piece]) * self._minutes_per_arrival[piece]
        return np.asarray(np.floor(minutes * MS_PER_MINUTE), dtype=np.int64)

    @cached_property
    def _levels(self) -> NDArray[np.float64]:
        """Cumulative rate at the start of each piece."""
        means = np.array([piece[2] for piece in self.pieces])
        return np.concatenate(([0.0], np.cumsum(means)[:-1]))

    @cached_property
    def _minutes_per_arrival(self) -> NDArray[np.float64]:
        starts, ends, means = np.array(self.pieces, dtype=np.float64).T
        return np.asarray((ends - starts) / means, dtype=np.float64)


def profile_rate(profile: Profile, day: date, per_year: float) -> DayRate:
    """Return the rate of ``per_year`` requests a year through ``profile`` on ``day``.

    Busyness and holidays are not in it (``busyness``, ``is_quiet``).  A weekday without time-of-day
    pieces or without weight has no requests.
    """
    weekday = day.weekday()
    weights = [piece for piece in profile.time_of_day[weekday] if piece[2] > 0]
    weekly = sum(profile.weekday)
    if not weights or profile.weekday[weekday] <= 0 or per_year <= 0:
        return DayRate(())
    share = profile.weekday[weekday] * DAYS_PER_WEEK / weekly
    expected = per_year / DAYS_PER_YEAR * profile.month[day.month - 1] * share
    area = sum((end - start) * weight for start, end, weight in weights)
    return DayRate(
        tuple((s, e, expected * (e - s) * weight / area) for s, e, weight in sorted(weights))
    )


def busyness(
    demand: Sequence[Demand], seed: int, replication: int, days: Sequence[date]
) -> NDArray[np.float64]:
    """Return the gamma factors, mean 1 and CV ``busyness_cv``, of the requests of days.

    Returns
    -------
    float64 array (demand, days)
    """
    streams = mark_streams(seed, replication, "busyness", [(one.service,) for one in demand])
    which, number = np.divmod(np.arange(len(demand) * len(days)), max(len(days), 1))
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    drawn = marked_uniform(marks(streams, which, ordinals[number]), "busyness")
    cv = np.array([one.busyness_cv for one in demand], dtype=np.float64)[which]
    factor = np.ones(len(which))
    shape = cv[cv > 0] ** -2
    factor[cv > 0] = gammaincinv(shape, drawn[cv > 0]) / shape
    return factor.reshape(len(demand), len(days))


def is_quiet(case: PlanningCase, area: str, day: date) -> bool:
    """Tell whether ``day`` is a public holiday on which no location of ``area`` opens."""
    if not case.horizon.is_holiday(day):
        return False
    places = [place for place in case.locations if place.area == area]
    return not any(place.opening.on(day, case.horizon) for place in places)
