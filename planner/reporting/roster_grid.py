"""The roster of one location as a grid: employees down, days across, a code and times each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from planner.domain.roster import Assignment
from planner.reporting.material import Material, Person
from planner.reporting.words import Words
from planner.units import MINUTES_PER_HOUR, minute_to_clock

#: A shift is early when it ends by 16:00, late when it ends after 17:30 [min]; the same limits
#: as the rules on wishes and on fair shares of late shifts have by default.
EARLY_END = 16 * MINUTES_PER_HOUR
LATE_END = 17 * MINUTES_PER_HOUR + 30


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of an employee: kind (early, day, late, absent, off, free, holiday), code, text.

    ``place`` names the other location of a shift away; ``breaks`` and ``title`` are in words.
    """

    kind: str
    code: str = ""
    times: str = ""
    breaks: str = ""
    place: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """An employee's week; ``planned`` and ``due`` are hours in words."""

    employee: str
    note: str
    planned: str
    due: str
    trainee: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A location's week: days in words, rows by employee, people on duty by day."""

    days: tuple[str, ...]
    rows: tuple[GridRow, ...]
    present: tuple[str, ...]


def shift_kind(shift: Assignment) -> str:
    """Return ``early``, ``day`` or ``late`` by the end of the shift."""
    if shift.end_minute <= EARLY_END:
        return "early"
    return "late" if shift.end_minute > LATE_END else "day"


@dataclass(frozen=True)
class GridMaker:
    """Makes the grids of a run in one language."""

    material: Material
    words: Words
    weeks: dict[str, list[Assignment]]

    @staticmethod
    def of(material: Material, words: Words) -> GridMaker:
        """Return the maker for a run."""
        return GridMaker(material, words, material.roster.by_employee())

    def grid(self, location: str) -> Grid:
        """Return the grid of ``location``: whose home it is, and who works there this week."""
        visiting = {s.employee for s in self.material.roster.assignments if s.location == location}
        homes = {p.id for p in self.material.people.values() if p.home == location}
        own, guests = sorted(homes), sorted(visiting - homes)
        present = Counter(
            shift.day
            for week in self.weeks.values()
            for shift in week
            if shift.location == location
        )
        days = self.shown_days()
        return Grid(
            days=tuple(self._heading(day) for day in days),
            rows=tuple(self._row(employee, location, days) for employee in own + guests),
            present=tuple(str(present[day]) for day in days),
        )

    def shown_days(self) -> list[date]:
        """Return the planned days, without Sundays on which nobody in the city works."""
        worked = {shift.day for shift in self.material.roster.assignments}
        return [d for d in self.material.dates if d in worked or d.weekday() < 5]

    def _heading(self, day: date) -> str:
        holiday = f" {self.words('roster.holiday')}" if day in self.material.holidays else ""
        return f"{self.words.day(day)}{holiday}"

    def _row(self, employee: str, location: str, days: list[date]) -> GridRow:
        person = self.material.people.get(employee)
        week = {shift.day: shift for shift in self.weeks.get(employee, [])}
        planned = sum(shift.paid_minutes for shift in week.values())
        guest = person is not None and person.home != location
        home = self.material.place_names.get(person.home, person.home) if person else ""
        return GridRow(
            employee=employee,
            note=self.words("roster.from_away", location=home) if guest else "",
            planned=self._hours(planned),
            due=self._hours(person.due_minutes) if person else "",
            trainee=person is not None and person.trainee,
            cells=tuple(self._cell(person, day, week.get(day), location) for day in days),
        )

    def _cell(
        self, person: Person | None, day: date, shift: Assignment | None, location: str
    ) -> Cell:
        if shift is not None:
            return self._shift_cell(shift, location)
        words = self.words
        if day in self.material.holidays:
            return Cell("holiday", title=self.material.holidays[day])
        if person is not None and day in person.absent:
            return Cell("absent", words("roster.code_absent"), title=words("roster.absent"))
        if person is not None and day.weekday() not in person.weekdays:
            return Cell("off", "–", title=words("roster.pattern_off"))
        return Cell("free", title=words("roster.free"))

    def _shift_cell(self, shift: Assignment, location: str) -> Cell:
        kind = shift_kind(shift)
        away = shift.location != location
        place = self.material.place_names.get(shift.location, shift.location) if away else ""
        breaks = (_clocks(b.start_minute, b.end_minute) for b in shift.breaks)
        pieces = (
            f"{_clocks(p.start_minute, p.end_minute)} {self.words(f'activity.{p.activity.value}')}"
            for p in shift.pieces
        )
        return Cell(
            kind=kind,
            code=self.words(f"roster.code_{kind}"),
            times=_clocks(shift.start_minute, shift.end_minute),
            breaks=", ".join(breaks),
            place=place,
            title=" · ".join(pieces),
        )

    def _hours(self, minutes: int) -> str:
        return self.words.number(minutes / MINUTES_PER_HOUR, 1)


def _clocks(start: int, end: int) -> str:
    return f"{minute_to_clock(start)}–{minute_to_clock(end)}"
