"""Where numba is not installed the program runs all the same, and gives the same rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SCENARIOS = Path(__file__).parents[2] / "scenarios"
#: Runs a short simulation of the small case; the first argument says whether numba is there.
PROGRAM = """
import json, sys
if sys.argv[1] == "without":
    sys.modules["numba"] = None  # importing it raises ImportError
from planner.scenario.loading import load_case
from planner.sim import compiled_heap
from planner.sim.replicate import constant_staffing, play, sample_replication
from dataclasses import replace
case = load_case(sys.argv[2], ("simulation.booking_weeks=1",))
places = tuple(replace(place, constant_desks=3) for place in case.locations)
case = replace(case, locations=places)
sample = sample_replication(case, 1, 0)
outcomes = play(case, sample.customers, constant_staffing(case))
print(json.dumps({
    "compiled": compiled_heap.numba is not None,
    "fates": sample.booking.requests.fate.tolist(),
    "booked": sample.booking.requests.booked_ms.tolist(),
    "calls": [out.call.tolist() for out in outcomes],
    "clerks": [out.clerk.tolist() for out in outcomes],
}))
"""


def test_the_program_runs_without_numba_and_gives_the_same_rows() -> None:
    """In fresh processes, once with numba and once without: booking and day, row by row."""
    found = {word: _run(word) for word in ("with", "without")}
    assert found["with"].pop("compiled") is True
    assert found["without"].pop("compiled") is False
    assert sum(map(len, found["with"]["calls"])) > 200
    assert found["with"] == found["without"]


def _run(word: str) -> dict[str, Any]:
    case = SCENARIOS / "small" / "base.yaml"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, word, str(case)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(SCENARIOS.parent)},
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result
