"""Somebody opens and somebody closes the house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.place import Interval, Location
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.presence_count import people_by_minute
from planner.rules.wording import Breach, day_de, day_en, found, say, span
from planner.units import MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class OpeningClosingDuty:
    """Before the first opening and after the last closing of a day people are in the house.

    Attributes
    ----------
    price : float
        Per person missing for one slot of the requirement.
    people : int
        People needed.
    minutes : int
        How long before opening and after closing [min]; less where the building may only be
        staffed for a shorter time.  Locations without a minimum presence have no duty.
    """

    id: ClassVar[str] = "opening_closing_duty"
    severity: Severity = Severity.SOFT
    price: float = 15.0
    people: int = 1
    minutes: int = 30

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            f"In den {self.minutes} Minuten vor Öffnung und nach Schließung eines Standorts ist "
            f"mindestens {self.people} Person anwesend.",
            f"At least {self.people} person is present in the {self.minutes} minutes before a "
            "location opens and after it closes.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each opening or closing without enough people."""
        present = people_by_minute(roster, lambda piece: piece.activity is not Activity.BREAK)
        nobody = np.zeros(MINUTES_PER_DAY, dtype=np.int64)
        for location in case.locations:
            for day in case.horizon.dates:
                for duty in self._duties(location, location.opening.on(day, case.horizon)):
                    people = present.get((location.id, "", day), nobody)
                    inside = people[duty.start_minute : duty.end_minute]
                    missing = np.maximum(self.people - inside, 0).sum()
                    if missing > 0:
                        when = span(duty.start_minute, duty.end_minute)
                        yield found(
                            self,
                            Breach(
                                measured=int(inside.min()),
                                limit=self.people,
                                unit="people",
                                de=f"{location.id}: am {day_de(day)} {when} fehlt jemand zum "
                                "Öffnen oder Schließen.",
                                en=f"{location.id}: nobody to open or close on {day_en(day)} "
                                f"{when}.",
                                location=location.id,
                                day=day,
                                excess=float(missing) / requirement.slot_minutes,
                            ),
                            self.price,
                        )

    def _duties(self, location: Location, doors: tuple[Interval, ...]) -> Iterator[Interval]:
        if not doors or location.minimum_presence == 0 or location.constant_desks is not None:
            return
        before = min(self.minutes, location.staffed_before_minutes)
        after = min(self.minutes, location.staffed_after_minutes)
        if before:
            yield Interval(doors[0].start_minute - before, doors[0].start_minute)
        if after:
            yield Interval(doors[-1].end_minute, doors[-1].end_minute + after)
