"""Days that stay together: somebody works on all of them or on none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import (
    WEEKDAYS_DE,
    WEEKDAYS_EN,
    Breach,
    day_de,
    day_en,
    found,
    say,
)


@dataclass(frozen=True, slots=True)
class DaysTogether:
    """On the days of a group people work on all or on none; off unless a case names groups.

    A part-time pattern of Monday and Tuesday, Friday and Saturday for who comes a long way, or
    *complete weekends* (Curtois and Qu 2014, Computational results on new staff scheduling
    benchmark instances) where offices open on Sundays.  A group is judged within a calendar week
    (Monday to Sunday) by those of its days that are planned and on which the person is available:
    an absence, a holiday or a weekday outside the pattern does not take the other days away.
    ``price`` is per day that would have to change.

    Attributes
    ----------
    days : tuple of tuple of int
        Groups of weekdays (0 Monday).
    """

    id: ClassVar[str] = "days_together"
    severity: Severity = Severity.OFF
    price: float = 10.0
    days: tuple[tuple[int, ...], ...] = ()

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            f"Zusammengehörende Tage ({self._named(WEEKDAYS_DE)}): gearbeitet wird an allen oder "
            "an keinem.",
            f"Days that stay together ({self._named(WEEKDAYS_EN)}): people work on all of them or "
            "on none.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee, week and group that is torn."""
        shifts = roster.by_employee()
        mondays = sorted({day - timedelta(days=day.weekday()) for day in case.horizon.dates})
        for employee in case.employees:
            worked = {shift.day for shift in shifts.get(employee.id, [])}
            open_days = {d for d in case.horizon.dates if employee.available(d, case.horizon)}
            for monday in mondays:
                for group in self.days:
                    days = {monday + timedelta(days=weekday) for weekday in group} & open_days
                    if days & worked and days - worked:
                        yield found(self, _breach(employee.id, days, worked), self.price)

    def _named(self, weekdays: tuple[str, ...]) -> str:
        return ", ".join("+".join(weekdays[day] for day in group) for group in self.days) or "–"


def _breach(employee: str, days: set[date], worked: set[date]) -> Breach:
    there, off = sorted(days & worked), sorted(days - worked)
    return Breach(
        measured=len(there),
        limit=len(days),
        unit="days",
        de=f"{employee} arbeitet am {', '.join(map(day_de, there))}, aber nicht am "
        f"{', '.join(map(day_de, off))}; diese Tage gehören zusammen.",
        en=f"{employee} works on {', '.join(map(day_en, there))}, but not on "
        f"{', '.join(map(day_en, off))}; these days stay together.",
        employee=employee,
        day=min(days),
        excess=min(len(there), len(off)),
    )
