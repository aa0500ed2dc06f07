"""The state of the compiled engine: where everybody is, in arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.sim.compiled_bits import WORD_SHIFT
from planner.sim.compiled_heap import Ints, compiled_part, compiled_rare
from planner.sim.compiled_turns import places_of_turns
from planner.sim.engine import NEVER, NO_CLERK, NOT_CALLED, Clerks, Fate, House, Outcomes, Queue

OFF, IDLE, STAYING = 0, 1, 2
#: Positions in ``State.tally``.
NEXT, DOOR, SERVING, LEAVES, AGAIN, FRESH, STAYERS, DESK, IDLERS = range(9)
TIMED, LINES, HOUSE, DESKS, WORDS = range(9, 14)
#: Positions in a row of ``State.clerk``.
PIECE, READY, DUTY, BUSY, UNTIL, SEAT = range(6)
#: Positions in a row of ``State.line``.
BASE, HEAD, TAIL, HEAP, SIZE, WAITING = range(6)
NOT_SERVED = int(Fate.NOT_SERVED)


class State(NamedTuple):
    """Where everybody is.

    ``clerk``, a row a clerk: ``PIECE`` (present or next), ``READY`` (end of the last break),
    ``DUTY`` (off, on duty, or staying beyond the piece), whether ``BUSY``, ``UNTIL`` (end of the
    present duty) and ``SEAT``.  A seat is a number for a clerk with a set of skills, in the order
    of L4; ``seat`` says the seat of each piece, ``sitter`` the clerk of each seat; ``duty`` and
    ``idle`` are the sets of seats of those on duty and idle, ``holds`` those of each skill.
    ``turns``: next instants at which something happens to clerks (``compiled_turns``).
    ``line``, a row a skill: the places of those who wait in ``ranks`` and ``rows``
    (``compiled_lines``) and how many still do (``WAITING``).  ``leave_*`` and ``again_*`` are heaps
    of instants and rows.  ``tally`` counts by the positions above: ``LINES`` has a bit for each
    line that is not empty, ``HOUSE`` is the next instant of doors or desks, ``DESKS`` how many may
    be served at once, ``WORDS`` how many words a set of seats has, ``TIMED`` whether the instant at which patience ends is an event
    (``compiled_patience``).
    """

    clerk: NDArray[np.int64]
    seat: Ints
    sitter: Ints
    duty: Ints
    idle: Ints
    holds: NDArray[np.int64]
    turns: Ints
    line: NDArray[np.int64]
    ranks: Ints
    rows: Ints
    waits: NDArray[np.bool_]
    leave_at: Ints
    leave_row: Ints
    again_at: Ints
    again_row: Ints
    fresh: Ints
    tally: Ints


def reserve(queue: Queue, clerks: Clerks, house: House) -> State:
    """Return arrays for the state, not filled (``clear``)."""
    customers, staff, skills = len(queue.arrival), len(clerks.speed), len(house.mean_work)
    again = customers if queue.delay.shape[1] else 0
    places = customers + int(queue.tries.sum()) if again else customers
    timed = places if again or house.balk >= 0 else 0
    pieces = len(clerks.start)
    words = (pieces >> WORD_SHIFT) + 1
    empty, ints = np.empty, np.int64
    return State(
        clerk=empty((staff, 6), ints),
        seat=empty(pieces, ints),
        sitter=empty(pieces, ints),
        duty=empty(words, ints),
        idle=empty(words, ints),
        holds=empty((skills, words), ints),
        turns=empty(places_of_turns(staff), ints),
        line=empty((skills, 6), ints),
        ranks=empty(2 * places, ints),
        rows=empty(2 * places, ints),
        waits=empty(customers, np.bool_),
        leave_at=empty(timed, ints),
        leave_row=empty(timed, ints),
        again_at=empty(again, ints),
        again_row=empty(again, ints),
        fresh=empty(customers if timed else 0, ints),
        tally=empty(WORDS + 1, ints),
    )


def reserve_outcomes(customers: int) -> Outcomes:
    """Return outcomes, not filled (``clear``)."""
    empty, long, byte = np.empty, np.int64, np.int8
    return Outcomes(
        call=empty(customers, long),
        finish=empty(customers, long),
        clerk=empty(customers, np.int16),
        fate=empty(customers, byte),
        tries=empty(customers, byte),
        refused=empty(customers, byte),
        last=empty(customers, long),
    )


@compiled_rare
def clear(queue: Queue, house: House, state: State, out: Outcomes) -> None:
    """Fill state and outcomes as before the first instant: nobody waits, every clerk is off."""
    state.tally[:] = 0
    state.tally[TIMED] = house.balk >= 0 or queue.delay.shape[1] > 0
    state.clerk[:, READY] = -NEVER
    state.clerk[:, DUTY] = OFF
    state.clerk[:, BUSY] = 0
    state.duty[:] = 0
    state.idle[:] = 0
    state.holds[:] = 0
    state.turns[:] = NEVER
    state.line[:] = 0
    state.waits[:] = False
    _set_bases(queue, state)
    out.call[:] = NOT_CALLED
    out.finish[:] = NOT_CALLED
    out.clerk[:] = NO_CLERK
    out.fate[:] = NOT_SERVED
    out.tries[:] = 0
    out.refused[:] = 0
    out.last[:] = NOT_CALLED


@compiled_part
def _set_bases(queue: Queue, state: State) -> None:
    """Give each line room for every try of every customer of the skill, twice."""
    line = state.line
    for row in range(len(queue.skill)):
        line[queue.skill[row], HEAP] += 1 + queue.tries[row]
    base = 0
    for skill in range(len(line)):
        room = line[skill, HEAP]
        line[skill, BASE] = line[skill, HEAD] = line[skill, TAIL] = base
        line[skill, HEAP] = base + room
        base += 2 * room
