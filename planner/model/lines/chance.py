"""Repeatable choices for the search: a counter-based generator with no hidden state elsewhere.

SplitMix64 (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195).  Searches need variety, not
statistics; the streams of the simulation are another matter (``planner.sim.streams``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")

_WORD = (1 << 64) - 1


class Chance:
    """Uniform choices that follow from a seed alone."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _WORD

    def below(self, limit: int) -> int:
        """Return a whole number in ``[0, limit)``."""
        return self._next() % limit

    def unit(self) -> float:
        """Return a number in ``[0, 1)``."""
        return (self._next() >> 11) / float(1 << 53)

    def pick(self, items: Sequence[Item]) -> Item:
        """Return one of ``items``."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Return ``items`` in random order (Fisher and Yates)."""
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def _next(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _WORD
        word = self._state
        word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _WORD
        return word ^ (word >> 31)
