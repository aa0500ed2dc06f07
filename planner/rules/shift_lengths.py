"""Which shifts exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.requirement import Requirement
from planner.domain.roster import Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, say, span


@dataclass(frozen=True, slots=True)
class ShiftLengths:
    """Shifts keep the case's grid, shortest and longest length, earliest and latest time."""

    id: ClassVar[str] = "shift_lengths"
    severity: Severity = Severity.HARD

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Schichten liegen im vereinbarten Zeitraster, sind nicht kürzer und nicht länger als "
            "vereinbart, beginnen nicht zu früh und enden nicht zu spät.",
            "Shifts keep the agreed grid of times and the agreed shortest and longest length, "
            "and neither start too early nor end too late.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift that does not exist."""
        rules = case.shifts
        for a in roster.assignments:
            if not _exists(a, rules):
                when = span(a.start_minute, a.end_minute)
                yield found(
                    self,
                    Breach(
                        measured=a.end_minute - a.start_minute,
                        limit=rules.max_minutes,
                        unit="min",
                        de=f"{a.employee}: Schicht {when} am {day_de(a.day)} gibt es nicht.",
                        en=f"{a.employee}: there is no shift {when} on {day_en(a.day)}.",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                    ),
                )


def _exists(a: Assignment, rules: ShiftRules) -> bool:
    on_grid = a.start_minute % rules.start_step_minutes == a.end_minute % rules.start_step_minutes
    on_grid = on_grid and a.start_minute % rules.start_step_minutes == 0
    long_enough = rules.min_minutes <= a.end_minute - a.start_minute <= rules.max_minutes
    in_day = rules.earliest_minute <= a.start_minute and a.end_minute <= rules.latest_minute
    return on_grid and long_enough and in_day
