"""No more people serve than there are desks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import SERVING, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.presence_count import people_by_minute
from planner.rules.wording import Breach, day_de, day_en, found, say
from planner.units import minute_to_clock


@dataclass(frozen=True, slots=True)
class DesksNotExceeded:
    """At every minute at most as many people serve at a location as it has desks."""

    id: ClassVar[str] = "desks_not_exceeded"
    severity: Severity = Severity.HARD

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "An einem Standort bedienen nie mehr Personen, als es Arbeitsplätze gibt.",
            "Never more people serve at a location than it has desks.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each location and day with too many people serving."""
        desks = {location.id: location.desks for location in case.locations}
        serving = people_by_minute(roster, lambda piece: piece.activity in SERVING)
        for (location, _, day), people in serving.items():
            limit = desks.get(location, 0)
            if people.max() > limit:
                most, minute = int(people.max()), int(people.argmax())
                clock = minute_to_clock(minute)
                yield found(
                    self,
                    Breach(
                        measured=most,
                        limit=limit,
                        unit="desks",
                        de=f"{location}: am {day_de(day)} um {clock} bedienen {most} Personen an "
                        f"{limit} Arbeitsplätzen.",
                        en=f"{location}: {most} people serve at {limit} desks on {day_en(day)} "
                        f"at {clock}.",
                        location=location,
                        day=day,
                    ),
                )
