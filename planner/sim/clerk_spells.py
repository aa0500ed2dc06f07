"""What the clerks of a location really did: when they were there for customers, when on a break.

The roster says when a break is due; when it is taken follows from the customers (L7, L8, L11).
This is worked out from staffing and outcomes alone, independently of the engines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from planner.sim.engine import NEVER, Clerks, Outcomes
from planner.sim.spells import CLERK, SINCE, all_spells

#: (call, end) of the spells of a clerk with a customer, in order [ms].
Services = list[tuple[int, int]]


class SpellKind(StrEnum):
    """What a clerk does in a spell."""

    SERVING = "serving"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Spell:
    """A true span ``[start, end)`` [ms] of one clerk (number within the location)."""

    clerk: int
    kind: SpellKind
    start: int
    end: int


def clerk_spells(clerks: Clerks, outcomes: Outcomes) -> list[Spell]:
    """Return the spells of all clerks, by clerk and in order.

    A clerk who stays after the closing (L11) is shown until the last customer called, since the
    outcomes do not say how long somebody stayed in vain.
    """
    spells = all_spells(outcomes)
    spells = spells[np.lexsort((spells[:, SINCE], spells[:, CLERK]))]
    found: list[Spell] = []
    for number in range(len(clerks.speed)):
        low, high = np.searchsorted(spells[:, CLERK], [number, number + 1])
        services = [(since, until) for _, _, since, until in spells[low:high].tolist()]
        found += _of_one(clerks, number, services)
    return found


def _of_one(clerks: Clerks, number: int, services: Services) -> Iterator[Spell]:
    """Yield the spells of one clerk: piece by piece, each begun when the clerk is free for it."""
    ready = left = -NEVER
    for piece in range(int(clerks.first[number]), int(clerks.first[number + 1])):
        begin, end = max(int(clerks.start[piece]), ready), int(clerks.end[piece])
        limit = _limit(clerks, number, piece)
        if max(begin, left) < limit:
            came = max(begin, left)
            last = max((f for call, f in services if came <= call < limit), default=came)
            left = max(end, last)
            yield Spell(number, SpellKind.SERVING, came, left)
        if clerks.pause[piece]:
            pause = max(begin, left)
            ready = pause + int(clerks.pause[piece])
            yield Spell(number, SpellKind.BREAK, pause, ready)


def _limit(clerks: Clerks, number: int, piece: int) -> int:
    """Return when a piece ends at the latest: who stays does so until the next piece (L11)."""
    end = int(clerks.end[piece])
    if not clerks.stays[piece]:
        return end
    last = piece + 1 == int(clerks.first[number + 1])
    return NEVER if last else max(end, int(clerks.start[piece + 1]))
