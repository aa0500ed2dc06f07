"""Two staffings or scenarios that met the same customers: differences with paired intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from planner.sim.samples import Sample
from planner.sim.statistics import mean_interval
from planner.sim.summary import KEY

Floats = NDArray[np.float64]
COLUMNS = [*KEY, "base", "other", "difference", "ci_low", "ci_high", "replications"]


def compare(base: pd.DataFrame, other: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return the difference ``other - base`` of every measure that both have.

    Parameters
    ----------
    base, other : DataFrame
        ``SimulationResult.by_replication`` of runs with the same seed; replication numbers pair.

    Returns
    -------
    DataFrame
        One row a measure in order of key.  Ratios are ratios of sums over the common
        replications; the interval of their difference is that of the differences of the
        replications' linearised residuals (Cochran 1977, Sampling Techniques, sec. 6.12).
    """
    both = base.merge(other, on=[*KEY, "replication"], suffixes=("_base", "_other"))
    both = both[(both["weight_base"] > 0) & (both["weight_other"] > 0)]
    records = []
    for key, group in both.groupby(KEY, sort=True):
        first, residual_first = _ratio(group, "base")
        second, residual_second = _ratio(group, "other")
        found = mean_interval(residual_second - residual_first, confidence)
        difference = second - first
        reach = found.half_width
        interval = (difference, difference - reach, difference + reach, len(group))
        records.append((*map(str, key), first, second, *interval))
    return pd.DataFrame(records, columns=COLUMNS)


@dataclass(frozen=True, eq=False)
class Paired:
    """Differences of two samples, measure by measure; all arrays (measures,).

    Attributes
    ----------
    base, other, difference, reach : float64
        Ratios of sums, their difference, and the half-width of its interval.
    replications : int64
        Replications in which both define the measure.
    variance_common, variance_independent : float64
        Variance of the difference of one replication with common customers, and what it would be
        with customers of their own: the sum of both variances.
    """

    keys: pd.MultiIndex
    base: Floats
    other: Floats
    difference: Floats
    reach: Floats
    replications: NDArray[np.int64]
    variance_common: Floats
    variance_independent: Floats


def paired(base: Sample, other: Sample, confidence: float = 0.95) -> Paired:
    """Return the differences ``other - base`` of every measure that either has.

    The estimates and intervals are those of ``compare``; a measure that one of them lacks has
    no difference.
    """
    count = min(base.replications, other.replications)
    keys = base.keys.union(other.keys)
    first, second = (sample.first(count).at(keys) for sample in (base, other))
    both = (first[1] > 0) & (second[1] > 0)
    (one, left), (two, right) = (_residuals(*side, both) for side in (first, second))
    alone = [_estimate(*side, side[1] > 0) for side in (first, second)]
    pairs = both.sum(axis=1)
    common = _variance(right - left, both)
    with np.errstate(invalid="ignore", divide="ignore"):
        level = stats.t.ppf((1 + confidence) / 2, np.maximum(pairs - 1, 1))
        reach = np.where(pairs > 1, level * np.sqrt(common / np.maximum(pairs, 1)), np.nan)
    return Paired(
        keys=keys,
        base=np.where(pairs > 0, one, alone[0]),
        other=np.where(pairs > 0, two, alone[1]),
        difference=np.where(pairs > 0, two - one, np.nan),
        reach=reach,
        replications=pairs.astype(np.int64),
        variance_common=common,
        variance_independent=_variance(left, both) + _variance(right, both),
    )


def _estimate(values: Floats, weights: Floats, use: NDArray[np.bool_]) -> Floats:
    """Return the ratio of sums over the replications in use; NaN where there are none."""
    below = np.where(use, weights, 0.0).sum(axis=1)
    above = np.where(use, weights * values, 0.0).sum(axis=1)
    ratio = np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0)
    return np.asarray(ratio, dtype=np.float64)


def _residuals(values: Floats, weights: Floats, use: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return the estimate and the linearised residual of each replication (0 where not in use)."""
    estimate = _estimate(values, weights, use)
    count = np.maximum(use.sum(axis=1), 1)
    mean = np.where(use, weights, 0.0).sum(axis=1) / count
    scale = np.divide(1.0, mean, out=np.zeros(len(mean)), where=mean > 0)
    residual = weights * (values - np.nan_to_num(estimate)[:, None]) * scale[:, None]
    return estimate, np.where(use, residual, 0.0)


def _variance(values: Floats, use: NDArray[np.bool_]) -> Floats:
    count = use.sum(axis=1)
    mean = values.sum(axis=1) / np.maximum(count, 1)
    squares = np.where(use, (values - mean[:, None]) ** 2, 0.0).sum(axis=1)
    return np.asarray(squares / np.maximum(count - 1, 1), dtype=np.float64)


def _ratio(group: pd.DataFrame, side: str) -> tuple[float, NDArray[np.float64]]:
    """Return the ratio of sums and the residual of each replication."""
    values = group[f"value_{side}"].to_numpy(dtype=np.float64)
    weights = group[f"weight_{side}"].to_numpy(dtype=np.float64)
    estimate = float((weights * values).sum() / weights.sum())
    return estimate, weights * (values - estimate) / weights.mean()
