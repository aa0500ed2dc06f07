"""What machine code cannot know: which numbers are not negative, and what seldom happens.

Hints change nothing but the speed.  Compiled by numba where it is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.sim.compiled_heap import compiled_part, numba


def _seldom(condition: bool) -> bool:
    return condition


def _expected_false() -> Callable[[bool], bool]:
    """Return LLVM's ``expect`` for what is mostly false."""
    from llvmlite import ir
    from numba.core import cgutils, types
    from numba.extending import intrinsic

    def typed(_context: Any, condition: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, conditions: Any) -> Any:
            truth = context.cast(builder, conditions[0], signature.args[0], types.boolean)
            bit = ir.IntType(1)
            expect = builder.module.declare_intrinsic(
                "llvm.expect", [bit], ir.FunctionType(bit, [bit, bit])
            )
            return builder.call(expect, [truth, cgutils.false_bit])

        return types.boolean(condition), generate

    found: Callable[[bool], bool] = intrinsic(typed)
    return found


#: Returns the condition, which is mostly false: its branch is moved out of the way.
seldom = _seldom if numba is None else _expected_false()
