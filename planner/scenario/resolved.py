"""The scenario after all layers, as one file whose comments say where each value stands."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from planner.scenario.nodes import Fields, Items, Leaf, Node, Origin, leaves, plain
from planner.scenario.table_book import TABLES, TableSpec
from planner.scenario.validating import holds

_PLAIN = re.compile(r"[A-Za-zÄÖÜäöüß_][\wÄÖÜäöüß/()+.%-]*(?: [\wÄÖÜäöüß/()+.%-]+)*")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_RESERVED = {"null", "true", "false", "yes", "no", "on", "off"}


def resolved_text(tree: Fields, folder: Path) -> str:
    """Return the merged content as YAML; places are told relative to ``folder``."""
    writer = _Writer(folder)
    lines = ["# Resolved scenario: all layers laid over each other; comments say who set a value."]
    for key, node in tree.entries.items():
        lines += writer.tables(node) if key == "tables" else writer.field(key, node, 0)
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def field(self, key: str, node: Node, depth: int) -> list[str]:
        indent = "  " * depth
        if isinstance(node, Leaf):
            return [f"{indent}{written(key)}: {_flow(node)}  # {self._history(node)}"]
        if isinstance(node, Items):
            rows = [f"{indent}  - {_flow(item)}  # {self._places(item)}" for item in node.items]
            return [f"{indent}{written(key)}:", *rows] if rows else [f"{indent}{written(key)}: []"]
        lines = [f"{indent}{written(key)}:" + ("" if node.entries else " {}")]
        for inner, entry in node.entries.items():
            lines += self.field(inner, entry, depth + 1)
        return lines

    def tables(self, node: Node) -> list[str]:
        lines = ["tables:"]
        for spec in TABLES:
            rows = node.entries.get(spec.name) if isinstance(node, Fields) else None
            if isinstance(rows, Fields):
                lines += self._table(spec, rows)
        return lines

    def _table(self, spec: TableSpec, rows: Fields) -> list[str]:
        if not rows.entries:
            return [f"  {spec.name}: []"]
        lines = [f"  {spec.name}:"]
        for row in (row for row in rows.entries.values() if isinstance(row, Fields)):
            cells = (f"{key}: {_cell(spec, key, cell)}" for key, cell in row.entries.items())
            lines.append(f"    - {{{', '.join(cells)}}}  # {self._places(row)}")
        return lines

    def _places(self, node: Node) -> str:
        """Return where a list item or row stands, and who changed which of its values."""
        texts = [self._place(node.origin)]
        for path, leaf in leaves(node):
            if leaf.before is not None or leaf.origin.file != node.origin.file:
                texts.append(f"{'.'.join(path)}: {self._history(leaf)}")
        return "; ".join(texts)

    def _history(self, leaf: Leaf) -> str:
        text = self._place(leaf.origin)
        before = leaf.before
        while before is not None:
            text += f", was {_brief(before)} at {self._place(before.origin)}"
            before = before.before
        return text

    def _place(self, origin: Origin) -> str:
        if not origin.line:
            return str(origin)
        relative = os.path.relpath(origin.file, self._folder)
        return str(Origin(Path(relative).as_posix(), origin.line, origin.layer))


def _cell(spec: TableSpec, column: str, node: Node) -> str:
    """Return a cell; text that looks like a number stays text where the column holds text."""
    if isinstance(node, Leaf) and isinstance(node.value, str) and not holds(spec.row, column, str):
        return node.value if _NUMBER.fullmatch(node.value) else written(node.value)
    return _flow(node)


def _flow(node: Node) -> str:
    if isinstance(node, Leaf):
        return written(node.value) if isinstance(node.value, str) else json.dumps(node.value)
    if isinstance(node, Items):
        return f"[{', '.join(_flow(item) for item in node.items)}]"
    cells = (f"{written(key)}: {_flow(entry)}" for key, entry in node.entries.items())
    return f"{{{', '.join(cells)}}}"


def _brief(leaf: Leaf) -> str:
    """Return a former value on one line, for a comment."""
    return " ".join(str(plain(leaf)).split())


def written(text: str) -> str:
    """Return text as YAML writes it: in quotes where it would be read as something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)
