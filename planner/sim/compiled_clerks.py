"""Clerks in the compiled engine: pieces of shifts, breaks, and who stays (L7, L8, L9, L11)."""

from __future__ import annotations

from planner.sim.compiled_heap import compiled_lean
from planner.sim.compiled_state import BUSY, IDLE, OFF, SERVING, STAYERS, STAYING, State
from planner.sim.engine import NEVER, Clerks


@compiled_lean
def change_roster(clerks: Clerks, state: State, now: int) -> None:
    """Apply completions, starts and ends of pieces, and ends of breaks (L1, L7)."""
    for clerk in range(len(state.due)):
        if state.due[clerk] == now:
            if state.status[clerk] == BUSY:
                state.tally[SERVING] -= 1
            if state.status[clerk] == STAYING:
                state.tally[STAYERS] -= 1
            proceed(clerks, state, clerk, now, False)


@compiled_lean
def proceed(clerks: Clerks, state: State, clerk: int, now: int, leaves: bool) -> None:
    """Put a free clerk into the piece of the shift that holds at ``now`` (L7, L8, L11).

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
            state.status[clerk] = OFF
            state.due[clerk] = begin
            return
        if begin < limit and now < limit and not leaves:
            state.status[clerk] = IDLE if now < end else STAYING
            state.tally[STAYERS] += now >= end
            state.due[clerk] = end if now < end else limit
            state.mask[clerk] = clerks.mask[piece]
            state.held[clerk] = _bits(clerks.mask[piece])
            return
        if clerks.pause[piece] > 0:
            state.ready[clerk] = max(begin, now) + clerks.pause[piece]
        state.piece[clerk] = piece + 1
        leaves = False
    state.status[clerk] = OFF
    state.due[clerk] = NEVER


@compiled_lean
def _bits(mask: int) -> int:
    """Return the number of bits set."""
    bits = 0
    while mask:
        mask &= mask - 1
        bits += 1
    return bits


@compiled_lean
def release(clerks: Clerks, state: State, now: int) -> None:
    """Let clerks go who stayed and find nobody waiting for them (L1, L11)."""
    if state.tally[STAYERS] == 0:
        return
    for clerk in range(len(state.status)):
        if state.status[clerk] == STAYING:
            wanted = 0
            for skill in range(len(state.waiting)):
                wanted += state.waiting[skill] > 0 and (state.mask[clerk] >> skill) & 1
            if wanted == 0:
                state.tally[STAYERS] -= 1
                proceed(clerks, state, clerk, now, True)
