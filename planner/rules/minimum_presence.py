"""Enough people in the house while the doors are open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.presence_count import people_by_minute
from planner.rules.wording import Breach, day_de, day_en, found, say, span
from planner.units import MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class MinimumPresence:
    """In each slot at least the required people are present and not on a break.

    ``price`` is per person missing for one slot of the requirement.
    """

    id: ClassVar[str] = "minimum_presence"
    severity: Severity = Severity.SOFT
    price: float = 60.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Solange ein Standort geöffnet ist, ist die Mindestzahl an Personen anwesend.",
            "While a location is open, its minimum number of people is present.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each slot with too few people; measured is the lowest count."""
        present = people_by_minute(roster, lambda piece: piece.activity is not Activity.BREAK)
        nobody = np.zeros(MINUTES_PER_DAY, dtype=np.int64)
        for slot in requirement.presence:
            end = slot.start_minute + requirement.slot_minutes
            people = present.get((slot.location, "", slot.day), nobody)[slot.start_minute : end]
            missing = np.maximum(slot.desks - people, 0).sum() / requirement.slot_minutes
            if missing > 0:
                when = span(slot.start_minute, end)
                yield found(
                    self,
                    Breach(
                        measured=int(people.min()),
                        limit=slot.desks,
                        unit="people",
                        de=f"{slot.location}: am {day_de(slot.day)} {when} nur {people.min()} von "
                        f"mindestens {slot.desks} Personen anwesend.",
                        en=f"{slot.location}: only {people.min()} of at least {slot.desks} people "
                        f"present on {day_en(slot.day)} {when}.",
                        location=slot.location,
                        day=slot.day,
                        excess=float(missing),
                    ),
                    self.price,
                )
