"""Late shifts shared fairly."""

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
from planner.units import minute_to_clock


@dataclass(frozen=True, slots=True)
class LateFairness:
    """Late shifts beyond the fair share are avoided; the balance so far counts.

    Late shifts of the week plus the employee's ``late_balance`` are compared with ``per_week``.
    Only this week's late shifts cost: a balance that is above already makes each of them cost.

    Attributes
    ----------
    price : float
        Per late shift beyond the share.
    per_week : float
        Late shifts a week that are fair for somebody with balance 0.
    late_end_minute : int
        A shift that ends after this time of day is late [min after midnight].
    """

    id: ClassVar[str] = "late_fairness"
    severity: Severity = Severity.SOFT
    price: float = 2.0
    per_week: float = 2.0
    late_end_minute: int = 1050

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        clock = minute_to_clock(self.late_end_minute)
        return say(
            language,
            f"Spätschichten (Ende nach {clock}) werden gerecht verteilt: {number_de(self.per_week)}"
            " je Woche, mit Ausgleich über die Wochen.",
            f"Late shifts (end after {clock}) are shared fairly: {number_en(self.per_week)} a "
            "week, balanced over the weeks.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and week with late shifts beyond the share."""
        for ew in employee_weeks(roster, case.employees, case.horizon):
            late = sum(shift.end_minute > self.late_end_minute for shift in ew.shifts)
            limit = max(self.per_week, ew.employee.late_balance)
            beyond = ew.employee.late_balance + late - limit
            if late and beyond > 0:
                monday = ew.week.first_day
                yield found(
                    self,
                    Breach(
                        measured=ew.employee.late_balance + late,
                        limit=limit,
                        unit="shifts",
                        de=f"{ew.employee.id} hat in der Woche ab {day_de(monday)} {late} "
                        f"Spätschichten, {number_de(beyond)} mehr als gerecht.",
                        en=f"{ew.employee.id} has {late} late shifts in the week from "
                        f"{day_en(monday)}, {number_en(beyond)} more than fair.",
                        employee=ew.employee.id,
                        day=monday,
                        excess=beyond,
                    ),
                    self.price,
                )
