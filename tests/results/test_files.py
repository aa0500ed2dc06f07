"""Rosters and requirements read back from files that anybody may have written."""

from pathlib import Path

import pytest

from planner.errors import StoreError
from planner.results.files import read_roster, requirement_from_frame
from planner.results.frames import requirement_frame
from tests.results.run_builders import a_case, a_requirement, a_roster, a_run

HEADER = "employee,date,location,start,end,break_start,break_end,paid_minutes\n"


def test_the_roster_of_a_run_folder(tmp_path: Path):
    """With activities beside it, the roster comes back whole."""
    case = a_case()
    assert read_roster(a_run(tmp_path / "run") / "roster.csv", case) == a_roster(case)


def test_a_roster_with_the_columns_of_the_contract(tmp_path: Path):
    """The column ``breaks`` may be missing; the first break is used."""
    path = tmp_path / "roster.csv"
    path.write_text(
        HEADER
        + "city-01,2024-04-29,city,08:00,16:30,12:00,12:30,480\n"
        + "city-02,2024-04-29,city,08:00,12:00,,,240\n"
    )
    first, second = read_roster(path, a_case()).assignments
    assert [(b.start_minute, b.end_minute) for b in first.breaks] == [(720, 750)]
    assert second.breaks == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("employee,date\n", "missing columns location"),
        (HEADER + "nobody,2024-04-29,city,08:00,12:00,,,240\n", ":2: employee 'nobody' is not"),
        (HEADER + "city-01,2024-04-29,moon,08:00,12:00,,,240\n", ":2: location 'moon' is not"),
        (HEADER + "city-01,29.04.2024,city,08:00,12:00,,,240\n", "dates YYYY-MM-DD"),
        (HEADER + "city-01,2024-04-29,city,08:00,12:00,,,200\n", ":2: paid_minutes is 200"),
        ("", "not a CSV file"),
    ],
)
def test_a_bad_roster_is_refused_with_its_place(tmp_path: Path, text: str, message: str):
    """What is wrong with the file, and where, is said."""
    path = tmp_path / "roster.csv"
    path.write_text(text)
    with pytest.raises(StoreError, match=message):
        read_roster(path, a_case())


def test_a_missing_roster_is_named(tmp_path: Path):
    """A path without a file is refused."""
    with pytest.raises(StoreError, match="there is no such file"):
        read_roster(tmp_path / "roster.csv", a_case())


def test_a_requirement_survives_the_way_to_its_table_and_back():
    """Requirement → table → requirement gives the same requirement, roster or none."""
    case = a_case()
    requirement = a_requirement(case)
    for roster in (None, a_roster(case)):
        frame = requirement_frame(case, requirement, roster)
        assert requirement_from_frame(frame, requirement.slot_minutes) == requirement
