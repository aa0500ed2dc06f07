"""Cached machine code is never older than any source it was made from."""

from __future__ import annotations

import re
from pathlib import Path

import planner.sim
from planner.sim.compiled_heap import SOURCES, source_digest
from planner.sim.engine_compiled import _run
from tests.engines.plain import plain_engine
from tests.engines.random_locations import Shape, random_location

FOLDER = Path(planner.sim.__file__).parent


def test_every_module_that_compiled_code_imports_is_part_of_the_digest() -> None:
    """An import from a module outside ``SOURCES`` (and the units) would go stale unnoticed."""
    known = {path.stem for pattern in SOURCES for path in FOLDER.glob(pattern)} | {"units"}
    for path in FOLDER.glob("*compiled*.py"):
        imported = re.findall(r"^from planner\.(?:sim\.)?(\w+) import", path.read_text(), re.M)
        assert set(imported) <= known, path.name


def test_the_cache_is_named_by_the_digest() -> None:
    """The kernel's cache lies in the folder of these sources."""
    assert f"numba-{source_digest()[:16]}" in str(_run._cache.cache_path)  # type: ignore[attr-defined]


def test_plain_loops_need_no_cache() -> None:
    """Without numba functions are what they were."""
    outcomes = plain_engine().run(*random_location(1, Shape()))
    assert (outcomes.tries >= 1).all()
