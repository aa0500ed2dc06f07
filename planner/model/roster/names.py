"""Which employee, location, day and cover row an index stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity


@dataclass(frozen=True, slots=True)
class Names:
    """Names in the order of the indices of ``arrays``.

    ``rows`` are (location index, skill), sorted.
    """

    employees: tuple[str, ...]
    locations: tuple[str, ...]
    days: tuple[date, ...]
    rows: tuple[tuple[int, str], ...]


def names(case: PlanningCase, requirement: Requirement) -> Names:
    """Return the names of ``case``; cover rows are the pairs that the requirement asks for."""
    locations = tuple(location.id for location in case.locations)
    index = {name: i for i, name in enumerate(locations)}
    return Names(
        tuple(employee.id for employee in case.employees),
        locations,
        case.horizon.dates,
        tuple(sorted({(index[slot.location], slot.skill) for slot in requirement.slots})),
    )


def activity_for(skill: str) -> Activity:
    """Return the activity in which ``skill`` is served."""
    if skill == "reception":
        return Activity.RECEPTION
    return Activity.PHONE if skill == "phone" else Activity.COUNTER
