"""Fewer people at the desks than required."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import SERVING, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.presence_count import people_by_minute
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say, span
from planner.units import MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class CoverageShort:
    """Every slot of the requirement is covered by people who serve its skill.

    ``price`` is per desk missing for one slot.
    """

    id: ClassVar[str] = "coverage_short"
    severity: Severity = Severity.SOFT
    price: float = 10.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Die Sollbesetzung wird in jedem Zeitfenster erreicht.",
            "The requirement is covered in every slot.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each slot of the requirement that is not covered."""
        serving = people_by_minute(roster, lambda p: p.activity in SERVING, by_skill=True)
        nobody = np.zeros(MINUTES_PER_DAY, dtype=np.int64)
        for slot in requirement.slots:
            end = slot.start_minute + requirement.slot_minutes
            people = serving.get((slot.location, slot.skill, slot.day), nobody)
            inside = people[slot.start_minute : end]
            missing = float(np.maximum(slot.desks - inside, 0).sum()) / requirement.slot_minutes
            if missing > 0:
                when, mean = span(slot.start_minute, end), float(inside.mean())
                yield found(
                    self,
                    Breach(
                        measured=mean,
                        limit=slot.desks,
                        unit="desks",
                        de=f"{slot.location}: am {day_de(slot.day)} {when} nur {number_de(mean)} "
                        f"von {slot.desks} Plätzen ({slot.skill}) besetzt.",
                        en=f"{slot.location}: only {number_en(mean)} of {slot.desks} desks "
                        f"({slot.skill}) covered on {day_en(slot.day)} {when}.",
                        location=slot.location,
                        day=slot.day,
                        excess=missing,
                    ),
                    self.price,
                )
