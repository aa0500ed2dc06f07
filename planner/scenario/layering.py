"""Layers laid over each other: one tree in which every value knows who set it.

Two overrides that set the same value contradict each other, unless the later one says
``replaces: <name>``.  Two percentages on one column multiply and do not contradict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.scenario.layers import Layer
from planner.scenario.network_changes import Change, read_closures, read_redirects
from planner.scenario.nodes import Fields, Items, Leaf, Node, Origin, empty, leaves
from planner.scenario.problems import Problems, suggestion
from planner.scenario.row_changes import (
    item_names,
    read_removals,
    read_scalings,
    read_settings,
)
from planner.scenario.table_book import table

Path = tuple[str, ...]

#: Length of the path of a row: tables, name, key.
ROW_DEPTH = 3
#: Every file names itself.
_OWN_WORDS = ("name", "title")


@dataclass(frozen=True, slots=True)
class _Touch:
    """Who set a value."""

    layer: Layer
    origin: Origin
    scaled: bool


def merge(layers: tuple[Layer, ...], problems: Problems) -> Fields:
    """Return the content of all layers (at least one), later ones over earlier ones."""
    merging = _Merging(problems)
    tree = empty(layers[0].origin)
    for layer in layers:
        tree = merging.lay(tree, layer)
    return tree


class _Merging:
    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._touched: dict[Path, _Touch] = {}
        self._layer = Layer("", Origin("", 0), empty(Origin("", 0)))
        self._laid: set[str] = set()

    def lay(self, tree: Fields, layer: Layer) -> Fields:
        self._layer = layer
        self._know_replaced(layer)
        content = nested(layer.content) if layer.name else layer.content
        merged = self._fields(tree, content, ())
        changes, problems = layer.changes, self._problems
        merged = self._network(merged, read_closures(changes.get("close"), merged, problems))
        for removal in read_removals(changes.get("remove"), merged, problems):
            self._touch(removal.path, removal.origin)
            merged = removed(merged, removal.path)
        for setting in read_settings(changes.get("set"), merged, problems):
            self._touch(setting.path, setting.origin)
            merged = _with_cell(merged, setting.path, setting.leaf)
        merged = self._network(merged, read_redirects(changes.get("redirect"), merged, problems))
        for scaling in read_scalings(changes.get("scale"), merged, problems):
            self._touch(scaling.path, scaling.origin, scaled=True)
            merged = replaced(merged, scaling.path, scaling.leaf)
        return merged

    def _network(self, tree: Fields, changes: list[Change]) -> Fields:
        for change in changes:
            self._touch(change.path, change.origin)
            if change.node is None:
                tree = removed(tree, change.path)
            else:
                tree = _with_cell(tree, change.path, change.node)
        return tree

    def _know_replaced(self, layer: Layer) -> None:
        """Look for every override that ``layer`` says it replaces among those laid before."""
        for name in layer.replaces:
            if name.value not in self._laid:
                advice = suggestion(str(name.value), self._laid, "Earlier overrides")
                message = f"names '{name.value}', which is no earlier override."
                self._problems.add(name.origin, f"{layer.name}.replaces", message, advice)
        self._laid.update([layer.name] if layer.name else [])

    def _fields(self, base: Fields, change: Fields, path: Path) -> Fields:
        result = base
        for key, node in change.entries.items():
            steps, where = (*path, key), change.keys[key]
            if _is_row(steps) and isinstance(node, Fields) and key not in base.entries:
                row = self._new_row(node, steps, where, base)
                if row is not None:
                    result = result.with_entry(key, self._node(None, row, steps), where)
                continue
            if _is_removal(node, steps):
                result = self._less(result, steps, where)
                continue
            merged = self._node(base.entries.get(key), node, steps)
            patched = key in base.entries and isinstance(node, Fields) and not node.whole
            result = result.with_entry(key, merged, base.keys[key] if patched else where)
        return result

    def _less(self, rows: Fields, path: Path, origin: Origin) -> Fields:
        """Return the rows without one of them."""
        if path[2] not in rows.entries:
            advice = suggestion(path[2], rows.entries, "Rows")
            message = f"is not a row of the table {path[1]}; there is nothing to remove."
            self._problems.add(origin, ".".join(path[1:]), message, advice)
        self._touch(path, origin)
        return rows.without(path[2])

    def _node(self, base: Node | None, change: Node, path: Path) -> Node:
        if isinstance(change, Fields) and not change.whole:
            if path[0] == "tables" and len(path) < ROW_DEPTH:
                return self._rows(base, change, path)
            if isinstance(base, Items):
                return self._items(base, change, path)
            if isinstance(base, Fields):
                return self._fields(base, change, path)
            if self._layer.name:
                for steps, leaf in leaves(change, path):
                    self._touch(steps, leaf.origin)
            return change
        self._touch(path, change.origin)
        if isinstance(change, Leaf) and isinstance(base, Leaf):
            return replace(change, before=base)
        return change

    def _rows(self, base: Node | None, change: Fields, path: Path) -> Node:
        """Patch a table; one that could not be read stays so, and one left out starts empty."""
        if isinstance(base, Leaf):
            return base
        rows = base if isinstance(base, Fields) else empty(change.origin)
        return self._fields(rows, change, path)

    def _new_row(
        self, row: Fields, path: Path, origin: Origin, table_rows: Fields
    ) -> Fields | None:
        """Return a row that an override adds, or None when it was meant to change another."""
        spec = table(path[1])
        for column, text in zip(spec.key, path[2].split("/"), strict=False):
            if text and column not in row.entries:
                row = row.with_entry(column, Leaf(text, origin), origin)
        missing = [name for name in spec.required_columns if name not in row.entries]
        if not missing:
            return row
        advice = suggestion(path[2], table_rows.entries, "Rows")
        message = f"is not a row of the table {spec.name}; a new row needs {', '.join(missing)}."
        self._problems.add(origin, ".".join(path[1:]), message, advice)
        return None

    def _items(self, base: Items, change: Fields, path: Path) -> Items:
        """Change single items of a list, known by their identity or position."""
        names = item_names(base, path[-1])
        items: list[Node | None] = list(base.items)
        for key, node in change.entries.items():
            where = change.keys[key]
            if key not in names:
                advice = suggestion(key, names)
                name = ".".join((*path, key))
                self._problems.add(where, name, "is not in the list.", advice)
                continue
            position = names.index(key)
            if isinstance(node, Leaf) and node.value is None:
                self._touch((*path, key), where)
                items[position] = None
            else:
                items[position] = self._node(base.items[position], node, (*path, key))
        return replace(base, items=tuple(item for item in items if item is not None))

    def _touch(self, path: Path, origin: Origin, scaled: bool = False) -> None:
        """Note who sets ``path``; a second override that sets it is a contradiction."""
        if not self._layer.name or path[0] in _OWN_WORDS:
            return
        for other_path, other in self._touched.items():
            if not _overlap(path, other_path) or (scaled and other.scaled):
                continue
            replaced_names = {name.value for name in self._layer.replaces}
            if other.layer is not self._layer and other.layer.name not in replaced_names:
                self._contradiction(path, origin, other)
                return
        self._touched[path] = _Touch(self._layer, origin, scaled)

    def _contradiction(self, path: Path, origin: Origin, other: _Touch) -> None:
        first = replace(other.origin, layer="")
        self._problems.add(
            origin,
            ".".join(path),
            f"is set by two overrides: '{self._layer.name}' here and '{other.layer.name}' "
            f"at {first}.",
            f"Keep one of them, or say `replaces: {other.layer.name}` in '{self._layer.name}'.",
        )


def nested(content: Fields) -> Fields:
    """Return ``content`` with dotted keys outside the tables spread into mappings."""
    result = empty(content.origin)
    for key, node in content.entries.items():
        origin = content.keys[key]
        if key != "tables" and isinstance(node, Fields):
            node = nested(node)
        result = _put(result, tuple(key.split(".")), node, origin)
    return result


def removed(node: Fields, path: Path) -> Fields:
    """Return ``node`` without what stands at ``path``."""
    inner = node.entries[path[0]]
    if isinstance(inner, Fields) and len(path) > 1:
        return node.with_value(path[0], removed(inner, path[1:]))
    return node.without(path[0])


def replaced(node: Fields, path: Path, leaf: Leaf) -> Fields:
    """Return ``node`` with the value at ``path`` replaced by ``leaf``."""
    return node.with_value(path[0], _changed(node.entries[path[0]], path, leaf))


def _with_cell(tree: Fields, path: Path, node: Node) -> Fields:
    """Return ``tree`` with a cell, or a whole row, of a table set."""
    rows = tree.entries[path[0]]
    table_rows = rows.entries[path[1]] if isinstance(rows, Fields) else empty(tree.origin)
    if not isinstance(rows, Fields) or not isinstance(table_rows, Fields):
        return tree
    if len(path) > ROW_DEPTH:
        row = table_rows.entries[path[2]]
        if isinstance(row, Fields):
            row = row.with_entry(path[3], node, node.origin)
        table_rows = table_rows.with_value(path[2], row)
    else:
        table_rows = table_rows.with_entry(path[2], node, node.origin)
    return tree.with_value(path[0], rows.with_value(path[1], table_rows))


def _changed(node: Node, path: Path, leaf: Leaf) -> Node:
    """Return the node that ``path[0]`` led to, with the value at the rest of ``path`` replaced."""
    if isinstance(node, Fields):
        return replaced(node, path[1:], leaf)
    if isinstance(node, Items):
        index = item_names(node, path[0]).index(path[1])
        changed = _changed(node.items[index], path[1:], leaf)
        return replace(node, items=(*node.items[:index], changed, *node.items[index + 1 :]))
    return leaf


def _put(fields: Fields, path: Path, node: Node, origin: Origin) -> Fields:
    key = path[0]
    present = fields.entries.get(key)
    if len(path) > 1:
        below = present if isinstance(present, Fields) else empty(origin)
        return fields.with_entry(key, _put(below, path[1:], node, origin), origin)
    if isinstance(present, Fields) and isinstance(node, Fields) and not node.whole:
        for inner_key, inner in node.entries.items():
            present = _put(present, (inner_key,), inner, node.keys[inner_key])
        return fields.with_entry(key, present, origin)
    return fields.with_entry(key, node, origin)


def _is_removal(node: Node, path: Path) -> bool:
    """Tell whether ``node`` removes a table row: ``tables: {name: {key: null}}``."""
    return _is_row(path) and isinstance(node, Leaf) and node.value is None


def _is_row(path: Path) -> bool:
    return len(path) == ROW_DEPTH and path[0] == "tables"


def _overlap(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
