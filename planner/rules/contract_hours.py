"""Contract hours: the most that may be planned."""

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
class ContractHours:
    """Paid minutes of a week are at most the target plus the employee's band.

    The target is the contract less the credit for absences and holidays.  Fewer hours are never
    unlawful here (``contract_minimum`` prices them), so that a lawful roster always exists.
    ``price``, where a case makes the rule soft, is per hour beyond.
    """

    id: ClassVar[str] = "contract_hours"
    severity: Severity = Severity.HARD
    price: float = 20.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Geplant wird höchstens die vertragliche Wochenarbeitszeit (abzüglich angerechneter "
            "Abwesenheit) zuzüglich der vereinbarten Bandbreite.",
            "At most the contract hours of a week (less credited absence) plus the agreed band "
            "are planned.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and week with more hours."""
        for ew in employee_weeks(roster, case.employees, case.horizon):
            limit = ew.employee.target_minutes(ew.week) + ew.employee.band_minutes
            if ew.shifts and ew.paid_minutes > limit:
                hours, most = ew.paid_minutes / 60, limit / 60
                monday = ew.week.first_day
                yield found(
                    self,
                    Breach(
                        measured=ew.paid_minutes,
                        limit=limit,
                        unit="min",
                        de=f"{ew.employee.id} arbeitet in der Woche ab {day_de(monday)} "
                        f"{number_de(hours)} Stunden, vertraglich höchstens {number_de(most)}.",
                        en=f"{ew.employee.id} works {number_en(hours)} hours in the week from "
                        f"{day_en(monday)}, the contract allows {number_en(most)}.",
                        employee=ew.employee.id,
                        day=monday,
                        excess=hours - most,
                    ),
                    self.price,
                )
