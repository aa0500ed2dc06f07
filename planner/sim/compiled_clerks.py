"""Clerks in the compiled engine: pieces of shifts, breaks, and who stays (L7, L8, L9, L11)."""

from __future__ import annotations

from planner.sim.compiled_bits import put_in, take_out
from planner.sim.compiled_heap import compiled_part, compiled_rare
from planner.sim.compiled_patience import first_waiting
from planner.sim.compiled_state import (
    BUSY,
    DUTY,
    IDLE,
    IDLERS,
    OFF,
    PIECE,
    READY,
    SEAT,
    SERVING,
    STAYERS,
    STAYING,
    UNTIL,
    State,
)
from planner.sim.compiled_turns import clerk_in_turn, first_turn, set_turn
from planner.sim.engine import NEVER, Clerks, Outcomes, Queue


@compiled_part
def change_roster(clerks: Clerks, state: State, now: int) -> None:
    """Apply completions, starts and ends of pieces, and ends of breaks (L1, L7)."""
    while first_turn(state.turns) == now:
        clerk = clerk_in_turn(state.turns)
        me = state.clerk[clerk]
        if me[BUSY]:
            me[BUSY] = 0
            state.tally[SERVING] -= 1
            if now < me[UNTIL]:
                _be_idle(state, clerk)
                continue
            _leave_seat(state, clerk)
        else:
            go_off(state, clerk)
        proceed(clerks, state, clerk, now, False)


@compiled_part
def start_serving(state: State, clerk: int, finish: int) -> None:
    """Let an idle clerk be busy until ``finish``."""
    _stop_idling(state, clerk)
    state.clerk[clerk, BUSY] = 1
    state.tally[SERVING] += 1
    set_turn(state.turns, clerk, finish)


@compiled_part
def go_off(state: State, clerk: int) -> None:
    """Take a clerk who is not busy out of those on duty."""
    if state.clerk[clerk, DUTY] != OFF:
        _stop_idling(state, clerk)
        _leave_seat(state, clerk)


@compiled_rare
def proceed(clerks: Clerks, state: State, clerk: int, now: int, leaves: bool) -> None:
    """Put a clerk who is off into the piece of the shift that holds at ``now`` (L7, L8, L11).

    ``leaves``: a clerk who stayed beyond the end of the piece leaves it now.
    """
    me = state.clerk[clerk]
    last = clerks.first[clerk + 1]
    while me[PIECE] < last:
        piece = me[PIECE]
        begin = max(clerks.start[piece], me[READY])
        end = clerks.end[piece]
        limit = end
        if clerks.stays[piece]:
            limit = max(end, clerks.start[piece + 1] if piece + 1 < last else NEVER)
        if begin < limit and now < begin:
            set_turn(state.turns, clerk, begin)
            return
        if begin < limit and now < limit and not leaves:
            me[DUTY], me[UNTIL] = (IDLE, end) if now < end else (STAYING, limit)
            me[SEAT] = state.seat[piece]
            put_in(state.duty, me[SEAT])
            _be_idle(state, clerk)
            return
        if clerks.pause[piece] > 0:
            me[READY] = max(begin, now) + clerks.pause[piece]
        me[PIECE] = piece + 1
        leaves = False
    set_turn(state.turns, clerk, NEVER)


@compiled_part
def _be_idle(state: State, clerk: int) -> None:
    """Let a clerk on duty be called."""
    put_in(state.idle, state.clerk[clerk, SEAT])
    state.tally[IDLERS] += 1
    state.tally[STAYERS] += state.clerk[clerk, DUTY] == STAYING
    set_turn(state.turns, clerk, state.clerk[clerk, UNTIL])


@compiled_part
def _stop_idling(state: State, clerk: int) -> None:
    take_out(state.idle, state.clerk[clerk, SEAT])
    state.tally[IDLERS] -= 1
    state.tally[STAYERS] -= state.clerk[clerk, DUTY] == STAYING


@compiled_part
def _leave_seat(state: State, clerk: int) -> None:
    take_out(state.duty, state.clerk[clerk, SEAT])
    state.clerk[clerk, DUTY] = OFF


@compiled_rare
def release(queue: Queue, clerks: Clerks, state: State, out: Outcomes, now: int) -> None:
    """Let clerks go who stayed and find nobody waiting for them (L1, L11)."""
    wanted = 0
    for skill in range(len(state.line)):
        if first_waiting(queue, state, out, skill, now + 1) >= 0:
            wanted |= 1 << skill
    for clerk in range(len(state.clerk)):
        me = state.clerk[clerk]
        stays = me[DUTY] == STAYING and not me[BUSY]
        if stays and clerks.mask[me[PIECE]] & wanted == 0:
            go_off(state, clerk)
            proceed(clerks, state, clerk, now, True)
