"""The committed tables are what the programs write, byte for byte."""

from __future__ import annotations

import runpy
import shutil
import sys
from pathlib import Path

import pytest

from planner.workflow.derived_tables import write_derived_tables
from planner.workflow.synthetic_staff import write_synthetic_staff

STAFF = ("employees", "absences", "wishes")
DERIVED = ("location_choice", "appointment_desks")


def _copy(folder: Path, target: Path, dropped: tuple[str, ...]) -> Path:
    copy = Path(shutil.copytree(folder, target / "case"))
    for name in dropped:
        (copy / "tables" / f"{name}.csv").unlink()
    return copy


def _assert_equal(folder: Path, copy: Path, names: tuple[str, ...]) -> None:
    for name in names:
        table = Path("tables") / f"{name}.csv"
        assert (copy / table).read_bytes() == (folder / table).read_bytes(), name


def test_staff_is_regenerated_byte_for_byte(folder: Path, tmp_path: Path):
    """Employees, absences and wishes come out as committed."""
    copy = _copy(folder, tmp_path, STAFF)
    write_synthetic_staff(copy)
    _assert_equal(folder, copy, STAFF)


def test_derived_tables_are_regenerated_byte_for_byte(folder: Path, tmp_path: Path):
    """Location choice and appointment desks come out as committed."""
    copy = _copy(folder, tmp_path, DERIVED)
    write_derived_tables(copy)
    _assert_equal(folder, copy, DERIVED)


@pytest.mark.parametrize(
    ("module", "names"),
    [("planner.workflow.synthetic_staff", STAFF), ("planner.workflow.derived_tables", DERIVED)],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_modules_run_as_programs(
    module: str, names: tuple[str, ...], folder: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    """``python -m`` with the folder of a case writes the tables."""
    copy = _copy(folder, tmp_path, names)
    monkeypatch.setattr(sys, "argv", [module, str(copy)])
    runpy.run_module(module, run_name="__main__")
    _assert_equal(folder, copy, names)


def test_another_seed_gives_another_staff(folder: Path, tmp_path: Path):
    """The seed of the assumptions moves the absences."""
    copy = _copy(folder, tmp_path, STAFF)
    staff = copy / "derivation" / "staff.csv"
    staff.write_text(staff.read_text("utf-8").replace("seed,20240415", "seed,7"), "utf-8")
    write_synthetic_staff(copy)
    table = Path("tables") / "absences.csv"
    assert (copy / table).read_bytes() != (folder / table).read_bytes()
