"""Two staffings or scenarios that met the same customers: differences with paired intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.sim.statistics import mean_interval
from planner.sim.summary import KEY

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


def _ratio(group: pd.DataFrame, side: str) -> tuple[float, NDArray[np.float64]]:
    """Return the ratio of sums and the residual of each replication."""
    values = group[f"value_{side}"].to_numpy(dtype=np.float64)
    weights = group[f"weight_{side}"].to_numpy(dtype=np.float64)
    estimate = float((weights * values).sum() / weights.sum())
    return estimate, weights * (values - estimate) / weights.mean()
