"""The whole catalogue of Hamburg is valid: every scenario is loaded as ``planner check`` does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from planner.scenario.loading import load_case
from tests.benchmarks.history import Measured

FOLDER = Path(__file__).parents[2] / "scenarios" / "hamburg" / "what-if"


def measured() -> Iterator[Measured]:
    """Yield how many scenarios were loaded; one with a problem ends the benchmark."""
    started = time.process_time()
    cases = [load_case(path) for path in sorted(FOLDER.glob("*.yaml"))]
    seconds = time.process_time() - started
    assert all(case.locations for case in cases)
    yield Measured("catalogue of Hamburg", "valid scenarios", float(len(cases)), "", "")
    yield Measured("catalogue of Hamburg", "loading one", seconds / len(cases), "s CPU", "")
