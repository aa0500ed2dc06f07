"""A made-up run and what reports make of it, built once for the tests of this folder."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from planner.reporting.material import Material
from planner.results.frames import run_tables
from planner.results.store import read_run, write_run
from tests.results.run_builders import a_case, a_manifest, a_run, parts_of

Change = Callable[[dict[str, pd.DataFrame]], object]


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run folder that tests only read."""
    return a_run(tmp_path_factory.mktemp("runs") / "run")


@pytest.fixture(scope="session")
def material(run_folder: Path) -> Material:
    """Return the material of that run."""
    return Material(read_run(run_folder))


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Change], Path]:
    """Return a function that writes the run with its tables changed."""

    def write(change: Change) -> Path:
        case = a_case()
        tables = run_tables(parts_of(case))
        change(tables)
        return write_run(tmp_path / "changed", tables, a_manifest(case), "")

    return write
