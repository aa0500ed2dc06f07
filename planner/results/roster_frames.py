"""Rosters as tables and back: ``roster.csv`` (shifts) and ``activities.csv`` (pieces)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.place import Interval, LocationKind
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.tables import ACTIVITIES, ROSTER
from planner.units import MINUTES_PER_HOUR, minute_to_clock

RECEPTION = "reception"


def roster_frame(roster: Roster) -> pd.DataFrame:
    """Return the table ``roster`` of ``roster``."""
    rows = [_roster_row(assignment) for assignment in roster.assignments]
    return ROSTER.conform(pd.DataFrame(rows, columns=ROSTER.names))


def activities_frame(roster: Roster) -> pd.DataFrame:
    """Return the table ``activities`` of ``roster``."""
    rows = [
        (
            assignment.employee,
            assignment.day.isoformat(),
            minute_to_clock(piece.start_minute),
            minute_to_clock(piece.end_minute),
            assignment.location,
            piece.activity.value,
            piece.skill,
        )
        for assignment in roster.assignments
        for piece in assignment.pieces
    ]
    return ACTIVITIES.conform(pd.DataFrame(rows, columns=ACTIVITIES.names))


def roster_from_frames(
    roster: pd.DataFrame,
    activities: pd.DataFrame | None = None,
    case: PlanningCase | None = None,
) -> Roster:
    """Return the roster of the two tables; ``activities`` may be missing.

    Without ``activities`` every shift is serving time around its breaks: phone at a phone
    line, reception for who holds that skill alone, otherwise counter.  ``case`` names the main
    skill of the place and the employee; without it the pieces are counter work without a skill.
    """
    pieces = {} if activities is None else _pieces_by_shift(activities)
    return Roster.of([_assignment(row, pieces, case) for row in roster[ROSTER.names].to_numpy()])


def breaks_of(text: str) -> tuple[Interval, ...]:
    """Return the breaks written as ``HH:MM-HH:MM;HH:MM-HH:MM``; none for an empty text."""
    spans = (span.split("-") for span in text.split(";") if span)
    return tuple(Interval(minute_of(start), minute_of(end)) for start, end in spans)


def minute_of(clock: str) -> int:
    """Return ``HH:MM`` as minutes after midnight [min]; 24:00 is the end of the day."""
    hours, minutes = clock.split(":")
    return int(hours) * MINUTES_PER_HOUR + int(minutes)


def _roster_row(assignment: Assignment) -> tuple[object, ...]:
    breaks = [
        (minute_to_clock(b.start_minute), minute_to_clock(b.end_minute)) for b in assignment.breaks
    ]
    first = breaks[0] if breaks else ("", "")
    return (
        assignment.employee,
        assignment.day.isoformat(),
        assignment.location,
        minute_to_clock(assignment.start_minute),
        minute_to_clock(assignment.end_minute),
        *first,
        assignment.paid_minutes,
        ";".join(f"{start}-{end}" for start, end in breaks),
    )


def _pieces_by_shift(activities: pd.DataFrame) -> dict[tuple[str, str], list[Piece]]:
    grouped: dict[tuple[str, str], list[Piece]] = {}
    for row in activities[ACTIVITIES.names].to_numpy():
        employee, day, start, end, _location, activity, skill = (str(cell) for cell in row)
        piece = Piece(minute_of(start), minute_of(end), Activity(activity), skill)
        grouped.setdefault((employee, day), []).append(piece)
    return grouped


def _assignment(
    row: Iterable[object], pieces: dict[tuple[str, str], list[Piece]], case: PlanningCase | None
) -> Assignment:
    cells = [str(cell) for cell in row]
    employee, day, location, start, end = cells[:5]
    shift = Interval(minute_of(start), minute_of(end))
    work = pieces.get((employee, day))
    if work is None:
        breaks = breaks_of(cells[8])
        work = _around_breaks(shift, breaks, *_main_work(employee, location, case))
    ordered = tuple(sorted(work))
    return Assignment(
        employee, date.fromisoformat(day), location, shift.start_minute, shift.end_minute, ordered
    )


def _around_breaks(
    shift: Interval, breaks: tuple[Interval, ...], activity: Activity, skill: str
) -> list[Piece]:
    pieces = []
    start = shift.start_minute
    for pause in sorted(breaks):
        pieces.append(Piece(start, pause.start_minute, activity, skill))
        pieces.append(Piece(pause.start_minute, pause.end_minute, Activity.BREAK))
        start = pause.end_minute
    pieces.append(Piece(start, shift.end_minute, activity, skill))
    return [piece for piece in pieces if piece.minutes > 0]


def _main_work(employee: str, location: str, case: PlanningCase | None) -> tuple[Activity, str]:
    if case is None:
        return Activity.COUNTER, ""
    place = case.location(location)
    held = [s for s in case.skills_at(place) if s in case.employee(employee).skills]
    if place.kind is LocationKind.PHONE:
        return Activity.PHONE, next(iter(held), "")
    main = [skill for skill in held if skill != RECEPTION]
    if held and not main:
        return Activity.RECEPTION, RECEPTION
    return Activity.COUNTER, next(iter(main), "")
