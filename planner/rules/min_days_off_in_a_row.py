"""Days off in a row: no single day off between working days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.domain.staff import Employee
from planner.rules.wording import Breach, day_de, day_en, found, say


@dataclass(frozen=True, slots=True)
class MinDaysOffInARow:
    """Between two working days lie no days off or at least ``days``; off unless a case asks.

    Every day without work is a day off, Sundays and weekdays outside the pattern too: with two
    days, who works on Saturday has Monday off as well.  Days off with an absence or a public
    holiday among them are left alone, and so are those that the planned days do not see the end
    of.  The last shift before the horizon counts (``last_end`` of the employee); where it is not
    known, the days off before the first shift are long enough.  ``price`` is per day off missing.

    Attributes
    ----------
    days : int
        Days off in a row at least [days].
    """

    id: ClassVar[str] = "min_days_off_in_a_row"
    severity: Severity = Severity.OFF
    price: float = 5.0
    days: int = 2

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            f"Freie Tage liegen zu mindestens {self.days} hintereinander, auch über die "
            "Wochengrenze (Abwesenheit und Feiertage ausgenommen).",
            f"Days off come at least {self.days} in a row, across weeks as well (absences and "
            "public holidays aside).",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each row of days off that is too short, at its first day."""
        shifts = roster.by_employee()
        for employee in case.employees:
            worked = {shift.day for shift in shifts.get(employee.id, [])}
            for before, after in pairwise(sorted(worked | _last_worked(employee))):
                off = [before + timedelta(days=n) for n in range(1, (after - before).days)]
                excused = any(d in employee.absent or case.horizon.is_holiday(d) for d in off)
                if off and len(off) < self.days and not excused:
                    yield found(self, self._breach(employee.id, off), self.price)

    def _breach(self, employee: str, off: list[date]) -> Breach:
        return Breach(
            measured=len(off),
            limit=self.days,
            unit="days",
            de=f"{employee} hat nur {len(off)} von mindestens {self.days} Tagen hintereinander "
            f"frei: {', '.join(map(day_de, off))}.",
            en=f"{employee} has only {len(off)} of at least {self.days} days off in a row: "
            f"{', '.join(map(day_en, off))}.",
            employee=employee,
            day=off[0],
            excess=self.days - len(off),
        )


def _last_worked(employee: Employee) -> set[date]:
    """Return the day of the last shift before the horizon; a shift until 24:00 is of that day."""
    if employee.last_end is None:
        return set()
    return {(employee.last_end - timedelta(minutes=1)).date()}
