"""How numba compiles what compiled code alone calls: as part of its callers.

numba optimises a function and makes machine code of it, and does both again for the copies in its
callers and in theirs.  Nobody calls a part from outside, so it stays as numba's front end wrote it
until the function that Python calls is optimised with all its parts at once.  The first call takes
a quarter less time, later ones 2 to 6 % more.  And as long as numba compiles anything, Python does
not look for garbage: there are a million objects to look at, few of them done with.

This is a pipeline of numba's own (``pipeline_class``) with another last step.  Import it where
numba is installed only.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import gc
from typing import Any

from numba._dynfunc import make_function
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.event import Event, Listener, register
from numba.core.typed_passes import NativeLowering


class PartCompiler(CompilerBase):
    """numba's compiler without machine code at the end."""

    def define_pipelines(self) -> list[Any]:
        """Return numba's passes, the last but one exchanged."""
        manager, build = PassManager("part"), DefaultPassBuilder
        manager.passes += build.define_untyped_pipeline(self.state).passes
        manager.passes += build.define_typed_pipeline(self.state).passes
        for step, name in build.define_nopython_lowering_pipeline(self.state).passes:
            manager.add_pass(_LowerPart if step is NativeLowering else step, name)
        manager.finalize()
        return [manager]


class _PartLibrary(JITCodeLibrary):
    """Code that waits for its callers to be optimised."""

    def _optimize_final_module(self) -> None:
        """Leave it to the caller, who knows more."""

    def _finalize_final_module(self) -> None:
        """Be ready for linking, without machine code."""
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerPart(NativeLowering):
    """From numba's to LLVM's language, no further."""

    _name = "lower_part"

    def run_pass(self, state: Any) -> bool:  # noqa: ANN401 - a type of numba
        """Lower the function and make it known to its callers."""
        target = state.targetctx
        state.library = _PartLibrary(target.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        lowered, name = state["cr"], state.func_id.func_name
        module = lowered.fndesc.lookup_module()
        handle = make_function(module, name, "", 0, lowered.env, (state.library,))
        target.insert_user_function(handle, lowered.fndesc, [state.library])
        state["cr"] = lowered._replace(cfunc=handle)
        return True


class _NoCollection(Listener):
    """Keeps Python's garbage collector off while numba compiles, nested calls included."""

    def __init__(self) -> None:
        self.depth, self.was_on = 0, False

    def on_start(self, event: Event) -> None:
        if self.depth == 0:
            self.was_on = gc.isenabled()
            gc.disable()
        self.depth += 1

    def on_end(self, event: Event) -> None:
        self.depth -= 1
        if self.depth == 0 and self.was_on:
            gc.enable()


register("numba:compile", _NoCollection())
