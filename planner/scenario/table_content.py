"""The ``tables`` of a layer: files are read, inline rows are keyed, patches stay patches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from planner.scenario.csv_reading import read_table, rows_by_key
from planner.scenario.nodes import Fields, Items, Leaf, Node, Origin, marked
from planner.scenario.problems import Problems, suggestion
from planner.scenario.table_book import TABLE_NAMES, TableSpec, table
from planner.scenario.text_reading import beside


def with_tables(content: Fields, path: Path, problems: Problems) -> Fields:
    """Return the content with every named CSV file read, beside the file at ``path``."""
    tables = content.entries.get("tables")
    if tables is None:
        return content
    if not isinstance(tables, Fields):
        problems.add(tables.origin, "tables", "must be a mapping of table names.")
        return content.without("tables")
    loaded = Fields({}, {}, tables.origin)
    for name, node in tables.entries.items():
        if name not in TABLE_NAMES:
            advice = suggestion(name, TABLE_NAMES, "Tables")
            problems.add(tables.keys[name], f"tables.{name}", "is not a known table.", advice)
            continue
        rows = _table(node, tables.keys[name], table(name), path, problems)
        loaded.entries[name] = rows
        loaded.keys[name] = tables.keys[name]
    return content.with_entry("tables", loaded, tables.origin)


def _table(
    node: Node, origin: Origin, spec: TableSpec, path: Path, problems: Problems
) -> Fields | Leaf:
    """Return the rows; a leaf stands for a table with problems already told."""
    if isinstance(node, Fields):
        return replace(node, entries={key: _patch(row) for key, row in node.entries.items()})
    if isinstance(node, Items):
        rows = _inline(node, spec, problems)
        return rows_by_key(rows, spec, origin, problems)
    if not isinstance(node.value, str):
        message = "must be the path of a CSV file, a list of rows or changes by row key."
        problems.add(node.origin, f"tables.{spec.name}", message)
        return Leaf(None, node.origin)
    rows_read = read_table(beside(path, node.value), spec, node.origin, problems)
    if rows_read is None:
        return Leaf(None, node.origin)
    return marked(rows_read, node.origin.layer)


def _inline(node: Items, spec: TableSpec, problems: Problems) -> Iterator[Fields]:
    for item in node.items:
        if isinstance(item, Fields):
            yield _row(item)
        else:
            problems.add(item.origin, f"tables.{spec.name}", "row must be a mapping of columns.")


def _patch(node: Node) -> Node:
    return _row(node) if isinstance(node, Fields) else node


def _row(node: Fields) -> Fields:
    """Return a row with lists of words joined, as they stand in CSV cells."""
    return replace(node, entries={key: _cell(cell) for key, cell in node.entries.items()})


def _cell(node: Node) -> Node:
    if isinstance(node, Items) and all(isinstance(item, Leaf) for item in node.items):
        joined = ";".join(str(item.value) for item in node.items if isinstance(item, Leaf))
        return Leaf(joined, node.origin)
    return node
