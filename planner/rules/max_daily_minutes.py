"""The longest working day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class MaxDailyMinutes:
    """At most ``minutes`` of work a day, breaks not counted [min] (ArbZG § 3: ten hours)."""

    id: ClassVar[str] = "max_daily_minutes"
    severity: Severity = Severity.HARD
    minutes: int = 600

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        hours = self.minutes / 60
        return say(
            language,
            f"Höchstens {number_de(hours)} Stunden Arbeit am Tag ohne Pausen (§ 3 ArbZG).",
            f"At most {number_en(hours)} hours of work a day without breaks (ArbZG § 3).",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and day with more work than allowed."""
        worked: dict[tuple[str, date], int] = defaultdict(int)
        for a in roster.assignments:
            worked[a.employee, a.day] += a.paid_minutes
        for (employee, day), minutes in worked.items():
            if minutes > self.minutes:
                yield found(
                    self,
                    Breach(
                        measured=minutes,
                        limit=self.minutes,
                        unit="min",
                        de=f"{employee} arbeitet am {day_de(day)} {minutes} Minuten, "
                        f"erlaubt sind {self.minutes}.",
                        en=f"{employee} works {minutes} minutes on {day_en(day)}, "
                        f"{self.minutes} are allowed.",
                        employee=employee,
                        day=day,
                    ),
                )
