"""Erlang B and C against exact tables and published numbers."""

from __future__ import annotations

import math

import pytest

from planner.queueing.erlang import CounterQueue, erlang_b, erlang_c
from planner.queueing.staffing import servers_for_wait, servers_for_wait_mean
from tests.theory.reference import rows


def _queue(row: dict[str, str]) -> CounterQueue:
    service = float(row["mean_service_min"])
    load = float(row["lambda_per_h"]) * service / 60.0
    return CounterQueue(int(row["servers"]), load, service)


@pytest.mark.parametrize("row", rows("erlang_c_exact"), ids=lambda row: "-".join(row.values())[:14])
def test_erlang_c_matches_the_exact_table(row: dict[str, str]) -> None:
    """Every column of the table is met to 1e-9 relative."""
    queue = _queue(row)
    assert erlang_b(queue.servers, queue.load) == pytest.approx(float(row["erlang_b"]), rel=1e-9)
    assert queue.wait_probability == pytest.approx(float(row["erlang_c_p_wait"]), rel=1e-9)
    assert queue.wait_mean == pytest.approx(float(row["mean_wait_min"]), rel=1e-9)
    assert queue.occupancy == pytest.approx(float(row["utilisation"]), rel=1e-9)
    for minutes in (5, 10, 15, 30):
        exact = float(row[f"p_wait_gt_{minutes}min"])
        assert queue.late_share(minutes) == pytest.approx(exact, rel=2e-9)


def test_requirement_matches_the_exact_table() -> None:
    """All 168 requirements are the exact integer, with the shares printed beside them."""
    for row in rows("erlang_c_requirement"):
        service, threshold = float(row["mean_service_min"]), float(row["threshold_min"])
        load = float(row["lambda_per_h"]) * service / 60.0
        servers = servers_for_wait(load, service, threshold, float(row["target_share_within"]))
        assert servers == int(row["min_servers"]), row
        within = 1.0 - CounterQueue(servers, load, service).late_share(threshold)
        assert within == pytest.approx(float(row["share_within_at_min"]), rel=1e-8)


def test_published_examples_of_erlang_c() -> None:
    """P1, P3 and P5 of the literature come out to the printed digits."""
    garnett = CounterQueue(50, 48.0, 1.0)
    assert garnett.wait_mean * 60 == pytest.approx(20.833668, rel=1e-6)
    assert garnett.wait_quantile(0.9) * 60 == pytest.approx(58.138742, rel=1e-6)
    tutorial = CounterQueue(55, 48.0, 4.0)
    assert tutorial.wait_probability == pytest.approx(0.23870094, rel=1e-6)
    assert tutorial.wait_mean * 60 == pytest.approx(8.1840321, rel=1e-6)
    assert 1 - tutorial.late_share(0.25) == pytest.approx(0.84588309, rel=1e-6)
    hospital = [CounterQueue(servers, 2 / 3, 20.0) for servers in (1, 2)]
    assert [queue.wait_mean for queue in hospital] == pytest.approx([40.0, 2.5])
    late = [queue.late_share(30.0) for queue in hospital]
    assert late == pytest.approx([0.40435377, 0.022555881], rel=1e-6)


def test_workforce_package_example_needs_fourteen_positions() -> None:
    """P4: 100 calls in 30 min, 3 min, 80 % in 20 s and at most 85 % occupancy: 14 positions."""
    by_wait = servers_for_wait(10.0, 3.0, 1 / 3, 0.8)
    servers = max(by_wait, math.ceil(10.0 / 0.85))
    assert servers == 14
    assert math.ceil(servers / (1 - 0.3)) == 20
    queue = CounterQueue(servers, 10.0, 3.0)
    assert 1 - queue.late_share(1 / 3) == pytest.approx(0.88835002, rel=1e-6)
    assert queue.wait_probability == pytest.approx(0.17413193, rel=1e-6)


def test_small_load_needs_one_server_only() -> None:
    """Half an erlang and a lenient target need one server, not two."""
    assert servers_for_wait(0.5, 10.0, 20 / 60, 0.5) == 1


def test_mean_wait_requirement_is_least() -> None:
    """One counter fewer than required misses the mean wait."""
    servers = servers_for_wait_mean(3.2, 12.0, 5.0)
    assert CounterQueue(servers, 3.2, 12.0).wait_mean <= 5.0
    assert CounterQueue(servers - 1, 3.2, 12.0).wait_mean > 5.0


def test_overload_waits_without_end() -> None:
    """At a load of all servers everybody waits, without limit."""
    queue = CounterQueue(2, 2.0, 10.0)
    assert erlang_c(2, 2.0) == 1.0
    assert queue.wait_mean == math.inf
    assert queue.wait_quantile(0.5) == math.inf
    assert queue.late_share(60.0) == 1.0
    assert queue.occupancy == 1.0
    assert CounterQueue(5, 0.5, 10.0).wait_quantile(0.5) == 0.0


def test_negative_numbers_are_refused() -> None:
    """A negative load or number of servers is an error."""
    with pytest.raises(ValueError, match="must not be negative"):
        erlang_b(-1, 1.0)
    with pytest.raises(ValueError, match="must not be negative"):
        erlang_b(1, -1.0)
