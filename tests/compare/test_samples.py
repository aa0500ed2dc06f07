"""Samples as matrices, and paired differences against the row by row computation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.sim.comparison import compare, paired
from planner.sim.measures import Row
from planner.sim.samples import (
    Sample,
    joined,
    sample_frame,
    sample_from_frame,
    sample_of,
)
from planner.sim.streams import stream
from planner.sim.summary import by_replication

KEYS = [("city", "city", "a", "all", name, "min") for name in ("wait", "lead", "share")]


def rows(seed: int, shift: float, count: int = 12) -> list[list[Row]]:
    """Return replications of three measures, one of them not defined now and then."""
    common, own = stream(1, 0, "samples test"), stream(seed, 1, "samples test")
    found = []
    for number in range(count):
        value = common.normal(10, 2, 3) + own.normal(shift, 0.3, 3)
        weight = common.uniform(50, 150, 3)
        weight[2] *= number % 4 != seed % 4
        found.append(
            [
                Row(*key, v, w)
                for key, v, w in zip(KEYS, value.tolist(), weight.tolist(), strict=True)
            ]
        )
    return found


def test_paired_is_compare_measure_by_measure() -> None:
    """Estimates and intervals agree with the reference to rounding."""
    base, other = rows(1, 0.0), rows(2, 1.0)
    table = compare(by_replication(base), by_replication(other))
    found = paired(sample_of(base), sample_of(other))
    order = found.keys.get_indexer(pd.MultiIndex.from_frame(table[list(found.keys.names)]))
    for column, values in (
        ("base", found.base),
        ("other", found.other),
        ("difference", found.difference),
        ("ci_low", found.difference - found.reach),
        ("replications", found.replications),
    ):
        assert values[order] == pytest.approx(table[column].to_numpy())


def test_identical_samples_differ_by_exactly_nothing() -> None:
    """Zero with an interval of zero width, not something near."""
    found = paired(sample_of(rows(1, 0.0)), sample_of(rows(1, 0.0)))
    assert (found.difference == 0).all()
    assert (found.reach == 0).all()
    assert (found.variance_common == 0).all()


def test_common_customers_need_fewer_replications() -> None:
    """The shared part of the variance falls out of the difference."""
    found = paired(sample_of(rows(1, 0.0)), sample_of(rows(2, 1.0)))
    lead = list(found.keys.get_level_values("measure")).index("lead")
    assert found.variance_independent[lead] > 10 * found.variance_common[lead]


def test_what_only_one_has_is_no_difference() -> None:
    """A measure of one side keeps its value and has no difference."""
    base = sample_of([[Row(*KEYS[0], 1.0, 1.0)]] * 3)
    other = sample_of([[Row(*KEYS[1], 2.0, 1.0)]] * 3)
    found = paired(base, other)
    assert np.isnan(found.difference).all()
    assert found.replications.tolist() == [0, 0]
    assert np.nansum(found.base) == 1
    assert np.nansum(found.other) == 2


def same(one: Sample, other: Sample) -> bool:
    """Tell whether two samples are equal."""
    return (
        one.keys.equals(other.keys)
        and bool((one.value == other.value).all())
        and bool((one.weight == other.weight).all())
    )


def test_chunks_join_to_the_whole_and_survive_a_file() -> None:
    """Parts in order are the whole; a frame gives the sample back."""
    found = rows(1, 0.0)
    whole = sample_of(found)
    assert same(joined([sample_of(found[:5]), sample_of(found[5:])]), whole)
    assert same(sample_from_frame(sample_frame(whole)), whole)
    assert whole.first(4).replications == 4
