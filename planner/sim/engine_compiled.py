"""The compiled twin: the law of a day (``planner.sim.law``) as loops over arrays.

No fast-math and integers only, so it gives the rows of the SimPy reference to the millisecond.
"""

from __future__ import annotations

import numpy as np

from planner.sim.compiled_bits import count_in_both, first_in_both, lowest_bit
from planner.sim.compiled_clerks import change_roster, proceed, release, start_serving
from planner.sim.compiled_heap import compiled_lean, compiled_part, compiled_rare, drop
from planner.sim.compiled_lines import drop_first, join
from planner.sim.compiled_patience import (
    expire,
    first_waiting,
    leave,
    next_leave,
    present_rank,
    stop_waiting,
    strand,
)
from planner.sim.compiled_seats import number_seats
from planner.sim.compiled_state import (
    AGAIN,
    DESK,
    DESKS,
    DOOR,
    FRESH,
    HOUSE,
    IDLERS,
    LINES,
    NEXT,
    PIECE,
    SERVING,
    STAYERS,
    TIMED,
    WAITING,
    WORDS,
    State,
    clear,
    reserve,
    reserve_outcomes,
)
from planner.sim.compiled_turns import THE_END, first_turn
from planner.sim.engine import NEVER, Clerks, Fate, House, Outcomes, Queue, check_input

SERVED = int(Fate.SERVED)
TURNED_AWAY = int(Fate.TURNED_AWAY)
#: Speed of a standard clerk [per mille].
STANDARD = 1000


class CompiledEngine:
    """The engine for thousands of replications."""

    name = "compiled"

    def run(self, queue: Queue, clerks: Clerks, house: House) -> Outcomes:
        """Play the customers of one location; see ``planner.sim.engine.Engine``."""
        check_input(queue, clerks, house)
        outcomes = reserve_outcomes(len(queue.arrival))
        _play(queue, clerks, house, outcomes, reserve(queue, clerks, house))
        return outcomes


@compiled_lean
def _play(queue: Queue, clerks: Clerks, house: House, out: Outcomes, state: State) -> None:
    """Fill ``out``: instant by instant, in the order of L1."""
    _begin(queue, clerks, house, state, out)
    now = -NEVER
    while True:
        now = _next_instant(queue, state, out, now)
        if now >= THE_END:
            break
        change_roster(clerks, state, now)
        _admit(queue, house, state, out, now)
        if now == state.tally[HOUSE]:
            _change_desks(house, state, now)
        _dispatch(queue, clerks, state, out, now)
        if state.tally[TIMED]:
            expire(queue, state, out, now)
        if now == state.tally[HOUSE]:
            _close(queue, house, state, out, now)
        if state.tally[STAYERS] > 0:
            release(queue, clerks, state, out, now)
    _end(queue, house, state, out)


@compiled_rare
def _begin(queue: Queue, clerks: Clerks, house: House, state: State, out: Outcomes) -> None:
    """Put everybody where they are before the first instant."""
    clear(queue, house, state, out)
    number_seats(clerks, state)
    for clerk in range(len(state.clerk)):
        state.clerk[clerk, PIECE] = clerks.first[clerk]
        proceed(clerks, state, clerk, -NEVER, False)
    state.tally[DESKS] = len(clerks.speed)
    _look_ahead(house, state)


@compiled_rare
def _end(queue: Queue, house: House, state: State, out: Outcomes) -> None:
    """Let those go who still wait at the end of everything (L12)."""
    for skill in range(len(state.line)):
        if (state.tally[LINES] >> skill) & 1:
            strand(queue, state, out, skill, (NEVER - 1, house.closing[-1]))


@compiled_part
def _next_instant(queue: Queue, state: State, out: Outcomes, now: int) -> int:
    """Return the next instant at which anything happens; ``NEVER`` at the end."""
    tally = state.tally
    instant = min(first_turn(state.turns), tally[HOUSE])
    if tally[NEXT] < len(queue.arrival):
        instant = min(instant, queue.arrival[tally[NEXT]])
    if tally[AGAIN] > 0:
        instant = min(instant, state.again_at[0])
    if tally[TIMED] or tally[STAYERS] > 0:
        instant = min(instant, next_leave(queue, state, out, now))
    return int(instant)


@compiled_rare
def _look_ahead(house: House, state: State) -> None:
    """Note the next instant at which the doors close or the number of desks changes."""
    tally = state.tally
    tally[HOUSE] = NEVER
    if tally[DOOR] < len(house.closing):
        tally[HOUSE] = house.closing[tally[DOOR]]
    if tally[DESK] < len(house.desks_from):
        tally[HOUSE] = min(tally[HOUSE], house.desks_from[tally[DESK]])


@compiled_part
def _admit(queue: Queue, house: House, state: State, out: Outcomes, now: int) -> None:
    """Admit or turn away who comes now: first tries, then further tries (L2, L10)."""
    tally = state.tally
    while tally[NEXT] < len(queue.arrival) and queue.arrival[tally[NEXT]] == now:
        row = tally[NEXT]
        tally[NEXT] += 1
        out.tries[row] = 1
        out.last[row] = now
        if _opened(house, state, now) and not _balks(queue, house, state, row):
            _enqueue(queue, state, out, row)
        else:
            _refuse(queue, state, out, row, now)
    if tally[AGAIN] > 0 and state.again_at[0] == now:
        _admit_again(queue, house, state, out, now)


