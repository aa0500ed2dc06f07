"""Where a roster falls short of the requirement: where, when, which skill, how many, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import SERVING, Roster
from planner.units import MINUTES_PER_HOUR

Cell = tuple[str, date, str, int]


@dataclass(frozen=True, slots=True, order=True)
class Shortfall:
    """A span in which too few people cover a skill at a location.

    Attributes
    ----------
    start_minute, end_minute : int
        The span ``[start, end)`` of the day [min].
    people : int
        Missing throughout the span.
    staff_that_day : int
        Employees with the skill who may work at the location and are available that day.
    most_required : int
        Largest requirement of the skill at the location that day.
    hours_at_hand, hours_required : float
        Working hours of the horizon of those who call the location home, and what it asks of
        them: desk hours of all skills and back-office work [h].
    """

    location: str
    day: date
    start_minute: int
    end_minute: int
    skill: str
    people: int
    staff_that_day: int
    most_required: int
    hours_at_hand: float
    hours_required: float

    @property
    def reason(self) -> str:
        """Why: ``skill`` (too few who hold it), ``hours`` (too few hours) or ``times``.

        ``times``: enough people and hours, but not at these times within the rules.
        """
        if self.staff_that_day < self.most_required:
            return "skill"
        return "hours" if self.hours_at_hand < self.hours_required else "times"


def shortfalls(
    case: PlanningCase, requirement: Requirement, roster: Roster
) -> tuple[Shortfall, ...]:
    """Return every shortfall, spans of equal size joined, in order of location and time."""
    covered = covered_desks(requirement, roster)
    missing = [
        (slot, slot.desks - covered[slot.location, slot.day, slot.skill, slot.start_minute])
        for slot in sorted(requirement.slots, key=_by_skill)
    ]
    hours = _Hours(case, requirement)
    return tuple(
        sorted(
            _shortfall(case, hours, requirement.slot_minutes, span)
            for span in _spans([m for m in missing if m[1] > 0], requirement.slot_minutes)
        )
    )


def covered_desks(requirement: Requirement, roster: Roster) -> Counter[Cell]:
    """Return people serving by cell; a piece covers the slots that it fills."""
    size = requirement.slot_minutes
    covered: Counter[Cell] = Counter()
    for assignment in roster.assignments:
        for piece in assignment.pieces:
            if piece.activity in SERVING:
                first = -(-piece.start_minute // size) * size
                for start in range(first, piece.end_minute - size + 1, size):
                    covered[assignment.location, assignment.day, piece.skill, start] += 1
    return covered


class _Hours:
    """Hours at hand and required by location; largest requirements by day and skill."""

    def __init__(self, case: PlanningCase, requirement: Requirement) -> None:
        self.at_hand: Counter[str] = Counter()
        for employee in case.employees:
            self.at_hand[employee.home] += employee.target_minutes(case.horizon)
        self.required: Counter[str] = Counter(dict(requirement.back_office_minutes))
        self.most: Counter[tuple[str, date, str]] = Counter()
        for slot in requirement.slots:
            self.required[slot.location] += slot.desks * requirement.slot_minutes
            key = (slot.location, slot.day, slot.skill)
            self.most[key] = max(self.most[key], slot.desks)


def _by_skill(slot: SlotRequirement) -> tuple[str, date, str, int]:
    return (slot.location, slot.day, slot.skill, slot.start_minute)


def _spans(
    missing: list[tuple[SlotRequirement, int]], size: int
) -> Iterator[list[tuple[SlotRequirement, int]]]:
    """Yield neighbouring slots of one cell with the same number missing."""

    def run(item: tuple[int, tuple[SlotRequirement, int]]) -> tuple[object, ...]:
        index, (slot, people) = item
        return (slot.location, slot.day, slot.skill, people, slot.start_minute - index * size)

    for _, group in groupby(enumerate(missing), key=run):
        yield [entry for _, entry in group]


def _shortfall(
    case: PlanningCase, hours: _Hours, size: int, span: list[tuple[SlotRequirement, int]]
) -> Shortfall:
    slot, people = span[0]
    fit = [
        employee
        for employee in case.employees
        if slot.skill in employee.skills
        and slot.location in employee.locations
        and employee.available(slot.day, case.horizon)
    ]
    return Shortfall(
        location=slot.location,
        day=slot.day,
        start_minute=slot.start_minute,
        end_minute=span[-1][0].start_minute + size,
        skill=slot.skill,
        people=people,
        staff_that_day=len(fit),
        most_required=hours.most[slot.location, slot.day, slot.skill],
        hours_at_hand=hours.at_hand[slot.location] / MINUTES_PER_HOUR,
        hours_required=hours.required[slot.location] / MINUTES_PER_HOUR,
    )
