"""One calendar per employee, readable by any calendar."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from planner.reporting.calendars import Calendars, file_name
from planner.results.store import read_run


@pytest.fixture(scope="module")
def calendars(run_folder: Path) -> dict[str, bytes]:
    """Return the calendars of the made-up run by file name."""
    documents = Calendars().build(read_run(run_folder), "de")
    return {document.path.name: document.content for document in documents}


def test_everybody_has_a_calendar(calendars: dict[str, bytes], run_folder: Path):
    """Every employee has a file, also those without a shift."""
    employees = read_run(run_folder).table("employees")["employee"]
    assert sorted(calendars) == sorted(f"{employee}.ics" for employee in employees)


def test_an_event_for_each_shift(calendars: dict[str, bytes], run_folder: Path):
    """An event carries place, times in the zone of the case, breaks and a lasting identifier."""
    calendar = Calendar.from_ical(calendars["city-01.ics"])
    events = calendar.walk("VEVENT")
    roster = read_run(run_folder).table("roster")
    own = roster[roster["employee"] == "city-01"]
    assert len(events) == len(own)
    first = next(event for event in events if "2024-04-29" in str(event["uid"]))
    assert first["uid"] == "made-up-city-01-2024-04-29@planner"
    zone = ZoneInfo("Europe/Berlin")
    row = own[own["date"] == "2024-04-29"].iloc[0]
    hour, minute = int(row["start"][:2]), int(row["start"][3:])
    assert first.decoded("dtstart") == datetime(2024, 4, 29, hour, minute, tzinfo=zone)
    assert first.decoded("dtstamp") == datetime(2024, 4, 29, tzinfo=UTC)
    assert first["summary"] == "Dienst City"
    assert f"Pause {row['break_start']}–{row['break_end']}" in str(first["description"])
    assert "Bezahlte Arbeitszeit: 8,00 Std." in str(first["description"])


def test_the_zone_is_in_the_file(calendars: dict[str, bytes]):
    """The rules of the time zone travel with the calendar; lines end as RFC 5545 asks."""
    content = calendars["city-01.ics"]
    assert b"TZID:Europe/Berlin" in content
    assert b"TZNAME:CEST" in content
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize(
    ("employee", "name"),
    [
        ("E0001", "E0001"),
        ("Müller, A.", "Müller__A.-"),
        ("../x", "_x-"),
        ("a/b", "a_b-"),
        ("", "_-"),
    ],
)
def test_file_names_are_safe(employee: str, name: str):
    """No employee's identifier leads out of the folder, and none shadows another."""
    assert file_name(employee).startswith(name)
    assert "/" not in file_name(employee)
    assert file_name("a/b") != file_name("a_b")


def test_english(run_folder: Path):
    """Events speak the language asked for."""
    document = next(iter(Calendars().build(read_run(run_folder), "en")))
    assert b"SUMMARY:Shift " in document.content
