"""Compiles once what several test processes would otherwise compile side by side.

numba keeps compiled code beside its source. On a fresh machine the tests' processes would all find
it missing at the same time; ``make test`` therefore plans and repairs the small case first.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from tests.cli.conftest import Planned, plan_small, run


def main() -> int:
    """Plan the small case and repair an absence of its first employee; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        planned = plan_small(Path(folder) / "plan")
        return max(planned.exit_code, _repair(planned, Path(folder) / "repair"))


def _repair(planned: Planned, out: Path) -> int:
    first = pd.read_csv(planned.folder / "roster.csv", dtype=str).iloc[0]
    absent = f"{first['employee']}:{first['date']}"
    return run("repair", planned.folder, "--absent", absent, "--out", out).exit_code


if __name__ == "__main__":
    raise SystemExit(main())
