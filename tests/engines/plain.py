"""The compiled engine's loops as plain Python: what runs where numba is missing."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from planner.sim.engine import Engine

#: In order of import.
MODULES = (
    "compiled_heap",
    "compiled_instructions",
    "compiled_bits",
    "compiled_turns",
    "compiled_state",
    "compiled_seats",
    "compiled_lines",
    "compiled_patience",
    "compiled_cases",
    "compiled_clerks",
    "compiled_house",
    "compiled_calls",
    "compiled_hand_on",
    "compiled_arrivals",
    "engine_compiled",
)


def plain_engine(slips: Mapping[str, tuple[str, str]] | None = None) -> Engine:
    """Return the engine of freshly loaded sources, without numba.

    Parameters
    ----------
    slips : mapping of module to (text, other text), optional
        Seeded slips: replaces a text, which must occur exactly once, in the source of a module.
    """
    with _without_numba():
        modules = {}
        for name in MODULES:
            modules[name] = _load(f"planner.sim.{name}", (slips or {}).get(name))
        engine: Engine = modules["engine_compiled"].CompiledEngine()
    return engine


@contextmanager
def _without_numba() -> Iterator[None]:
    names = ["numba", *(f"planner.sim.{name}" for name in MODULES)]
    kept = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    sys.modules["numba"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(kept)


def _load(name: str, slip: tuple[str, str] | None) -> ModuleType:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    source = Path(spec.origin).read_text(encoding="utf-8")
    if slip is not None:
        assert source.count(slip[0]) == 1, f"{slip[0]!r} must occur once in {name}"
        source = source.replace(*slip)
    exec(compile(source, spec.origin, "exec"), module.__dict__)
    return module
