"""The finaliser of SplitMix64 over arrays: compiled where numba is, in blocks where it is not.

Both ways give the same bits (tests); numpy alone takes four times as long, a plain loop would take
minutes a week of the city.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.sim.compiled_heap import HAS_NUMBA, compiled

Marks = NDArray[np.uint64]
Floats = NDArray[np.float64]
#: Multipliers and shifts of "mix13" (Steele, Lea & Flood 2014, fig. 16), and the 12 bits left out.
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
SHIFT_1, SHIFT_2, SHIFT_3, LEFT_OUT = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)
UNIT = 2.0**-52
#: Numbers mixed at a time without numba: what a core keeps near.
BLOCK = 8_192


def mixed(numbers: Marks) -> Marks:
    """Return the finaliser of each number: every bit depends on every bit of it."""
    found = np.empty_like(numbers)
    (_mix_loop if HAS_NUMBA else _mix_blocks)(numbers, found)
    return found


def uniforms(marks: Marks, key: np.uint64) -> Floats:
    """Return a number in (0, 1) for each mark under a key: the top 52 bits, centred."""
    found = np.empty(len(marks))
    (_uniform_loop if HAS_NUMBA else _uniform_blocks)(marks, key, found)
    return found


@compiled
def _mix_loop(numbers: Marks, found: Marks) -> None:
    for row in range(len(numbers)):
        number = numbers[row]
        number = (number ^ (number >> SHIFT_1)) * MIX_1
        number = (number ^ (number >> SHIFT_2)) * MIX_2
        found[row] = number ^ (number >> SHIFT_3)


@compiled
def _uniform_loop(marks: Marks, key: np.uint64, found: Floats) -> None:
    for row in range(len(marks)):
        number = marks[row] ^ key
        number = (number ^ (number >> SHIFT_1)) * MIX_1
        number = (number ^ (number >> SHIFT_2)) * MIX_2
        number = number ^ (number >> SHIFT_3)
        found[row] = (np.float64(number >> LEFT_OUT) + 0.5) * UNIT


def _mix_blocks(numbers: Marks, found: Marks) -> None:
    for first in range(0, len(numbers), BLOCK):
        number = numbers[first : first + BLOCK]
        number = (number ^ (number >> SHIFT_1)) * MIX_1
        number = (number ^ (number >> SHIFT_2)) * MIX_2
        found[first : first + BLOCK] = number ^ (number >> SHIFT_3)


def _uniform_blocks(marks: Marks, key: np.uint64, found: Floats) -> None:
    number = np.empty_like(marks)
    _mix_blocks(marks ^ key, number)
    np.multiply((number >> LEFT_OUT) + 0.5, UNIT, out=found)
