"""The work that waits behind the counters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class BackOffice:
    """The deferrable back-office work of a location is done within the horizon.

    ``price`` is per hour not done.
    """

    id: ClassVar[str] = "back_office"
    severity: Severity = Severity.SOFT
    price: float = 8.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Für die Hintergrundarbeit jedes Standorts ist in der Woche genug Zeit verplant.",
            "Enough time is planned in the week for the back-office work of each location.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each location with less time than its work needs."""
        planned: dict[str, int] = defaultdict(int)
        for a in roster.assignments:
            for piece in a.pieces:
                if piece.activity is Activity.BACK_OFFICE:
                    planned[a.location] += piece.minutes
        for location, minutes in requirement.back_office_minutes:
            missing = (minutes - planned[location]) / 60
            if missing > 0:
                have, need = planned[location] / 60, minutes / 60
                yield found(
                    self,
                    Breach(
                        measured=have,
                        limit=need,
                        unit="h",
                        de=f"{location}: {number_de(have)} von {number_de(need)} Stunden "
                        "Hintergrundarbeit verplant.",
                        en=f"{location}: {number_en(have)} of {number_en(need)} hours of "
                        "back-office work planned.",
                        location=location,
                        excess=missing,
                    ),
                    self.price,
                )
