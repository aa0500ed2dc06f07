"""Fair share of refused wishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wishes import Wishes
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class RefusalFairness:
    """Whose wishes were refused more often than others' is refused last.

    ``price`` is per refused wish of weight 1 and refused wish of the employee's
    ``refused_balance``; a balance of 0 or less costs nothing.  What counts as refused is said by
    the rule ``wishes``.
    """

    id: ClassVar[str] = "refusal_fairness"
    severity: Severity = Severity.SOFT
    price: float = 4.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Wem bisher mehr Wünsche abgelehnt wurden als anderen, dem wird als Letztes einer "
            "abgelehnt.",
            "Whose wishes were refused more often than others' is refused last.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each refused wish of somebody who was refused more than others."""
        balance = {e.id: e.refused_balance for e in case.employees if e.refused_balance > 0}
        wishes = next((rule for rule in case.rules if isinstance(rule, Wishes)), Wishes())
        for employee, wish, shift in wishes.refused(roster, case):
            if employee.id in balance:
                so_far = balance[employee.id]
                yield found(
                    self,
                    Breach(
                        measured=so_far,
                        limit=0,
                        unit="wishes",
                        de=f"Wunsch von {employee.id} für {day_de(wish.day)} nicht erfüllt, obwohl "
                        f"schon {number_de(so_far)} mehr abgelehnt wurden als bei anderen.",
                        en=f"Wish of {employee.id} for {day_en(wish.day)} refused, though "
                        f"{number_en(so_far)} more were refused than others' already.",
                        employee=employee.id,
                        location=shift.location,
                        day=wish.day,
                        excess=wish.weight * so_far,
                    ),
                    self.price,
                )
