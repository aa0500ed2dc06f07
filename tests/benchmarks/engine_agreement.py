"""The large proof: at least 1,000,000 customers, the same row in both engines.

``python -m tests.benchmarks.engine_agreement [--customers N]`` plays random locations with every
feature on, their times continuous, on a grid of one minute and of five minutes, and counts the
customers whose row differs between the compiled engine and the SimPy reference.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np

from planner.sim.engine import get_engine
from planner.units import MS_PER_MINUTE
from tests.engines.random_locations import Shape, random_location

GRIDS = (1, MS_PER_MINUTE, 5 * MS_PER_MINUTE)


def main(arguments: list[str]) -> int:
    """Print locations, customers and differences by grid; return 1 if any customer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    wanted = parser.parse_args(arguments).customers
    total = 0
    for grid in GRIDS:
        locations, customers, differing = prove(grid, -(-wanted // len(GRIDS)))
        print(f"grid {grid} ms: {locations} locations, {customers} customers, {differing} differ")  # noqa: T201
        total += differing
    return int(total > 0)


def prove(grid: int, wanted: int) -> tuple[int, int, int]:
    """Play random locations until ``wanted`` customers; return locations, customers, differing."""
    compiled, simpy = get_engine("compiled"), get_engine("simpy")
    shape = Shape(grid=grid, days=5, customers=2_000, clerks=20)
    locations = customers = differing = 0
    while customers < wanted:
        location = random_location(1_000_000 + locations, shape)
        first, second = compiled.run(*location), simpy.run(*location)
        different = np.zeros(len(first.call), dtype=np.bool_)
        for one, other in zip(first, second, strict=True):
            different |= one != other
        locations, customers = locations + 1, customers + len(first.call)
        differing += int(different.sum())
    return locations, customers, differing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
