"""The registries of the scenario reader are complete."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

from planner.scenario import checks, row_models, section_hours, section_models
from planner.scenario.checks.registry import CHECKS
from planner.scenario.section_book import SECTIONS
from planner.scenario.table_book import TABLES


def test_every_check_is_registered() -> None:
    """Each public function of a file of checks that takes a draft stands in the tuple."""
    written = set()
    for module in pkgutil.iter_modules(checks.__path__):
        content = import_module(f"{checks.__name__}.{module.name}")
        for name, function in inspect.getmembers(content, inspect.isfunction):
            own = function.__module__ == content.__name__ and not name.startswith("_")
            if own and inspect.signature(function).return_annotation == "Iterator[Problem]":
                written.add(function)

    assert written == set(CHECKS)
    assert len(CHECKS) == len(set(CHECKS))


def test_every_row_model_is_a_table() -> None:
    """Each kind of row belongs to exactly one table."""
    models = _subclasses(row_models, row_models.Row)

    assert sorted(models) == sorted(spec.row.__name__ for spec in TABLES)


def test_every_section_model_is_a_section() -> None:
    """Each section model is a section or a part of one."""
    parts = {"Head", "Title", "TrancheItem"}

    found = {
        name
        for module in (section_models, section_hours)
        for name in _subclasses(module, section_models.Section)
    }
    assert found - parts - {"Section"} == {spec.model.__name__ for spec in SECTIONS}


def test_keys_are_columns_that_must_be_there_or_tell_apart() -> None:
    """A table's key consists of its own columns."""
    assert all(set(spec.key) <= set(spec.columns) for spec in TABLES)


def _subclasses(module: object, base: type) -> set[str]:
    classes = inspect.getmembers(module, inspect.isclass)
    return {name for name, kind in classes if issubclass(kind, base) and kind is not base}
