"""Measures of one scenario as matrices: a row a measure, a column a replication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.sim.measures import Row
from planner.sim.summary import KEY

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sample:
    """Replications of one scenario.

    Attributes
    ----------
    keys : MultiIndex (scope, id, area, channel, measure, unit)
        Measures in order.
    value, weight : float64 arrays (measures, replications)
        A weight of 0: not defined in that replication.
    """

    keys: pd.MultiIndex
    value: Floats
    weight: Floats

    @property
    def replications(self) -> int:
        """Number of replications."""
        return int(self.value.shape[1])

    def first(self, replications: int) -> Sample:
        """Return the first replications only."""
        return Sample(self.keys, self.value[:, :replications], self.weight[:, :replications])

    def at(self, keys: pd.MultiIndex) -> tuple[Floats, Floats]:
        """Return values and weights in the order of ``keys``; weight 0 where there is none."""
        place = self.keys.get_indexer(keys)
        known = (place >= 0)[:, None]
        return np.where(known, self.value[place], 0.0), np.where(known, self.weight[place], 0.0)


def sample_of(replications: Sequence[Sequence[Row]]) -> Sample:
    """Return the sample of these replications."""
    known = sorted({tuple(row[:6]) for rows in replications for row in rows})
    place = {key: number for number, key in enumerate(known)}
    values, weights = (np.zeros((len(known), len(replications))) for _ in range(2))
    for number, rows in enumerate(replications):
        for row in rows:
            code = place[tuple(row[:6])]
            values[code, number], weights[code, number] = row.value, row.weight
    return Sample(pd.MultiIndex.from_tuples(known, names=KEY), values, weights)


def joined(parts: Sequence[Sample]) -> Sample:
    """Return the replications of ``parts`` one after the other."""
    keys = parts[0].keys
    for part in parts[1:]:
        keys = keys.union(part.keys)
    found = [part.at(keys) for part in parts]
    return Sample(
        keys,
        np.concatenate([values for values, _ in found], axis=1),
        np.concatenate([weights for _, weights in found], axis=1),
    )


def sample_frame(sample: Sample) -> pd.DataFrame:
    """Return a sample as a table: its keys, then columns ``v0 …`` and ``w0 …``."""
    frame = sample.keys.to_frame(index=False)
    count = sample.replications
    for name, matrix in (("v", sample.value), ("w", sample.weight)):
        frame = frame.join(pd.DataFrame(matrix, columns=[f"{name}{n}" for n in range(count)]))
    return frame


def sample_from_frame(frame: pd.DataFrame) -> Sample:
    """Return the sample that ``sample_frame`` made a table of."""
    count = (len(frame.columns) - len(KEY)) // 2
    values, weights = (
        frame[[f"{name}{n}" for n in range(count)]].to_numpy(dtype=np.float64) for name in "vw"
    )
    return Sample(pd.MultiIndex.from_frame(frame[KEY].astype(str)), values, weights)
