"""Intervals from replications, never from customers: customers of a day are not independent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its confidence interval and the number of replications behind it."""

    value: float
    low: float
    high: float
    replications: int

    @property
    def half_width(self) -> float:
        """Half of the interval's length."""
        return (self.high - self.low) / 2


def mean_interval(values: Floats, confidence: float = 0.95) -> Interval:
    """Return the mean and its t interval (Law 2015, Simulation Modeling and Analysis, eq. 4.12)."""
    return ratio_interval(values, np.ones_like(values), confidence)


def ratio_interval(values: Floats, weights: Floats, confidence: float = 0.95) -> Interval:
    """Return the weighted mean ``sum(w v) / sum(w)`` and its t interval.

    With the denominators of a ratio as weights this is the ratio of sums over all replications
    with the residual variance of Cochran 1977, Sampling Techniques, eq. 6.13; with equal
    weights it is the mean with the t interval.  Rows that are NaN or have no weight are left out.
    """
    use = (weights > 0) & ~np.isnan(values)
    values, weights = values[use], weights[use]
    count = len(values)
    if count == 0:
        return Interval(np.nan, np.nan, np.nan, 0)
    estimate = float((weights * values).sum() / weights.sum())
    if count == 1:
        return Interval(estimate, np.nan, np.nan, 1)
    residuals = weights * (values - estimate) / weights.mean()
    spread = float(np.sqrt((residuals**2).sum() / (count - 1) / count))
    reach = float(stats.t.ppf((1 + confidence) / 2, count - 1)) * spread
    return Interval(estimate, estimate - reach, estimate + reach, count)


def paired_interval(first: Floats, second: Floats, confidence: float = 0.95) -> Interval:
    """Return the mean of ``second - first`` over replications with common customers."""
    return mean_interval(second - first, confidence)


def quantile_interval(values: Floats, share: float, confidence: float = 0.95) -> Interval:
    """Return the quantile of independent values with a distribution-free interval.

    The ends are order statistics whose ranks have binomial coverage of at least ``confidence``
    (Conover 1999, Practical Nonparametric Statistics, sec. 3.2); where there are too few values
    for an end, it is infinite.
    """
    ordered = np.sort(values)
    count = len(ordered)
    tail = (1 - confidence) / 2
    low = int(stats.binom.ppf(tail, count, share))
    high = int(stats.binom.ppf(1 - tail, count, share)) + 1
    return Interval(
        float(np.quantile(ordered, share)),
        float(ordered[low - 1]) if low >= 1 else -np.inf,
        float(ordered[high - 1]) if high <= count else np.inf,
        count,
    )


def enough(
    values: Floats, relative_half_width: float, confidence: float = 0.95, at_least: int = 20
) -> bool:
    """Tell whether the t interval is narrow enough to stop (Chow and Robbins 1965).

    Parameters
    ----------
    relative_half_width : float
        Wanted half-width as a share of the mean.
    at_least : int
        Replications before the first look: looking early stops too soon (Law 2015, sec. 9.4).
    """
    if len(values) < at_least:
        return False
    interval = mean_interval(values, confidence)
    return interval.half_width <= relative_half_width * abs(interval.value)
