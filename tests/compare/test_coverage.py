"""Intervals of a known difference cover it; the hundred seeds are a benchmark."""

from __future__ import annotations

from tests.benchmarks.comparison_coverage import coverage, true_difference


def test_intervals_cover_the_difference_of_erlang_c() -> None:
    """Of 40 seeds 34 to 40 cover (binomial, 0.3 % outside); common customers help."""
    hits, mean, factor = coverage(40, 6, 10)
    assert 34 <= hits <= 40
    assert abs(mean - true_difference()) < 0.25
    assert factor > 1.2
