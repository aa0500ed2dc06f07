"""The compiled twin: the law of a day (``planner.sim.law``) as loops over arrays.

No fast-math and integers only, so it gives the rows of the SimPy reference to the millisecond.
"""

from __future__ import annotations

import numpy as np

from planner.sim.compiled_clerks import change_roster, proceed, release
from planner.sim.compiled_heap import compiled_lean, drop, push
from planner.sim.compiled_state import (
    AGAIN,
    BUSY,
    DESK,
    DOOR,
    FRESH,
    LEAVES,
    NEXT,
    OFF,
    SERVING,
    STAYERS,
    STAYING,
    WAITING,
    State,
    start,
)
from planner.sim.engine import (
    ENDLESS,
    NEVER,
    Clerks,
    Fate,
    House,
    Outcomes,
    Queue,
    check_input,
    empty_outcomes,
)

SERVED = int(Fate.SERVED)
ABANDONED = int(Fate.ABANDONED)
TURNED_AWAY = int(Fate.TURNED_AWAY)
NOT_SERVED = int(Fate.NOT_SERVED)


class CompiledEngine:
    """The engine for thousands of replications."""

    name = "compiled"

    def run(self, queue: Queue, clerks: Clerks, house: House) -> Outcomes:
        """Play the customers of one location; see ``planner.sim.engine.Engine``."""
        check_input(queue, clerks, house)
        outcomes = empty_outcomes(len(queue.arrival))
        _play(queue, clerks, house, outcomes, start(queue, clerks, house))
        return outcomes


@compiled_lean
def _play(queue: Queue, clerks: Clerks, house: House, out: Outcomes, state: State) -> None:
    """Fill ``out``: instant by instant, in the order of L1."""
    for clerk in range(len(state.piece)):
        state.piece[clerk] = clerks.first[clerk]
        proceed(clerks, state, clerk, -NEVER, False)
    while True:
        now = _next_instant(queue, house, state, out)
        if now == NEVER:
            break
        change_roster(clerks, state, now)
        _admit(queue, house, state, out, now)
        _dispatch(queue, clerks, house, state, out, now)
        _expire(queue, state, out, now)
        _close(house, state, out, now)
        release(clerks, state, now)
    for skill in range(len(state.size)):
        if state.waiting[skill] > 0:
            _strand(state, out, skill, house.closing[-1])


@compiled_lean
def _next_instant(queue: Queue, house: House, state: State, out: Outcomes) -> int:
    """Return the next instant at which anything happens; ``NEVER`` at the end."""
    tally = state.tally
    instant = NEVER
    for due in state.due:
        instant = min(instant, due)
    if tally[NEXT] < len(queue.arrival):
        instant = min(instant, queue.arrival[tally[NEXT]])
    if tally[AGAIN] > 0:
        instant = min(instant, state.again_at[0])
    if tally[DOOR] < len(house.closing):
        instant = min(instant, house.closing[tally[DOOR]])
    if tally[DESK] < len(house.desks_from):
        instant = min(instant, house.desks_from[tally[DESK]])
    while tally[LEAVES] > 0:
        if _deadline(queue, state, out, state.leave_row[0]) == state.leave_at[0]:
            instant = min(instant, state.leave_at[0])
            break
        drop(state.leave_at, state.leave_row, 0, tally[LEAVES])
        tally[LEAVES] -= 1
    return instant


@compiled_lean
def _deadline(queue: Queue, state: State, out: Outcomes, row: int) -> int:
    """Return the last instant of patience of a waiting customer; ``NEVER`` for others (L6)."""
    if not state.waits[row]:
        return NEVER
    patience = queue.patience[row, out.tries[row] - 1]
    if patience == ENDLESS:
        return NEVER
    deadline: int = out.last[row] + patience
    return deadline


@compiled_lean
def _admit(queue: Queue, house: House, state: State, out: Outcomes, now: int) -> None:
    """Admit or turn away who comes now: first tries, then further tries (L2, L10)."""
    tally = state.tally
    door = tally[DOOR]
    opened = door < len(house.closing) and house.opening[door] <= now < house.closing[door]
    while tally[NEXT] < len(queue.arrival) and queue.arrival[tally[NEXT]] == now:
        row = tally[NEXT]
        tally[NEXT] += 1
        out.tries[row] = 1
        out.last[row] = now
        if opened and not _balks(queue, house, state, row):
            _enqueue(queue, state, row, now)
        else:
            _refuse(queue, state, out, row, now)
    while tally[AGAIN] > 0 and state.again_at[0] == now:
        row = state.again_row[0]
        drop(state.again_at, state.again_row, 0, tally[AGAIN])
        tally[AGAIN] -= 1
        if opened:
            out.tries[row] += 1
            out.last[row] = now
            if _balks(queue, house, state, row):
                _refuse(queue, state, out, row, now)
            else:
                _enqueue(queue, state, row, now)


@compiled_lean
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


@compiled_lean
def _enqueue(queue: Queue, state: State, row: int, now: int) -> None:
    """Let the customer wait in the order of L3."""
    skill = queue.skill[row]
    rank = queue.rank[row] - queue.arrival[row] + now
    push(state.ranks, state.rows, state.base[skill], state.size[skill], rank, row)
    state.size[skill] += 1
    state.waiting[skill] += 1
    state.waits[row] = True
    state.fresh[state.tally[FRESH]] = row
    state.tally[FRESH] += 1
    state.tally[WAITING] += 1


@compiled_lean
def _refuse(queue: Queue, state: State, out: Outcomes, row: int, now: int) -> None:
    """Turn the customer away at the door."""
    out.refused[row] |= 1 << (out.tries[row] - 1)
    _leave(queue, state, out, row, now)
    out.fate[row] = TURNED_AWAY


