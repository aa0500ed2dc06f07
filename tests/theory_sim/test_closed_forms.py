"""The engine against Erlang C, Erlang A and Cobham: exact values inside the 95 % intervals.

Where many cells are tested at once, as many intervals as should be hold the exact value (binomial
band) and none is further off than 3 standard errors; seeds are fixed.  Narrower intervals, all
tabulated rows and the coverage of every family: ``python -m tests.benchmarks.queue_theory``.
"""

from __future__ import annotations

import numpy as np
import pytest

from planner.queueing.erlang import CounterQueue
from tests.benchmarks.intervals import NARROW, Cell, band, cell, coverage
from tests.benchmarks.queue_theory import cobham, metrics, phone
from tests.theory.reference import rows
from tests.theory_sim.queues import Floats, Markov

OCCUPANCIES = (0.5, 0.7, 0.8, 0.9, 0.95)
RUNS = 20


def runs(model: Markov, customers: int, first: int = 0, count: int = RUNS) -> Floats:
    """Return mean wait, abandoned share, and mean wait of both classes by run, (runs, 4)."""
    return np.array([metrics(model, customers, first + run) for run in range(count)])


def check(cells: list[Cell]) -> None:
    """Hold the number inside against its band and the farthest against 3 errors."""
    low, high = band(len(cells))
    assert low <= sum(found.inside for found in cells) <= high, cells
    assert max(found.errors for found in cells) <= 3, cells


@pytest.mark.slow
def test_mean_wait_is_erlang_c() -> None:
    """M/M/c, c = 1 ... 20, occupancy 0.5 ... 0.95: mean waits of 20 runs each."""
    cells = []
    for servers in range(1, 21):
        occupancy = OCCUPANCIES[servers % len(OCCUPANCIES)]
        model = Markov(per_hour=servers * occupancy * 6, minutes=10, servers=servers)
        exact = CounterQueue(servers, model.load, 10).wait_mean
        cells.append(cell(f"c = {servers}", exact, runs(model, 40_000)[:, 0]))
    check(cells)


def test_a_narrow_interval_contains_erlang_c() -> None:
    """M/M/3 at 0.7: the 95 % interval is narrower than 1.5 % and contains the exact value."""
    model = Markov(per_hour=21, minutes=6, servers=3)
    found = cell("", CounterQueue(3, 2.1, 6).wait_mean, runs(model, 150_000, first=7)[:, 0])
    assert found.width < NARROW
    assert found.inside


@pytest.mark.slow
def test_coverage_of_erlang_c() -> None:
    """Of 200 intervals of 95 % (M/M/3 at 0.7, 10 runs each), 190 +- 9 contain the exact wait."""
    found = runs(Markov(per_hour=21, minutes=6, servers=3), 5_000, 1_000, 2_000)[:, 0]
    assert abs(coverage(found, CounterQueue(3, 2.1, 6).wait_mean) - 190) <= 9


@pytest.mark.slow
def test_abandonment_is_erlang_a() -> None:
    """M/M/c+M: abandoned share and mean wait of all, six rows of the table."""
    cells = []
    for row in rows("erlang_a_exact")[1:7]:
        found = runs(phone(row), 30_000)
        cells.append(cell(f"{row} wait", float(row["mean_wait_all_min"]), found[:, 0]))
        cells.append(cell(f"{row} abandoned", float(row["p_abandon"]), found[:, 1]))
    check(cells)
    assert max(found.width for found in cells) < 2 * NARROW


@pytest.mark.slow
def test_coverage_of_erlang_a() -> None:
    """Of 200 intervals (10 runs each), 190 +- 9 contain the exact abandoned share and wait."""
    row = rows("erlang_a_exact")[3]
    found = runs(phone(row), 2_000, 5_000, 2_000)
    assert abs(coverage(found[:, 0], float(row["mean_wait_all_min"])) - 190) <= 9
    assert abs(coverage(found[:, 1], float(row["p_abandon"])) - 190) <= 9


@pytest.mark.slow
def test_strict_classes_are_cobham() -> None:
    """Non-preemptive M/M/10 at 0.9 and M/M/3 at 0.8: both classes' waits (Cobham 1954, eq. 3)."""
    cells = []
    for model in (Markov(54, 10, 10, first_class=0.4), Markov(14.4, 10, 3, first_class=0.5)):
        found = runs(model, 60_000)
        for number, exact in enumerate(cobham(model)):
            cells.append(cell(f"{model} class {number + 1}", exact, found[:, 2 + number]))
    check(cells)


@pytest.mark.slow
def test_coverage_of_cobham() -> None:
    """Of 200 intervals (10 runs each), 190 +- 9 contain the exact wait of the first class."""
    model = Markov(14.4, 10, 3, first_class=0.5)
    found = runs(model, 3_000, 9_000, 2_000)
    assert abs(coverage(found[:, 2], cobham(model)[0]) - 190) <= 9
