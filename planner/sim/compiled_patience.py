"""Patience in the compiled engine: who leaves, when, and who still waits (L6, L12, L14).

Who is admitted is written down as leaving when patience ends; a call to the desk writes over it.
Where nobody comes again and nobody asks how many wait, the instant at which somebody leaves changes
nothing for the others, and that is all: those who left are passed over when they come up.
Otherwise the end of patience is an event (``TIMED``).
"""

from __future__ import annotations

from planner.sim.compiled_heap import Ints, compiled_part, compiled_rare, drop, natural, push
from planner.sim.compiled_instructions import seldom
from planner.sim.compiled_lines import drop_first, empty_line, first_place, length_of, row_of
from planner.sim.compiled_state import (
    AGAIN,
    FIRST,
    FRESH,
    KEY,
    LEAVES,
    NOT_SERVED,
    ROW,
    STANDING,
    TIMED,
    WAITING,
    Later,
    Lines,
    State,
)
from planner.sim.engine import NEVER, Fate, Outcomes, Queue

ABANDONED = int(Fate.ABANDONED)


@compiled_part
def first_waiting(lines: Lines, tally: Ints, deadline: Ints, skill: int, now: int) -> int:
    """Return the place of the first of a line whose patience reaches ``now``; -1 if there is none.

    Those before, who left, are dropped.
    """
    while (tally[STANDING] >> skill) & 1:
        place = first_place(lines, skill)
        row = natural(lines.wait[ROW, place])
        if seldom(tally[TIMED] != 0):
            waits = lines.present[row] == lines.wait[KEY, place]
        else:
            waits = deadline[row] >= now
        if waits:
            return place
        drop_first(lines, tally, skill, place)
    return -1


@compiled_rare
def wanted_skills(lines: Lines, tally: Ints, deadline: Ints, now: int) -> int:
    """Return the bits of the skills for which somebody waits whose patience reaches ``now``."""
    for skill in range(len(lines.line)):
        first_waiting(lines, tally, deadline, skill, now)
    return int(tally[STANDING])


@compiled_part
def stop_waiting(lines: Lines, row: int, skill: int) -> None:
    """Take the customer out of those who wait (where ``TIMED``)."""
    lines.present[row] = NEVER
    lines.line[skill, WAITING] -= 1


@compiled_rare
def next_leave(lines: Lines, later: Later, tally: Ints, deadline: Ints, after: int) -> int:
    """Return the next instant at which leaving is an event; ``NEVER`` if it is none."""
    if not tally[TIMED]:
        return _soonest_deadline(lines, deadline, after)
    while tally[LEAVES] > 0:
        if _due(lines, later, deadline):
            return int(later.leave[KEY, 0])
        _drop_leave(later, tally)
    return NEVER


@compiled_rare
def expire(queue: Queue, state: State, out: Outcomes, now: int) -> None:
    """Let those go whose patience ends now; note the patience of newcomers who wait (L6)."""
    lines, later, tally = state.lines, state.later, state.tally
    for position in range(tally[FRESH]):
        row = later.fresh[position]
        ends = out.finish[row]
        if lines.present[row] != NEVER and ends != NEVER:
            push(later.leave[KEY], later.leave[ROW], int(FIRST), tally[LEAVES], ends, row)
            tally[LEAVES] += 1
    tally[FRESH] = 0
    while tally[LEAVES] > 0 and later.leave[KEY, 0] <= now:
        row = later.leave[ROW, 0]
        leaves = _due(lines, later, out.finish)
        _drop_leave(later, tally)
        if leaves:
            stop_waiting(lines, row, queue.skill[row])
            leave(queue, later, tally, out, row)


@compiled_rare
def leave(queue: Queue, later: Later, tally: Ints, out: Outcomes, row: int) -> None:
    """Let a customer who left or was turned away come again, as often as drawn (L14)."""
    tried = out.tries[row]
    if tried <= queue.tries[row]:
        again = out.finish[row] + queue.delay[row, tried - 1]
        push(later.again[KEY], later.again[ROW], int(FIRST), tally[AGAIN], again, row)
        tally[AGAIN] += 1


@compiled_rare
def strand(state: State, out: Outcomes, skill: int, closing: int, until: int) -> None:
    """Let everybody who waits for ``skill`` leave unserved at ``closing`` (L12).

    Those whose patience ends up to ``until`` leave then instead.
    """
    lines = state.lines
    for number in range(length_of(lines, skill)):
        row = row_of(lines, skill, number)
        if state.tally[TIMED]:
            if lines.present[row] == NEVER:
                continue
            stop_waiting(lines, row, skill)
        if out.finish[row] > until:
            out.fate[row] = NOT_SERVED
            out.finish[row] = closing
    empty_line(lines, state.tally, skill)


@compiled_part
def _due(lines: Lines, later: Later, deadline: Ints) -> bool:
    """Tell whether the first in the heap of deadlines still waits in that try."""
    row = later.leave[ROW, 0]
    return bool(lines.present[row] != NEVER and deadline[row] == later.leave[KEY, 0])


@compiled_part
def _drop_leave(later: Later, tally: Ints) -> None:
    drop(later.leave[KEY], later.leave[ROW], int(FIRST), tally[LEAVES])
    tally[LEAVES] -= 1


@compiled_rare
def _soonest_deadline(lines: Lines, deadline: Ints, after: int) -> int:
    """Return the first end of patience after an instant: a clerk who stays may then go (L11)."""
    soonest = NEVER
    for skill in range(len(lines.line)):
        for number in range(length_of(lines, skill)):
            ends = deadline[row_of(lines, skill, number)]
            if ends > after:
                soonest = min(soonest, ends)
    return soonest
