"""The compiled twin: the law of a day (``planner.sim.law``) as loops over arrays.

No fast-math and integers only, so it gives the rows of the SimPy reference to the millisecond.
"""

from __future__ import annotations

import numpy as np

from planner.sim.compiled_clerks import (
    change_roster,
    first_idle,
    go_off,
    next_turn,
    proceed,
    release,
    set_turn,
)
from planner.sim.compiled_heap import compiled_lean, compiled_part, compiled_rare, drop, push
from planner.sim.compiled_patience import (
    drop_first,
    expire,
    first_waits,
    leave,
    next_leave,
    present_rank,
    stop_waiting,
    strand,
)
from planner.sim.compiled_state import (
    AGAIN,
    BUSY,
    DESK,
    DESKS,
    DOOR,
    FRESH,
    HOUSE,
    IDLERS,
    NEXT,
    OFF,
    QUEUED,
    SERVING,
    STAYERS,
    TIMED,
    State,
    clear,
    reserve,
    reserve_outcomes,
)
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
        if now == NEVER:
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
    for clerk in range(len(state.piece)):
        state.piece[clerk] = clerks.first[clerk]
        proceed(clerks, state, clerk, -NEVER, False)
    state.tally[DESKS] = len(clerks.speed)
    _look_ahead(house, state)


@compiled_rare
def _end(queue: Queue, house: House, state: State, out: Outcomes) -> None:
    """Let those go who still wait at the end of everything (L12)."""
    for skill in range(len(state.size)):
        if state.size[skill] > 0:
            strand(queue, state, out, skill, (NEVER - 1, house.closing[-1]))


@compiled_part
def _next_instant(queue: Queue, state: State, out: Outcomes, now: int) -> int:
    """Return the next instant at which anything happens; ``NEVER`` at the end."""
    tally = state.tally
    instant = min(next_turn(state), tally[HOUSE])
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
    idle = 0
    duty = 0
    for clerk in range(len(state.status)):
        if state.status[clerk] != OFF and (state.mask[clerk] >> skill) & 1:
            duty += 1
            idle += state.status[clerk] != BUSY
    ahead = state.waiting[skill] - idle + 1
    return duty == 0 or ahead * house.mean_work[skill] > house.balk * duty


@compiled_part
def _enqueue(queue: Queue, state: State, out: Outcomes, row: int) -> None:
    """Let the customer wait in the order of L3."""
    skill = queue.skill[row]
    rank = present_rank(queue, out, row)
    push(state.ranks, state.rows, state.base[skill], state.size[skill], rank, row)
    state.size[skill] += 1
    state.waiting[skill] += 1
    state.waits[row] = True
    state.tally[QUEUED] += 1
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
    while tally[QUEUED] > 0 and tally[IDLERS] > 0 and tally[SERVING] < tally[DESKS]:
        skill, clerk = _next_call(queue, state, out, now)
        if skill < 0:
            return
        base = state.base[skill]
        row = state.rows[base]
        drop_first(state, skill)
        stop_waiting(queue, state, row)
        finish = now + _length(queue.work[row], clerks.speed[clerk])
        out.call[row] = now
        out.clerk[row] = clerk
        out.fate[row] = SERVED
        out.finish[row] = finish
        go_off(state, clerk)
        state.status[clerk] = BUSY
        set_turn(state, clerk, finish)
        tally[SERVING] += 1


@compiled_part
def _length(work: int, speed: int) -> int:
    """Return the time at the desk (L15)."""
    if speed == STANDARD:
        return int(work)
    return max(1, int(np.int64(work) * STANDARD // speed))


@compiled_part
def _next_call(queue: Queue, state: State, out: Outcomes, now: int) -> tuple[int, int]:
    """Return the skill whose first customer is called next and the clerk; -1 if none can be."""
    best_skill, best_clerk = -1, -1
    best_rank, best_row = NEVER, NEVER
    for skill in range(len(state.size)):
        if not first_waits(queue, state, out, skill, now):
            continue
        rank = state.ranks[state.base[skill]]
        row = state.rows[state.base[skill]]
        if rank > best_rank or (rank == best_rank and row > best_row):
            continue
        clerk = first_idle(state, skill)
        if clerk >= 0:
            best_skill, best_clerk, best_rank, best_row = skill, clerk, rank, row
    return best_skill, best_clerk


@compiled_rare
def _close(queue: Queue, house: House, state: State, out: Outcomes, now: int) -> None:
    """At the closing of the doors let those go whom nobody who stays can serve (L12)."""
    door = state.tally[DOOR]
    if door < len(house.closing) and house.closing[door] == now:
        state.tally[DOOR] += 1
        for skill in range(len(state.size)):
            if not (house.remaining[door] >> skill) & 1:
                strand(queue, state, out, skill, (now, now))
    _look_ahead(house, state)
