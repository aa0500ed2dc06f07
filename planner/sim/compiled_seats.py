"""Seats in the compiled engine: a number for each clerk with each set of skills, in L4's order.

So the clerk to be called is the lowest number among those who are idle and hold the skill.
"""

from __future__ import annotations

from planner.sim.compiled_bits import WORD_SHIFT, put_in
from planner.sim.compiled_heap import Ints, compiled_part, compiled_rare
from planner.sim.compiled_instructions import count_bits
from planner.sim.compiled_state import FIRST, HOLD, OF_PIECE, SITTER, WORDS, Staff
from planner.sim.engine import Clerks


@compiled_rare
def number_seats(clerks: Clerks, staff: Staff, tally: Ints) -> None:
    """Give numbers to seats in the order of (number of skills held, number of the clerk)."""
    seats = int(FIRST)
    for held in range(1 + len(staff.sets) - HOLD):
        for clerk in range(len(staff.clerk)):
            first = clerks.first[clerk]
            for piece in range(first, clerks.first[clerk + 1]):
                if count_bits(clerks.mask[piece]) != held:
                    continue
                same = _first_same(clerks.mask, first, piece)
                if same == piece:
                    staff.seat[OF_PIECE, piece] = seats
                    _take_seat(staff, seats, clerk, clerks.mask[piece])
                    seats += 1
                staff.seat[OF_PIECE, piece] = staff.seat[OF_PIECE, same]
    tally[WORDS] = (seats >> WORD_SHIFT) + 1


@compiled_part
def _first_same(masks: Ints, first: int, piece: int) -> int:
    """Return the clerk's first piece, from ``first``, with the same skills."""
    same = first
    while masks[same] != masks[piece]:
        same += 1
    return same


@compiled_part
def _take_seat(staff: Staff, seat: int, clerk: int, mask: int) -> None:
    staff.seat[SITTER, seat] = clerk
    for skill in range(len(staff.sets) - HOLD):
        if (mask >> skill) & 1:
            put_in(staff.sets[HOLD + skill], seat)
