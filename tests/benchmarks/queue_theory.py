"""Erlang C, Erlang A and Cobham: exact values in narrow intervals, and coverage over 200 seeds.

``python -m tests.benchmarks.queue_theory`` plays queues with the engine until the half-widths are
1.5 % or less, prints every cell, and counts those of 200 intervals that contain the exact one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np

from planner.queueing.erlang import CounterQueue, erlang_c
from tests.benchmarks.history import Measured
from tests.benchmarks.intervals import NARROW, Cell, cell, coverage, covers, kept, told
from tests.benchmarks.intervals import measured as history_rows
from tests.theory.reference import rows
from tests.theory_sim.queues import Floats, Markov, play, waits

RUNS, FIRST = 40, 7_000
#: Runs of a queue at the most: all cells are narrow long before.
MOST_RUNS = 2_000


def main() -> int:
    """Print cells and coverages; return 1 if one of them is not kept."""
    cells = [*erlang_c_cells(), *erlang_a_cells(), *cobham_cells()]
    for found in cells:
        print(  # noqa: T201
            f"{found.name}: exact {found.exact:.5f} simulated {found.value:.5f} "
            f"+- {found.width:.2%} {'inside' if found.inside else 'OUTSIDE'} {found.errors:.2f}"
        )
    print(told(cells))  # noqa: T201
    good = kept(cells)
    for name, hits in coverages():
        print(f"coverage {name}: {hits} of 200", flush=True)  # noqa: T201
        good &= covers(hits)
    return int(not good)


def measured() -> Iterator[Measured]:
    """Yield cells and coverages for the benchmark history."""
    for family in (erlang_c_cells, erlang_a_cells, cobham_cells):
        yield from history_rows(family.__name__.removesuffix("_cells"), list(family()))
    for name, hits in coverages():
        yield Measured(name, "coverage", hits, "of 200")


def erlang_c_cells() -> Iterator[Cell]:
    """Yield mean waits of M/M/c for twelve c and occupancies up to 0.9."""
    for servers in (1, 2, 3, 5, 10, 20):
        for occupancy in (0.7, 0.9):
            model = Markov(servers * occupancy * 6, 10, servers)
            length = 60_000 if occupancy < 0.8 else 400_000
            wait = CounterQueue(servers, model.load, 10).wait_mean
            exact = {f"c={servers} {occupancy}": (0, wait)}
            yield from narrow_cells("Erlang C", model, length, exact)


def erlang_a_cells() -> Iterator[Cell]:
    """Yield mean wait and abandoned share of every tabulated M/M/c+M."""
    for row in rows("erlang_a_exact"):
        model = phone(row)
        exact = {
            "wait": (0, float(row["mean_wait_all_min"])),
            "abandoned": (1, float(row["p_abandon"])),
        }
        name = f"Erlang A c={row['servers']} {row['lambda_per_h']}/h"
        yield from narrow_cells(name, model, 60_000, exact)


def cobham_cells() -> Iterator[Cell]:
    """Yield the waits of two non-preemptive classes (Cobham 1954, eq. 3)."""
    for servers, occupancy, first in ((10, 0.9, 0.4), (3, 0.8, 0.5), (1, 0.7, 0.3)):
        model = Markov(servers * occupancy * 6, 10, servers, first_class=first)
        exact = {f"class {k + 1}": (2 + k, wait) for k, wait in enumerate(cobham(model))}
        yield from narrow_cells(f"Cobham c={servers}", model, 300_000, exact)


def narrow_cells(
    name: str, model: Markov, customers: int, exact: dict[str, tuple[int, float]]
) -> Iterator[Cell]:
    """Yield cells of a queue, by metric (its number and exact value); runs until all are narrow."""
    runs: list[Floats] = []
    cells: list[Cell] = []
    while not runs or (max(one.width for one in cells) > NARROW and len(runs) < MOST_RUNS):
        first = FIRST + len(runs)
        runs += [metrics(model, customers, first + run) for run in range(RUNS)]
        found = np.array(runs)
        cells = [cell(f"{name} {key}", value, found[:, k]) for key, (k, value) in exact.items()]
    yield from cells


def cobham(model: Markov) -> tuple[float, float]:
    """Return the exact mean waits of the two classes [min]."""
    start = erlang_c(model.servers, model.load) * model.minutes / model.servers
    share = model.load / model.servers
    rest = 1 - share * model.first_class
    return start / rest, start / (rest * (1 - share))


def coverages() -> Iterator[tuple[str, int]]:
    """Yield how many of 200 intervals, 10 runs each, contain the exact value, by family."""
    counter = Markov(21, 6, 3)
    found = _runs(counter, 6_000)
    yield "Erlang C (M/M/3 at 0.7) wait", coverage(found[:, 0], CounterQueue(3, 2.1, 6).wait_mean)
    row = rows("erlang_a_exact")[3]
    found = _runs(phone(row), 4_000)
    yield "Erlang A wait", coverage(found[:, 0], float(row["mean_wait_all_min"]))
    yield "Erlang A abandoned", coverage(found[:, 1], float(row["p_abandon"]))
    two = Markov(14.4, 10, 3, first_class=0.5)
    found = _runs(two, 8_000)
    for number, exact in enumerate(cobham(two)):
        yield f"Cobham class {number + 1}", coverage(found[:, 2 + number], exact)


def _runs(model: Markov, customers: int) -> Floats:
    return np.array([metrics(model, customers, 50_000 + run) for run in range(2_000)])


def metrics(model: Markov, customers: int, seed: int) -> Floats:
    """Return mean wait, abandoned share and mean waits of both classes, a tenth cut off [min]."""
    queue, outcomes = play(model, customers, seed)
    wait, kept_rows = waits(queue, outcomes), slice(customers // 10, None)
    second = (queue.rank != queue.arrival)[kept_rows]
    wait, left = wait[kept_rows], (outcomes.call < 0)[kept_rows]
    first = wait[~second].mean() if (~second).any() else np.nan
    return np.array([wait.mean(), left.mean(), first, wait[second].mean()])


def phone(row: dict[str, str]) -> Markov:
    """Return the queue of a row of ``erlang_a_exact``."""
    return Markov(
        per_hour=float(row["lambda_per_h"]),
        minutes=float(row["mean_service_min"]),
        servers=int(row["servers"]),
        patience=float(row["mean_patience_min"]),
    )


if __name__ == "__main__":
    sys.exit(main())
