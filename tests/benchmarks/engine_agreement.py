"""The large proof: at least 1,000,000 customers, the same row in both engines.

``python -m tests.benchmarks.engine_agreement [--customers N]`` plays random locations, their times
continuous, on a grid of one minute and of five minutes, and counts the customers whose row differs
between the compiled engine and the SimPy reference.  Of three locations two have every feature on,
and in one the end of patience is no event; in every second one cases are handed on by rules mixed
piece by piece (L16 to L21).  Small locations are also played by the naive engine
that shuffles the events of an instant.  ``python -m tests.benchmarks "engine agreement"`` appends
the counts to the history.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from planner.sim.engine import Clerks, House, Queue, get_engine
from planner.units import MS_PER_MINUTE
from tests.benchmarks.history import Measured
from tests.engines.random_locations import Shape, random_location, untimed_location
from tests.engines.shuffled import ShuffledEngine
from tests.engines.test_engines_agree import differing

GRIDS = (1, MS_PER_MINUTE, 5 * MS_PER_MINUTE)
CUSTOMERS = 1_000_000
#: Small locations a grid for the naive engine.
SHUFFLED = 60


def main(arguments: list[str]) -> int:
    """Print locations, customers and differences by grid; return 1 if any customer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    rows = list(measured(parser.parse_args(arguments).customers))
    for row in rows:
        print(row.case, row.measure, row.value, sep="\t")  # noqa: T201
    return int(any(row.measure.endswith("differ") and row.value > 0 for row in rows))


def measured(customers: int = CUSTOMERS) -> Iterator[Measured]:
    """Yield locations, customers and how many differ by grid."""
    for grid in GRIDS:
        case = f"grid {grid} ms"
        locations, played, differ = prove(grid, -(-customers // len(GRIDS)))
        yield Measured(case, "locations", locations, "locations")
        yield Measured(case, "customers", played, "customers")
        yield Measured(case, "compiled and SimPy reference differ", differ, "customers")
        yield Measured(case, "compiled and shuffled differ", prove_shuffled(grid), "customers")


def prove(grid: int, wanted: int) -> tuple[int, int, int]:
    """Play random locations until ``wanted`` customers; return locations, customers, differing."""
    compiled, simpy = get_engine("compiled"), get_engine("simpy")
    locations = customers = differ = 0
    while customers < wanted:
        location = _location(locations, grid)
        differ += differing(compiled.run(*location), simpy.run(*location))
        locations, customers = locations + 1, customers + len(location[0].arrival)
    return locations, customers, differ


def prove_shuffled(grid: int) -> int:
    """Play small locations with the events of every instant in random order; return differing."""
    compiled, differ = get_engine("compiled"), 0
    for seed in range(SHUFFLED):
        location = random_location(
            2_000_000 + seed, Shape(grid=grid, customers=150, hands_on=seed % 2 == 1)
        )
        differ += differing(compiled.run(*location), ShuffledEngine(seed).run(*location))
    return differ


def _location(number: int, grid: int) -> tuple[Queue, Clerks, House]:
    seed, hands_on = 1_000_000 + number, number % 2 == 1
    if number % 3 == 2:
        return untimed_location(seed, grid, hands_on)
    shape = Shape(grid=grid, days=5, customers=2_000, clerks=20, hands_on=hands_on)
    return random_location(seed, shape)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
