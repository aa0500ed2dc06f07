"""Many intervals against exact values: how many contain it, how far the farthest is off.

Of N independent 95 % intervals about 0.95 N contain the exact value; more than N would be wrong as
well.  So the number inside is held against its binomial band (1 % falls out), and the farthest
against the distance that N cells exceed with a probability of 1 % (Bonferroni), which for one cell
is 2.6 standard errors, for 8 cells 3.2 and for 240 cells 4.1.  Cells beyond 3 are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from planner.sim.statistics import ratio_interval
from tests.benchmarks.history import Measured

Floats = NDArray[np.float64]
CHANCE = 0.01
#: The issue's width: half of the interval as a share of the exact value.
NARROW = 0.015
#: Intervals of a coverage, how many should contain the exact value, and plus or minus how many.
SETS, CONTAINING, SPREAD = 200, 190, 9
#: Of thirty rows of a table one falls out of that band by luck (1 % each), so a row that does is
#: looked at with so many times as many intervals, and the same band as a share of them.
AGAIN = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A simulated value with the half-width of its 95 % interval, against the exact one."""

    name: str
    exact: float
    value: float
    half_width: float
    units: int

    @property
    def inside(self) -> bool:
        """Whether the interval contains the exact value."""
        return abs(self.value - self.exact) <= self.half_width

    @property
    def errors(self) -> float:
        """Distance from the exact value [standard errors]."""
        reach = float(stats.t.ppf(0.975, self.units - 1))
        return abs(self.value - self.exact) * reach / max(self.half_width, 1e-300)

    @property
    def width(self) -> float:
        """Half-width as a share of the exact value."""
        return self.half_width / abs(self.exact)


def cell(name: str, exact: float, values: Floats, weights: Floats | None = None) -> Cell:
    """Return a cell from independent units (days, runs, books); ``weights`` make it a ratio."""
    weights = np.ones_like(values) if weights is None else weights
    found = ratio_interval(values, weights)
    return Cell(name, exact, found.value, found.half_width, found.replications)


class RatioSums:
    """Running sums of a ratio estimator over independent units, for more units than memory holds.

    The interval is the one of ``planner.sim.statistics.ratio_interval`` (Cochran 1977, Sampling
    Techniques, eq. 6.13), from sums of products instead of the units themselves.
    """

    def __init__(self) -> None:
        self.units = 0
        self._products = np.zeros((2, 2))
        self._totals = np.zeros(2)

    def add(self, totals: Floats, counts: Floats) -> None:
        """Add units: what is counted and out of how many; units of none are left out."""
        used = np.stack((totals, counts))[:, counts > 0]
        self.units += used.shape[1]
        self._totals += used.sum(axis=1)
        self._products += used @ used.T

    def cell(self, name: str, exact: float) -> Cell:
        """Return the ratio of the sums against its exact value."""
        total, count = self._totals
        ratio = total / count
        residual = np.array([1.0, -ratio])
        variance = residual @ self._products @ residual / (self.units - 1) / self.units
        spread = np.sqrt(variance) / (count / self.units)
        reach = float(stats.t.ppf(0.975, self.units - 1)) * float(spread)
        return Cell(name, exact, float(ratio), reach, self.units)


def band(cells: int) -> tuple[int, int]:
    """Return how many of ``cells`` independent intervals of 95 % may be inside (1 % fall out).

    For 100 cells 89 to 100, that is 95 plus or minus 6; for 200 cells 181 to 197.
    """
    inside = stats.binom(cells, 0.95)
    return int(inside.ppf(CHANCE / 2)), int(inside.ppf(1 - CHANCE / 2))


def farthest_allowed(cells: Sequence[Cell]) -> float:
    """Return the distance that one of the cells exceeds with a probability of 1 % [errors]."""
    units = min(cell.units for cell in cells)
    return float(stats.t.ppf(1 - CHANCE / 2 / len(cells), units - 1))


def told(cells: Sequence[Cell]) -> str:
    """Return a line on all cells."""
    low, high = band(len(cells))
    inside = sum(cell.inside for cell in cells)
    beyond = sum(cell.errors > 3 for cell in cells)
    farthest = max(cells, key=lambda cell: cell.errors)
    wide = sum(cell.width > NARROW for cell in cells)
    return (
        f"{inside} of {len(cells)} inside 95 % (band {low} to {high}); {beyond} beyond 3 errors; "
        f"farthest {farthest.errors:.2f} ({farthest.name}; allowed {farthest_allowed(cells):.2f}); "
        f"wider than 1.5 %: {wide}"
    )


def kept(cells: Sequence[Cell]) -> bool:
    """Tell whether as many are inside as should be and none is too far off."""
    low, high = band(len(cells))
    inside = sum(cell.inside for cell in cells)
    return low <= inside <= high and max(c.errors for c in cells) <= farthest_allowed(cells)


def measured(case: str, cells: Sequence[Cell]) -> Iterator[Measured]:
    """Yield the rows of the benchmark history on all cells of a family."""
    yield Measured(case, "inside 95 %", sum(c.inside for c in cells), "cells", told(cells))
    yield Measured(case, "farthest", max(c.errors for c in cells), "standard errors")


def covers(hits: float) -> bool:
    """Tell whether about as many of 200 intervals contain the exact value as should."""
    return abs(hits - CONTAINING) <= SPREAD


def coverage(values: Floats, exact: float, sets: int = SETS, weights: Floats | None = None) -> int:
    """Return how many of ``sets`` 95 % intervals contain the exact value; units in order."""
    weights = np.ones_like(values) if weights is None else weights
    found = [
        ratio_interval(v, w)
        for v, w in zip(values.reshape(sets, -1), weights.reshape(sets, -1), strict=True)
    ]
    return sum(interval.low <= exact <= interval.high for interval in found)
