"""The compiled booking engine's loops as plain Python: what runs where numba is missing."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from planner.sim.booking_law import BookingEngine

MODULES = ("planner.sim.compiled_heap", "planner.sim.booking_compiled")


def plain_engine(slip: tuple[str, str] | None = None) -> BookingEngine:
    """Return the engine of freshly loaded sources, without numba.

    Parameters
    ----------
    slip : (text, other text), optional
        A seeded slip: replaces a text, which must occur exactly once, in the engine's source.
    """
    names = ("numba", *MODULES)
    kept = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    sys.modules["numba"] = None  # type: ignore[assignment]
    try:
        _load(MODULES[0], None)
        engine: BookingEngine = _load(MODULES[1], slip).run_compiled
    finally:
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(kept)
    return engine


def _load(name: str, slip: tuple[str, str] | None) -> ModuleType:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    source = spec.loader.get_source(name)  # type: ignore[attr-defined]
    if slip is not None:
        assert source.count(slip[0]) == 1, f"{slip[0]!r} must occur once in {name}"
        source = source.replace(*slip)
    exec(compile(source, str(spec.origin), "exec"), module.__dict__)
    return module
