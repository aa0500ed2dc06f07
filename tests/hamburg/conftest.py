"""The committed Hamburg tables, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.case import PlanningCase
from planner.scenario.loading import load_case
from planner.workflow.derivation.files import Row, read_rows

FOLDER = Path(__file__).parents[2] / "scenarios" / "hamburg"


@pytest.fixture(scope="session")
def folder() -> Path:
    """Return the folder of the Hamburg case."""
    return FOLDER


@pytest.fixture(scope="session")
def tables() -> dict[str, list[Row]]:
    """Return all tables of the Hamburg case by name."""
    return {path.stem: read_rows(path) for path in sorted((FOLDER / "tables").glob("*.csv"))}


@pytest.fixture(scope="session")
def case() -> PlanningCase:
    """Return the Hamburg case."""
    return load_case(FOLDER / "base.yaml")
