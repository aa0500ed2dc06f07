"""A roster: who works when and where, on what within the shift.  Data: stored, replayed, diffed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.place import Interval


class Activity(StrEnum):
    """What an employee does in a piece of a shift (DESIGN §3.8)."""

    COUNTER = "counter"
    RECEPTION = "reception"
    PHONE = "phone"
    BACK_OFFICE = "back_office"
    BREAK = "break"


#: Activities in which customers are served.
SERVING = frozenset({Activity.COUNTER, Activity.RECEPTION, Activity.PHONE})


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A piece of a shift: ``[start_minute, end_minute)`` with one activity.

    ``skill`` is the skill whose requirement the piece covers (empty for back office and break).
    """

    start_minute: int
    end_minute: int
    activity: Activity
    skill: str = ""

    @property
    def minutes(self) -> int:
        """Length of the piece [min]."""
        return self.end_minute - self.start_minute


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """One employee's shift on one day at one location.

    ``pieces`` cover ``[start_minute, end_minute)`` without gap or overlap, in order.
    """

    employee: str
    day: date
    location: str
    start_minute: int
    end_minute: int
    pieces: tuple[Piece, ...]

    @property
    def breaks(self) -> tuple[Interval, ...]:
        """The unpaid breaks in order."""
        return tuple(
            Interval(piece.start_minute, piece.end_minute)
            for piece in self.pieces
            if piece.activity is Activity.BREAK
        )

    @property
    def paid_minutes(self) -> int:
        """Length of the shift less its breaks [min]."""
        return self.end_minute - self.start_minute - sum(pause.minutes for pause in self.breaks)


@dataclass(frozen=True, slots=True)
class Roster:
    """Assignments sorted by (employee, day, start)."""

    assignments: tuple[Assignment, ...] = ()

    @staticmethod
    def of(assignments: list[Assignment]) -> Roster:
        """Return a roster with the assignments in canonical order."""
        return Roster(tuple(sorted(assignments)))

    def at(self, location: str, day: date) -> tuple[Assignment, ...]:
        """Return the assignments at ``location`` on ``day``."""
        return tuple(a for a in self.assignments if a.location == location and a.day == day)

    def by_employee(self) -> dict[str, list[Assignment]]:
        """Return the assignments of each rostered employee, in order of date."""
        grouped: dict[str, list[Assignment]] = {}
        for assignment in self.assignments:
            grouped.setdefault(assignment.employee, []).append(assignment)
        return grouped
