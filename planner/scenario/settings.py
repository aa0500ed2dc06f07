"""Settings from the command line, ``path.to.value=…``: the last layer of all."""

from __future__ import annotations

from pathlib import Path

from planner.scenario.layers import Layer
from planner.scenario.nodes import Fields, Leaf, Node, Origin, placed
from planner.scenario.problems import Problems
from planner.scenario.table_book import TABLE_NAMES
from planner.scenario.table_content import with_tables
from planner.scenario.yaml_reading import parse_yaml


def setting_layer(setting: str, case: Path, problems: Problems) -> Layer | None:
    """Return the layer that ``path.to.value=…`` means, or None after telling its problem.

    Table cells are reached as ``table.row.column``; the value is YAML; the path of another table
    is seen from the file ``case``.
    """
    origin = Origin(f"--set {setting}", 0)
    path, equals, text = setting.partition("=")
    steps = tuple(step.strip() for step in path.split("."))
    if not equals or not all(steps):
        problems.add(origin, "", "is no setting.", "Write path.to.value=new value.")
        return None
    value = parse_yaml(text, origin.file, problems) if text.strip() else Leaf(None, origin)
    if value is None:
        return None
    if steps[0] in TABLE_NAMES:
        steps = ("tables", *steps)
    content = _wrapped(steps, placed(value, origin), origin)
    return Layer("", origin, with_tables(content, case, problems))


def _wrapped(steps: tuple[str, ...], node: Node, origin: Origin) -> Fields:
    for step in reversed(steps[1:]):
        node = Fields({step: node}, {step: origin}, origin)
    return Fields({steps[0]: node}, {steps[0]: origin}, origin)
