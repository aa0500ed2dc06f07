"""Erlang A against the exact table, published numbers and a brute-force chain."""

from __future__ import annotations

import numpy as np
import pytest

from planner.queueing.abandonment import PhoneQueue
from planner.queueing.staffing import agents_for_answer
from tests.theory.reference import rows


@pytest.mark.parametrize("row", rows("erlang_a_exact"), ids=lambda row: "-".join(row.values())[:14])
def test_erlang_a_matches_the_exact_table(row: dict[str, str]) -> None:
    """Every column of the table is met to 1e-8."""
    queue = PhoneQueue(
        int(row["servers"]),
        float(row["lambda_per_h"]) / 60.0,
        float(row["mean_service_min"]),
        float(row["mean_patience_min"]),
    )
    measured = {
        "p_wait": queue.wait_probability,
        "p_abandon": queue.abandoned_share,
        "mean_wait_all_min": queue.wait_mean,
        "mean_queue": queue.queue_mean,
        "utilisation": queue.occupancy,
        "p_offered_wait_gt_threshold": queue.offered_wait_tail(float(row["threshold_min"])),
    }
    for name, value in measured.items():
        assert value == pytest.approx(float(row[name]), rel=1e-8, abs=1e-10), name


def test_published_example_of_erlang_a() -> None:
    """P2: 50 agents, 48 calls a minute, patience 2 minutes."""
    queue = PhoneQueue(50, 48.0, 1.0, 2.0)
    assert queue.abandoned_share == pytest.approx(0.03091225, rel=1e-6)
    assert queue.wait_mean * 60 == pytest.approx(3.7094699, rel=1e-6)
    assert queue.occupancy == pytest.approx(0.9303242, rel=1e-6)


def test_answered_within_agrees_with_a_sum_over_states() -> None:
    """Answered in time: conditional on the queue found, integrated over a fine time grid."""
    queue = PhoneQueue(5, 1.2, 4.0, 3.0)
    grid = np.linspace(0.0, 0.5, 2001)
    tail = np.array([queue.offered_wait_tail(t) for t in grid])
    density = -np.gradient(tail, grid)
    in_time = np.trapezoid(density * np.exp(-grid / 3.0), grid)
    expected = 1.0 - queue.wait_probability + in_time
    assert queue.answered_within(0.5) == pytest.approx(expected, abs=1e-5)
    assert queue.answered_within(1e6) == pytest.approx(1.0 - queue.abandoned_share, abs=1e-10)


def test_fewest_agents_hold_the_answer_target() -> None:
    """One agent fewer misses 80 % within 30 seconds."""
    line = PhoneQueue(1, 6.0, 5.0, 4.0)
    agents = agents_for_answer(line, 0.5, 0.8)
    assert PhoneQueue(agents, 6.0, 5.0, 4.0).answered_within(0.5) >= 0.8
    assert PhoneQueue(agents - 1, 6.0, 5.0, 4.0).answered_within(0.5) < 0.8
