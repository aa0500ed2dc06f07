"""Calls to the desk in the compiled engine (L3, L4, L5, L15)."""

from __future__ import annotations

import numpy as np

from planner.sim.compiled_bits import first_in_both
from planner.sim.compiled_cases import at_desk_since, come_to_desk, hold, work_left
from planner.sim.compiled_clerks import start_serving
from planner.sim.compiled_heap import Ints, compiled_part, natural
from planner.sim.compiled_instructions import lowest_bit, seldom
from planner.sim.compiled_lines import drop_first
from planner.sim.compiled_patience import first_waiting, stop_waiting
from planner.sim.compiled_state import (
    ARE_IDLE,
    DESKS,
    HOLD,
    IDLERS,
    KEY,
    ROW,
    SERVING,
    SITTER,
    STANDING,
    TIMED,
    WORDS,
    Lines,
    Staff,
    State,
)
from planner.sim.engine import NEVER, Clerks, Fate, Outcomes, Queue

SERVED = int(Fate.SERVED)
#: Speed of a standard clerk [per mille].
STANDARD = 1000


@compiled_part
def dispatch(queue: Queue, clerks: Clerks, state: State, out: Outcomes, now: int) -> None:
    """Call customers in the order of L3 to idle clerks in the order of L4 while desks last."""
    staff, lines, tally = state.staff, state.lines, state.tally
    while tally[STANDING] and tally[IDLERS] > 0 and tally[SERVING] < tally[DESKS]:
        skill, place, seat = _next_call(lines, staff, tally, out.finish, now)
        if skill < 0:
            return
        row = natural(lines.wait[ROW, place])
        drop_first(lines, tally, skill, place)
        if seldom(tally[TIMED] != 0):
            stop_waiting(lines, row, skill)
        come_to_desk(state.cases, out, row, now)
        call(queue, clerks, state, out, row, seat)


@compiled_part
def call(queue: Queue, clerks: Clerks, state: State, out: Outcomes, row: int, seat: int) -> None:
    """Serve the customer, who came to the desk now, by the clerk in that seat."""
    clerk = natural(state.staff.seat[SITTER, seat])
    work = work_left(state.cases, queue, row)
    finish = at_desk_since(state.cases, out, row) + _length(work, clerks.speed[clerk])
    out.clerk[row] = clerk
    out.fate[row] = SERVED
    out.finish[row] = finish
    start_serving(state.staff, state.tally, clerk, finish)
    hold(state.cases, clerks, state.staff, clerk, row, finish)


@compiled_part
def first_idle(staff: Staff, tally: Ints, skill: int) -> int:
    """Return the seat of the idle clerk who holds the skill and is first by L4; -1 if none."""
    return first_in_both(staff.sets[ARE_IDLE], staff.sets[HOLD + skill], tally[WORDS])


@compiled_part
def _length(work: int, speed: int) -> int:
    """Return the time at the desk (L15)."""
    if seldom(speed != STANDARD):
        return max(1, int(np.int64(work) * STANDARD // speed))
    return int(work)


@compiled_part
def _next_call(
    lines: Lines, staff: Staff, tally: Ints, deadline: Ints, now: int
) -> tuple[int, int, int]:
    """Return skill and place of the customer who is called next and the clerk's seat; -1: none."""
    best_skill, best_place, best_seat = -1, -1, -1
    best_rank, best_row = NEVER, NEVER
    standing = tally[STANDING]
    while standing:
        skill = lowest_bit(standing)
        standing &= standing - 1
        seat = first_idle(staff, tally, skill)
        if seat < 0:
            continue
        place = first_waiting(lines, tally, deadline, skill, now)
        if place < 0:
            continue
        rank, row = lines.wait[KEY, place], lines.wait[ROW, place]
        if rank < best_rank or (rank == best_rank and row < best_row):
            best_skill, best_place, best_seat = skill, place, seat
            best_rank, best_row = rank, row
    return best_skill, best_place, best_seat
