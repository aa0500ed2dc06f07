"""M/M/c as a scenario over the whole grid: c = 1 … 20, occupancies 0.5 … 0.95, its own settings.

``python -m tests.benchmarks.queue_scenario [--part K/N] [--seed S]`` simulates
``scenarios/queue/mmc.yaml`` as shipped (replications, length and warm-up of the file), prints every
cell and counts the 95 % intervals that contain Erlang C's mean wait.  Every cell has a seed of its
own: equal seeds mean equal customers and so equal luck.  ``--seed`` gives all cells the same one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from planner.queueing.erlang import CounterQueue
from planner.scenario.loading import load_case
from planner.sim.replicate import SimulationRun, StaffingSource, simulate
from tests.benchmarks.history import Measured
from tests.benchmarks.intervals import Cell, band, told
from tests.benchmarks.intervals import measured as history_rows

SCENARIO = Path(__file__).parents[2] / "scenarios" / "queue" / "mmc.yaml"
SERVERS = range(1, 21)
OCCUPANCIES = (0.5, 0.7, 0.8, 0.9, 0.95)
MINUTES = 6
YEAR_HOURS = 8766
FIRST_SEED = 1_000
#: No cell may be further than this from the exact value [standard errors].
FARTHEST = 4.0


def main(arguments: list[str]) -> int:
    """Print the cells; return 1 if too few are inside or one is further off than 4 errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="1/1", help="K/N: every Nth cell from the Kth on")
    parser.add_argument("--seed", type=int, help="the same seed for all cells")
    chosen = parser.parse_args(arguments)
    part, parts = map(int, chosen.part.split("/"))
    cells = []
    for found in grid(part, parts, chosen.seed):
        cells.append(found)
        print(_line(found), flush=True)  # noqa: T201
    low, high = band(len(cells))
    print(told(cells))  # noqa: T201
    inside = low <= sum(found.inside for found in cells) <= high
    return int(not inside or max(found.errors for found in cells) > FARTHEST)


def measured() -> Iterator[Measured]:
    """Yield every eleventh cell of the grid for the benchmark history."""
    yield from history_rows("M/M/c as a scenario", list(grid(part=1, parts=11)))


def grid(part: int = 1, parts: int = 1, seed: int | None = None) -> Iterator[Cell]:
    """Yield the cells of a part of the grid; without ``seed`` each has its own."""
    cells = [(servers, occupancy) for servers in SERVERS for occupancy in OCCUPANCIES]
    for number, (servers, occupancy) in list(enumerate(cells))[part - 1 :: parts]:
        yield simulated(servers, occupancy, FIRST_SEED + number if seed is None else seed)


def simulated(servers: int, occupancy: float, seed: int, *settings: str) -> Cell:
    """Return one cell: the scenario with this many desks at this occupancy."""
    load = servers * occupancy
    volume = f"demand.customer.requests_per_year={load * 60 / MINUTES * YEAR_HOURS}"
    desks = f"locations.queue.constant_desks={servers}"
    case = load_case(SCENARIO, (volume, desks, *settings))
    run = SimulationRun(seed, case.simulation.replications)
    table = simulate(case, StaffingSource(), run).measures
    of_all = (table["scope"] == "location") & (table["channel"] == "all")
    row = table[of_all & (table["measure"] == "wait_mean")].iloc[0]
    exact = CounterQueue(servers, load, MINUTES).wait_mean
    half_width = (float(row["ci_high"]) - float(row["ci_low"])) / 2
    name = f"c {servers:2d} occupancy {occupancy:4.2f}"
    return Cell(name, exact, float(row["value"]), half_width, int(row["replications"]))


def _line(found: Cell) -> str:
    return (
        f"{found.name}: exact {found.exact:9.4f} simulated {found.value:9.4f} "
        f"+- {found.half_width:8.4f} {'inside' if found.inside else 'OUTSIDE'} {found.errors:.2f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
