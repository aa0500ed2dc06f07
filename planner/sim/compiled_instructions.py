"""Instructions and hints that machine code has and Python has not.

Compiled by numba where it is installed; where it is not, plain Python does the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

try:
    from llvmlite import ir
    from numba import extending
except ImportError:  # the plain functions serve
    extending = None  # type: ignore[assignment]

Plain = Callable[[int], int]


def _lowest_bit(word: int) -> int:
    return int(word & -word).bit_length() - 1


def _count_bits(word: int) -> int:
    return int(word).bit_count()


def _seldom(condition: int) -> int:
    return condition


def _instruction(plain: Plain, name: str, *more: int) -> Plain:
    """Return what LLVM knows by ``name`` as a function of a number; ``plain`` without LLVM.

    ``more``: further arguments, each a single bit.
    """
    if extending is None:
        return plain

    def typed(_context: object, number: Any) -> Any:  # noqa: ANN401 - a type of numba
        def generate(_context: object, builder: Any, _signature: object, arguments: Any) -> Any:  # noqa: ANN401
            bits = [ir.Constant(ir.IntType(1), bit) for bit in more]
            kinds = [value.type for value in (*arguments, *bits)]
            function = ir.FunctionType(kinds[0], kinds)
            declared = builder.module.declare_intrinsic(name, kinds[:1], function)
            return builder.call(declared, [*arguments, *bits])

        return number(number), generate

    return cast("Plain", extending.intrinsic(typed))


#: Number of the lowest bit of a word that is not 0.
lowest_bit = _instruction(_lowest_bit, "llvm.cttz", 1)
#: How many bits of a word are set.
count_bits = _instruction(_count_bits, "llvm.ctpop")
#: Returns a condition that is mostly false: machine code moves its branch out of the way.
seldom = _instruction(_seldom, "llvm.expect", 0)
