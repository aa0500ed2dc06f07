"""The small case with people who hold only a part of the skills of their site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.scenario.loading import load_case

CASE_FILE = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
#: Who only hands out documents.
RECEPTION_ONLY = ("N2", "N4", "S2")


def parted_case() -> PlanningCase:
    """Return the small case in which three of ten hold one skill of two."""
    case = load_case(CASE_FILE)
    people = tuple(
        replace(person, skills=("reception",)) if person.id in RECEPTION_ONLY else person
        for person in case.employees
    )
    return replace(case, employees=people)
