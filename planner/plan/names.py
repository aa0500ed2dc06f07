"""Names that people know, in place of identifiers: locations, skills, shifts."""

from __future__ import annotations

from planner.domain.case import PlanningCase
from planner.domain.roster import Assignment
from planner.rules.wording import span

#: Skills that no field of work is named after.
_SKILLS = {
    "reception": ("Empfang und Ausgabe", "reception and collections"),
    "phone": ("Telefon", "phone"),
}


def place_name(case: PlanningCase, location: str) -> str:
    """Return the name of a location; the identifier where the case has none."""
    return next((place.name for place in case.locations if place.id == location), location)


def skill_names(case: PlanningCase, skill: str) -> tuple[str, str]:
    """Return the (German, English) name of a skill: that of the field of work it is named after."""
    names = {area.id: (area.name_de, area.name_en) for area in case.areas}
    return names.get(skill) or _SKILLS.get(skill, (skill, skill))


def skill_name(case: PlanningCase, skill: str, language: str) -> str:
    """Return the name of a skill in ``language`` (``de`` or ``en``)."""
    german, english = skill_names(case, skill)
    return german if language == "de" else english


def shift_name(case: PlanningCase, shift: Assignment | None, language: str) -> str:
    """Return a shift as ``location HH:MM-HH:MM`` with the location's name, or a day off."""
    if shift is None:
        return "frei" if language == "de" else "off"
    return f"{place_name(case, shift.location)} {span(shift.start_minute, shift.end_minute)}"
