"""Named random streams."""

from __future__ import annotations

import numpy as np
import pytest

from planner.sim.streams import marked_uniform, name_key, stream

GOLDEN_STREAM = [0.5621416047102905, 0.332530821353772]
GOLDEN_KEY = 6749840726716164889


def test_equal_names_give_equal_streams():
    """The same seed, replication, purpose and keys give the same numbers."""
    first = stream(7, 3, "requests", "card", "2024-04-15").random(5)
    again = stream(7, 3, "requests", "card", "2024-04-15").random(5)
    assert first.tolist() == again.tolist()


@pytest.mark.parametrize(
    "other",
    [
        (8, 3, "requests", "card", 15),
        (7, 4, "requests", "card", 15),
        (7, 3, "busyness", "card", 15),
        (7, 3, "requests", "passport", 15),
        (7, 3, "requests", "card", 16),
        (7, 3, "requests", "card", "15"),
        (7, 3, "requests", "card15"),
        (7, 3, "requests", "card", 15, ""),
    ],
)
def test_any_other_name_gives_another_stream(other):
    """Seed, replication, purpose, keys, their types and their borders all count."""
    first = stream(7, 3, "requests", "card", 15).random(4)
    assert not np.intersect1d(first, stream(*other).random(4)).size


def test_streams_are_fixed_for_ever():
    """The numbers of a stream do not change between versions (golden values)."""
    draw = stream(1, 0, "requests", "id_card", "2024-04-15")
    assert draw.random(2).tolist() == GOLDEN_STREAM
    assert int(name_key("altona")) == GOLDEN_KEY


def test_marked_uniforms_are_uniform_and_independent_by_name():
    """For 100,000 marks, means, variances and correlation are within five standard errors."""
    marks = stream(1, 0, "marks").integers(0, 2**63, 100_000).astype(np.uint64)
    north, south = marked_uniform(marks, "north"), marked_uniform(marks, "south")
    error = 5 / np.sqrt(len(marks))
    assert abs(north.mean() - 0.5) < error * np.sqrt(1 / 12)
    assert abs(north.var() - 1 / 12) < error * np.sqrt(1 / 180)
    assert abs(np.corrcoef(north, south)[0, 1]) < error
    assert north.min() > 0
    assert north.max() < 1


def test_neighbouring_marks_give_unrelated_numbers():
    """Marks 0, 1, 2 … (the least random ones) still give uniform numbers without correlation."""
    uniform = marked_uniform(np.arange(50_000, dtype=np.uint64), "north")
    assert abs(uniform.mean() - 0.5) < 5 * np.sqrt(1 / 12 / 50_000)
    assert abs(np.corrcoef(uniform[1:], uniform[:-1])[0, 1]) < 5 / np.sqrt(50_000)
