"""At most one shift a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, say


@dataclass(frozen=True, slots=True)
class OneShiftPerDay:
    """An employee works at most one shift a day, hence at one location a day."""

    id: ClassVar[str] = "one_shift_per_day"
    severity: Severity = Severity.HARD

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Niemand hat mehr als eine Schicht am Tag.",
            "Nobody has more than one shift a day.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and day with several shifts."""
        shifts = Counter((a.employee, a.day) for a in roster.assignments)
        for (employee, day), count in shifts.items():
            if count > 1:
                yield found(
                    self,
                    Breach(
                        measured=count,
                        limit=1,
                        unit="shifts",
                        de=f"{employee} hat am {day_de(day)} {count} Schichten.",
                        en=f"{employee} has {count} shifts on {day_en(day)}.",
                        employee=employee,
                        day=day,
                    ),
                )
