"""Part-time patterns: the weekdays on which an employee can work."""

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
class WeekdayPattern:
    """Shifts lie in the horizon and on weekdays of the employee's pattern.

    ``price``, where a case makes the rule soft, is per day.
    """

    id: ClassVar[str] = "weekday_pattern"
    severity: Severity = Severity.HARD
    price: float = 20.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Gearbeitet wird nur an den vereinbarten Wochentagen im Planungszeitraum.",
            "People work only on their agreed weekdays within the planned days.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift on another weekday or outside the horizon."""
        patterns = {employee.id: employee.weekdays for employee in case.employees}
        for a in roster.assignments:
            inside = 0 <= case.horizon.offset(a.day) < case.horizon.days
            if not inside or a.day.weekday() not in patterns.get(a.employee, range(7)):
                yield found(
                    self,
                    Breach(
                        measured=1,
                        limit=0,
                        unit="shifts",
                        de=f"{a.employee}: {day_de(a.day)} ist kein vereinbarter Arbeitstag.",
                        en=f"{a.employee}: {day_en(a.day)} is not an agreed working day.",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                        excess=1.0,
                    ),
                    self.price,
                )
