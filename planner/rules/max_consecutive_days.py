"""Days off in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.domain.staff import Employee
from planner.rules.wording import Breach, day_de, day_en, found, say


@dataclass(frozen=True, slots=True)
class MaxConsecutiveDays:
    """At most ``days`` working days without a day off; those before the horizon count [days].

    ArbZG § 9 leaves the Sunday free, which is six days; a case may say fewer.
    """

    id: ClassVar[str] = "max_consecutive_days"
    severity: Severity = Severity.HARD
    days: int = 6

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            f"Nach höchstens {self.days} Arbeitstagen in Folge kommt ein freier Tag, auch über die "
            "Wochengrenze (§ 9 ArbZG).",
            f"After at most {self.days} working days in a row comes a day off, across weeks as "
            "well (ArbZG § 9).",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each run of days that is too long, at its last day."""
        shifts = roster.by_employee()
        for employee in case.employees:
            worked = {shift.day for shift in shifts.get(employee.id, [])}
            for last, length in _runs(employee, worked, case.horizon.first_day):
                if length > self.days:
                    yield found(self, _breach(employee.id, last, length, self.days))


def _runs(employee: Employee, worked: set[date], first_day: date) -> Iterator[tuple[date, int]]:
    """Yield last day and length of every run of working days in the roster [days]."""
    for last in sorted(day for day in worked if day + timedelta(days=1) not in worked):
        first = last
        while first - timedelta(days=1) in worked:
            first -= timedelta(days=1)
        before = employee.days_in_row if first == first_day else 0
        yield last, (last - first).days + 1 + before


def _breach(employee: str, last: date, length: int, limit: int) -> Breach:
    return Breach(
        measured=length,
        limit=limit,
        unit="days",
        de=f"{employee} arbeitet bis {day_de(last)} an {length} Tagen in Folge, erlaubt sind "
        f"{limit}.",
        en=f"{employee} works {length} days in a row until {day_en(last)}, {limit} are allowed.",
        employee=employee,
        day=last,
    )
