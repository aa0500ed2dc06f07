"""No work on Sundays and public holidays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, say

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class NoSundayOrHoliday:
    """No shift on a Sunday or a public holiday (ArbZG § 9)."""

    id: ClassVar[str] = "no_sunday_or_holiday"
    severity: Severity = Severity.HARD

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "An Sonn- und Feiertagen wird nicht gearbeitet (§ 9 ArbZG).",
            "Nobody works on Sundays and public holidays (ArbZG § 9).",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift on a Sunday or public holiday."""
        holidays = {holiday.day: holiday.name for holiday in case.horizon.holidays}
        for a in roster.assignments:
            if a.day.weekday() == SUNDAY or a.day in holidays:
                de, en = holidays.get(a.day, "Sonntag"), holidays.get(a.day, "Sunday")
                yield found(
                    self,
                    Breach(
                        measured=1,
                        limit=0,
                        unit="shifts",
                        de=f"{a.employee} hat am {day_de(a.day)} ({de}) eine Schicht.",
                        en=f"{a.employee} has a shift on {day_en(a.day)} ({en}).",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                    ),
                )
