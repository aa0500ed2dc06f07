"""Seats in the compiled engine: a number for each clerk with each set of skills, in L4's order.

So the clerk to be called is the lowest bit of (idle and holds the skill).
"""

from __future__ import annotations

from planner.sim.compiled_bits import WORD_SHIFT, count_bits, put_in
from planner.sim.compiled_heap import compiled_part, compiled_rare
from planner.sim.compiled_state import WORDS, State
from planner.sim.engine import Clerks


@compiled_rare
def number_seats(clerks: Clerks, state: State) -> None:
    """Number the seats by (number of skills held, number of the clerk) and note who holds what."""
    seats = 0
    for held in range(1 + len(state.line)):
        for clerk in range(len(state.clerk)):
            for piece in range(clerks.first[clerk], clerks.first[clerk + 1]):
                if count_bits(clerks.mask[piece]) == held:
                    same = _same_before(clerks, piece, clerks.first[clerk])
                    if same == piece:
                        _take_seat(state, seats, clerk, clerks.mask[piece])
                        state.seat[piece] = seats
                        seats += 1
                    else:
                        state.seat[piece] = state.seat[same]
    state.tally[WORDS] = (seats >> WORD_SHIFT) + 1


@compiled_part
def _same_before(clerks: Clerks, piece: int, first: int) -> int:
    """Return the clerk's first piece with the same skills."""
    same = first
    while clerks.mask[same] != clerks.mask[piece]:
        same += 1
    return same


@compiled_part
def _take_seat(state: State, seat: int, clerk: int, mask: int) -> None:
    state.sitter[seat] = clerk
    for skill in range(len(state.holds)):
        if (mask >> skill) & 1:
            put_in(state.holds[skill], seat)
