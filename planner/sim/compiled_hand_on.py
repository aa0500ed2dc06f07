"""Cases handed on in the compiled engine: to a colleague, or back into the line (L16 to L21)."""

from __future__ import annotations

from planner.sim.compiled_calls import call, first_idle
from planner.sim.compiled_cases import ENDING, Cases, come_to_desk
from planner.sim.compiled_clerks import end_at_latest, free
from planner.sim.compiled_heap import Ints, compiled_part, compiled_rare, natural
from planner.sim.compiled_instructions import seldom
from planner.sim.compiled_lines import join
from planner.sim.compiled_patience import ABANDONED
from planner.sim.compiled_state import (
    BUSY,
    DESKS,
    DUTY,
    ENDED,
    ENDS,
    HELD,
    LOSS,
    OFF,
    PIECE,
    REST,
    SERVING,
    SINCE,
    SPELLS,
    TIMED,
    WAITING,
    State,
)
from planner.sim.compiled_turns import set_turn
from planner.sim.engine import NEVER, Clerks, Hand, Outcomes, Queue

OVER = int(Hand.OVER)


@compiled_part
def hand_on(
    cases: Cases, queue: Queue, clerks: Clerks, state: State, out: Outcomes, now: int
) -> None:
    """Hand on the cases of those whose piece ended; ``cases`` as in the state."""
    if cases is not None and seldom(state.tally[ENDED] > 0):
        _hand_on(queue, clerks, state, out, now)


@compiled_part
def lose_desks(
    cases: Cases, queue: Queue, clerks: Clerks, state: State, out: Outcomes, now: int
) -> None:
    """Let those called last wait again while more are served than there are desks (L19)."""
    if cases is not None and state.tally[LOSS] != 0:
        _lose_desks(cases[SINCE], queue, clerks, state, out, now)


@compiled_rare
def _hand_on(queue: Queue, clerks: Clerks, state: State, out: Outcomes, now: int) -> None:
    """Hand on cases in the order of the numbers of clerks (L2, L16)."""
    staff = state.staff
    state.tally[ENDED] = 0
    for clerk in range(len(staff.clerk)):
        me = staff.clerk[clerk]
        if me[BUSY] != ENDING:
            continue
        me[BUSY] = 1
        row = natural(me[HELD])
        skill = natural(queue.skill[row])
        if _keeps(clerks, me[PIECE], clerks.first[clerk + 1], skill):
            set_turn(staff.turns, clerk, me[ENDS])
            continue
        if clerks.hands[me[PIECE]] == OVER:
            seat = first_idle(staff, state.tally, skill)
            if seat >= 0:
                _put_down(state.cases, clerks, state, out, clerk, now)
                come_to_desk(state.cases, out, row, now)
                call(queue, clerks, state, out, row, seat)
                continue
        elif _others_go_on(clerks, staff.clerk, clerk, skill, now):
            _put_down(state.cases, clerks, state, out, clerk, now)
            _go_back(queue, state, out, row)
            continue
        set_turn(staff.turns, clerk, me[ENDS])


@compiled_rare
def _lose_desks(
    since: Ints, queue: Queue, clerks: Clerks, state: State, out: Outcomes, now: int
) -> None:
    staff = state.staff
    while state.tally[SERVING] > state.tally[DESKS]:
        last, row = -1, -1
        for clerk in range(len(staff.clerk)):
            if staff.clerk[clerk, BUSY]:
                held = staff.clerk[clerk, HELD]
                later = row < 0 or since[held] > since[row]
                if later or (since[held] == since[row] and held > row):
                    last, row = clerk, held
        _put_down(state.cases, clerks, state, out, last, now)
        _go_back(queue, state, out, row)


@compiled_part
def _keeps(clerks: Clerks, piece: int, last: int, skill: int) -> bool:
    """Tell whether the clerk may serve the customer in the piece that follows at once (L16)."""
    if piece + 1 >= last or clerks.pause[piece] > 0:
        return False
    follows = clerks.start[piece + 1] == clerks.end[piece]
    return bool(follows and (clerks.mask[piece + 1] >> skill) & 1)


@compiled_part
def _others_go_on(clerks: Clerks, staff: Ints, clerk: int, skill: int, now: int) -> bool:
    """Tell whether another clerk holds the skill in a piece that does not end by now (L18)."""
    for other in range(len(staff)):
        piece = natural(staff[other, PIECE])
        there = other != clerk and staff[other, DUTY] != OFF
        holds = there and (clerks.mask[piece] >> skill) & 1
        if holds and now < end_at_latest(clerks, other, piece):
            return True
    return False


@compiled_rare
def _put_down(
    cases: Cases, clerks: Clerks, state: State, out: Outcomes, clerk: int, now: int
) -> None:
    """End a spell before the case does, and note what is left to do (L20)."""
    tally = state.tally
    if cases is not None:
        row = state.staff.clerk[clerk, HELD]
        left = out.finish[row] - now
        cases[REST, row] = (left * clerks.speed[clerk] + 999) // 1000
        spell = out.spells[tally[SPELLS]]
        spell[0], spell[1], spell[2], spell[3] = row, clerk, cases[SINCE, row], now
        tally[SPELLS] += 1
    free(clerks, state.staff, tally, clerk, now)


@compiled_rare
def _go_back(queue: Queue, state: State, out: Outcomes, row: int) -> None:
    """Let a customer wait again, at the old place and without limit (L18)."""
    skill = natural(queue.skill[row])
    rank = queue.rank[row] - queue.arrival[row] + out.last[row]
    out.fate[row], out.finish[row] = ABANDONED, NEVER
    join(state.lines, state.tally, skill, rank, row)
    if state.tally[TIMED]:
        state.lines.present[row] = rank
        state.lines.line[skill, WAITING] += 1
