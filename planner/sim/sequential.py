"""As many replications as a measure needs: stop when its interval is narrow enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.case import PlanningCase
from planner.sim.measures import Row
from planner.sim.replicate import (
    SimulationResult,
    SimulationRun,
    StaffingSource,
    replications,
)
from planner.sim.statistics import enough
from planner.sim.summary import by_replication, summarise


@dataclass(frozen=True, slots=True)
class Precision:
    """What has to be known how well.

    Attributes
    ----------
    key : (scope, id, area, channel, measure)
        The measure.
    relative_half_width : float
        Wanted half-width of its interval as a share of its value.
    at_least, batch, at_most : int
        Replications before the first look, between looks, and in all.
    """

    key: tuple[str, str, str, str, str]
    relative_half_width: float
    at_least: int = 20
    batch: int = 10
    at_most: int = 1_000


def simulate_until(
    case: PlanningCase,
    source: StaffingSource,
    run: SimulationRun,
    precision: Precision,
    on_progress: Callable[[int], None] = lambda _done: None,
) -> SimulationResult:
    """Simulate until the measure is known well enough, or ``at_most`` replications are done.

    ``run.replications`` is not used.  Looking at fixed batches keeps the coverage near nominal for
    narrow intervals (Chow and Robbins 1965, Ann. Math. Statist. 36, 457-462).
    """
    rows: list[list[Row]] = []
    customers = pd.DataFrame()
    wanted = precision.at_least
    while len(rows) < wanted:
        for found, frame in replications(case, source, run, range(len(rows), wanted)):
            rows.append(found)
            customers = frame if frame is not None else customers
            on_progress(len(rows))
        if not _known(rows, precision, case.simulation.confidence):
            wanted = min(precision.at_most, wanted + precision.batch)
    table = by_replication(rows)
    return SimulationResult(summarise(case, table), table, customers)


def _known(rows: list[list[Row]], precision: Precision, confidence: float) -> bool:
    values = np.array(
        [
            row.value
            for found in rows
            for row in found
            if tuple(row[:5]) == precision.key and row.weight > 0
        ]
    )
    return enough(values, precision.relative_half_width, confidence, precision.at_least)
