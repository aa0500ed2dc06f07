"""The engine against Erlang C, Erlang A and Cobham: exact values inside the intervals."""

from __future__ import annotations

import numpy as np
import pytest

from planner.queueing.erlang import erlang_c
from planner.sim.statistics import Interval, mean_interval
from tests.theory.reference import rows
from tests.theory_sim.queues import Floats, Markov, play, waits

OCCUPANCIES = (0.5, 0.7, 0.8, 0.9, 0.95)
RUNS = 20


def erlang_c_wait(model: Markov) -> float:
    """Return the mean wait of M/M/c [min]."""
    spare = model.servers - model.load
    return erlang_c(model.servers, model.load) * model.minutes / spare


def simulated(model: Markov, customers: int, runs: int = RUNS, seed: int = 0) -> Floats:
    """Return the mean wait of each run, the first tenth of its customers cut off [min]."""
    return np.array(
        [
            waits(*play(model, customers, seed + run))[customers // 10 :].mean()
            for run in range(runs)
        ]
    )


def contains(interval: Interval, exact: float, widened: float = 1.0) -> bool:
    """Tell whether the interval, made longer by a factor, contains the exact value."""
    middle, reach = interval.value, interval.half_width * widened
    return abs(exact - middle) <= reach


@pytest.mark.slow
@pytest.mark.parametrize("servers", range(1, 21))
def test_mean_wait_is_erlang_c(servers: int) -> None:
    """M/M/c, c = 1 ... 20, occupancy 0.5 ... 0.95: inside the 99.9 % interval of 20 runs."""
    occupancy = OCCUPANCIES[servers % len(OCCUPANCIES)]
    model = Markov(per_hour=servers * occupancy * 6, minutes=10, servers=servers)
    interval = mean_interval(simulated(model, 40_000), confidence=0.999)
    assert contains(interval, erlang_c_wait(model)), (interval, erlang_c_wait(model))


def test_a_narrow_interval_contains_erlang_c() -> None:
    """M/M/3 at 0.7: the 95 % interval is narrower than 1.5 % and contains the exact value."""
    model = Markov(per_hour=21, minutes=6, servers=3)
    interval = mean_interval(simulated(model, 150_000, seed=7))
    assert interval.half_width < 0.015 * interval.value
    assert contains(interval, erlang_c_wait(model))


@pytest.mark.slow
def test_coverage_of_the_intervals() -> None:
    """Of 200 intervals of 95 % (M/M/3 at 0.7, 10 runs each), 190 +- 9 contain the exact wait."""
    model = Markov(per_hour=21, minutes=6, servers=3)
    exact = erlang_c_wait(model)
    means = simulated(model, 5_000, runs=2_000, seed=1_000).reshape(200, 10)
    hits = sum(contains(mean_interval(row), exact) for row in means)
    assert abs(hits - 190) <= 9


@pytest.mark.slow
@pytest.mark.parametrize("row", rows("erlang_a_exact")[:6], ids=lambda r: f"c{r['servers']}")
def test_abandonment_is_erlang_a(row: dict[str, str]) -> None:
    """M/M/c+M: abandoned share and mean wait of all inside the 99.9 % intervals."""
    model = Markov(
        per_hour=float(row["lambda_per_h"]),
        minutes=float(row["mean_service_min"]),
        servers=int(row["servers"]),
        patience=float(row["mean_patience_min"]),
    )
    means, shares = [], []
    for run in range(RUNS):
        queue, outcomes = play(model, 50_000, run)
        means.append(waits(queue, outcomes)[5_000:].mean())
        shares.append((outcomes.call < 0)[5_000:].mean())
    wait = mean_interval(np.array(means), confidence=0.999)
    share = mean_interval(np.array(shares), confidence=0.999)
    assert contains(wait, float(row["mean_wait_all_min"]))
    assert contains(share, float(row["p_abandon"]))


def test_strict_classes_are_cobham() -> None:
    """Non-preemptive M/M/10 at 0.9, 40 % first class: both classes' waits (Cobham 1954, eq. 3).

    W_k = W_0 / ((1 - s_(k-1)) (1 - s_k)) with W_0 = C(c, a) S / c and s_k the load of the
    classes up to k divided by c.
    """
    model = Markov(per_hour=54, minutes=10, servers=10, first_class=0.4)
    start = erlang_c(10, 9.0) * 10 / 10
    exact = (start / (1 - 0.36), start / ((1 - 0.36) * (1 - 0.9)))
    found: list[list[float]] = [[], []]
    for run in range(RUNS):
        queue, outcomes = play(model, 100_000, run)
        second = (queue.rank != queue.arrival)[10_000:]
        wait = waits(queue, outcomes)[10_000:]
        found[0].append(float(wait[~second].mean()))
        found[1].append(float(wait[second].mean()))
    for values, value in zip(found, exact, strict=True):
        assert contains(mean_interval(np.array(values), confidence=0.999), value)
