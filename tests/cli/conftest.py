"""One plan of the small case, made once by the program itself, for all tests that look at it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.main import app

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SMALL = SCENARIOS / "small" / "base.yaml"


@dataclass(frozen=True)
class Planned:
    """The folder and the printed JSON of a plan of the small case."""

    folder: Path
    exit_code: int
    printed: dict[str, object]


def run(*arguments: str | Path) -> Result:
    """Run the program with these arguments and return what it printed and its status."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def plan_small(folder: Path, *more: str) -> Planned:
    """Plan the small case into ``folder``."""
    fixed = ("--seconds", "3", "--replications", "4", "--jobs", "1", "--json")
    result = run("plan", SMALL, *fixed, "--out", folder, *more)
    return Planned(folder, result.exit_code, json.loads(result.stdout))


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """Return a plan of the small case with seed 1."""
    return plan_small(tmp_path_factory.mktemp("runs") / "small")