@compiled_rare
def _admit_again(queue: Queue, house: House, state: State, out: Outcomes, now: int) -> None:
    """Admit or turn away who tries again now; nobody does while the doors are closed (L10)."""
    tally = state.tally
    while tally[AGAIN] > 0 and state.again_at[0] == now:
        row = state.again_row[0]
        drop(state.again_at, state.again_row, 0, tally[AGAIN])
        tally[AGAIN] -= 1
        if _opened(house, state, now):
            out.tries[row] += 1
            out.last[row] = now
            if _balks(queue, house, state, row):
                _refuse(queue, state, out, row, now)
            else:
                _enqueue(queue, state, out, row)


@compiled_part
def _opened(house: House, state: State, now: int) -> bool:
    """Tell whether the doors are open (L10)."""
    door = state.tally[DOOR]
    return bool(door < len(house.closing) and house.opening[door] <= now < house.closing[door])


@compiled_part
def _balks(queue: Queue, house: House, state: State, row: int) -> bool:
    """Tell whether the expected wait turns the newcomer away (L13)."""
    if house.balk < 0 or not queue.may_balk[row]:
        return False
    skill = queue.skill[row]
    words = state.tally[WORDS]
    duty = count_in_both(state.duty, state.holds[skill], words)
    idle = count_in_both(state.idle, state.holds[skill], words)
    ahead = state.line[skill, WAITING] - idle + 1
    return duty == 0 or ahead * house.mean_work[skill] > house.balk * duty


@compiled_part
def _enqueue(queue: Queue, state: State, out: Outcomes, row: int) -> None:
    """Let the customer wait in the order of L3."""
    skill = queue.skill[row]
    join(state, skill, present_rank(queue, out, row), row)
    state.line[skill, WAITING] += 1
    state.waits[row] = True
    if state.tally[TIMED]:
        state.fresh[state.tally[FRESH]] = row
        state.tally[FRESH] += 1


@compiled_rare
def _refuse(queue: Queue, state: State, out: Outcomes, row: int, now: int) -> None:
    """Turn a customer away (L10, L13)."""
    out.refused[row] |= 1 << (out.tries[row] - 1)
    leave(queue, state, out, row, now)
    out.fate[row] = TURNED_AWAY


@compiled_rare
def _change_desks(house: House, state: State, now: int) -> None:
    """Let as many be served at once as there are desks from now on (L5)."""
    tally = state.tally
    while tally[DESK] < len(house.desks_from) and house.desks_from[tally[DESK]] <= now:
        tally[DESKS] = house.desks[tally[DESK]]
        tally[DESK] += 1


@compiled_part
def _dispatch(queue: Queue, clerks: Clerks, state: State, out: Outcomes, now: int) -> None:
    """Call customers in the order of L3 to idle clerks in the order of L4 while desks last."""
    tally = state.tally
    while tally[LINES] and tally[IDLERS] > 0 and tally[SERVING] < tally[DESKS]:
        skill, place, seat = _next_call(queue, state, out, now)
        if skill < 0:
            return
        row, clerk = state.rows[place], state.sitter[seat]
        drop_first(state, skill, place)
        stop_waiting(queue, state, row)
        finish = now + _length(queue.work[row], clerks.speed[clerk])
        out.call[row] = now
        out.clerk[row] = clerk
        out.fate[row] = SERVED
        out.finish[row] = finish
        start_serving(state, clerk, finish)


@compiled_part
def _length(work: int, speed: int) -> int:
    """Return the time at the desk (L15)."""
    if speed == STANDARD:
        return int(work)
    return max(1, int(np.int64(work) * STANDARD // speed))


@compiled_part
def _next_call(queue: Queue, state: State, out: Outcomes, now: int) -> tuple[int, int, int]:
    """Return skill and place of the customer who is called next and the clerk's seat; -1: none."""
    best_skill, best_place, best_seat = -1, -1, -1
    best_rank, best_row = NEVER, NEVER
    lines = state.tally[LINES]
    while lines:
        skill = lowest_bit(lines)
        lines &= lines - 1
        seat = first_in_both(state.idle, state.holds[skill], state.tally[WORDS])
        place = -1
        if seat >= 0:
            place = first_waiting(queue, state, out, skill, now)
        if place >= 0:
            rank, row = state.ranks[place], state.rows[place]
            if rank < best_rank or (rank == best_rank and row < best_row):
                best_skill, best_place, best_seat = skill, place, seat
                best_rank, best_row = rank, row
    return best_skill, best_place, best_seat


@compiled_rare
def _close(queue: Queue, house: House, state: State, out: Outcomes, now: int) -> None:
    """At the closing of the doors let those go whom nobody who stays can serve (L12)."""
    door = state.tally[DOOR]
    if door < len(house.closing) and house.closing[door] == now:
        state.tally[DOOR] += 1
        for skill in range(len(state.line)):
            if not (house.remaining[door] >> skill) & 1:
                strand(queue, state, out, skill, (now, now))
    _look_ahead(house, state)
