"""Fair share of travel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class TravelFairness:
    """Who has travelled more than others so far is sent elsewhere last.

    ``price`` is per hour of one-way travel of a shift and hour of the employee's
    ``travel_balance``; a balance of 0 or less costs nothing.
    """

    id: ClassVar[str] = "travel_fairness"
    severity: Severity = Severity.SOFT
    price: float = 1.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Wer bisher mehr gefahren ist als andere, wird als Letztes an andere Standorte "
            "geschickt.",
            "Whoever has travelled more than others so far is sent elsewhere last.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift away from home of somebody who travelled more."""
        people = {e.id: e for e in case.employees if e.travel_balance > 0}
        ways = {(start, end): minutes for start, end, minutes in case.travel_minutes}
        for a in roster.assignments:
            person = people.get(a.employee)
            way = ways.get((person.home, a.location), 0.0) if person else 0.0
            if person and a.location != person.home and way > 0:
                yield found(
                    self,
                    Breach(
                        measured=person.travel_balance,
                        limit=0,
                        unit="h",
                        de=f"{a.employee} fährt am {day_de(a.day)} zu einem anderen Standort und "
                        f"ist schon {number_de(person.travel_balance)} Stunden mehr gefahren als "
                        "andere.",
                        en=f"{a.employee} travels to another location on {day_en(a.day)} and has "
                        f"travelled {number_en(person.travel_balance)} hours more than others.",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                        excess=way / 60 * person.travel_balance,
                    ),
                    self.price,
                )
