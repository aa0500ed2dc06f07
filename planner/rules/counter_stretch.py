"""The longest stretch with customers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say

_WITH_CUSTOMERS = (Activity.COUNTER, Activity.RECEPTION, Activity.PHONE)


@dataclass(frozen=True, slots=True)
class CounterStretch:
    """At most ``minutes`` with customers at a stretch [min]; off unless a case asks.

    Counter, reception and phone count together; a break or back-office work ends a stretch.
    ``price`` is per hour beyond.
    """

    id: ClassVar[str] = "counter_stretch"
    severity: Severity = Severity.OFF
    price: float = 4.0
    minutes: int = 240

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        hours = self.minutes / 60
        return say(
            language,
            f"Nie mehr als {number_de(hours)} Stunden am Stück mit Kundschaft (Schalter, Empfang, "
            "Telefon).",
            f"Never more than {number_en(hours)} hours with customers at a stretch (counter, "
            "reception, phone).",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift with stretches that are too long."""
        for a in roster.assignments:
            long = [stretch for stretch in _stretches(a) if stretch > self.minutes]
            if long:
                yield found(self, self._breach(a, long), self.price)

    def _breach(self, a: Assignment, long: list[int]) -> Breach:
        return Breach(
            measured=max(long),
            limit=self.minutes,
            unit="min",
            de=f"{a.employee} ist am {day_de(a.day)} in {a.location} {max(long)} Minuten am Stück "
            f"mit Kundschaft, vereinbart sind {self.minutes}.",
            en=f"{a.employee} is with customers for {max(long)} minutes at a stretch on "
            f"{day_en(a.day)} at {a.location}, {self.minutes} are agreed.",
            employee=a.employee,
            location=a.location,
            day=a.day,
            excess=sum(stretch - self.minutes for stretch in long) / 60,
        )


def _stretches(a: Assignment) -> list[int]:
    """Return the lengths of all stretches with customers [min]."""
    stretches = [0]
    for piece in a.pieces:
        if piece.activity in _WITH_CUSTOMERS:
            stretches[-1] += piece.minutes
        else:
            stretches.append(0)
    return stretches
