"""Who stands in on the day when somebody falls out: colleagues leave the back office.

The law of stand-ins (back-office work is deferrable, DESIGN §3.8):

S1. A serving piece of somebody absent is filled step by step on the slot grid.
S2. In a step those may stand in who are at the same location, at back office for the whole step,
    and hold the skill of the piece; nobody's break, shift or serving is touched.
S3. Whoever stands in already goes on; then people out of training before trainees, then the one
    with the fewest skills, then by identifier.
S4. The back-office time given up is open work (``back_office_open_hours``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from planner.domain.case import PlanningCase
from planner.domain.roster import SERVING, Activity, Assignment, Piece, Roster
from planner.domain.staff import Employee
from planner.sim.absence import Absences

#: (location, day): what ties people who may stand in for each other.
Team = tuple[str, date]


def with_stand_ins(case: PlanningCase, roster: Roster, absent: Absences) -> Roster:
    """Return the roster of those present, with stand-ins for those absent.

    Parameters
    ----------
    absent : set of (employee, day)
        Who falls out; nobody: the roster as it is.
    """
    if not absent:
        return roster
    missing: dict[Team, list[Assignment]] = defaultdict(list)
    present: dict[Team, list[Assignment]] = defaultdict(list)
    for assignment in roster.assignments:
        out = (assignment.employee, assignment.day) in absent
        (missing if out else present)[assignment.location, assignment.day].append(assignment)
    employees = {employee.id: employee for employee in case.employees}
    for team, gone in missing.items():
        there = present[team]
        colleagues = sorted((employees[a.employee] for a in there), key=_rank)
        present[team] = _filled(case.horizon.slot_minutes, there, gone, colleagues)
    return Roster.of([assignment for there in present.values() for assignment in there])


def _filled(
    step: int, there: list[Assignment], gone: list[Assignment], colleagues: list[Employee]
) -> list[Assignment]:
    """Return the assignments of one team with the serving pieces of ``gone`` filled.

    ``step`` is that of the slot grid [min]; ``colleagues`` are those there in the order of S3.
    """
    pieces = {assignment.employee: list(assignment.pieces) for assignment in there}
    for assignment in sorted(gone):
        before = ""
        for piece in assignment.pieces:
            if piece.activity not in SERVING:
                continue
            for start in range(piece.start_minute, piece.end_minute, step):
                wanted = replace(
                    piece, start_minute=start, end_minute=min(start + step, piece.end_minute)
                )
                before = _stand_in(wanted, pieces, colleagues, before)
    return [replace(a, pieces=_joined(pieces[a.employee])) for a in there]


def _stand_in(
    wanted: Piece, pieces: dict[str, list[Piece]], colleagues: list[Employee], before: str
) -> str:
    """Give ``wanted`` to the first colleague who may take it (S3); return who, or nobody ("")."""
    first = [colleague for colleague in colleagues if colleague.id == before]
    for colleague in (*first, *colleagues):
        own = pieces[colleague.id]
        if wanted.skill in colleague.skills:
            number = _at_back_office(own, wanted)
            if number is not None:
                own[number : number + 1] = _parted(own[number], wanted)
                return colleague.id
    return ""


def _parted(whole: Piece, wanted: Piece) -> list[Piece]:
    """Return a back-office piece with the wanted one within it."""
    parts = (
        replace(whole, end_minute=wanted.start_minute),
        wanted,
        replace(whole, start_minute=wanted.end_minute),
    )
    return [part for part in parts if part.minutes > 0]


def _rank(colleague: Employee) -> tuple[bool, int, str]:
    return colleague.trainee, len(colleague.skills), colleague.id


def _at_back_office(own: list[Piece], wanted: Piece) -> int | None:
    """Return the number of the back-office piece that holds the whole of ``wanted``."""
    for number, piece in enumerate(own):
        spans = piece.start_minute <= wanted.start_minute and piece.end_minute >= wanted.end_minute
        if piece.activity is Activity.BACK_OFFICE and spans:
            return number
    return None


def _joined(own: list[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with neighbours of the same activity and skill made one."""
    joined: list[Piece] = []
    for piece in own:
        last = joined[-1] if joined else None
        if last and (last.activity, last.skill) == (piece.activity, piece.skill):
            joined[-1] = replace(last, end_minute=piece.end_minute)
        else:
            joined.append(piece)
    return tuple(joined)
