"""Working days a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.weeks import employee_weeks
from planner.rules.wording import Breach, day_de, day_en, found, say


@dataclass(frozen=True, slots=True)
class MaxDaysPerWeek:
    """Nobody works on more days of a week than the contract says (``max_days``)."""

    id: ClassVar[str] = "max_days_per_week"
    severity: Severity = Severity.HARD

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Niemand arbeitet an mehr Tagen der Woche als vereinbart.",
            "Nobody works on more days of a week than agreed.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and week with too many working days."""
        for ew in employee_weeks(roster, case.employees, case.horizon):
            days = len({shift.day for shift in ew.shifts})
            if days > ew.employee.max_days:
                monday = ew.week.first_day
                yield found(
                    self,
                    Breach(
                        measured=days,
                        limit=ew.employee.max_days,
                        unit="days",
                        de=f"{ew.employee.id} arbeitet in der Woche ab {day_de(monday)} an "
                        f"{days} Tagen, vereinbart sind {ew.employee.max_days}.",
                        en=f"{ew.employee.id} works on {days} days in the week from "
                        f"{day_en(monday)}, {ew.employee.max_days} are agreed.",
                        employee=ew.employee.id,
                        day=monday,
                    ),
                )
