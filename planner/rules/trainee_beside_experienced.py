"""Trainees are not left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.presence_count import Counts, people_by_minute
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say
from planner.units import MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class TraineeBesideExperienced:
    """While a trainee works, an experienced person is present at the same location.

    A warning unless a case makes it law or gives it a price; trainees who do not work keep it.
    Present is who works there and has no break; ``price`` is per hour of a trainee alone.
    """

    id: ClassVar[str] = "trainee_beside_experienced"
    severity: Severity = Severity.WARN
    price: float = 10.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Wer noch eingearbeitet wird, arbeitet neben einer erfahrenen Person.",
            "Trainees work beside an experienced person.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift of a trainee with time alone."""
        trainees = {employee.id for employee in case.employees if employee.trainee}
        experienced = Roster(tuple(a for a in roster.assignments if a.employee not in trainees))
        present = people_by_minute(experienced, lambda p: p.activity is not Activity.BREAK)
        for a in roster.assignments:
            alone = _minutes_alone(a, present) if a.employee in trainees else 0
            if alone:
                yield found(
                    self,
                    Breach(
                        measured=alone,
                        limit=0,
                        unit="min",
                        de=f"{a.employee} (in Einarbeitung) ist am {day_de(a.day)} in {a.location} "
                        f"{number_de(alone / 60)} Stunden ohne erfahrene Person.",
                        en=f"{a.employee} (trainee) is without an experienced person for "
                        f"{number_en(alone / 60)} hours on {day_en(a.day)} at {a.location}.",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                        excess=alone / 60,
                    ),
                    self.price,
                )


def _minutes_alone(a: Assignment, present: Counts) -> int:
    nobody = np.zeros(MINUTES_PER_DAY, dtype=np.int64)
    people = present.get((a.location, "", a.day), nobody)
    working = [p for p in a.pieces if p.activity is not Activity.BREAK]
    return int(sum((people[p.start_minute : p.end_minute] == 0).sum() for p in working))
