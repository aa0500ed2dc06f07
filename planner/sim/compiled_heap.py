"""Binary heaps of (key, row) in plain arrays, and the one way to compile a function.

Compiled by numba where it is installed; where it is not, the same functions run as plain Python.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

try:
    import numba
except ImportError:  # the plain run of the same loops serves
    numba = None  # type: ignore[assignment]

Ints = NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile ``function`` with numba, cached on disk and without the interpreter lock."""
    if numba is None:
        return function
    return cast("Function", numba.njit(cache=True, nogil=True)(function))


def compiled_lean(function: Function) -> Function:
    """Compile a function that makes no arrays, without counting references to those it is given.

    Passing a tuple of arrays down a call counts two references an array; that is 12 times the work
    of the day's loops themselves.  The caller keeps the arrays alive.
    """
    if numba is None:
        return function
    lean: dict[str, Any] = {"cache": True, "nogil": True, "forceinline": True, "_nrt": False}
    return cast("Function", numba.njit(**lean)(function))


@compiled_lean
def push(keys: Ints, rows: Ints, base: int, size: int, key: int, row: int) -> None:
    """Add (key, row) to the heap of ``size`` items that starts at ``base``."""
    child = size
    while child > 0:
        parent = (child - 1) >> 1
        above = keys[base + parent]
        if above < key or (above == key and rows[base + parent] < row):
            break
        keys[base + child] = above
        rows[base + child] = rows[base + parent]
        child = parent
    keys[base + child] = key
    rows[base + child] = row


@compiled_lean
def drop(keys: Ints, rows: Ints, base: int, size: int) -> None:
    """Remove the smallest of the heap of ``size`` items that starts at ``base``."""
    last = size - 1
    key = keys[base + last]
    row = rows[base + last]
    hole = 0
    while True:
        child = 2 * hole + 1
        if child >= last:
            break
        other = child + 1
        if other < last and (
            keys[base + other] < keys[base + child]
            or (
                keys[base + other] == keys[base + child] and rows[base + other] < rows[base + child]
            )
        ):
            child = other
        below = keys[base + child]
        if key < below or (key == below and row < rows[base + child]):
            break
        keys[base + hole] = below
        rows[base + hole] = rows[base + child]
        hole = child
    keys[base + hole] = key
    rows[base + hole] = row
