"""From measures by replication to the measures table: intervals, targets and verdicts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.target import Target
from planner.sim.measures import Row
from planner.sim.statistics import Interval, ratio_interval
from planner.tables import MEASURES

KEY = ["scope", "id", "area", "channel", "measure", "unit"]


def by_replication(rows: Sequence[Sequence[Row]]) -> pd.DataFrame:
    """Return the measures of every replication, one row each with its weight."""
    flat = [(number, *row) for number, found in enumerate(rows) for row in found]
    frame = pd.DataFrame(flat, columns=["replication", *Row._fields])
    return frame.sort_values([*KEY, "replication"], kind="stable").reset_index(drop=True)


def summarise(case: PlanningCase, replications: pd.DataFrame) -> pd.DataFrame:
    """Return the measures table: value, interval, target and verdict of every measure.

    A value is the ratio of sums over replications where the measure is a ratio, with the
    replication as the unit of the interval; an interval needs two replications.
    """
    targets = {(t.measure, t.scope, t.area, t.channel): t for t in case.targets}
    records = []
    for key, group in replications.groupby(KEY, sort=True):
        scope, place, area, channel, name, unit = map(str, key)
        values = group["value"].to_numpy(dtype=np.float64)
        weights = group["weight"].to_numpy(dtype=np.float64)
        found = ratio_interval(values, weights, case.simulation.confidence)
        if found.replications:
            target = targets.get((name, scope, area, channel))
            records.append(
                (scope, place, area, channel, name, unit, *_judged(_bounded(found, unit), target))
            )
    return MEASURES.conform(pd.DataFrame(records, columns=MEASURES.names))


def _bounded(found: Interval, unit: str) -> Interval:
    """Cut the interval to what is possible: nothing is negative, no share is above 1."""
    most = 1.0 if unit == "share" else np.inf
    low, high = np.clip([found.low, found.high], 0.0, most).tolist()
    return Interval(found.value, low, high, found.replications)


def _judged(found: Interval, target: Target | None) -> tuple[float, float, float, float, str, int]:
    limit = np.nan if target is None else target.limit
    met = "" if target is None else target.verdict(found.low, found.high).value
    return found.value, found.low, found.high, limit, met, found.replications
