"""Rows that people filled in, checked against the case and typed; every problem is told at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from planner.domain.case import PlanningCase
from planner.domain.staff import WishKind
from planner.errors import Problem, ScenarioError
from planner.scenario.problems import suggestion
from planner.scenario.sheet_reading import FilledTable, SheetRow

WISHES = {"frei": WishKind.DAY_OFF, "früh": WishKind.EARLY, "spät": WishKind.LATE}
ABSENCES = {"Urlaub": "leave", "Fortbildung": "training", "krank": "sickness"}
YES = {"ja", "x", "yes", "true", "1"}
_FORMS = ("%Y-%m-%d", "%d.%m.%Y")
_MINUTES = 24 * 60
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WishEntry:
    """A wish as it was filled in."""

    employee: str
    day: date
    kind: WishKind
    weight: float


@dataclass(frozen=True, slots=True)
class AbsenceEntry:
    """An absence as it was filled in; ``kind`` as in the scenario's absences."""

    employee: str
    first_day: date
    last_day: date
    kind: str


@dataclass(frozen=True, slots=True)
class ShiftEntry:
    """A shift as it was filled in [min]; without a break ``break_start`` is None."""

    employee: str
    day: date
    location: str
    start: int
    end: int
    break_start: int | None
    break_end: int | None
    locked: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """Everything that was filled in; ``roster`` is None where there is no such table."""

    wishes: tuple[WishEntry, ...]
    absences: tuple[AbsenceEntry, ...]
    roster: tuple[ShiftEntry, ...] | None


def filled(tables: Iterable[FilledTable], case: PlanningCase) -> Filled:
    """Return the typed rows of ``tables``.

    Raises
    ------
    ScenarioError
        With every problem, each with its sheet and cell, or file and line.
    """
    reader = _Reader(case)
    wishes: list[WishEntry] = []
    absences: list[AbsenceEntry] = []
    shifts: list[ShiftEntry] | None = None
    for table in tables:
        if table.kind == "wishes":
            wishes += reader.rows(table, reader.wish)
        elif table.kind == "absences":
            absences += reader.rows(table, reader.absence)
        else:
            shifts = (shifts or []) + reader.rows(table, reader.shift)
    if reader.problems:
        raise ScenarioError(tuple(reader.problems))
    return Filled(tuple(wishes), tuple(absences), None if shifts is None else tuple(shifts))


class _Bad(Exception):
    """A row has problems, which are noted."""


class _Reader:
    """Reads rows against a case and notes every problem."""

    def __init__(self, case: PlanningCase) -> None:
        self._people = {employee.id for employee in case.employees}
        self._places = {location.id for location in case.locations}
        self._days = case.horizon.dates
        self._seen: set[tuple[str, str, date]] = set()
        self.problems: list[Problem] = []

    def rows(self, table: FilledTable, read: Callable[[SheetRow], T]) -> list[T]:
        found = []
        for row in table.rows:
            try:
                found.append(read(row))
            except _Bad:
                continue
        return found

    def wish(self, row: SheetRow) -> WishEntry:
        who, day = self._person(row), self._planned_day(row, "date")
        known = WISHES | {kind.value: kind for kind in WishKind}
        kind = self._choice(row, "wish", known)
        weight = self._weight(row)
        self._once(row, f"wish {kind}", who, day)
        return WishEntry(who, day, kind, weight)

    def absence(self, row: SheetRow) -> AbsenceEntry:
        who = self._person(row)
        first, last = self._day(row, "first_day"), self._day(row, "last_day")
        if last < first:
            self._refuse(row, "last_day", f"is {last}, before the first day {first}.")
        kind = self._choice(row, "absence", ABSENCES | {v: v for v in ABSENCES.values()})
        self._once(row, f"absence {kind}", who, first)
        return AbsenceEntry(who, first, last, kind)

    def shift(self, row: SheetRow) -> ShiftEntry:
        who, day = self._person(row), self._planned_day(row, "date")
        place = self._choice(row, "location", {name: name for name in self._places})
        start, end = self._minute(row, "start"), self._minute(row, "end")
        if end <= start:
            self._refuse(row, "end", "is not after the start.", "Shifts end on the same day.")
        first, last = None, None
        if row.cells.get("break_start") is not None or row.cells.get("break_end") is not None:
            first, last = self._break(row, start, end)
        self._once(row, "shift", who, day)
        locked = str(row.cells.get("locked") or "").strip().lower() in YES
        return ShiftEntry(who, day, place, start, end, first, last, locked)

    def _break(self, row: SheetRow, start: int, end: int) -> tuple[int, int]:
        first, last = self._minute(row, "break_start"), self._minute(row, "break_end")
        if not start < first < last < end:
            self._refuse(row, "break_start", "is no break inside the shift.")
        return first, last

    def _person(self, row: SheetRow) -> str:
        return self._choice(row, "employee", {name: name for name in self._people})

    def _choice(self, row: SheetRow, column: str, known: dict[str, T]) -> T:
        text = str(self._cell(row, column))
        if text not in known:
            advice = suggestion(text, known, "May be") if len(known) < 50 else ""
            self._refuse(row, column, f"is '{text}', which the case does not know.", advice)
        return known[text]

    def _planned_day(self, row: SheetRow, column: str) -> date:
        day = self._day(row, column)
        if day not in self._days:
            planned = f"{self._days[0]} to {self._days[-1]}"
            self._refuse(row, column, f"is {day}, outside the planned days {planned}.")
        return day

    def _day(self, row: SheetRow, column: str) -> date:
        cell = self._cell(row, column)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        for form in _FORMS:
            try:
                return datetime.strptime(str(cell), form).date()  # noqa: DTZ007  # a plain day
            except ValueError:
                continue
        self._refuse(row, column, f"is '{cell}', no date.", "Write 17.04.2024 or 2024-04-17.")
        raise AssertionError

    def _minute(self, row: SheetRow, column: str) -> int:
        cell = self._cell(row, column)
        if isinstance(cell, datetime):
            cell = cell.time()
        if isinstance(cell, time):
            return cell.hour * 60 + cell.minute
        if isinstance(cell, float) and 0 <= cell <= 1:  # a spreadsheet's share of a day
            return round(cell * _MINUTES)
        hours, colon, minutes = str(cell).partition(":")
        if colon and hours.isdigit() and minutes[:2].isdigit():
            minute = int(hours) * 60 + int(minutes[:2])
            if minute <= _MINUTES and int(minutes[:2]) < 60:
                return minute
        self._refuse(row, column, f"is '{cell}', no time of day.", "Write 08:30.")
        raise AssertionError

    def _weight(self, row: SheetRow) -> float:
        cell = row.cells.get("weight")
        if cell is None:
            return 1.0
        try:
            weight = float(str(cell).replace(",", "."))
        except ValueError:
            weight = math.nan
        if not 0 < weight < math.inf:
            self._refuse(row, "weight", f"is '{cell}'; it must be a number above 0.")
        return weight

    def _once(self, row: SheetRow, kind: str, who: str, day: date) -> None:
        if (kind, who, day) in self._seen:
            self._refuse(row, "employee", f"{who} has a second {kind} on {day}.", "Delete one.")
        self._seen.add((kind, who, day))

    def _cell(self, row: SheetRow, column: str) -> object:
        cell = row.cells.get(column)
        if cell is None:
            self._refuse(row, column, "is empty.")
        return cell

    def _refuse(self, row: SheetRow, column: str, message: str, advice: str = "") -> None:
        self.problems.append(row.problem(column, message, advice))
        raise _Bad
