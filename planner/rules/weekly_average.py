"""The working week on average."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class WeeklyAverage:
    """At most ``minutes`` of work in each planned week [min].

    ArbZG § 3 allows 8 hours on six working days on average over 24 weeks; keeping it in every
    week keeps it on average without a look back.
    """

    id: ClassVar[str] = "weekly_average"
    severity: Severity = Severity.HARD
    minutes: int = 2880

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        hours = self.minutes / 60
        return say(
            language,
            f"Höchstens {number_de(hours)} Stunden Arbeit in jeder Woche (§ 3 ArbZG).",
            f"At most {number_en(hours)} hours of work in every week (ArbZG § 3).",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and planned week with too much work."""
        worked: dict[tuple[str, int], int] = defaultdict(int)
        for a in roster.assignments:
            worked[a.employee, case.horizon.offset(a.day) // 7] += a.paid_minutes
        for (employee, week), minutes in worked.items():
            if minutes > self.minutes:
                monday = case.horizon.first_day + timedelta(days=7 * week)
                yield found(
                    self,
                    Breach(
                        measured=minutes,
                        limit=self.minutes,
                        unit="min",
                        de=f"{employee} arbeitet in der Woche ab {day_de(monday)} "
                        f"{number_de(minutes / 60)} Stunden, erlaubt sind "
                        f"{number_de(self.minutes / 60)}.",
                        en=f"{employee} works {number_en(minutes / 60)} hours in the week from "
                        f"{day_en(monday)}, {number_en(self.minutes / 60)} are allowed.",
                        employee=employee,
                        day=monday,
                    ),
                )
