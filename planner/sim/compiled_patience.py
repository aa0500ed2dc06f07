"""Patience in the compiled engine: who leaves, when, and who still waits (L6, L12, L14).

Where nobody comes again and nobody asks how many wait, the instant at which somebody leaves
changes nothing for the others: then patience is looked at only when somebody is about to be called
and the row is filled in with the instant at which it ended.  Otherwise its end is an event
(``TIMED``).
"""

from __future__ import annotations

from planner.sim.compiled_heap import compiled_part, compiled_rare, drop, push
from planner.sim.compiled_lines import drop_first, empty_line, first_place, length_of, row_of
from planner.sim.compiled_state import (
    AGAIN,
    FRESH,
    LEAVES,
    LINES,
    NOT_SERVED,
    TIMED,
    WAITING,
    State,
)
from planner.sim.engine import ENDLESS, NEVER, Fate, Outcomes, Queue

ABANDONED = int(Fate.ABANDONED)


@compiled_part
def deadline_of(queue: Queue, out: Outcomes, row: int) -> int:
    """Return the last instant of patience of a waiting customer (L6)."""
    patience = queue.patience[row, out.tries[row] - 1]
    if patience == ENDLESS:
        return NEVER
    deadline: int = out.last[row] + patience
    return deadline


@compiled_part
def first_waiting(queue: Queue, state: State, out: Outcomes, skill: int, now: int) -> int:
    """Return the place of the first of a line whose patience reaches ``now``; -1 if there is none.

    Those before, who left, are dropped.
    """
    while (state.tally[LINES] >> skill) & 1:
        place = first_place(state, skill)
        row = state.rows[place]
        if not state.tally[TIMED]:
            deadline = deadline_of(queue, out, row)
            if deadline >= now:
                return place
            stop_waiting(queue, state, row)
            leave(queue, state, out, row, deadline)
        elif state.waits[row] and state.ranks[place] == present_rank(queue, out, row):
            return place
        drop_first(state, skill, place)
    return -1


@compiled_part
def present_rank(queue: Queue, out: Outcomes, row: int) -> int:
    """Return the order of calling of the customer's present try (L3)."""
    rank: int = queue.rank[row] - queue.arrival[row] + out.last[row]
    return rank


@compiled_rare
def next_leave(queue: Queue, state: State, out: Outcomes, after: int) -> int:
    """Return the next instant at which leaving is an event; ``NEVER`` if it is none."""
    if state.tally[TIMED]:
        while state.tally[LEAVES] > 0:
            if _due(queue, state, out):
                return int(state.leave_at[0])
            _drop_leave(state)
        return NEVER
    return _soonest_deadline(queue, state, out, after)


@compiled_rare
def expire(queue: Queue, state: State, out: Outcomes, now: int) -> None:
    """Let those go whose patience ends now; note the patience of newcomers who wait (L6)."""
    tally = state.tally
    for position in range(tally[FRESH]):
        row = state.fresh[position]
        deadline = deadline_of(queue, out, row)
        if state.waits[row] and deadline != NEVER:
            push(state.leave_at, state.leave_row, 0, tally[LEAVES], deadline, row)
            tally[LEAVES] += 1
    tally[FRESH] = 0
    while tally[LEAVES] > 0 and state.leave_at[0] <= now:
        row = state.leave_row[0]
        leaves = _due(queue, state, out)
        _drop_leave(state)
        if leaves:
            stop_waiting(queue, state, row)
            leave(queue, state, out, row, now)


@compiled_rare
def leave(queue: Queue, state: State, out: Outcomes, row: int, now: int) -> None:
    """Let a customer go unserved, perhaps to come again (L14)."""
    out.fate[row] = ABANDONED
    out.finish[row] = now
    tried = out.tries[row]
    if tried <= queue.tries[row]:
        again = now + queue.delay[row, tried - 1]
        push(state.again_at, state.again_row, 0, state.tally[AGAIN], again, row)
        state.tally[AGAIN] += 1


@compiled_part
def stop_waiting(queue: Queue, state: State, row: int) -> None:
    """Take the customer out of those who wait."""
    state.waits[row] = False
    state.line[queue.skill[row], WAITING] -= 1


@compiled_rare
def strand(queue: Queue, state: State, out: Outcomes, skill: int, span: tuple[int, int]) -> None:
    """Let everybody who waits for ``skill`` leave unserved (L12).

    ``span``: those whose patience ends up to the first instant left then; the others leave at the
    second.
    """
    for number in range(length_of(state, skill)):
        row = row_of(state, skill, number)
        if state.waits[row]:
            state.waits[row] = False
            deadline = deadline_of(queue, out, row)
            out.fate[row] = ABANDONED if deadline <= span[0] else NOT_SERVED
            out.finish[row] = deadline if deadline <= span[0] else span[1]
    empty_line(state, skill)


@compiled_part
def _due(queue: Queue, state: State, out: Outcomes) -> bool:
    """Tell whether the first in the heap of deadlines still waits in that try."""
    row = state.leave_row[0]
    return bool(state.waits[row] and deadline_of(queue, out, row) == state.leave_at[0])


@compiled_part
def _drop_leave(state: State) -> None:
    drop(state.leave_at, state.leave_row, 0, state.tally[LEAVES])
    state.tally[LEAVES] -= 1


@compiled_rare
def _soonest_deadline(queue: Queue, state: State, out: Outcomes, after: int) -> int:
    """Return the first end of patience after an instant: a clerk who stays may then go (L11)."""
    soonest = NEVER
    for skill in range(len(state.line)):
        for number in range(length_of(state, skill)):
            deadline = deadline_of(queue, out, row_of(state, skill, number))
            if deadline > after:
                soonest = min(soonest, deadline)
    return soonest
