"""Sets of small numbers as bits: one machine instruction finds the lowest, one counts them.

Compiled by numba where it is installed; where it is not, plain Python does the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.sim.compiled_heap import Ints, compiled_part, natural, numba

#: Numbers a word; shifted bits stay positive, in the plain run as well.
WORD_SHIFT = 5
WORD_MASK = (1 << WORD_SHIFT) - 1


def _lowest_bit(word: int) -> int:
    return int(word & -word).bit_length() - 1


def _count_bits(word: int) -> int:
    return int(word).bit_count()


def _instruction(name: str) -> Callable[[int], int]:
    """Return an instruction that LLVM knows by ``name`` as a function of a word that is not 0."""
    from numba.core import cgutils
    from numba.extending import intrinsic

    flags = [cgutils.true_bit] if name == "cttz" else []

    def typed(_context: Any, word: Any) -> Any:
        def generate(_context: Any, builder: Any, _signature: Any, words: Any) -> Any:
            return getattr(builder, name)(*words, *flags)

        return word(word), generate

    found: Callable[[int], int] = intrinsic(typed)
    return found


#: Number of the lowest bit of a word that is not 0.
lowest_bit = _lowest_bit if numba is None else _instruction("cttz")
#: How many bits of a word are set.
count_bits = _count_bits if numba is None else _instruction("ctpop")


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
