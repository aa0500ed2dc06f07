"""Sets of small numbers as bits of words in the compiled engine."""

from __future__ import annotations

from planner.sim.compiled_heap import Ints, compiled_part, natural
from planner.sim.compiled_instructions import count_bits, lowest_bit

#: 32 numbers a word: shifted bits stay positive, in the plain run as well.
WORD_SHIFT = 5
WORD_MASK = (1 << WORD_SHIFT) - 1


@compiled_part
def put_in(words: Ints, number: int) -> None:
    """Add a number to a set."""
    words[natural(number) >> WORD_SHIFT] |= 1 << (number & WORD_MASK)


@compiled_part
def take_out(words: Ints, number: int) -> None:
    """Take a number out of the set that it is in."""
    words[natural(number) >> WORD_SHIFT] ^= 1 << (number & WORD_MASK)


@compiled_part
def first_in_both(words: Ints, others: Ints, size: int) -> int:
    """Return the smallest number that is in both sets of ``size`` words; -1 if there is none."""
    for place in range(size):
        both = words[place] & others[place]
        if both:
            return (place << WORD_SHIFT) + int(lowest_bit(both))
    return -1


@compiled_part
def count_in_both(words: Ints, others: Ints, size: int) -> int:
    """Return how many numbers are in both sets of ``size`` words."""
    number = 0
    for place in range(size):
        number += count_bits(words[place] & others[place])
    return number
