"""Building all reports of a run: which files, from which tables, and the same bytes again."""

import re
from pathlib import Path

import pytest

from planner.errors import StoreError
from planner.reporting import registry
from planner.reporting.build import build_reports
from planner.reporting.registry import REPORTS
from planner.tables import EVERY_TABLE
from tests.results.run_builders import a_run


def test_every_report_file_is_in_the_registry():
    """A file that defines a report with a name and needs is listed, and once."""
    folder = Path(registry.__file__).parent
    defining = [
        p for p in folder.glob("*.py") if re.search(r"^    needs: tuple", p.read_text(), re.M)
    ]
    assert len(defining) == len(REPORTS)
    assert len({report.name for report in REPORTS}) == len(REPORTS)


def test_reports_need_tables_of_the_book():
    """What a report asks for exists."""
    known = {table.name for table in EVERY_TABLE}
    assert {name for report in REPORTS for name in report.needs} <= known


def test_all_reports_of_a_plan(tmp_path: Path):
    """A plan has the page, the workbook and a calendar for every employee (here a repair's too)."""
    run = a_run(tmp_path / "run")
    built = build_reports(run)
    names = [path.relative_to(run).as_posix() for path in built]
    assert names[:2] == ["report.html", "roster.xlsx"]
    assert names[-1] == "repair.html"
    assert names[2:-1] == sorted(f"calendars/{p.stem}.ics" for p in (run / "calendars").iterdir())
    assert len(names) == 3 + 16
    assert all(path.stat().st_size > 100 for path in built)
    assert not list(run.rglob("*.part"))


def test_equal_runs_give_equal_reports(tmp_path: Path):
    """Workbook, calendars and page of equal runs are equal byte for byte."""
    first, second = (build_reports(a_run(tmp_path / name)) for name in ("a", "b"))
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_reports_are_built_again_without_leftovers(tmp_path: Path):
    """Calendars of employees who are gone do not stay."""
    run = a_run(tmp_path / "run")
    build_reports(run)
    (run / "calendars" / "gone.ics").write_text("old")
    assert not any(path.name == "gone.ics" for path in build_reports(run, "en"))
    assert not (run / "calendars" / "gone.ics").exists()


def test_a_simulation_without_roster_has_the_page_alone(changed):
    """Where there is no roster, there is neither workbook nor calendar, but the page."""

    def without_roster(tables):
        for name in ("roster", "activities", "requirement", "findings", "rules", "objective"):
            del tables[name]
        for name in ("changes", "stand_ins", "locks"):
            del tables[name]

    run = changed(without_roster)
    (page,) = build_reports(run)
    text = page.read_text()
    assert "Dieser Lauf hat keinen Dienstplan" in text
    assert "de-short" not in text


def test_no_reports_of_a_folder_that_is_no_run(tmp_path: Path):
    """A folder without manifest is refused."""
    with pytest.raises(StoreError):
        build_reports(tmp_path)
