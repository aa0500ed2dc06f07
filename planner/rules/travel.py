"""Short ways when people help out elsewhere."""

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
class Travel:
    """Travel from the home location to another place of work is kept short.

    Attributes
    ----------
    price : float
        Per hour of one-way travel beyond ``free_minutes``, from the home location to the location
        of the shift.
    free_minutes : float
        One-way travel that counts as none [min].
    """

    id: ClassVar[str] = "travel"
    severity: Severity = Severity.SOFT
    price: float = 4.0
    free_minutes: float = 0.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Wer aushilft, soll einen kurzen Weg vom Heimatstandort haben.",
            "Whoever helps out elsewhere should have a short way from the home location.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift with travel; pairs without a time count as none."""
        home = {employee.id: employee.home for employee in case.employees}
        minutes = {(start, end): time for start, end, time in case.travel_minutes}
        for a in roster.assignments:
            start = home.get(a.employee, a.location)
            way = 0.0 if start == a.location else minutes.get((start, a.location), 0.0)
            if way > self.free_minutes:
                yield found(
                    self,
                    Breach(
                        measured=way,
                        limit=self.free_minutes,
                        unit="min",
                        de=f"{a.employee} fährt am {day_de(a.day)} {number_de(way)} Minuten nach "
                        f"{a.location}.",
                        en=f"{a.employee} travels {number_en(way)} minutes to {a.location} on "
                        f"{day_en(a.day)}.",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                        excess=(way - self.free_minutes) / 60,
                    ),
                    self.price,
                )
