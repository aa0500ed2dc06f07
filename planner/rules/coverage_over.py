"""More people at the desks than required."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import SERVING, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.presence_count import people_by_minute
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say
from planner.units import MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class CoverageOver:
    """Nobody serves beyond the requirement: other work waits.

    ``price`` is per desk beyond the requirement for one slot.
    """

    id: ClassVar[str] = "coverage_over"
    severity: Severity = Severity.SOFT
    price: float = 1.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Niemand bedient über die Sollbesetzung hinaus.",
            "Nobody serves beyond the requirement.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each location, skill and day with surplus desks."""
        serving = people_by_minute(roster, lambda p: p.activity in SERVING, by_skill=True)
        needed = _needed(requirement)
        for (location, skill, day), people in serving.items():
            need = needed.get((location, skill, day), np.zeros(MINUTES_PER_DAY, dtype=np.int64))
            beyond = float(np.maximum(people - need, 0).sum()) / requirement.slot_minutes
            if beyond > 0:
                hours = beyond * requirement.slot_minutes / 60
                yield found(
                    self,
                    Breach(
                        measured=hours,
                        limit=0,
                        unit="desk hours",
                        de=f"{location}: am {day_de(day)} {number_de(hours)} Platzstunden "
                        f"({skill}) über Soll.",
                        en=f"{location}: {number_en(hours)} desk hours ({skill}) beyond the "
                        f"requirement on {day_en(day)}.",
                        location=location,
                        day=day,
                        excess=beyond,
                    ),
                    self.price,
                )


def _needed(requirement: Requirement) -> dict[tuple[str, str, date], NDArray[np.int64]]:
    needed: dict[tuple[str, str, date], NDArray[np.int64]] = {}
    for slot in requirement.slots:
        key = slot.location, slot.skill, slot.day
        day = needed.setdefault(key, np.zeros(MINUTES_PER_DAY, dtype=np.int64))
        day[slot.start_minute : slot.start_minute + requirement.slot_minutes] += slot.desks
    return needed
