"""What an engine needs to know of the staff of a location, and what the measures need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.domain.service import Discipline
from planner.sim.engine import Clerks, Hand

#: Columns of a piece: start, end, mask, pause, stays, hands, end of duty.
_Row = tuple[int, int, int, int, bool, int, int]
#: What a case may say of a case in hand (``Discipline.busy_at_*``).
HANDS = {"finish": Hand.FINISH, "hand_over": Hand.OVER, "hand_back": Hand.BACK}


@dataclass(frozen=True, slots=True, order=True)
class Serving:
    """A span in which a clerk serves: [start_ms, end_ms) with the skills of ``mask``.

    ``pause_ms`` is the break that follows directly (0: none); ``duty_end_ms`` the end of the shift.
    """

    start_ms: int
    end_ms: int
    mask: int
    pause_ms: int
    duty_end_ms: int


@dataclass(frozen=True, slots=True)
class Clerk:
    """A clerk of a location: identifier, speed in per mille, spans in order and disjoint."""

    id: str
    speed: int
    servings: tuple[Serving, ...]


@dataclass(frozen=True, eq=False)
class LocationStaffing:
    """The staff of one location over the horizon.

    Attributes
    ----------
    names : tuple of str
        Employee (or desk) by number of clerk.
    clerks : Clerks
        Pieces inside the opening hours, as engines read them.
    duty_end : int64 array (pieces,)
        End of the shift to which the piece belongs [ms].
    desks : int
        Customers served at once at the most.
    paid_minutes, back_office_minutes : float
        Paid working time, and the part of it planned for back office [min].
    """

    names: tuple[str, ...]
    clerks: Clerks
    duty_end: NDArray[np.int64]
    desks: int
    paid_minutes: float
    back_office_minutes: float


@dataclass(frozen=True, eq=False)
class Staffing:
    """The staff of all locations, in the order of ``case.locations``."""

    locations: tuple[LocationStaffing, ...]


def clerks_of(
    staff: list[Clerk], doors: NDArray[np.int64], discipline: Discipline
) -> tuple[Clerks, NDArray[np.int64]]:
    """Return the clerks as engines read them, cut to the opening hours, and the ends of duty.

    Neighbouring spans with equal skills are one.  A piece that is cut off by, or ends at, the
    closing of the doors is one in which the clerk stays (L11), where ``stay_until_empty`` says so,
    and in which a case in hand is finished; else ``busy_at_shift_end`` or, where the shift goes on,
    ``busy_at_break`` says what becomes of it (L16).
    """
    pieces: list[_Row] = []
    first = [0]
    for clerk in staff:
        for span in _joined(clerk.servings):
            pieces += _cut(span, doors, discipline)
        first.append(len(pieces))
    columns = list(zip(*pieces, strict=True)) if pieces else [()] * 7
    start, end, mask, pause, stays, hands, duty_end = columns
    clerks = Clerks(
        first=np.array(first, dtype=np.int32),
        start=np.array(start, dtype=np.int64),
        end=np.array(end, dtype=np.int64),
        mask=np.array(mask, dtype=np.int64),
        pause=np.array(pause, dtype=np.int64),
        stays=np.array(stays, dtype=np.bool_),
        hands=np.array(hands, dtype=np.int8),
        speed=np.array([clerk.speed for clerk in staff], dtype=np.int32),
    )
    return clerks, np.array(duty_end, dtype=np.int64)


def _joined(servings: tuple[Serving, ...]) -> list[Serving]:
    joined: list[Serving] = []
    for span in servings:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.end_ms == span.start_ms
            and before.mask == span.mask
            and before.pause_ms == 0
        ):
            joined[-1] = Serving(
                before.start_ms, span.end_ms, span.mask, span.pause_ms, span.duty_end_ms
            )
        else:
            joined.append(span)
    return joined


def _cut(span: Serving, doors: NDArray[np.int64], discipline: Discipline) -> list[_Row]:
    cut: list[_Row] = []
    over = span.end_ms == span.duty_end_ms
    hands = HANDS[discipline.busy_at_shift_end if over else discipline.busy_at_break]
    for opening, closing in doors.tolist():
        start, end = max(span.start_ms, opening), min(span.end_ms, closing)
        if start < end:
            pause = span.pause_ms if end == span.end_ms else 0
            closes = end == closing
            stays = closes and discipline.stay_until_empty
            rule = Hand.FINISH if closes else hands
            cut.append((start, end, span.mask, pause, stays, rule, span.duty_end_ms))
    return cut
