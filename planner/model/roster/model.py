"""The roster model of one week: arrays and names, and rosters in and out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.errors import ModelError
from planner.model.roster.arrays import BACK_OFFICE, NOT_WORKING, OFF, Lines, Week, empty_lines
from planner.model.roster.clockwork import Clockwork, clockwork
from planner.model.roster.names import Names, activity_for, names
from planner.model.roster.place_arrays import place_arrays
from planner.model.roster.shift_grid import shift_grid
from planner.model.roster.staff_arrays import group_arrays, staff_arrays
from planner.model.roster.training import Beside

WEEK_DAYS = 7
NOBODY_BESIDE = Beside()


@dataclass(frozen=True)
class RosterModel:
    """A week in arrays with its names.

    ``unreachable`` is the price of what no shift can cover, paid by every roster [points].
    """

    week: Week
    names: Names
    clock: Clockwork
    unreachable: float

    def roster(self, lines: Lines) -> Roster:
        """Return ``lines`` as a roster."""
        return Roster.of(
            [
                self._assignment(e, d, lines)
                for e in range(len(self.names.employees))
                for d in range(len(self.names.days))
                if lines.group[e, d] != OFF
            ]
        )

    def lines(self, roster: Roster) -> Lines:
        """Return ``roster`` as lines; shifts that the model cannot express are left out.

        Whether the lines are lawful is not asked here.
        """
        lines = empty_lines(len(self.names.employees), self.week.grid)
        for assignment in roster.assignments:
            place_shift(self, assignment, lines)
        return lines

    def _assignment(self, e: int, d: int, lines: Lines) -> Assignment:
        start, end = int(lines.start[e, d]), int(lines.end[e, d])
        pieces: list[Piece] = []
        for cell in range(start, end):
            piece = self._piece(cell, int(lines.activity[e, d, cell]))
            last = pieces[-1] if pieces else None
            if last and (last.activity, last.skill) == (piece.activity, piece.skill):
                pieces[-1] = Piece(last.start_minute, piece.end_minute, piece.activity, piece.skill)
            else:
                pieces.append(piece)
        place = int(self.week.groups.place[lines.group[e, d]])
        return Assignment(
            self.names.employees[e],
            self.names.days[d],
            self.names.locations[place],
            self.clock.minute(start),
            self.clock.minute(end),
            tuple(pieces),
        )

    def _piece(self, cell: int, activity: int) -> Piece:
        start, end = self.clock.minute(cell), self.clock.minute(cell + 1)
        if activity == NOT_WORKING:
            return Piece(start, end, Activity.BREAK)
        if activity == BACK_OFFICE:
            return Piece(start, end, Activity.BACK_OFFICE)
        skill = self.names.rows[activity][1]
        return Piece(start, end, activity_for(skill), skill)


def build(
    case: PlanningCase, requirement: Requirement, beside: Beside = NOBODY_BESIDE
) -> RosterModel:
    """Return the model of ``case``; ``beside`` are at work but are not planned.

    Raises
    ------
    ModelError
        If the horizon is longer than a week (``optimise`` goes week by week).
    """
    if case.horizon.days > WEEK_DAYS:
        raise ModelError(f"a roster model has at most 7 days, not {case.horizon.days}")
    clock = clockwork(case, requirement)
    named = names(case, requirement)
    grid = shift_grid(case, clock)
    groups, own = group_arrays(case, named)
    built = place_arrays(case, requirement, clock, named, beside)
    staff = staff_arrays(case, clock, grid, groups, own)
    return RosterModel(Week(grid, built.places, groups, staff), named, clock, built.unreachable)


def place_shift(model: RosterModel, shift: Assignment, lines: Lines) -> bool:
    """Write ``shift`` to ``lines``; tell whether the model knows such a shift."""
    named, grid, clock = model.names, model.week.grid, model.clock
    if shift.employee not in named.employees or shift.day not in named.days:
        return False
    e, d = named.employees.index(shift.employee), named.days.index(shift.day)
    group = _group_at(model, e, shift.location)
    first, last = shift.start_minute - clock.start_minute, shift.end_minute - clock.start_minute
    start, end = first // clock.minutes, last // clock.minutes
    fits = first % clock.minutes == last % clock.minutes == 0 and 0 <= start < end <= grid.cells
    if group is None or not fits or not model.week.staff.free[e, d]:
        return False
    spans = np.flatnonzero(grid.span == end - start)
    pauses = [piece for piece in shift.pieces if piece.activity is Activity.BREAK]
    size = int(grid.pause[spans[0]]) * clock.minutes if len(spans) else -1
    if [piece.minutes for piece in pauses] != ([size] if size else []):
        return False
    lines.group[e, d], lines.start[e, d], lines.end[e, d] = group, start, end
    lines.pause[e, d] = -1
    for piece in shift.pieces:
        begin = (piece.start_minute - clock.start_minute) // clock.minutes
        stop = (piece.end_minute - clock.start_minute) // clock.minutes
        lines.activity[e, d, begin:stop] = _activity(model, group, piece)
        if piece.activity is Activity.BREAK:
            lines.pause[e, d] = begin
    return True


def _group_at(model: RosterModel, e: int, location: str) -> int | None:
    staff, place = model.week.staff, model.week.groups.place
    for g in staff.groups[staff.first_group[e] : staff.first_group[e + 1]]:
        if model.names.locations[int(place[g])] == location:
            return int(g)
    return None


def _activity(model: RosterModel, group: int, piece: Piece) -> int:
    """Return the activity of a piece; one that the group cannot do becomes back office."""
    if piece.activity is Activity.BREAK:
        return NOT_WORKING
    groups = model.week.groups
    for k in groups.rows[groups.first_row[group] : groups.first_row[group + 1]]:
        if model.names.rows[int(k)][1] == piece.skill:
            return int(k)
    return BACK_OFFICE
