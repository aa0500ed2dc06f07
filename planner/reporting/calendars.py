"""One calendar file per employee: an event a shift, to be read by any calendar (RFC 5545).

Equal runs give equal bytes: the identifier of an event is made from case, employee and day,
and its time stamp is the start of the planned week, not the time of writing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from planner.domain.roster import Activity, Assignment, Piece
from planner.reporting.report import Document
from planner.reporting.words import Words, words_of
from planner.results.roster_frames import roster_from_frames
from planner.results.store import Run
from planner.units import MINUTES_PER_HOUR, minute_to_clock


@dataclass(frozen=True, slots=True)
class Calendars:
    """``calendars/<employee>.ics`` for every employee of the run, rostered or not."""

    name: str = "calendars"
    needs: tuple[str, ...] = ("roster", "activities", "employees", "locations")

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield a calendar per employee."""
        roster = roster_from_frames(run.table("roster"), run.table("activities"))
        shifts = roster.by_employee()
        places = run.table("locations").set_index("location")["name"].to_dict()
        names = {str(k): str(v) for k, v in places.items()}
        writer = _Writer(run, words_of(language), names, _zone(run))
        for employee in sorted({*run.table("employees")["employee"], *shifts}):
            content = writer.calendar(employee, shifts.get(employee, []))
            yield Document(PurePosixPath("calendars", f"{file_name(employee)}.ics"), content)


def file_name(employee: str) -> str:
    """Return ``employee`` as a file name that every system takes.

    Other characters become ``_``; a check sum keeps names apart that were changed.
    """
    clean = re.sub(r"[^\w.-]", "_", employee).lstrip(".") or "_"
    return clean if clean == employee else f"{clean}-{zlib.crc32(employee.encode()):08x}"


@dataclass(frozen=True, slots=True)
class _Writer:
    run: Run
    words: Words
    places: dict[str, str]
    zone: Timezone

    def calendar(self, employee: str, shifts: list[Assignment]) -> bytes:
        calendar = Calendar()
        calendar.add("prodid", "-//planner//roster//DE")
        calendar.add("version", "2.0")
        calendar.add("name", self.words("calendar.name", employee=employee))
        calendar.add_component(self.zone)
        for shift in shifts:
            calendar.add_component(self._event(shift))
        return bytes(calendar.to_ical())

    def _event(self, shift: Assignment) -> Event:
        manifest = self.run.manifest
        zone = ZoneInfo(manifest.case_facts.zone)
        stamp = date.fromisoformat(manifest.case_facts.first_day)
        place = self.places.get(shift.location, shift.location)
        event = Event()
        event.add("uid", f"{manifest.case}-{shift.employee}-{shift.day.isoformat()}@planner")
        event.add("dtstamp", datetime.combine(stamp, time(), UTC))
        event.add("dtstart", _at(shift.day, shift.start_minute, zone))
        event.add("dtend", _at(shift.day, shift.end_minute, zone))
        event.add("summary", self.words("calendar.summary", location=place))
        event.add("location", place)
        event.add("description", "\n".join(self._lines(shift)))
        return event

    def _lines(self, shift: Assignment) -> Iterator[str]:
        for piece in shift.pieces:
            yield self._line(piece)
        hours = self.words.number(shift.paid_minutes / MINUTES_PER_HOUR, 2)
        yield self.words("calendar.paid", hours=hours)

    def _line(self, piece: Piece) -> str:
        start, end = minute_to_clock(piece.start_minute), minute_to_clock(piece.end_minute)
        if piece.activity is Activity.BREAK:
            return self.words("calendar.break", start=start, end=end)
        return f"{start}–{end} {self.words(f'activity.{piece.activity.value}')}"


def _zone(run: Run) -> Timezone:
    """Return the zone's rules for the planned year and the next, made once for all employees."""
    facts = run.manifest.case_facts
    year = date.fromisoformat(facts.first_day).year
    return Timezone.from_tzid(
        facts.zone, first_date=date(year, 1, 1), last_date=date(year + 2, 1, 1)
    )


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the civil time ``minute`` minutes after midnight of ``day`` in ``zone``."""
    whole_days, rest = divmod(minute, 24 * MINUTES_PER_HOUR)
    clock = time(rest // MINUTES_PER_HOUR, rest % MINUTES_PER_HOUR)
    return datetime.combine(day + timedelta(days=whole_days), clock, zone)
