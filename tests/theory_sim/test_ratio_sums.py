"""Running sums give the interval of the ratio estimator."""

from __future__ import annotations

import numpy as np
import pytest

from planner.sim.statistics import ratio_interval
from planner.sim.streams import stream
from tests.benchmarks.intervals import RatioSums


def test_running_sums_give_the_interval_of_all_units():
    """In three parts, units of none included: value, half-width and units as from the whole."""
    draw = stream(1, 0, "ratio sums")
    counts = draw.poisson(2.0, 3_000).astype(float)
    totals = draw.binomial(counts.astype(int), 0.1) + counts * 0.01
    sums = RatioSums()
    for part in np.split(np.arange(3_000), [700, 1_900]):
        sums.add(totals[part], counts[part])
    whole = ratio_interval(totals / np.maximum(counts, 1), counts)
    found = sums.cell("late", 0.11)
    assert found.value == pytest.approx(whole.value, rel=1e-12)
    assert found.half_width == pytest.approx(whole.half_width, rel=1e-9)
    assert found.units == whole.replications < 3_000
