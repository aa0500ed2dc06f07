"""Hours beyond the contract go to the time account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.weeks import employee_weeks
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class TimeAccount:
    """Paid minutes of a week beyond the target, within the band, are avoided.

    ``price`` is per hour beyond the target.
    """

    id: ClassVar[str] = "time_account"
    severity: Severity = Severity.SOFT
    price: float = 1.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Stunden über der vertraglichen Wochenarbeitszeit werden vermieden.",
            "Hours beyond the contract hours of a week are avoided.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and week with hours beyond the target."""
        for ew in employee_weeks(roster, case.employees, case.horizon):
            target = ew.employee.target_minutes(ew.week)
            if ew.paid_minutes > target:
                beyond = (ew.paid_minutes - target) / 60
                monday = ew.week.first_day
                yield found(
                    self,
                    Breach(
                        measured=ew.paid_minutes,
                        limit=target,
                        unit="min",
                        de=f"{ew.employee.id} ist in der Woche ab {day_de(monday)} mit "
                        f"{number_de(beyond)} Stunden über dem Soll geplant.",
                        en=f"{ew.employee.id} is planned for {number_en(beyond)} hours beyond the "
                        f"target in the week from {day_en(monday)}.",
                        employee=ew.employee.id,
                        day=monday,
                        excess=beyond,
                    ),
                    self.price,
                )
