"""Turns in the compiled engine: when something happens to a clerk next, as a tournament.

Every clerk has a leaf with the next instant at which something happens to the clerk, and each pair
of leaves, pairs and so on sends the earlier instant up, so the root holds the first of all.  A
change plays again on the way from one leaf to the root: no branch depends on the outcome, which is
what makes a heap slow.
"""

from __future__ import annotations

from planner.sim.compiled_heap import Ints, compiled_part, natural
from planner.sim.engine import NEVER

#: A number of a clerk fits into so many bits (``check_input``): the instants of turns carry it.
CLERK_BITS = 15
CLERK_MASK = (1 << CLERK_BITS) - 1
#: Later than everything that happens [ms].
THE_END = NEVER >> CLERK_BITS


def places_of_turns(clerks: int) -> int:
    """Return the length of the array that holds the tournament: leaves are its second half."""
    return 2 << max(clerks - 1, 0).bit_length()


@compiled_part
def first_turn(turns: Ints) -> int:
    """Return the next instant at which something happens to a clerk; ``THE_END`` if none."""
    return int(turns[1] >> CLERK_BITS)


@compiled_part
def clerk_in_turn(turns: Ints) -> int:
    """Return the clerk of ``first_turn``; of several the first by number."""
    return int(turns[1] & CLERK_MASK)


@compiled_part
def set_turn(turns: Ints, clerk: int, instant: int) -> None:
    """Let something happen to the clerk at ``instant`` and not before; ``NEVER``: nothing."""
    first = min(instant, THE_END) << CLERK_BITS | clerk
    place = natural((len(turns) >> 1) + clerk)
    turns[place] = first
    while place > 1:
        first = min(first, turns[place ^ 1])
        place >>= 1
        turns[place] = first
