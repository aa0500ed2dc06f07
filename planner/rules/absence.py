"""Nobody works while absent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, say


@dataclass(frozen=True, slots=True)
class Absence:
    """No shift on a day of known absence (leave, training, known sickness)."""

    id: ClassVar[str] = "absence"
    severity: Severity = Severity.HARD

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Niemand arbeitet an Tagen bekannter Abwesenheit.",
            "Nobody works on days of known absence.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift on a day of absence."""
        absent = {employee.id: employee.absent for employee in case.employees}
        for a in roster.assignments:
            if a.day in absent.get(a.employee, ()):
                yield found(
                    self,
                    Breach(
                        measured=1,
                        limit=0,
                        unit="shifts",
                        de=f"{a.employee} ist am {day_de(a.day)} abwesend, hat aber eine Schicht.",
                        en=f"{a.employee} is absent on {day_en(a.day)} but has a shift.",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                    ),
                )
