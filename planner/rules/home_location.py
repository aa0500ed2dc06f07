"""Home location first."""

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
class HomeLocation:
    """Shifts away from the home location are avoided.

    ``price`` is per day away.
    """

    id: ClassVar[str] = "home_location"
    severity: Severity = Severity.SOFT
    price: float = 3.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Eingesetzt wird möglichst am Heimatstandort.",
            "People work at their home location where possible.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift away from home."""
        home = {employee.id: employee.home for employee in case.employees}
        for a in roster.assignments:
            if a.location != home.get(a.employee, a.location):
                yield found(
                    self,
                    Breach(
                        measured=1,
                        limit=0,
                        unit="days",
                        de=f"{a.employee} arbeitet am {day_de(a.day)} in {a.location} statt in "
                        f"{home[a.employee]}.",
                        en=f"{a.employee} works at {a.location} instead of {home[a.employee]} on "
                        f"{day_en(a.day)}.",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                        excess=1.0,
                    ),
                    self.price,
                )
