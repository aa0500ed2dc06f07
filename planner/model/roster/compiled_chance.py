"""Random numbers in compiled code, from one state that is handed on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.model.roster.compiled_code import compiled_inner

Chance = NDArray[np.uint64]


@compiled_inner
def draw(chance: Chance, below: int) -> int:
    """Return a whole number in [0, below) (splitmix64)."""
    chance[0] += np.uint64(0x9E3779B97F4A7C15)
    z = chance[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return int(np.int64((z >> np.uint64(11)) % np.uint64(below)))


@compiled_inner
def unit(chance: Chance) -> float:
    """Return a number in (0, 1]."""
    return (draw(chance, 1 << 30) + 1) / (1 << 30)
