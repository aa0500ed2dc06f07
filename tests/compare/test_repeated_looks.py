"""Looking again and again until an interval is narrow enough costs little of its coverage."""

from __future__ import annotations

import numpy as np

from planner.sim.statistics import mean_interval
from planner.workflow.compare_options import CHUNK, CompareEffort

TRIALS = 1500
MEAN = 1.0
#: Wanted half-width in standard deviations: about 43 replications.
WANTED = 0.3
#: Distance that chance alone exceeds in 1 of 1,000 such tests.
CHANCE = 3.3 * (0.95 * 0.05 / TRIALS) ** 0.5


def test_intervals_at_the_stop_contain_the_truth() -> None:
    """First look, steps and cap of a comparison; the loss stays below one point (seed fixed)."""
    effort = CompareEffort()
    draws = np.random.default_rng(4).normal(MEAN, 1.0, (TRIALS, effort.at_most))
    hits = looks = 0
    for row in draws:
        count = effort.at_least
        found = mean_interval(row[:count])
        while found.half_width > WANTED and count < effort.at_most:
            count = min(effort.at_most, count + CHUNK)
            looks += 1
            found = mean_interval(row[:count])
        hits += abs(found.value - MEAN) <= found.half_width
    assert looks > TRIALS
    assert hits / TRIALS > 0.94 - CHANCE
