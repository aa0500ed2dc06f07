"""The quick reading of a resolved scenario gives what the YAML parser gives, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import ScenarioError
from planner.scenario.loading import resolved_yaml
from planner.scenario.nodes import Fields, Items, Leaf, Node
from planner.scenario.problems import Problems
from planner.scenario.table_lines import split_tables
from planner.scenario.yaml_reading import _composed, _plain_value, parse_yaml

SMALL = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"


def _told(node: Node | None) -> object:
    """Return everything about a node, types included (1, 1.0 and true are equal in Python)."""
    if isinstance(node, Leaf):
        return ("leaf", repr(node.value), node.origin)
    if isinstance(node, Items):
        return ("items", [_told(item) for item in node.items], node.origin)
    if isinstance(node, Fields):
        entries = [(key, node.keys[key], _told(entry)) for key, entry in node.entries.items()]
        return ("fields", entries, node.origin)
    return None


def _read(text: str, reader) -> tuple[object, object]:
    problems = Problems()
    node = reader(text, "some.yaml", problems)
    try:
        problems.raise_any()
    except ScenarioError as error:
        return _told(node), error.problems
    return _told(node), ()


@pytest.fixture(scope="module")
def resolved() -> str:
    """Return the resolved scenario of the small case."""
    return resolved_yaml(SMALL)


def test_the_quick_reading_is_used_and_equal(resolved: str) -> None:
    """Values, types, order and line numbers are those of the YAML parser."""
    assert split_tables(resolved, "some.yaml", _plain_value) is not None
    assert _read(resolved, parse_yaml) == _read(resolved, _composed)


ROWS = [
    "{a: 1, b: 1.5, c: -2, d: 1e3, e: .5, f: 007}",
    "{a: true, b: No, c: null, d: Null, e: word, f: two words}",
    '{a: "08:00", b: "ä \\u00e9 \\" \\\\", c: [], d: [1, x, "y, z"]}',
    "{a: 0x1F, b: 1_000, c: 2024-04-15, d: 12e, e: 1.2.3}  # place.csv:3; a: was 2 at b.csv:1",
    "{a: 1, a: 2}",
    "{a: x #y, b: 2}",
    "{a: 'single', b: 2}",
    "{a: {b: 1}}",
    "{a: 1,b: 2}",
    "{a: , b: 2}",
    "{a: 1, b}",
    "{a: 10:30, b: 17:00}",
    "{a: 1} trailing",
    "{a: x: y}",
    "{a: 1, b: 2",
    "{}",
    "[1, 2]",
    "plain",
    "{a: 1}#no comment",
    '{a: "x"y}',
    "{a: word , b: 1 }",
    "{a: &x 1, b: *x}",
    "{a: - 1}",
    "{a: .inf, b: .nan, c: +3, d: 0o17, e: ~}",
]


@pytest.mark.parametrize("row", ROWS)
def test_every_form_is_read_as_yaml(row: str) -> None:
    """A row in any form gives the same tree or the same problems as with the YAML parser."""
    text = f"name: x\ntables:\n  first: []\n  second:\n    - {{k: 1}}\n    - {row}\nlast: 3\n"
    assert _read(text, parse_yaml) == _read(text, _composed)


@pytest.mark.parametrize(
    "text",
    [
        "tables:\n  first:\n",
        "tables:\n  first:\n  second: []\n",
        "tables:\n  a: []\n  a: []\n",
        "tables: {}\ntables:\n  a: []\n",
        "tables:\n\n  a: []\n",
        "tables:\n  a:\n    - {k: 1}\n      - {k: 2}\n",
        "tables:\n    - {k: 1}\n",
        "tables:\nother: 1\n",
        "note: |\n  text\ntables:\n  a:\n    - {k: 1}\n# end\n",
        "tables:\n  a:\n    - {k: 1}\n  - {k: 2}\n",
        "note: 'a\ntables:\n  b: []\n  '\n",
        'note: "a\ntables:\n  b: []\nb"\n',
        "tables:\n  b: []\nb: [\n",
        "tables:\n  b: []\nb: 1\nb: 2\n",
    ],
)
def test_every_outline_is_read_as_yaml(text: str) -> None:
    """An outline in any form gives the same tree or the same problems as the YAML parser."""
    assert _read(text, parse_yaml) == _read(text, _composed)
