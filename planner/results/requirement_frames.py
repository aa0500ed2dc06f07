"""The requirement beside what is rostered, slot by slot (``requirement.csv``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import SERVING, Activity, Assignment, Roster
from planner.tables import REQUIREMENT
from planner.units import minute_to_clock

PRESENCE = "presence"
BACK_OFFICE = "back_office"

Slot = tuple[str, date, int, str]


def requirement_frame(
    case: PlanningCase, requirement: Requirement, roster: Roster | None
) -> pd.DataFrame:
    """Return the table ``requirement``.

    A row stands for every slot that requires somebody or has somebody.  A person counts in a
    slot when one piece, or pieces of the same kind that follow each other, cover all of it:
    serving pieces for their skill, every piece but a break for ``presence``.  ``back_office``
    rows hold the horizon's minutes of each location that has any.
    """
    slots = {(s.location, s.day, s.start_minute, s.skill): s.desks for s in requirement.slots}
    slots |= {(s.location, s.day, s.start_minute, PRESENCE): s.desks for s in requirement.presence}
    there = _rostered(roster or Roster(), requirement.slot_minutes)
    rows = [
        _slot_row(slot, slots.get(slot, 0), there[slot]) for slot in sorted(slots.keys() | there)
    ]
    rows += _back_office_rows(case, requirement, roster or Roster())
    return REQUIREMENT.conform(pd.DataFrame(rows, columns=REQUIREMENT.names))


def _slot_row(slot: Slot, required: int, rostered: int) -> tuple[object, ...]:
    location, day, start, skill = slot
    return (location, day.isoformat(), minute_to_clock(start), skill, *_balance(required, rostered))


def _balance(required: int, rostered: int) -> tuple[int, int, int, int]:
    return required, rostered, max(0, required - rostered), max(0, rostered - required)


def _rostered(roster: Roster, slot_minutes: int) -> Counter[Slot]:
    return Counter(
        (assignment.location, assignment.day, start, kind)
        for assignment in roster.assignments
        for kind, first, last in _spans(assignment)
        for start in range(
            -(-first // slot_minutes) * slot_minutes, last - slot_minutes + 1, slot_minutes
        )
    )


def _spans(assignment: Assignment) -> Iterator[tuple[str, int, int]]:
    """Yield (skill or presence, first minute, last minute) of the longest spans without change."""
    for kinds in (_serving_kind, _presence_kind):
        current: tuple[str, int, int] | None = None
        for piece in assignment.pieces:
            kind = kinds(piece.activity, piece.skill)
            if current and current[0] == kind and current[2] == piece.start_minute:
                current = (kind, current[1], piece.end_minute)
                continue
            if current:
                yield current
            current = (kind, piece.start_minute, piece.end_minute) if kind else None
        if current:
            yield current


def _serving_kind(activity: Activity, skill: str) -> str:
    return skill if activity in SERVING else ""


def _presence_kind(activity: Activity, _skill: str) -> str:
    return "" if activity is Activity.BREAK else PRESENCE


def _back_office_rows(
    case: PlanningCase, requirement: Requirement, roster: Roster
) -> list[tuple[object, ...]]:
    done: Counter[str] = Counter()
    for assignment in roster.assignments:
        for piece in assignment.pieces:
            if piece.activity is Activity.BACK_OFFICE:
                done[assignment.location] += piece.minutes
    required = dict(requirement.back_office_minutes)
    return [
        (place.id, "", "", BACK_OFFICE, *_balance(required.get(place.id, 0), done[place.id]))
        for place in case.locations
        if required.get(place.id, 0) or done[place.id]
    ]
