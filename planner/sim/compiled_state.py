"""The state of the compiled engine: where everybody is, in arrays."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.sim.compiled_bits import WORD_SHIFT
from planner.sim.compiled_heap import Ints, compiled_part, compiled_rare
from planner.sim.compiled_turns import places_of_turns
from planner.sim.engine import NEVER, Clerks, Fate, House, Outcomes, Queue

OFF, IDLE, STAYING = 0, 1, 2
#: Positions in ``State.tally``.
NEXT, DOOR, DESK, HOUSE, LEAVES, AGAIN, FRESH, TIMED = range(8)
SERVING, DESKS, IDLERS, STAYERS, WORDS, STANDING, ENDED, SPELLS, LOSS = range(8, 17)
#: Positions in a row of ``Staff.clerk``, and rows of ``Staff.seat`` and ``Staff.sets``.
PIECE, READY, DUTY, BUSY, UNTIL, SEAT, HELD, ENDS = range(8)
#: Rows of ``State.cases``.
REST, SINCE = 0, 1
OF_PIECE, SITTER = 0, 1
ON_DUTY, ARE_IDLE, HOLD = 0, 1, 2
#: Positions in a row of ``Lines.line``; rows of ``Lines.wait`` and of the heaps in ``Later``.
BASE, HEAD, TAIL, HEAP, SIZE, WAITING = range(6)
KEY, ROW = 0, 1
#: Typed: for a literal number numba compiles a function once more.
FIRST, NOBODY = np.int64(0), np.int64(NEVER)
NOT_SERVED = int(Fate.NOT_SERVED)
Table = NDArray[np.int64]
NOTHING = np.empty(0, dtype=np.int64)
NO_HEAP = np.empty((ROW + 1, 0), dtype=np.int64)


class Staff(NamedTuple):
    """Where the clerks are.

    ``clerk``, a row a clerk: ``PIECE`` (present or next), ``READY`` (end of the last break),
    ``DUTY`` (off, on duty, or staying beyond the piece), whether ``BUSY``, ``UNTIL`` (end of the
    present duty) and ``SEAT``; where cases are handed on also the customer ``HELD`` and when that
    case ``ENDS``.  A seat is a number for a clerk with a set of skills
    (``compiled_seats``); ``seat`` has the seat ``OF_PIECE`` and the ``SITTER`` of a seat, ``sets``
    the seats of those who are ``ON_DUTY``, of those who ``ARE_IDLE`` and, from ``HOLD``, of those
    who hold each skill.  ``turns``: when something happens to whom next (``compiled_turns``).
    """

    clerk: Table
    seat: Table
    sets: Table
    turns: Ints


class Lines(NamedTuple):
    """Who waits (``compiled_lines``).

    ``line``, a row a skill: the places of those who wait in ``wait`` (their ``KEY`` is the order of
    calling), and how many still do (``WAITING``, kept where patience is ``TIMED``).  ``present``:
    the order of calling in the present try of a customer who waits (where ``TIMED``).
    """

    line: Table
    wait: Table
    present: Ints


class Later(NamedTuple):
    """Heaps of instants and rows: who leaves, who comes again; and who waits since this instant."""

    leave: Table
    again: Table
    fresh: Ints


class State(NamedTuple):
    """Where everybody is.

    ``tally``: the ``NEXT`` row to come; the next ``DOOR`` to close and change of ``DESK``s, and the
    next instant of either (``HOUSE``); sizes of the heaps of ``LEAVES`` and ``AGAIN`` and number of
    ``FRESH``; whether the instant at which patience ends is an event (``TIMED``,
    ``compiled_patience``); customers in ``SERVING`` and ``DESKS`` for them; clerks who are idle
    (``IDLERS``) and who are so beyond their piece (``STAYERS``); ``WORDS`` of a set of seats; bits
    of the lines in which somebody is ``STANDING``; where cases are handed on, how many clerks'
    piece ``ENDED`` while serving, ``SPELLS`` that ended before the case, and whether the ``LOSS``
    of a desk ends one.  ``cases``: there, the ``REST`` of each customer's work and the instant
    ``SINCE`` which the customer is at a desk; elsewhere None
    (``compiled_cases``).
    """

    staff: Staff
    lines: Lines
    later: Later
    tally: Ints
    cases: Table | None


def reserve(queue: Queue, clerks: Clerks, house: House) -> tuple[Any, ...]:
    """Return arrays for the state, not filled: what ``state_of`` names and ``clear`` fills."""
    customers, staff, skills = len(queue.arrival), len(clerks.speed), len(house.mean_work)
    pieces, tries = len(clerks.start), customers
    if queue.delay.shape[1]:
        tries += int(queue.tries.sum())
    timed = house.balk >= 0 or queue.delay.shape[1] > 0
    hands_on = may_hand_on(clerks, house)
    empty, long = np.empty, np.int64
    return (
        empty((staff, 1 + (ENDS if hands_on else SEAT)), long),
        empty((SITTER + 1, pieces), long),
        empty((HOLD + skills, (pieces >> WORD_SHIFT) + 1), long),
        empty(places_of_turns(staff), long),
        empty((skills, WAITING + 1), long),
        empty((ROW + 1, 2 * tries), long),
        empty(customers, long) if timed else NOTHING,
        empty((ROW + 1, tries), long) if timed else NO_HEAP,
        empty((ROW + 1, customers), long) if timed else NO_HEAP,
        empty(customers, long) if timed else NOTHING,
        empty(LOSS + 1, long),
        empty((SINCE + 1, customers), long) if hands_on else None,
    )


def may_hand_on(clerks: Clerks, house: House) -> bool:
    """Tell whether a case may have several spells at a desk (L16, L19)."""
    if np.count_nonzero(clerks.hands) > 0:
        return True
    return house.desk_loss != 0 and len(house.desks) > 1


def most_spells(clerks: Clerks, house: House) -> int:
    """Return how many spells may end before the case: one a piece, one a clerk at a desk loss."""
    return len(clerks.start) + house.desk_loss * len(clerks.speed) * len(house.desks)


@compiled_part
def state_of(arrays: tuple[Any, ...]) -> State:
    """Return the arrays of ``reserve`` by their names."""
    return State(Staff(*arrays[:4]), Lines(*arrays[4:7]), Later(*arrays[7:10]), *arrays[10:])


def reserve_outcomes(customers: int, spells: int) -> Outcomes:
    """Return outcomes, not filled: every customer makes a first try, which fills the row.

    ``spells``: how many may end before the case.
    """
    empty, long, byte = np.empty, np.int64, np.int8
    return Outcomes(
        call=empty(customers, long),
        finish=empty(customers, long),
        clerk=empty(customers, np.int16),
        fate=empty(customers, byte),
        tries=empty(customers, byte),
        refused=empty(customers, byte),
        last=empty(customers, long),
        spells=empty((spells, 4), long),
    )


@compiled_rare
def clear(queue: Queue, state: State) -> None:
    """Fill the state as before the first instant: nobody waits, every clerk is off."""
    staff, lines, tally = state.staff, state.lines, state.tally
    _fill(tally, FIRST)
    tally[TIMED] = len(lines.present) > 0
    tally[DESKS] = len(staff.clerk)
    for number in range(len(staff.sets)):
        _fill(staff.sets[number], FIRST)
    _fill(staff.turns, NOBODY)
    _fill(lines.present, NOBODY)
    _give_room(queue, lines.line)


@compiled_rare
def _fill(numbers: Ints, number: np.int64) -> None:
    for place in range(len(numbers)):
        numbers[place] = number


@compiled_part
def _give_room(queue: Queue, line: Table) -> None:
    """Give each line room for every try of every customer of the skill, twice."""
    for skill in range(len(line)):
        line[skill, HEAP] = line[skill, SIZE] = line[skill, WAITING] = 0
    for row in range(len(queue.skill)):
        line[queue.skill[row], HEAP] += 1 + queue.tries[row]
    base = 0
    for skill in range(len(line)):
        room = line[skill, HEAP]
        line[skill, BASE] = line[skill, HEAD] = line[skill, TAIL] = base
        line[skill, HEAP] = base + room
        base += 2 * room
