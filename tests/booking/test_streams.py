"""Named random streams."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from planner.sim import mixing
from planner.sim.mixing import mixed, uniforms
from planner.sim.streams import mark_streams, marked_uniform, marks, name_key, stream

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


def test_marks_are_those_of_splitmix64():
    """Published outputs of SplitMix64: seed 1234567, the usual step, numbers 1, 2, 3.

    Source: Rosetta Code, "Pseudo-random numbers/Splitmix64" (from S. Vigna's splitmix64.c).
    """
    usual = np.array([[1234567, 0x9E3779B97F4A7C15]], dtype=np.uint64)
    found = marks(usual, np.zeros(3, dtype=int), np.array([1, 2, 3]))
    assert found.tolist() == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_a_mark_depends_on_its_stream_and_number_only():
    """Blocks, order and company do not matter; negative numbers are numbers like others."""
    streams = mark_streams(1, 0, "visits", [("card",), ("passport",)])
    which, number = np.arange(20_000) % 2, np.arange(-10_000, 10_000)
    together = marks(streams, which, number)
    assert len(set(together.tolist())) == 20_000
    some = np.array([19_999, 3, 8_192])
    assert marks(streams, which[some], number[some]).tolist() == together[some].tolist()
    alone = mark_streams(1, 0, "visits", [("passport",)])
    assert alone[0].tolist() == streams[1].tolist()


def test_steps_are_odd_and_change_often():
    """A step is odd and has at least 24 changes from bit to bit."""
    steps = mark_streams(1, 0, "visits", [(str(n),) for n in range(2_000)])[:, 1].tolist()
    assert all(step % 2 == 1 for step in steps)
    assert min((step ^ (step >> 1)).bit_count() for step in steps) >= 24


def test_columns_of_a_customer_are_unrelated():
    """Of 200,000 neighbours in a stream: ten columns are uniform and unrelated.

    Chi-square of 64 cells, correlation of two columns, correlation of two customers in a row; all
    within five standard errors.
    """
    size = 200_000
    stream_ = mark_streams(1, 0, "requests", [("card",)])
    drawn = marks(stream_, np.zeros(size, dtype=int), (738_000 << 32) + np.arange(size))
    columns = [marked_uniform(drawn, f"column {number}") for number in range(10)]
    for column in columns:
        cells = np.bincount((column * 64).astype(int), minlength=64)
        chi = ((cells - size / 64) ** 2).sum() / (size / 64)
        assert abs(chi - 63) < 5 * np.sqrt(2 * 63)
        assert abs(np.corrcoef(column[1:], column[:-1])[0, 1]) < 5 / np.sqrt(size)
    for first, second in combinations(columns, 2):
        assert abs(np.corrcoef(first, second)[0, 1]) < 5 / np.sqrt(size)


@pytest.mark.parametrize("size", [0, 1, 20_001])
def test_blocks_without_numba_give_the_same_bits(monkeypatch, size):
    """Marks and uniform numbers are the same compiled and in blocks of arrays."""
    numbers = np.arange(size, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    key = name_key("north")
    fast = mixed(numbers).tolist(), uniforms(numbers, key).tolist()
    monkeypatch.setattr(mixing, "HAS_NUMBA", False)
    assert (mixed(numbers).tolist(), uniforms(numbers, key).tolist()) == fast
