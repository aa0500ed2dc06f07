"""The command line's words for a repair: ``E1:2024-04-16..2024-04-17`` and the like."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.errors import StoreError
from planner.plan.repair_order import Absent, Closing, RepairOrder
from planner.results.roster_frames import minute_of
from planner.units import minute_to_clock
from planner.workflow.run_case import day_of


@dataclass(frozen=True, slots=True)
class RepairWords:
    """What was typed.

    Attributes
    ----------
    absent : sequence of str
        ``EMPLOYEE:DATE`` or ``EMPLOYEE:DATE..DATE``.
    closings : sequence of str
        ``LOCATION:DATE:HH:MM``.
    added : sequence of Path
        CSV files with the columns of the scenario's employees.
    locks : sequence of str
        ``EMPLOYEE``, ``DATE`` or ``EMPLOYEE:DATE``.
    """

    absent: Sequence[str] = ()
    closings: Sequence[str] = ()
    added: Sequence[Path] = ()
    locks: Sequence[str] = ()
    published_until: date | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """The order, and the settings that make the case hold what happened."""

    order: RepairOrder
    settings: tuple[str, ...] = field(default=())


def understood(words: RepairWords, case: PlanningCase) -> Understood:
    """Return what ``words`` mean in ``case``.

    Raises
    ------
    StoreError
        When a word cannot be read, or names somebody or something that the case lacks.
    """
    absent = tuple(_absent(text, case) for text in words.absent)
    closings = tuple(_closing(text, case) for text in words.closings)
    rows = [row for path in words.added for row in _people(path)]
    locks = [_lock(text, case) for text in words.locks]
    order = RepairOrder(
        absent=absent,
        closings=closings,
        added=tuple(row["employee"] for row in rows),
        locked_people=frozenset(who for who, day in locks if who and day is None),
        locked_days=frozenset(day for who, day in locks if not who and day),
        locked_cells=frozenset((who, day) for who, day in locks if who and day),
        published_until=words.published_until,
        today=words.today,
    )
    settings = [_absence_setting(one) for one in absent]
    settings += [text for one in closings for text in _closing_settings(one, case)]
    settings += [f"employees.{row['employee']}={json.dumps(row)}" for row in rows]
    return Understood(order, tuple(settings))


def _absent(text: str, case: PlanningCase) -> Absent:
    who, colon, days = text.partition(":")
    if not colon:
        raise StoreError(f"--absent {text}: write EMPLOYEE:DATE or EMPLOYEE:DATE..DATE")
    _known("--absent", who, {employee.id for employee in case.employees}, "employee")
    first, _, last = days.partition("..")
    one = Absent(who, day_of(first, "--absent"), day_of(last or first, "--absent"))
    if one.last_day < one.first_day:
        raise StoreError(f"--absent {text}: the last day is before the first")
    if not set(one.days).intersection(case.horizon.dates):
        raise StoreError(f"--absent {text}: outside the planned days {_horizon(case)}")
    return one


def _closing(text: str, case: PlanningCase) -> Closing:
    parts = text.split(":", 2)
    if len(parts) != 3:
        raise StoreError(f"--close {text}: write LOCATION:DATE:HH:MM")
    _known("--close", parts[0], {location.id for location in case.locations}, "location")
    day = day_of(parts[1], "--close")
    if day not in case.horizon.dates:
        raise StoreError(f"--close {text}: outside the planned days {_horizon(case)}")
    try:
        return Closing(parts[0], day, minute_of(parts[2]))
    except ValueError as error:
        raise StoreError(f"--close {text}: '{parts[2]}' is no time; write HH:MM") from error


def _lock(text: str, case: PlanningCase) -> tuple[str, date | None]:
    """Return (employee, day); empty or None where the lock is for all."""
    people = {employee.id for employee in case.employees}
    who, colon, day = text.partition(":")
    if not colon and who not in people:
        return "", day_of(who, "--lock (no such employee, so a date)")
    _known("--lock", who, people, "employee")
    return who, day_of(day, "--lock") if colon else None


def _known(option: str, name: str, known: set[str], kind: str) -> None:
    if name not in known:
        raise StoreError(f"{option}: {kind} '{name}' is not in the case ({len(known)} are)")


def _horizon(case: PlanningCase) -> str:
    return f"{case.horizon.dates[0]}..{case.horizon.dates[-1]}"


def _people(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, restkey="", restval=""))
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"--add {path}: cannot read: {error}") from error
    if not rows or "employee" not in rows[0]:
        raise StoreError(
            f"--add {path}: needs a header with employee, contract_minutes, home_location, "
            "skills, … and a row per person"
        )
    return [{name: cell for name, cell in row.items() if name and cell} for row in rows]


def _absence_setting(one: Absent) -> str:
    first, last = one.first_day.isoformat(), one.last_day.isoformat()
    row = {"employee": one.employee, "first_day": first, "last_day": last, "kind": "sickness"}
    return f"absences.{one.employee}/{first}/sickness={json.dumps(row)}"


def _closing_settings(one: Closing, case: PlanningCase) -> list[str]:
    """Return the opening hours of the day, cut off at the closing time."""
    location, day = case.location(one.location), one.day.isoformat()
    doors = location.opening.on(one.day, case.horizon)
    base = {"location": one.location, "date": day, "note": "closed early"}
    settings = []
    for interval in doors:
        start, end = interval.start_minute, min(interval.end_minute, one.minute)
        clock = minute_to_clock(start)
        if start < end:
            row = base | {"start": clock, "end": minute_to_clock(end)}
            key = f"{one.location}/{day}/{clock}"
            settings.append(f"opening_exceptions.{key}={json.dumps(row)}")
    if not settings:
        settings.append(f"opening_exceptions.{one.location}/{day}/={json.dumps(base)}")
    return settings
