"""The roster model of one week: arrays and names, and rosters in and out."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.errors import ModelError
from planner.model.roster.arrays import BACK_OFFICE, NOT_WORKING, OFF, Lines, Week
from planner.model.roster.clockwork import Clockwork, clockwork
from planner.model.roster.names import Names, activity_for, names
from planner.model.roster.place_arrays import place_arrays
from planner.model.roster.shift_grid import shift_grid
from planner.model.roster.staff_arrays import group_arrays, staff_arrays

WEEK_DAYS = 7


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


def build(case: PlanningCase, requirement: Requirement) -> RosterModel:
    """Return the model of ``case``.

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
    built = place_arrays(case, requirement, clock, named)
    staff = staff_arrays(case, clock, grid, groups, own)
    return RosterModel(Week(grid, built.places, groups, staff), named, clock, built.unreachable)
