"""The compiler of this folder, typed: what it returns takes what the function takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Return ``function`` compiled, cached on disk, and without the interpreter lock.

    It must make no arrays: references to those it is given are not counted, which is most of the
    time to compile a function of a hundred arrays.
    """
    lean: dict[str, Any] = {"no_cfunc_wrapper": True, "_nrt": False}
    return cast("Function", numba.njit(cache=True, nogil=True, **lean)(function))


def compiled_inner(function: Function) -> Function:
    """Return ``function`` compiled for calls from compiled code only; it must make no arrays.

    Without the way in from Python and without counting references to the arrays it is given (the
    caller keeps them alive), which is most of the time to compile and much of the time to call.
    """
    lean: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
    return cast("Function", numba.njit(cache=True, nogil=True, **lean)(function))
