"""A plain weekly pattern for people whom a scenario adds to a roster that is frozen.

Everybody works at home on the first days of the pattern, at most ``max_days``, a day's share of the
contract plus half an hour of break.  The first starts with the doors, the next ends with them, and
so on in turn.  The location's share of back office is the end of the shift; the first of every ten
sits at the reception, where there is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from datetime import date

from planner.domain.case import PlanningCase
from planner.domain.place import Location
from planner.domain.roster import Activity, Assignment, Piece
from planner.domain.staff import Employee

_BREAK = 30
_GRID = 30
_RECEPTION_EVERY = 10


def new_shifts(case: PlanningCase, known: Set[str]) -> Iterator[Assignment]:
    """Yield the shifts of the employees of ``case`` who are not among ``known``."""
    turn: dict[str, int] = defaultdict(int)
    for employee in case.employees:
        if employee.id in known:
            continue
        number = turn[employee.home]
        turn[employee.home] += 1
        place = case.location(employee.home)
        days = [day for day in case.horizon.dates if employee.available(day, case.horizon)]
        opened = [day for day in days if place.opening.on(day, case.horizon)]
        for day in opened[: employee.max_days]:
            yield _shift(case, employee, place, (day, number))


def _shift(
    case: PlanningCase, employee: Employee, place: Location, when: tuple[date, int]
) -> Assignment:
    day, number = when
    opened = place.opening.on(day, case.horizon)
    first, last = opened[0].start_minute, opened[-1].end_minute
    work = round(employee.contract_minutes / employee.max_days / _GRID) * _GRID
    length = min(work + _BREAK, last - first)
    start = first if number % 2 == 0 else last - length
    office = round(place.back_office_share * (length - _BREAK) / _GRID) * _GRID
    pause = start + (length - _BREAK) // (2 * _GRID) * _GRID
    skill = _skill(case, employee, place, number)
    serving = Activity.RECEPTION if skill == Activity.RECEPTION.value else Activity.COUNTER
    until = max(pause + _BREAK, start + length - office)
    pieces = (
        Piece(start, pause, serving, skill),
        Piece(pause, pause + _BREAK, Activity.BREAK),
        Piece(pause + _BREAK, until, serving, skill),
        Piece(until, start + length, Activity.BACK_OFFICE),
    )
    kept = tuple(piece for piece in pieces if piece.minutes > 0)
    return Assignment(employee.id, day, place.id, start, start + length, kept)


def _skill(case: PlanningCase, employee: Employee, place: Location, number: int) -> str:
    reception = Activity.RECEPTION.value
    asked = [skill for skill in case.skills_at(place) if skill in employee.skills]
    others = [skill for skill in asked if skill != reception] or asked
    at_reception = number % _RECEPTION_EVERY == 0 and reception in asked
    return reception if at_reception else others[0] if others else ""
