"""Intervals: by hand, and by their coverage."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from planner.sim.statistics import (
    enough,
    mean_interval,
    paired_interval,
    quantile_interval,
    ratio_interval,
)
from planner.sim.streams import stream


def test_the_mean_has_the_t_interval() -> None:
    """1 ... 5: mean 3, standard error sqrt(0.5), t quantile of 4 degrees of freedom."""
    interval = mean_interval(np.arange(1.0, 6.0))
    assert interval.value == 3
    assert interval.half_width == pytest.approx(stats.t.ppf(0.975, 4) * np.sqrt(0.5))
    assert interval.replications == 5


def test_a_ratio_is_the_ratio_of_sums() -> None:
    """Values 1 and 0 with weights 1 and 3 give 0.25; undefined replications are left out."""
    interval = ratio_interval(np.array([1.0, 0.0, np.nan, 7.0]), np.array([1.0, 3.0, 2.0, 0.0]))
    assert interval.value == 0.25
    assert interval.replications == 2


def test_too_few_replications_have_no_interval() -> None:
    """None: nothing is known; one: a value, but no interval."""
    assert np.isnan(mean_interval(np.array([])).value)
    one = mean_interval(np.array([4.0]))
    assert one.value == 4
    assert np.isnan(one.half_width)


def test_coverage_of_mean_ratio_and_quantile() -> None:
    """Of 1,000 intervals of 95 % at least 930 contain the true value, at most 975 for means."""
    draw = stream(11, 0, "coverage")
    hits = np.zeros(3)
    for _ in range(1_000):
        weights = draw.poisson(200, 20).astype(float)
        shares = draw.binomial(weights.astype(int), 0.3) / weights
        sample = draw.exponential(1.0, 60)
        found = (
            mean_interval(shares),
            ratio_interval(shares, weights),
            quantile_interval(sample, 0.5),
        )
        true = (0.3, 0.3, np.log(2))
        hits += [i.low <= t <= i.high for i, t in zip(found, true, strict=True)]
    assert (hits >= 930).all()
    assert (hits[:2] <= 975).all()


def test_a_quantile_without_enough_values_is_open_ended() -> None:
    """The 99 % quantile of ten values has no upper end, the 1 % quantile no lower end."""
    values = np.arange(10.0)
    assert quantile_interval(values, 0.99).high == np.inf
    assert quantile_interval(values, 0.01).low == -np.inf


def test_common_customers_narrow_the_difference() -> None:
    """A shift of 1 under common noise is found exactly; the interval has no length."""
    noise = stream(12, 0, "noise").normal(size=30)
    interval = paired_interval(noise, noise + 1)
    assert interval.value == pytest.approx(1)
    assert interval.half_width == pytest.approx(0, abs=1e-12)


def test_stopping_waits_for_enough_and_for_a_narrow_interval() -> None:
    """Never before 20 replications; then as soon as the half-width is small enough."""
    values = stream(13, 0, "stopping").normal(10, 1, 200)
    assert not enough(values[:19], 10.0)
    assert not enough(values[:20], 0.001)
    assert enough(values, 0.02)
