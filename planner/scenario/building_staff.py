"""Employees with their absences and wishes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from planner.domain.ledger import LedgerWeek
from planner.domain.staff import Employee, Wish
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.building_ledger import last_weeks
from planner.scenario.draft import Draft


def employees(draft: Draft) -> tuple[Employee, ...]:
    """Return the employees, sorted by id; absences are single days."""
    absent = _absences(draft)
    wishes: dict[str, list[Wish]] = defaultdict(list)
    for entry in draft.all(rows.WishRow):
        row = entry.value
        wishes[row.employee].append(Wish(row.date, row.kind, row.weight))
    before = last_weeks(draft)
    found = [
        _employee(entry.value, absent[entry.value.employee], wishes[entry.value.employee])
        for entry in draft.all(rows.EmployeeRow)
    ]
    after = [_after(employee, before.get(employee.id), draft) for employee in found]
    return tuple(sorted(after, key=lambda employee: employee.id))


def _after(employee: Employee, before: LedgerWeek | None, draft: Draft) -> Employee:
    """Return the employee with what the ledger says of the weeks before.

    Balances hold however long ago; the last days only if that week is the one just before.
    """
    if before is None:
        return employee
    first_day = draft.sole(sections.HorizonSection).first_day
    near = before.first_day + timedelta(days=7) == first_day
    return replace(
        employee,
        late_balance=before.balance.late,
        saturday_balance=before.balance.saturdays,
        travel_balance=before.balance.travel_hours,
        refused_balance=before.balance.refused,
        last_end=before.last_end if near else None,
        days_in_row=before.days_in_row if near else 0,
    )


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
        contract_group=row.contract_group,
        late_balance=row.late_balance,
        saturday_balance=row.saturday_balance,
    )
