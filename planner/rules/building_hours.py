"""When the building is staffed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, say, span


@dataclass(frozen=True, slots=True)
class BuildingHours:
    """Shifts lie between the staffed time before opening and after closing of their location.

    Between two opening intervals of a day (a midday closure) staff may stay.
    """

    id: ClassVar[str] = "building_hours"
    severity: Severity = Severity.HARD

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Gearbeitet wird nur, wenn das Gebäude besetzt sein darf: an Öffnungstagen, von der "
            "Vorbereitungszeit vor der Öffnung bis zur Nachbereitungszeit nach Schließung.",
            "People work only while the building may be staffed: on opening days, from the "
            "preparation before opening until the wrap-up after closing.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift outside the staffed time."""
        places = {location.id: location for location in case.locations}
        for a in roster.assignments:
            place = places.get(a.location)
            if place is None:
                continue
            doors = place.opening.on(a.day, case.horizon)
            if doors:
                first = doors[0].start_minute - place.staffed_before_minutes
                last = doors[-1].end_minute + place.staffed_after_minutes
                if first <= a.start_minute and a.end_minute <= last:
                    continue
            when = span(a.start_minute, a.end_minute)
            yield found(
                self,
                Breach(
                    measured=a.end_minute - a.start_minute,
                    limit=0 if not doors else last - first,
                    unit="min",
                    de=f"{a.employee}: {place.name} ist am {day_de(a.day)} {when} nicht "
                    "durchgehend besetzbar.",
                    en=f"{a.employee}: {place.name} may not be staffed for all of {when} on "
                    f"{day_en(a.day)}.",
                    employee=a.employee,
                    location=a.location,
                    day=a.day,
                ),
            )
