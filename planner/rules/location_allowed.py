"""Employees work only where they may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, say


@dataclass(frozen=True, slots=True)
class LocationAllowed:
    """Each shift is worked by a known employee at one of the employee's locations."""

    id: ClassVar[str] = "location_allowed"
    severity: Severity = Severity.HARD

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Alle arbeiten nur an Standorten, an denen sie eingesetzt werden dürfen.",
            "Everybody works only at locations where they may be assigned.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift at a location that is not the employee's."""
        allowed = {employee.id: employee.locations for employee in case.employees}
        known = {location.id for location in case.locations}
        for a in roster.assignments:
            if a.location not in allowed.get(a.employee, ()) or a.location not in known:
                yield found(
                    self,
                    Breach(
                        measured=1,
                        limit=0,
                        unit="shifts",
                        de=f"{a.employee} darf nicht in {a.location} arbeiten ({day_de(a.day)}).",
                        en=f"{a.employee} may not work at {a.location} ({day_en(a.day)}).",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                    ),
                )
