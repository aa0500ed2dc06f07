"""Scenario content as a tree whose every value knows where it was written.

A file becomes ``Fields`` (mappings), ``Items`` (lists) and ``Leaf`` (values).  Tables are
``Fields`` by row key, so that one row of a CSV file is reached like any other value of the tree.
Nodes are immutable: layering makes new trees, and a changed leaf remembers the leaf before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

Value: TypeAlias = str | int | float | bool | None
Plain: TypeAlias = "Value | list[Plain] | dict[str, Plain]"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was written: file, line (0: no line) and the override that says it."""

    file: str
    line: int
    layer: str = ""

    def __str__(self) -> str:
        """Return ``file:line (override)``."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} ({self.layer})" if self.layer else where


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value; ``before`` is the leaf that it replaced."""

    value: Value
    origin: Origin
    before: Leaf | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; ``keys`` tells where each key stands.

    ``whole`` marks a table given as a whole: it replaces a table instead of patching its rows;
    ``partial`` one with rows that could not be read.
    """

    entries: dict[str, Node]
    keys: dict[str, Origin]
    origin: Origin
    whole: bool = False
    partial: bool = False

    def with_entry(self, key: str, node: Node, origin: Origin) -> Fields:
        """Return the mapping with ``key``, written at ``origin``, set to ``node``."""
        keys = {**self.keys, key: origin}
        return replace(self, entries={**self.entries, key: node}, keys=keys)

    def with_value(self, key: str, node: Node) -> Fields:
        """Return the mapping with another node under a key that is there."""
        return replace(self, entries={**self.entries, key: node})

    def without(self, *names: str) -> Fields:
        """Return the mapping without the keys ``names``."""
        return replace(
            self,
            entries={key: node for key, node in self.entries.items() if key not in names},
            keys={key: origin for key, origin in self.keys.items() if key not in names},
        )


Node: TypeAlias = Leaf | Items | Fields
NodeT = TypeVar("NodeT", Leaf, Items, Fields, Leaf | Items | Fields)


def empty(origin: Origin) -> Fields:
    """Return a mapping without entries."""
    return Fields({}, {}, origin)


def plain(node: Node) -> Plain:
    """Return the content of ``node`` as dictionaries, lists and values."""
    if isinstance(node, Leaf):
        return node.value
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {key: plain(entry) for key, entry in node.entries.items()}


def locate(node: Node, steps: Sequence[str | int]) -> Origin:
    """Return where ``steps`` lead from ``node``; where they stop, the nearest place above."""
    for step in steps:
        if isinstance(node, Fields) and str(step) in node.entries:
            node = node.entries[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node.origin


def placed(node: NodeT, origin: Origin) -> NodeT:
    """Return ``node`` with everything in it standing at ``origin``."""
    if isinstance(node, Leaf):
        return replace(node, origin=origin)
    if isinstance(node, Items):
        return replace(
            node, items=tuple(placed(item, origin) for item in node.items), origin=origin
        )
    entries = {key: placed(entry, origin) for key, entry in node.entries.items()}
    return replace(node, entries=entries, keys=dict.fromkeys(node.keys, origin), origin=origin)


def leaves(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Leaf]]:
    """Yield every leaf below ``node`` with its path."""
    if isinstance(node, Leaf):
        yield path, node
    elif isinstance(node, Items):
        for index, item in enumerate(node.items):
            yield from leaves(item, (*path, str(index)))
    else:
        for key, entry in node.entries.items():
            yield from leaves(entry, (*path, key))


def marked(node: NodeT, layer: str) -> NodeT:
    """Return ``node`` with the name of the override ``layer`` in every origin."""
    if not layer:
        return node
    origin = replace(node.origin, layer=layer)
    if isinstance(node, Leaf):
        return replace(node, origin=origin)
    if isinstance(node, Items):
        return replace(node, items=tuple(marked(item, layer) for item in node.items), origin=origin)
    entries = {key: marked(entry, layer) for key, entry in node.entries.items()}
    keys = {key: replace(where, layer=layer) for key, where in node.keys.items()}
    return replace(node, entries=entries, keys=keys, origin=origin)