@compiled_lean
def _leave(queue: Queue, state: State, out: Outcomes, row: int, now: int) -> None:
    """Let a customer go unserved, perhaps to come again (L14)."""
    out.fate[row] = ABANDONED
    out.finish[row] = now
    tried = out.tries[row]
    if tried <= queue.tries[row]:
        again = now + queue.delay[row, tried - 1]
        push(state.again_at, state.again_row, 0, state.tally[AGAIN], again, row)
        state.tally[AGAIN] += 1


@compiled_lean
def _dispatch(
    queue: Queue, clerks: Clerks, house: House, state: State, out: Outcomes, now: int
) -> None:
    """Call customers in the order of L3 to idle clerks in the order of L4 while desks last."""
    tally = state.tally
    while tally[DESK] < len(house.desks_from) and house.desks_from[tally[DESK]] <= now:
        tally[DESK] += 1
    desks = house.desks[tally[DESK] - 1] if tally[DESK] > 0 else len(state.status)
    while tally[WAITING] > 0 and tally[SERVING] < desks:
        skill, clerk = _next_call(queue, state, out)
        if skill < 0:
            return
        base = state.base[skill]
        row = state.rows[base]
        drop(state.ranks, state.rows, base, state.size[skill])
        state.size[skill] -= 1
        _stop_waiting(queue, state, row)
        out.call[row] = now
        out.clerk[row] = clerk
        out.fate[row] = SERVED
        out.finish[row] = now + max(1, np.int64(queue.work[row]) * 1000 // clerks.speed[clerk])
        tally[STAYERS] -= state.status[clerk] == STAYING
        state.status[clerk] = BUSY
        state.due[clerk] = out.finish[row]
        tally[SERVING] += 1


@compiled_lean
def _stop_waiting(queue: Queue, state: State, row: int) -> None:
    """Take the customer out of the counts of those waiting."""
    state.waits[row] = False
    state.waiting[queue.skill[row]] -= 1
    state.tally[WAITING] -= 1


@compiled_lean
def _next_call(queue: Queue, state: State, out: Outcomes) -> tuple[int, int]:
    """Return the skill whose first customer is called next and the clerk; -1 if none can be."""
    best_skill, best_clerk = -1, -1
    best_rank, best_row = NEVER, NEVER
    for skill in range(len(state.size)):
        if state.waiting[skill] == 0:
            continue
        _clean(queue, state, out, skill)
        rank = state.ranks[state.base[skill]]
        row = state.rows[state.base[skill]]
        if rank > best_rank or (rank == best_rank and row > best_row):
            continue
        clerk = _idle_clerk(state, skill)
        if clerk >= 0:
            best_skill, best_clerk, best_rank, best_row = skill, clerk, rank, row
    return best_skill, best_clerk


@compiled_lean
def _clean(queue: Queue, state: State, out: Outcomes, skill: int) -> None:
    """Drop from the top of a skill's heap those who left meanwhile; somebody still waits."""
    base = state.base[skill]
    while True:
        row = state.rows[base]
        present = queue.rank[row] - queue.arrival[row] + out.last[row]
        if state.waits[row] and state.ranks[base] == present:
            return
        drop(state.ranks, state.rows, base, state.size[skill])
        state.size[skill] -= 1


@compiled_lean
def _idle_clerk(state: State, skill: int) -> int:
    """Return the idle clerk with the fewest skills, then the smallest number (L4); -1 if none."""
    best = -1
    for clerk in range(len(state.status)):
        status = state.status[clerk]
        if (
            OFF < status < BUSY
            and (state.mask[clerk] >> skill) & 1
            and (best < 0 or state.held[clerk] < state.held[best])
        ):
            best = clerk
    return best


@compiled_lean
def _expire(queue: Queue, state: State, out: Outcomes, now: int) -> None:
    """Let those go whose patience ends now; note the patience of newcomers who wait (L6)."""
    tally = state.tally
    for position in range(tally[FRESH]):
        row = state.fresh[position]
        deadline = _deadline(queue, state, out, row)
        if deadline != NEVER:
            push(state.leave_at, state.leave_row, 0, tally[LEAVES], deadline, row)
            tally[LEAVES] += 1
    tally[FRESH] = 0
    while tally[LEAVES] > 0 and state.leave_at[0] <= now:
        row = state.leave_row[0]
        valid = _deadline(queue, state, out, row) == state.leave_at[0]
        drop(state.leave_at, state.leave_row, 0, tally[LEAVES])
        tally[LEAVES] -= 1
        if valid:
            _stop_waiting(queue, state, row)
            _leave(queue, state, out, row, now)


@compiled_lean
def _close(house: House, state: State, out: Outcomes, now: int) -> None:
    """At the closing of the doors let those go whom nobody who stays can serve (L12)."""
    door = state.tally[DOOR]
    if door < len(house.closing) and house.closing[door] == now:
        state.tally[DOOR] += 1
        for skill in range(len(state.size)):
            if not (house.remaining[door] >> skill) & 1:
                _strand(state, out, skill, now)


@compiled_lean
def _strand(state: State, out: Outcomes, skill: int, now: int) -> None:
    """Let everybody who waits for ``skill`` leave unserved."""
    base = state.base[skill]
    for position in range(base, base + state.size[skill]):
        row = state.rows[position]
        if state.waits[row]:
            state.waits[row] = False
            out.fate[row] = NOT_SERVED
            out.finish[row] = now
    state.tally[WAITING] -= state.waiting[skill]
    state.waiting[skill] = 0
    state.size[skill] = 0
