"""Clerks in the compiled engine: pieces of shifts, breaks, and who stays (L7, L8, L9, L11)."""

from __future__ import annotations

from planner.sim.compiled_heap import compiled_part, compiled_rare, drop_key, push_key
from planner.sim.compiled_patience import first_waits
from planner.sim.compiled_state import (
    BUSY,
    CLERK_BITS,
    CLERK_MASK,
    IDLE,
    IDLERS,
    OFF,
    SERVING,
    STAYERS,
    STAYING,
    TURNS,
    State,
)
from planner.sim.engine import NEVER, Clerks, Outcomes, Queue


@compiled_part
def next_turn(state: State) -> int:
    """Return the next instant at which something happens to a clerk; ``NEVER`` if there is none.

    Afterwards that clerk is on top of the heap.
    """
    while state.tally[TURNS] > 0:
        instant = state.turns[0] >> CLERK_BITS
        if state.due[state.turns[0] & CLERK_MASK] == instant:
            return int(instant)
        drop_key(state.turns, state.tally[TURNS])
        state.tally[TURNS] -= 1
    return NEVER


@compiled_part
def set_turn(state: State, clerk: int, instant: int) -> None:
    """Let something happen to the clerk at ``instant`` and not before."""
    state.due[clerk] = instant
    push_key(state.turns, state.tally[TURNS], (instant << CLERK_BITS) | clerk)
    state.tally[TURNS] += 1


@compiled_part
def change_roster(clerks: Clerks, state: State, now: int) -> None:
    """Apply completions, starts and ends of pieces, and ends of breaks (L1, L7)."""
    while next_turn(state) == now:
        clerk = state.turns[0] & CLERK_MASK
        state.tally[SERVING] -= state.status[clerk] == BUSY
        go_off(state, clerk)
        proceed(clerks, state, clerk, now, False)


@compiled_part
def go_off(state: State, clerk: int) -> None:
    """Take the clerk out of those who can be called."""
    status = state.status[clerk]
    state.tally[STAYERS] -= status == STAYING
    state.tally[IDLERS] -= OFF < status < BUSY
    state.status[clerk] = OFF
    state.order[clerk] = NEVER


@compiled_part
def first_idle(state: State, skill: int) -> int:
    """Return the idle clerk who holds the skill and is first in the order of L4; -1 if none."""
    bit = 1 << skill
    first = NEVER
    for clerk in range(len(state.order)):
        order = state.order[clerk] if state.mask[clerk] & bit else NEVER
        first = min(first, order)
    return -1 if first == NEVER else first & CLERK_MASK


@compiled_part
def proceed(clerks: Clerks, state: State, clerk: int, now: int, leaves: bool) -> None:
    """Put a clerk who is off into the piece of the shift that holds at ``now`` (L7, L8, L11).

    ``leaves``: a clerk who stayed beyond the end of the piece leaves it now.
    """
    last = clerks.first[clerk + 1]
    while state.piece[clerk] < last:
        piece = state.piece[clerk]
        begin = max(clerks.start[piece], state.ready[clerk])
        end = clerks.end[piece]
        limit = end
        if clerks.stays[piece]:
            limit = max(end, clerks.start[piece + 1] if piece + 1 < last else NEVER)
        if begin < limit and now < begin:
            _set_alarm(state, clerk, begin)
            return
        if begin < limit and now < limit and not leaves:
            _come_on(clerks, state, clerk, now >= end)
            _set_alarm(state, clerk, end if now < end else limit)
            return
        if clerks.pause[piece] > 0:
            state.ready[clerk] = max(begin, now) + clerks.pause[piece]
        state.piece[clerk] = piece + 1
        leaves = False
    state.due[clerk] = NEVER


@compiled_part
def _set_alarm(state: State, clerk: int, instant: int) -> None:
    """Look after a free clerk at ``instant``; that may be known from before the last customer."""
    if state.alarm[clerk] < instant < NEVER:
        state.alarm[clerk] = instant
        set_turn(state, clerk, instant)
    else:
        state.due[clerk] = instant


@compiled_part
def _come_on(clerks: Clerks, state: State, clerk: int, stays: bool) -> None:
    """Let the clerk be called, in the order of L4."""
    mask = clerks.mask[state.piece[clerk]]
    held = _bits(mask)
    state.status[clerk] = STAYING if stays else IDLE
    state.mask[clerk] = mask
    state.order[clerk] = (held << CLERK_BITS) | clerk
    state.tally[IDLERS] += 1
    state.tally[STAYERS] += stays


@compiled_part
def _bits(mask: int) -> int:
    """Return the number of bits set."""
    bits = 0
    while mask:
        mask &= mask - 1
        bits += 1
    return bits


@compiled_rare
def release(queue: Queue, clerks: Clerks, state: State, out: Outcomes, now: int) -> None:
    """Let clerks go who stayed and find nobody waiting for them (L1, L11)."""
    wanted = 0
    for skill in range(len(state.size)):
        if first_waits(queue, state, out, skill, now + 1):
            wanted |= 1 << skill
    for clerk in range(len(state.status)):
        if state.status[clerk] == STAYING and state.mask[clerk] & wanted == 0:
            go_off(state, clerk)
            proceed(clerks, state, clerk, now, True)
