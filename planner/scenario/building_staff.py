"""Employees with their absences and wishes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from planner.domain.staff import Employee, Wish
from planner.scenario import row_models as rows
from planner.scenario.draft import Draft


def employees(draft: Draft) -> tuple[Employee, ...]:
    """Return the employees, sorted by id; absences are single days."""
    absent = _absences(draft)
    wishes: dict[str, list[Wish]] = defaultdict(list)
    for entry in draft.all(rows.WishRow):
        row = entry.value
        wishes[row.employee].append(Wish(row.date, row.kind, row.weight))
    found = [
        _employee(entry.value, absent[entry.value.employee], wishes[entry.value.employee])
        for entry in draft.all(rows.EmployeeRow)
    ]
    return tuple(sorted(found, key=lambda employee: employee.id))


def _absences(draft: Draft) -> dict[str, set[date]]:
    absent: dict[str, set[date]] = defaultdict(set)
    for entry in draft.all(rows.AbsenceRow):
        row = entry.value
        days = (row.last_day - row.first_day).days + 1
        absent[row.employee].update(
            row.first_day + timedelta(days=offset) for offset in range(days)
        )
    return absent


def _employee(row: rows.EmployeeRow, absent: set[date], wishes: list[Wish]) -> Employee:
    return Employee(
        id=row.employee,
        contract_minutes=row.contract_minutes,
        band_minutes=row.band_minutes,
        max_days=row.max_days,
        home=row.home_location,
        locations=tuple(dict.fromkeys((row.home_location, *row.locations))),
        skills=tuple(sorted(set(row.skills))),
        weekdays=tuple(sorted(set(row.weekdays))),
        absent=tuple(sorted(absent)),
        wishes=tuple(sorted(wishes, key=lambda wish: (wish.day, wish.kind))),
        trainee=row.trainee,
        late_balance=row.late_balance,
        saturday_balance=row.saturday_balance,
    )
