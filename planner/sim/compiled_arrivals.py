"""Arrivals in the compiled engine: who is admitted, who is turned away (L2, L10, L13, L14)."""

from __future__ import annotations

from planner.sim.compiled_bits import count_in_both
from planner.sim.compiled_calls import call, first_idle
from planner.sim.compiled_cases import come_to_desk
from planner.sim.compiled_heap import compiled_part, compiled_rare, drop, natural
from planner.sim.compiled_house import is_open
from planner.sim.compiled_instructions import seldom
from planner.sim.compiled_lines import join
from planner.sim.compiled_patience import ABANDONED, leave
from planner.sim.compiled_state import (
    AGAIN,
    ARE_IDLE,
    DESKS,
    FIRST,
    FRESH,
    HOLD,
    HOUSE,
    KEY,
    NEXT,
    ON_DUTY,
    ROW,
    SERVING,
    TIMED,
    WAITING,
    WORDS,
    State,
)
from planner.sim.compiled_turns import first_turn
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
)

TURNED_AWAY = int(Fate.TURNED_AWAY)


@compiled_part
def comes_alone(queue: Queue, house: House, state: State, now: int) -> bool:
    """Tell whether a first try at open doors is all that happens now."""
    tally = state.tally
    row = natural(tally[NEXT])
    if row + 1 >= len(queue.arrival) or queue.arrival[row] != now or queue.arrival[row + 1] == now:
        return False
    if first_turn(state.staff.turns) <= now or tally[HOUSE] <= now:
        return False
    return is_open(house, tally, now) and tally[TIMED] == 0


@compiled_part
def call_at_once(queue: Queue, clerks: Clerks, state: State, out: Outcomes, now: int) -> bool:
    """Call who comes alone if a desk and a clerk are free, the short way of L1; tell whether.

    Nobody else can be called now: after the dispatch before, no desk was left or no idle clerk
    for those who wait, and since then nothing but this arrival changed.  Nor has a clerk to leave
    who stays: somebody stays only as long as no desk is free.
    """
    tally = state.tally
    row = natural(tally[NEXT])
    seat = -1
    if tally[SERVING] < tally[DESKS]:
        seat = first_idle(state.staff, tally, natural(queue.skill[row]))
    if seat < 0:
        return False
    tally[NEXT] = row + 1
    out.tries[row], out.refused[row], out.last[row], out.call[row] = 1, 0, now, NOT_CALLED
    come_to_desk(state.cases, out, row, now)
    call(queue, clerks, state, out, row, seat)
    return True


@compiled_part
def admit(queue: Queue, house: House, state: State, out: Outcomes, now: int) -> None:
    """Admit or turn away who comes now: first tries, then further tries (L2, L10)."""
    while True:
        row = _next_comer(queue, house, state, out, now)
        if row < 0:
            return
        out.last[row] = now
        if is_open(house, state.tally, now) and not _balks(queue, house, state, row):
            _enqueue(queue, state, out, row, now)
        else:
            _refuse(queue, state, out, row, now)


@compiled_part
def _next_comer(queue: Queue, house: House, state: State, out: Outcomes, now: int) -> int:
    """Return who comes now and has not been looked at; -1 if nobody is left."""
    tally, again = state.tally, state.later.again
    row = natural(tally[NEXT])
    if row < len(queue.arrival) and queue.arrival[row] == now:
        tally[NEXT] = row + 1
        out.call[row], out.clerk[row] = NOT_CALLED, NO_CLERK
        out.tries[row], out.refused[row] = 1, 0
        return row
    while seldom(tally[AGAIN] > 0) and again[KEY, 0] == now:
        row = natural(again[ROW, 0])
        drop(again[KEY], again[ROW], int(FIRST), tally[AGAIN])
        tally[AGAIN] -= 1
        if is_open(house, tally, now):
            out.tries[row] += 1
            return row
    return -1


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
