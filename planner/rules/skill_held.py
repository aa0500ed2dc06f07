"""Who serves holds the skill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import SERVING, Activity, Assignment, Piece, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, say, span


@dataclass(frozen=True, slots=True)
class SkillHeld:
    """Serving pieces name a skill that the employee holds; other pieces name none.

    Skill ``reception`` is served at the reception, ``phone`` on the phone, every other skill at
    a counter; the skill is one that the location's services ask for.
    """

    id: ClassVar[str] = "skill_held"
    severity: Severity = Severity.HARD

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            "Bedienen darf nur, wer die verlangte Qualifikation hat, am dafür vorgesehenen Platz.",
            "Only those who hold the skill asked for serve it, at the place meant for it.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each piece whose skill does not fit."""
        held = {employee.id: employee.skills for employee in case.employees}
        asked = {location.id: case.skills_at(location) for location in case.locations}
        for a in roster.assignments:
            for piece in a.pieces:
                skills = held.get(a.employee, ())
                if not _fits(piece, skills, asked.get(a.location, ())):
                    yield found(self, _breach(a, piece))


def _fits(piece: Piece, held: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    if piece.activity not in SERVING:
        return piece.skill == ""
    place = {"reception": Activity.RECEPTION, "phone": Activity.PHONE}
    right_place = place.get(piece.skill, Activity.COUNTER) is piece.activity
    return right_place and piece.skill in held and piece.skill in asked


def _breach(a: Assignment, piece: Piece) -> Breach:
    when = span(piece.start_minute, piece.end_minute)
    return Breach(
        measured=1,
        limit=0,
        unit="pieces",
        de=f"{a.employee} ({a.location}, {day_de(a.day)} {when}): Tätigkeit {piece.activity} "
        f"mit Qualifikation '{piece.skill}' passt nicht.",
        en=f"{a.employee} ({a.location}, {day_en(a.day)} {when}): activity {piece.activity} "
        f"with skill '{piece.skill}' does not fit.",
        employee=a.employee,
        location=a.location,
        day=a.day,
    )
