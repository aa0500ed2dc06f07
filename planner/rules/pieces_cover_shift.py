"""A shift is made of pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, say


@dataclass(frozen=True, slots=True)
class PiecesCoverShift:
    """The pieces of a shift follow one another without gap or overlap from start to end."""

    id: ClassVar[str] = "pieces_cover_shift"
    severity: Severity = Severity.HARD

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Die Tätigkeiten einer Schicht schließen lückenlos aneinander an.",
            "The activities of a shift follow one another without gaps.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift with a gap, an overlap or an empty piece."""
        for a in roster.assignments:
            faults = _faults(a)
            if faults:
                yield found(
                    self,
                    Breach(
                        measured=faults,
                        limit=0,
                        unit="pieces",
                        de=f"{a.employee}: die Tätigkeiten am {day_de(a.day)} füllen die Schicht "
                        "nicht lückenlos.",
                        en=f"{a.employee}: the activities on {day_en(a.day)} do not fill the "
                        "shift without gaps.",
                        employee=a.employee,
                        location=a.location,
                        day=a.day,
                    ),
                )


def _faults(a: Assignment) -> int:
    faults, at = 0, a.start_minute
    for piece in a.pieces:
        faults += piece.start_minute != at
        faults += piece.end_minute <= piece.start_minute
        at = piece.end_minute
    return faults + (at != a.end_minute)
