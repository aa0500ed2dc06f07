"""The compiled twin: the law of a day (``planner.sim.law``) as loops over arrays.

No fast-math and integers only, so it gives the rows of the SimPy reference to the millisecond.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from planner.sim.compiled_bits import count_in_both, first_in_both, lowest_bit
from planner.sim.compiled_clerks import change_roster, proceed, release, start_serving
from planner.sim.compiled_heap import Ints, compiled_lean, compiled_part, compiled_rare, drop, natural
from planner.sim.compiled_hints import seldom
from planner.sim.compiled_lines import drop_first, join
from planner.sim.compiled_patience import (
    ABANDONED,
    expire,
    first_waiting,
    leave,
    next_leave,
    stop_waiting,
    strand,
    wanted_skills,
)
from planner.sim.compiled_seats import number_seats
from planner.sim.compiled_state import (
    AGAIN,
    ARE_IDLE,
    BUSY,
    DESK,
    DESKS,
    DOOR,
    DUTY,
    FRESH,
    HOLD,
    HOUSE,
    IDLERS,
    KEY,
    NEXT,
    OFF,
    ON_DUTY,
    PIECE,
    READY,
    ROW,
    SERVING,
    SITTER,
    STANDING,
    STAYERS,
    TIMED,
    WAITING,
    WORDS,
    Lines,
    Staff,
    State,
    clear,
    reserve,
    reserve_outcomes,
    state_of,
)
from planner.sim.compiled_turns import THE_END, first_turn
from planner.sim.engine import (
    ENDLESS,
    NEVER,
    NO_CLERK,
    NOT_CALLED,
    Clerks,
    Fate,
    House,
    Outcomes,
    Queue,
    check_input,
    check_sizes,
)

SERVED = int(Fate.SERVED)
TURNED_AWAY = int(Fate.TURNED_AWAY)
#: Speed of a standard clerk [per mille].
STANDARD = 1000


class CompiledEngine:
    """The engine for thousands of replications."""

    name = "compiled"

    def run(self, queue: Queue, clerks: Clerks, house: House) -> Outcomes:
        """Play the customers of one location; see ``planner.sim.engine.Engine``."""
        check_sizes(queue, clerks, house)
        out = reserve_outcomes(len(queue.arrival))
        state = reserve(queue, clerks, house)
        if not _run(tuple(queue), tuple(clerks), tuple(house), tuple(out), state):
            check_input(queue, clerks, house)
        return out


@compiled_lean
def _run(queue: Any, clerks: Any, house: Any, out: Any, state: Any) -> bool:
    """Play the location; False and nothing done if its numbers cannot be played.

    Plain tuples: looking at the types of named ones takes as long as 50 customers.
    """
    return _play(
        Queue(*queue), Clerks(*clerks), House(*house), Outcomes(*out), state_of(state)
    )


@compiled_part
def _play(queue: Queue, clerks: Clerks, house: House, out: Outcomes, state: State) -> bool:
    """Fill ``out``: instant by instant, in the order of L1."""
    if not _is_sound(queue, clerks):
        return False
    lines, tally = state.lines, state.tally
    _begin(queue, clerks, house, state)
    now = -NEVER
    while True:
        now = _next_instant(queue, state, out.finish, now)
        if seldom(now >= THE_END):
            break
        change_roster(clerks, state.staff, tally, now)
        _admit(queue, house, state, out, now)
        if seldom(now == tally[HOUSE]):
            _change_desks(house, tally, now)
        _dispatch(queue, clerks, state, out, now)
        if seldom(tally[TIMED] != 0):
            expire(queue, state, out, now)
        if seldom(now == tally[HOUSE]):
            _close(house, state, out, now)
        if seldom(tally[STAYERS] > 0):
            wanted = wanted_skills(lines, tally, out.finish, now + 1)
            release(clerks, state.staff, tally, wanted, now)
    _end(house, state, out)
    return True


@compiled_rare
def _is_sound(queue: Queue, clerks: Clerks) -> bool:
    """Tell whether nothing takes less than a millisecond (``check_input`` says what does)."""
    least = 1
    for row in range(len(queue.work)):
        least = min(least, queue.work[row])
        for further in range(queue.delay.shape[1]):
            least = min(least, queue.delay[row, further])
    for clerk in range(len(clerks.speed)):
        least = min(least, clerks.speed[clerk])
    return least >= 1


@compiled_rare
def _begin(queue: Queue, clerks: Clerks, house: House, state: State) -> None:
    """Put everybody where they are before the first instant."""
    clear(queue, state)
    number_seats(clerks, state.staff, state.tally)
    for clerk in range(len(clerks.speed)):
        me = state.staff.clerk[clerk]
        me[PIECE], me[READY], me[DUTY], me[BUSY] = clerks.first[clerk], -NEVER, OFF, 0
        proceed(clerks, state.staff, state.tally, clerk, (-NEVER, False))
    _look_ahead(house, state.tally)


@compiled_rare
def _end(house: House, state: State, out: Outcomes) -> None:
    """Let those go who still wait at the end of everything (L12)."""
    for skill in range(len(state.lines.line)):
        if (state.tally[STANDING] >> skill) & 1:
            strand(state, out, skill, house.closing[-1], NEVER - 1)


@compiled_part
def _next_instant(queue: Queue, state: State, deadline: Ints, now: int) -> int:
    """Return the next instant at which anything happens; ``THE_END`` or later if nothing does."""
    tally = state.tally
    instant = min(first_turn(state.staff.turns), tally[HOUSE])
    row = natural(tally[NEXT])
    if row < len(queue.arrival):
        instant = min(instant, queue.arrival[row])
    if seldom(tally[AGAIN] > 0):
        instant = min(instant, state.later.again[KEY, 0])
    if seldom(tally[TIMED] + tally[STAYERS] > 0):
        instant = min(instant, next_leave(state.lines, state.later, tally, deadline, now))
    return int(instant)


@compiled_rare
def _look_ahead(house: House, tally: Ints) -> None:
    """Note the next instant at which the doors close or the number of desks changes."""
    tally[HOUSE] = NEVER
    if tally[DOOR] < len(house.closing):
        tally[HOUSE] = house.closing[tally[DOOR]]
    if tally[DESK] < len(house.desks_from):
        tally[HOUSE] = min(tally[HOUSE], house.desks_from[tally[DESK]])


@compiled_part
def _admit(queue: Queue, house: House, state: State, out: Outcomes, now: int) -> None:
    """Admit or turn away who comes now: first tries, then further tries (L2, L10)."""
    while True:
        row = _next_comer(queue, house, state, out, now)
        if row < 0:
            return
        out.last[row] = now
        if _opened(house, state.tally, now) and not _balks(queue, house, state, row):
            _enqueue(queue, state, out, row, now)
        else:
            _refuse(queue, state, out, row, now)


@compiled_part
def _next_comer(queue: Queue, house: House, state: State, out: Outcomes, now: int) -> int:
    """Return who comes now and has not been looked at; -1 if nobody is left."""
    tally = state.tally
    row = natural(tally[NEXT])
    if row < len(queue.arrival) and queue.arrival[row] == now:
        tally[NEXT] += 1
        out.call[row], out.clerk[row] = NOT_CALLED, NO_CLERK
        out.tries[row], out.refused[row] = 1, 0
        return row
    again = state.later.again
    while seldom(tally[AGAIN] > 0) and again[KEY, 0] == now:
        row = natural(again[ROW, 0])
        drop(again[KEY], again[ROW], 0, tally[AGAIN])
        tally[AGAIN] -= 1
        if _opened(house, tally, now):
            out.tries[row] += 1
            return row
    return -1


@compiled_part
def _opened(house: House, tally: Ints, now: int) -> bool:
    """Tell whether the doors are open (L10)."""
    door = natural(tally[DOOR])
    return bool(door < len(house.closing) and house.opening[door] <= now < house.closing[door])


@compiled_part
def _balks(queue: Queue, house: House, state: State, row: int) -> bool:
    """Tell whether the expected wait turns the newcomer away (L13)."""
    if not (seldom(house.balk >= 0) and queue.may_balk[row]):
        return False
    skill, sets, words = natural(queue.skill[row]), state.staff.sets, state.tally[WORDS]
    duty = count_in_both(sets[ON_DUTY], sets[HOLD + skill], words)
    idle = count_in_both(sets[ARE_IDLE], sets[HOLD + skill], words)
    ahead = state.lines.line[skill, WAITING] - idle + 1
    return duty == 0 or ahead * house.mean_work[skill] > house.balk * duty


@compiled_rare
def _refuse(queue: Queue, state: State, out: Outcomes, row: int, now: int) -> None:
    """Turn a customer away (L10, L13)."""
    out.fate[row], out.finish[row] = TURNED_AWAY, now
    out.refused[row] |= 1 << (out.tries[row] - 1)
    leave(queue, state.later, state.tally, out, row)


@compiled_part
def _enqueue(queue: Queue, state: State, out: Outcomes, row: int, now: int) -> None:
    """Let the customer wait in the order of L3 until patience ends (L6)."""
    skill, tried = natural(queue.skill[row]), natural(out.tries[row] - 1)
    patience = queue.patience[row, tried]
    rank = queue.rank[row] - queue.arrival[row] + now
    out.fate[row] = ABANDONED
    out.finish[row] = NEVER if patience == ENDLESS else now + patience
    join(state.lines, state.tally, skill, rank, row)
    if seldom(state.tally[TIMED] != 0):
        state.lines.present[row] = rank
        state.lines.line[skill, WAITING] += 1
        state.later.fresh[state.tally[FRESH]] = row
        state.tally[FRESH] += 1


@compiled_rare
def _change_desks(house: House, tally: Ints, now: int) -> None:
    """Let as many be served at once as there are desks from now on (L5)."""
    while tally[DESK] < len(house.desks_from) and house.desks_from[tally[DESK]] <= now:
        tally[DESKS] = house.desks[tally[DESK]]
        tally[DESK] += 1


@compiled_part
def _dispatch(queue: Queue, clerks: Clerks, state: State, out: Outcomes, now: int) -> None:
    """Call customers in the order of L3 to idle clerks in the order of L4 while desks last."""
    staff, lines, tally = state.staff, state.lines, state.tally
    while tally[STANDING] and tally[IDLERS] > 0 and tally[SERVING] < tally[DESKS]:
        skill, place, seat = _next_call(lines, staff, tally, out.finish, now)
        if skill < 0:
            return
        row, clerk = natural(lines.wait[ROW, place]), natural(staff.seat[SITTER, seat])
        drop_first(lines, tally, skill, place)
        if seldom(tally[TIMED] != 0):
            stop_waiting(lines, row, skill)
        finish = now + _length(queue.work[row], clerks.speed[clerk])
        out.call[row] = now
        out.clerk[row] = clerk
        out.fate[row] = SERVED
        out.finish[row] = finish
        start_serving(staff, tally, clerk, finish)


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
        seat = first_in_both(staff.sets[ARE_IDLE], staff.sets[HOLD + skill], tally[WORDS])
        place = first_waiting(lines, tally, deadline, skill, now) if seat >= 0 else -1
        if place >= 0:
            rank, row = lines.wait[KEY, place], lines.wait[ROW, place]
            if rank < best_rank or (rank == best_rank and row < best_row):
                best_skill, best_place, best_seat = skill, place, seat
                best_rank, best_row = rank, row
    return best_skill, best_place, best_seat


@compiled_rare
def _close(house: House, state: State, out: Outcomes, now: int) -> None:
    """At the closing of the doors let those go whom nobody who stays can serve (L12)."""
    door = state.tally[DOOR]
    if door < len(house.closing) and house.closing[door] == now:
        state.tally[DOOR] += 1
        for skill in range(len(state.lines.line)):
            if not (house.remaining[door] >> skill) & 1:
                strand(state, out, skill, now, now)
    _look_ahead(house, state.tally)
