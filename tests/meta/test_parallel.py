"""The ordered map: the same results in the same order, here, in processes, and on a cluster."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest
from distributed import LocalCluster

from planner.errors import ClusterError
from planner.parallel import CLUSTER, ordered_map

ITEMS = range(12)


def late_square(number: int) -> tuple[int, int]:
    """Return the square, the first ones last, and who reckoned it."""
    time.sleep(0.02 * (number < 3))
    return number * number, os.getpid()


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Return the address of a scheduler with two workers in processes of their own."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as workers:
        yield workers.scheduler_address


def test_processes_keep_the_order() -> None:
    """Two processes give what one gives."""
    squares = [square for square, _ in ordered_map(late_square, ITEMS, 2)]
    assert squares == [square for square, _ in ordered_map(late_square, ITEMS)]


def test_a_named_cluster_does_the_work(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its workers reckon, in the order of the items; one job stays in this process."""
    monkeypatch.setenv(CLUSTER, cluster)
    found = list(ordered_map(late_square, ITEMS, 2))
    assert [square for square, _ in found] == [n * n for n in ITEMS]
    assert os.getpid() not in {worker for _, worker in found}
    assert {worker for _, worker in ordered_map(late_square, ITEMS)} == {os.getpid()}


def test_what_goes_wrong_there_is_told_here(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of a worker is the caller's."""
    monkeypatch.setenv(CLUSTER, cluster)
    with pytest.raises(ZeroDivisionError):
        list(ordered_map(_inverse, [1, 0], 2))


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the variable and the address, and says what to do."""
    monkeypatch.setenv(CLUSTER, "udp-or-so://nowhere")
    with pytest.raises(ClusterError, match=r"PLANNER_CLUSTER=udp-or-so://nowhere.*dask scheduler"):
        list(ordered_map(late_square, ITEMS, 2))


def _inverse(number: int) -> float:
    return 1 / number
