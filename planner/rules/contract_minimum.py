"""Contract hours: what should at least be planned."""

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
class ContractMinimum:
    """Paid minutes of a week are at least the target less the employee's band.

    ``price`` is per hour below.
    """

    id: ClassVar[str] = "contract_minimum"
    severity: Severity = Severity.SOFT
    price: float = 6.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Die vertragliche Wochenarbeitszeit (abzüglich angerechneter Abwesenheit und "
            "Bandbreite) wird verplant.",
            "The contract hours of a week (less credited absence and band) are planned in full.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and week with fewer hours."""
        for ew in employee_weeks(roster, case.employees, case.horizon):
            least = ew.employee.target_minutes(ew.week) - ew.employee.band_minutes
            if ew.paid_minutes < least:
                hours, due = ew.paid_minutes / 60, least / 60
                monday = ew.week.first_day
                yield found(
                    self,
                    Breach(
                        measured=ew.paid_minutes,
                        limit=least,
                        unit="min",
                        de=f"{ew.employee.id} ist in der Woche ab {day_de(monday)} nur mit "
                        f"{number_de(hours)} von mindestens {number_de(due)} Stunden geplant.",
                        en=f"{ew.employee.id} is planned for only {number_en(hours)} of at least "
                        f"{number_en(due)} hours in the week from {day_en(monday)}.",
                        employee=ew.employee.id,
                        day=monday,
                        excess=due - hours,
                    ),
                    self.price,
                )
