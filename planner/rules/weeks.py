"""The weeks of a horizon and what each employee works in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.domain.horizon import Horizon
from planner.domain.roster import Assignment, Roster
from planner.domain.staff import Employee


@dataclass(frozen=True, slots=True)
class EmployeeWeek:
    """One employee's shifts in one planned week; ``week`` is the week's own horizon."""

    employee: Employee
    week: Horizon
    shifts: tuple[Assignment, ...]

    @property
    def paid_minutes(self) -> int:
        """Work in the week, breaks not counted [min]."""
        return sum(shift.paid_minutes for shift in self.shifts)


def weeks_of(horizon: Horizon) -> tuple[Horizon, ...]:
    """Return the horizon in blocks of seven days from its first day; the last may be shorter."""
    dates = horizon.dates
    return tuple(
        replace(horizon, first_day=dates[first], days=min(7, horizon.days - first))
        for first in range(0, horizon.days, 7)
    )


def employee_weeks(
    roster: Roster, employees: tuple[Employee, ...], horizon: Horizon
) -> Iterator[EmployeeWeek]:
    """Yield the shifts of every employee in every week, also where there are none."""
    shifts = roster.by_employee()
    for employee in employees:
        own = shifts.get(employee.id, [])
        for week in weeks_of(horizon):
            days = week.dates
            yield EmployeeWeek(employee, week, tuple(a for a in own if a.day in days))
