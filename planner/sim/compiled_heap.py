"""Binary heaps of (key, row) in plain arrays, and the one way to compile a function.

Compiled by numba where it is installed; where it is not, the same functions run as plain Python.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

try:
    import numba
except ImportError:  # the plain run of the same loops serves
    numba = None  # type: ignore[assignment]

HAS_NUMBA = numba is not None
Ints = NDArray[np.int64]
#: Files of this folder whose text compiled code depends on.
SOURCES = ("*compiled*.py", "engine.py", "spells.py", "booking_law.py", "booking_arrays.py")
Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile ``function`` with numba, cached on disk and without the interpreter lock."""
    return _compile(function, {"cache": True})


def compiled_lean(function: Function) -> Function:
    """Compile a function that makes no arrays, without counting references to those it is given.

    Passing a tuple of arrays down a call counts two references an array; that is 12 times the work
    of the day's loops themselves.  The caller keeps the arrays alive.
    """
    options = {"forceinline": True, "_nrt": False, "no_cfunc_wrapper": True}
    return _compile(function, {"cache": True, **options})


def compiled_part(function: Function) -> Function:
    """Compile a function as ``compiled_lean`` does, to be called by compiled code only.

    It is compiled (``compiled_parts``) and kept on disk with its callers: none has one of its own.
    """
    return _compile(function, {"forceinline": True, "_nrt": False, **_inner()})


def compiled_rare(function: Function) -> Function:
    """Compile a function as ``compiled_part`` does, but once instead of into every caller.

    For what seldom happens: a call costs more than the work, a copy costs seconds of compiling.
    """
    return _compile(function, {"_nrt": False, **_inner()})


@cache
def source_digest() -> str:
    """Return the SHA-256 of all sources that compiled code is made of (``SOURCES``).

    numba knows that a cached function is stale from the function's own file only; code that was
    inlined from, or constants taken from, another file would stay as they were.  So the digest of
    all of them names the folder of the cache.
    """
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(path for pattern in SOURCES for path in folder.glob(pattern)):
        digest.update(path.read_bytes())
    digest.update((folder.parent / "units.py").read_bytes())
    return digest.hexdigest()


@cache
def _inner() -> dict[str, Any]:
    """Return the options of what compiled code alone calls; none without numba.

    A wrapper for calls from Python would unpack every array: most of the compiling of a small part.
    """
    if numba is None:
        return {}
    from planner.sim.compiled_parts import PartCompiler

    wrappers = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return {"pipeline_class": PartCompiler, **wrappers}


def _compile(function: Function, options: dict[str, Any]) -> Function:
    if numba is None:
        return function
    settings: Any = numba.config
    kept = settings.CACHE_DIR
    base = Path(kept) if kept else Path(__file__).parent / "__pycache__"
    settings.CACHE_DIR = str(base / f"numba-{source_digest()[:16]}")
    try:
        return cast("Function", numba.njit(nogil=True, **options)(function))
    finally:
        settings.CACHE_DIR = kept


@compiled_part
def natural(number: int) -> int:
    """Return a number that is not negative, so that machine code knows it too.

    An index that may be negative costs three instructions: it counts from the end of the array.
    """
    return int(number) & 0x7FFFFFFF


@compiled_part
def push(keys: Ints, rows: Ints, base: int, size: int, key: int, row: int) -> None:
    """Add (key, row) to the heap of ``size`` items that starts at ``base``."""
    base, child = natural(base), natural(size)
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


@compiled_part
def drop(keys: Ints, rows: Ints, base: int, size: int) -> None:
    """Remove the smallest of the heap of ``size`` items that starts at ``base``."""
    base, last = natural(base), natural(size - 1)
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


@compiled_part
def push_key(keys: Ints, size: int, key: int) -> None:
    """Add a key to a heap of ``size`` keys that are all there is to know."""
    child = size
    while child > 0:
        parent = (child - 1) >> 1
        above = keys[parent]
        if above <= key:
            break
        keys[child] = above
        child = parent
    keys[child] = key


@compiled_part
def drop_key(keys: Ints, size: int) -> None:
    """Remove the smallest of a heap of ``size`` keys."""
    last = size - 1
    key = keys[last]
    hole = 0
    while True:
        child = 2 * hole + 1
        if child >= last:
            break
        if child + 1 < last:
            child += keys[child + 1] < keys[child]
        below = keys[child]
        if key <= below:
            break
        keys[hole] = below
        hole = child
    keys[hole] = key
