"""Compiles once what several test processes would otherwise compile side by side.

numba keeps compiled code beside its source. On a fresh machine the tests' processes would all find
it missing at the same time; ``make test`` therefore plans and repairs the small case first, and
plays a location where cases are handed on.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from planner.sim.engine import get_engine
from tests.cli.conftest import Planned, plan_small, run
from tests.engines.random_locations import Shape, random_location


def main() -> int:
    """Plan the small case and repair an absence of its first employee; return the exit status."""
    get_engine("compiled").run(*random_location(0, Shape(hands_on=True)))
    with tempfile.TemporaryDirectory() as folder:
        planned = plan_small(Path(folder) / "plan")
        return max(planned.exit_code, _repair(planned, Path(folder) / "repair"))


def _repair(planned: Planned, out: Path) -> int:
    first = pd.read_csv(planned.folder / "roster.csv", dtype=str).iloc[0]
    absent = f"{first['employee']}:{first['date']}"
    return run("repair", planned.folder, "--absent", absent, "--out", out).exit_code


if __name__ == "__main__":
    raise SystemExit(main())
