"""The longest stretch of work without a break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class MaxStretch:
    """At most ``minutes`` of work without a break [min] (ArbZG § 4: six hours)."""

    id: ClassVar[str] = "max_stretch"
    severity: Severity = Severity.HARD
    minutes: int = 360

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        hours = self.minutes / 60
        return say(
            language,
            f"Nie mehr als {number_de(hours)} Stunden Arbeit ohne Pause (§ 4 ArbZG).",
            f"Never more than {number_en(hours)} hours of work without a break (ArbZG § 4).",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift with too long a stretch; the longest is measured."""
        for a in roster.assignments:
            longest = _longest_stretch(a)
            if longest > self.minutes:
                yield found(
                    self,
                    Breach(
                        measured=longest,
                        limit=self.minutes,
                        unit="min",
                        de=f"{a.employee} arbeitet am {day_de(a.day)} {longest} Minuten ohne "
                        f"Pause, erlaubt sind {self.minutes}.",
                        en=f"{a.employee} works {longest} minutes without a break on "
                        f"{day_en(a.day)}, {self.minutes} are allowed.",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                    ),
                )


def _longest_stretch(a: Assignment) -> int:
    longest = since = 0
    for piece in a.pieces:
        since = 0 if piece.activity is Activity.BREAK else since + piece.minutes
        longest = max(longest, since)
    return longest
