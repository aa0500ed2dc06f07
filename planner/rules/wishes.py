"""Wishes for a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.domain.staff import Employee, Wish, WishKind
from planner.rules.wording import Breach, day_de, day_en, found, say
from planner.units import minute_to_clock

NAMES_DE = {WishKind.DAY_OFF: "freier Tag", WishKind.EARLY: "früh", WishKind.LATE: "spät"}
NAMES_EN = {WishKind.DAY_OFF: "day off", WishKind.EARLY: "early", WishKind.LATE: "late"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """Wishes are granted where possible; a day without a shift grants every wish.

    Attributes
    ----------
    price : float
        Per refused wish of weight 1.
    early_end_minute : int
        A shift that ends by then grants the wish for an early one [min after midnight].
    late_start_minute : int
        A shift that starts from then on grants the wish for a late one [min after midnight].
    """

    id: ClassVar[str] = "wishes"
    severity: Severity = Severity.SOFT
    price: float = 8.0
    early_end_minute: int = 960
    late_start_minute: int = 600

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        early = minute_to_clock(self.early_end_minute)
        late = minute_to_clock(self.late_start_minute)
        return say(
            language,
            f"Wünsche werden möglichst erfüllt: freier Tag, früh (Ende bis {early}), spät (Beginn "
            f"ab {late}).",
            f"Wishes are granted where possible: day off, early (end by {early}), late (start "
            f"from {late}).",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each refused wish."""
        for employee, wish, shift in self.refused(roster, case):
            de, en = NAMES_DE[wish.kind], NAMES_EN[wish.kind]
            yield found(
                self,
                Breach(
                    measured=1,
                    limit=0,
                    unit="wishes",
                    de=f"Wunsch von {employee.id} für {day_de(wish.day)} ({de}) nicht erfüllt.",
                    en=f"Wish of {employee.id} for {day_en(wish.day)} ({en}) refused.",
                    employee=employee.id,
                    location=shift.location,
                    day=wish.day,
                    excess=wish.weight,
                ),
                self.price,
            )

    def refused(
        self, roster: Roster, case: PlanningCase
    ) -> Iterator[tuple[Employee, Wish, Assignment]]:
        """Yield every refused wish with the shift that refuses it."""
        shifts = {(a.employee, a.day): a for a in roster.assignments}
        for employee in case.employees:
            for wish in employee.wishes:
                shift = shifts.get((employee.id, wish.day))
                if shift is not None and self._refused(wish.kind, shift):
                    yield employee, wish, shift

    def _refused(self, kind: WishKind, shift: Assignment) -> bool:
        if kind is WishKind.EARLY:
            return shift.end_minute > self.early_end_minute
        if kind is WishKind.LATE:
            return shift.start_minute < self.late_start_minute
        return True
