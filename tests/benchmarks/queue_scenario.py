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
from dataclasses import dataclass
from pathlib import Path

from scipy import stats

from planner.queueing.erlang import CounterQueue
from planner.scenario.loading import load_case
from planner.sim.replicate import SimulationRun, StaffingSource, simulate

SCENARIO = Path(__file__).parents[2] / "scenarios" / "queue" / "mmc.yaml"
SERVERS = range(1, 21)
OCCUPANCIES = (0.5, 0.7, 0.8, 0.9, 0.95)
MINUTES = 6
YEAR_HOURS = 8766
FIRST_SEED = 1_000
#: No cell may be further than this from the exact value [standard errors].
FARTHEST = 4.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One queue of the grid: exact mean wait, the simulated one and its interval [min]."""

    servers: int
    occupancy: float
    exact: float
    value: float
    low: float
    high: float
    replications: int

    @property
    def inside(self) -> bool:
        """Whether the interval contains the exact value."""
        return self.low <= self.exact <= self.high

    @property
    def errors(self) -> float:
        """Distance from the exact value [standard errors]."""
        reach = float(stats.t.ppf(0.975, self.replications - 1))
        return abs(self.value - self.exact) * 2 * reach / (self.high - self.low)


def main(arguments: list[str]) -> int:
    """Print the cells; return 1 if too few are inside or one is too far off."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="1/1", help="K/N: every Nth cell from the Kth on")
    parser.add_argument("--seed", type=int, help="the same seed for all cells")
    chosen = parser.parse_args(arguments)
    part, parts = map(int, chosen.part.split("/"))
    cells = []
    for cell in grid(part, parts, chosen.seed):
        cells.append(cell)
        print(_line(cell), flush=True)  # noqa: T201
    inside, farthest = sum(c.inside for c in cells), max(c.errors for c in cells)
    low, high = band(len(cells))
    print(f"{inside} of {len(cells)} inside (band {low} to {high}); farthest {farthest:.2f} errors")  # noqa: T201
    return int(not low <= inside <= high or farthest > FARTHEST)


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
    interval = (float(row["value"]), float(row["ci_low"]), float(row["ci_high"]))
    return Cell(servers, occupancy, exact, *interval, int(row["replications"]))


def band(cells: int) -> tuple[int, int]:
    """Return how many of ``cells`` independent intervals of 95 % may be inside (1 % fall out).

    For 100 cells 89 to 100: 95 plus or minus 6, as far as there are cells.
    """
    inside = stats.binom(cells, 0.95)
    return int(inside.ppf(0.005)), int(inside.ppf(0.995))


def _line(cell: Cell) -> str:
    return (
        f"c {cell.servers:2d} occupancy {cell.occupancy:4.2f}: exact {cell.exact:9.4f} "
        f"simulated {cell.value:9.4f} [{cell.low:9.4f}, {cell.high:9.4f}] "
        f"{'inside' if cell.inside else 'OUTSIDE'} {cell.errors:.2f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
