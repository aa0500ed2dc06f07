"""Compiled modules as plain Python: their inner functions have no way in from Python otherwise."""

from __future__ import annotations

from types import FunctionType, ModuleType, SimpleNamespace


def interpreted(module: ModuleType) -> SimpleNamespace:
    """Return the functions of ``module`` uncompiled, calling one another uncompiled."""
    names = dict(vars(module))
    for name, thing in vars(module).items():
        function = getattr(thing, "py_func", thing)
        if isinstance(function, FunctionType):
            plain = FunctionType(function.__code__, names, name, function.__defaults__)
            names[name] = plain
    return SimpleNamespace(**names)
