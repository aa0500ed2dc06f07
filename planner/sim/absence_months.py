"""Absence and demand of whole years, as scenarios: beta-binomial by site and month, correlated.

A site's probability of absence in a month is beta distributed; a normal copula ties months that
follow each other (autoregression) and the sites of a city (a common wave).  Of n people, a
binomial number is absent (Skellam 1948, J. R. Statist. Soc. B 10, 257-261), so small sites swing
more.  Everything is drawn by inversion from named streams: another mean moves every scenario's
absence the same way (common random numbers).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, binom, norm

from planner.domain.capacity import CapacitySettings
from planner.domain.case import PlanningCase
from planner.sim.streams import stream

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class YearScenarios:
    """Sampled years.

    Attributes
    ----------
    absent : float64 array (scenarios, locations, months)
        Share of a location's people absent in a month.
    demand : float64 array (scenarios,)
        Demand level of the year over its mean.
    """

    absent: Floats
    demand: Floats


def sample_years(case: PlanningCase, people: NDArray[np.int64], seed: int) -> YearScenarios:
    """Sample the years of ``case.capacity``.

    Parameters
    ----------
    people : int64 array (locations,)
        People who work there; with none, the absence is the mean.
    """
    settings = case.capacity
    absent = np.empty((settings.scenarios, len(case.locations), settings.months))
    demand = np.empty(settings.scenarios)
    for scenario in range(settings.scenarios):
        level = stream(seed, scenario, "capacity", "demand").standard_normal()
        demand[scenario] = max(0.0, 1.0 + settings.demand_share_sd * level)
        wave = _series(settings, seed, scenario, "city")
        for code, place in enumerate(case.locations):
            own = _series(settings, seed, scenario, place.id)
            common = settings.absence_city_correlation
            level = np.sqrt(common) * wave + np.sqrt(1.0 - common) * own
            counts = stream(seed, scenario, "capacity", "absent", place.id)
            uniform = counts.random(settings.months)
            absent[scenario, code] = _shares(settings, level, uniform, int(people[code]))
    return YearScenarios(absent, demand)


def _series(settings: CapacitySettings, seed: int, scenario: int, name: str) -> Floats:
    """Return a stationary autoregressive series of standard normal numbers."""
    shocks = stream(seed, scenario, "capacity", "wave", name).standard_normal(settings.months)
    memory = settings.absence_month_correlation
    series = np.empty(settings.months)
    before = 0.0
    for month, shock in enumerate(shocks):
        fresh = shock if month == 0 else memory * before + np.sqrt(1.0 - memory**2) * shock
        series[month] = before = fresh
    return series


def _shares(settings: CapacitySettings, level: Floats, uniform: Floats, people: int) -> Floats:
    mean, spread = settings.absence_share_mean, settings.absence_share_sd
    if people == 0 or mean == 0:
        return np.full(len(level), mean)
    chance = np.full(len(level), mean)
    if spread > 0:
        weight = mean * (1.0 - mean) / spread**2 - 1.0
        chance = beta.ppf(norm.cdf(level), mean * weight, (1.0 - mean) * weight)
    return np.asarray(binom.ppf(uniform, people, chance) / people, dtype=np.float64)
