"""Counter hours behind the lead-time targets: from the plan to the table in the report."""

from pathlib import Path

from planner.reporting.build import build_reports
from planner.reporting.material import Material
from planner.reporting.overview import counter_hour_rows
from planner.reporting.words import words_of
from planner.results.store import read_run

HEADING = "Schalterstunden je Woche, die das Vorlaufziel halten"


def test_a_row_says_what_is_missing_and_what_is_to_spare(material: Material) -> None:
    """Missing and spare hours are words with a number, in both languages."""
    german = [row[-1] for row in counter_hour_rows(material, words_of("de"))]
    english = [row[-1] for row in counter_hour_rows(material, words_of("en"))]
    assert sorted(german) == ["✓ 4 Std. übrig", "✗ 12 Std. fehlen"]
    assert sorted(english) == ["✓ 4 h to spare", "✗ 12 h missing"]


def test_the_page_shows_the_table_where_a_run_has_one(changed) -> None:
    """The section stands in the report of a run with appointments, and in no other."""
    folder: Path = changed(lambda tables: tables)
    build_reports(folder, "de")
    assert HEADING in (folder / "report.html").read_text(encoding="utf-8")
    without: Path = changed(lambda tables: tables.pop("counter_hours"))
    build_reports(without, "de")
    assert HEADING not in (without / "report.html").read_text(encoding="utf-8")
    assert counter_hour_rows(Material(read_run(without)), words_of("de")) == []
