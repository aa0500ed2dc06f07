"""The large outside witness: 120,000 customers in Ciw and in our engine, row by row.

``python -m tests.benchmarks.ciw_agreement [--customers N]`` plays constant staff, two priorities
and patience; it prints how many customers were called or left at another millisecond.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from planner.sim.engine import get_engine
from tests.benchmarks.history import Measured
from tests.engines.ciw_oracle import Constant, by_ciw, constant_location

CASES = (
    Constant(3, 1.1, 0.3, 12.0),
    Constant(5, 0.9, 0.5, None),
    Constant(12, 1.0, 0.6, 20.0),
    Constant(25, 1.05, 0.4, 8.0),
)
BLOCK = 5_000


def main(arguments: list[str]) -> int:
    """Print customers and differences by case; return 1 if any differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=120_000)
    wanted = parser.parse_args(arguments).customers
    total = 0
    for case in CASES:
        blocks = -(-wanted // BLOCK // len(CASES))
        differing = sum(differences(case, seed) for seed in range(blocks))
        print(f"{case}: {blocks * BLOCK} customers, {differing} differ", flush=True)  # noqa: T201
        total += differing
    return int(total > 0)


def measured() -> Iterator[Measured]:
    """Yield the customers that differ, of 20,000, for the benchmark history."""
    for case in CASES:
        yield Measured(str(case), "differ from Ciw", differences(case, 0), f"of {BLOCK} customers")


def differences(case: Constant, seed: int) -> int:
    """Return how many of a block's customers differ in call or end."""
    queue, clerks, house = constant_location(case, BLOCK, seed)
    ours = get_engine("compiled").run(queue, clerks, house)
    call, end = by_ciw(queue, case.clerks)
    return int(((call != ours.call) | (end != ours.finish)).sum())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
