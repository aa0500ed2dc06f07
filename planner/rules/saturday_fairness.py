"""Saturday shifts shared fairly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.domain.staff import SATURDAY
from planner.rules.weeks import employee_weeks
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class SaturdayFairness:
    """Saturday shifts beyond the fair share are avoided; the balance so far counts.

    Saturday shifts of the week plus the employee's ``saturday_balance`` are compared with
    ``per_week``; only this week's Saturday costs.  ``price`` is per Saturday beyond the share.
    """

    id: ClassVar[str] = "saturday_fairness"
    severity: Severity = Severity.SOFT
    price: float = 4.0
    per_week: float = 0.25

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            f"Samstage werden gerecht verteilt: {number_de(self.per_week)} je Woche, mit Ausgleich "
            "über die Wochen.",
            f"Saturdays are shared fairly: {number_en(self.per_week)} a week, balanced over the "
            "weeks.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and week with Saturdays beyond the share."""
        for ew in employee_weeks(roster, case.employees, case.horizon):
            saturdays = sum(shift.day.weekday() == SATURDAY for shift in ew.shifts)
            limit = max(self.per_week, ew.employee.saturday_balance)
            beyond = ew.employee.saturday_balance + saturdays - limit
            if saturdays and beyond > 0:
                monday = ew.week.first_day
                yield found(
                    self,
                    Breach(
                        measured=ew.employee.saturday_balance + saturdays,
                        limit=limit,
                        unit="shifts",
                        de=f"{ew.employee.id} arbeitet in der Woche ab {day_de(monday)} am "
                        f"Samstag, {number_de(beyond)} mehr als gerecht.",
                        en=f"{ew.employee.id} works on the Saturday of the week from "
                        f"{day_en(monday)}, {number_en(beyond)} more than fair.",
                        employee=ew.employee.id,
                        day=monday,
                        excess=beyond,
                    ),
                    self.price,
                )
