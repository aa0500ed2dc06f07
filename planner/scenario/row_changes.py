"""Overrides that change many values at once: percentages on a column or field, rows removed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field
from pydantic_core import PydanticCustomError

from planner.scenario.field_types import number
from planner.scenario.nodes import Fields, Items, Leaf, Node, Origin
from planner.scenario.problems import Problems, suggestion
from planner.scenario.section_book import identity_of
from planner.scenario.section_models import Section
from planner.scenario.table_book import TABLE_NAMES, TableSpec, table
from planner.scenario.validating import holds, validated

Filter = dict[str, Any]


class ScaleItem(Section):
    """A percentage on a numeric column of a table, or on one numeric field."""

    table: str | None = Field(None, description="Table whose column is scaled.")
    column: str | None = Field(None, description="Numeric column.")
    field: str | None = Field(None, description="Path of a numeric field, instead of a table.")
    factor: Annotated[float, Field(ge=0)] | None = Field(None, description="1.3: 30 % more.")
    percent: Annotated[float, Field(ge=-100)] | None = Field(
        None, description="Instead of factor: +30 is 30 % more, -10 is 10 % less."
    )
    where: Filter = Field(default_factory=dict, description="Rows meant: {column: value or list}.")
    keep_total: bool = Field(
        False, description="Whole numbers are rounded so that their sum follows the factor."
    )

    @property
    def multiplier(self) -> float | None:
        """The factor; None unless exactly one of factor and percent is given."""
        if (self.factor is None) == (self.percent is None):
            return None
        return self.factor if self.percent is None else 1 + self.percent / 100


class SetItem(Section):
    """One value for a column of several rows."""

    table: str = Field(description="Table.")
    column: str = Field(description="Column.")
    value: Any = Field(description="New value.")
    where: Filter = Field(default_factory=dict, description="Rows meant: {column: value or list}.")


class RemoveItem(Section):
    """Rows that are taken out of a table."""

    table: str = Field(description="Table.")
    where: Annotated[Filter, Field(min_length=1)] = Field(
        description="Rows meant: {column: value or list}."
    )


@dataclass(frozen=True, slots=True)
class Scaling:
    """A value and its scaled leaf."""

    path: tuple[str, ...]
    leaf: Leaf
    origin: Origin


@dataclass(frozen=True, slots=True)
class Removal:
    """A row to remove."""

    path: tuple[str, ...]
    origin: Origin


def read_removals(node: Node | None, tree: Fields, problems: Problems) -> list[Removal]:
    """Return the rows that ``remove`` means."""
    found = []
    for index, item in enumerate(listed(node, "remove", problems)):
        value = validated(RemoveItem, item, f"remove[{index}]", problems)
        if value is not None:
            keys = _rows(tree, value.table, value.where, item.origin, problems)
            found += [Removal(("tables", value.table, key), item.origin) for key in keys]
    return found


def read_scalings(node: Node | None, tree: Fields, problems: Problems) -> list[Scaling]:
    """Return the scaled values that ``scale`` means."""
    found: list[Scaling] = []
    for index, item in enumerate(listed(node, "scale", problems)):
        path = f"scale[{index}]"
        value = validated(ScaleItem, item, path, problems)
        if value is None:
            continue
        if value.multiplier is None:
            problems.add(item.origin, path, "needs one of factor and percent.")
            continue
        scaled: list[Scaling] = []
        for steps in _scaled_paths(value, tree, item.origin, problems):
            scaled += _scaled(steps, value.multiplier, tree, item.origin, problems)
        found += _with_total(scaled, value.multiplier) if value.keep_total else scaled
    return found


def read_settings(node: Node | None, tree: Fields, problems: Problems) -> list[Scaling]:
    """Return the cells that ``set`` means with their new values."""
    found: list[Scaling] = []
    for index, item in enumerate(listed(node, "set", problems)):
        value = validated(SetItem, item, f"set[{index}]", problems)
        if value is None:
            continue
        given = node_at(item, ("value",))
        rows = _rows(tree, value.table, value.where, item.origin, problems)
        if rows and value.column not in table(value.table).columns:
            advice = suggestion(value.column, table(value.table).columns, "Columns")
            name = f"set {value.table}.{value.column}"
            problems.add(item.origin, name, "is not a known column.", advice)
        elif isinstance(given, Leaf):
            for key in rows:
                path = ("tables", value.table, key, value.column)
                before = node_at(tree, path)
                leaf = Leaf(given.value, item.origin, before if isinstance(before, Leaf) else None)
                found.append(Scaling(path, leaf, item.origin))
        else:
            problems.add(item.origin, f"set[{index}].value", "must be one value.")
    return found


def listed(node: Node | None, key: str, problems: Problems) -> tuple[Node, ...]:
    """Return the items of a list; none, or a problem told, where there is no list."""
    if node is None:
        return ()
    if isinstance(node, Items):
        return node.items
    problems.add(node.origin, key, "must be a list.")
    return ()


def _scaled_paths(
    item: ScaleItem, tree: Fields, origin: Origin, problems: Problems
) -> list[tuple[str, ...]]:
    if item.field is not None and item.table is None and item.column is None:
        return [tuple(item.field.split("."))]
    if item.table is None or item.column is None or item.field is not None:
        problems.add(origin, "scale", "needs table and column, or field.")
        return []
    keys = _rows(tree, item.table, item.where, origin, problems)
    if keys and item.column not in table(item.table).columns:
        advice = suggestion(item.column, table(item.table).columns, "Columns")
        name = f"scale {item.table}.{item.column}"
        problems.add(origin, name, "is not a known column.", advice)
        return []
    return [("tables", item.table, key, item.column) for key in keys]


def _scaled(
    path: tuple[str, ...], factor: float, tree: Fields, origin: Origin, problems: Problems
) -> list[Scaling]:
    leaf = node_at(tree, path)
    is_cell = path[0] == "tables"
    if leaf is None and is_cell:
        return []
    value = _number(leaf)
    if value is None or not isinstance(leaf, Leaf):
        problems.add(origin, ".".join(path), "is no number that could be scaled.")
        return []
    scaled: float | int = value * factor
    kept_whole = isinstance(leaf.value, int) and float(scaled).is_integer()
    if kept_whole or (is_cell and _is_whole(table(path[1]), path[3])):
        scaled = round(scaled)
    return [Scaling(path, Leaf(scaled, origin, before=leaf), origin)]


def _with_total(scaled: list[Scaling], factor: float) -> list[Scaling]:
    """Round whole numbers one after the other so that their running sum follows the factor."""
    exact, given, result = 0.0, 0, []
    for item in scaled:
        exact += (_number(item.leaf.before) or 0.0) * factor
        whole = round(exact) - given
        given += whole
        result.append(replace(item, leaf=replace(item.leaf, value=whole)))
    return result


def _rows(tree: Fields, name: str, where: Filter, origin: Origin, problems: Problems) -> list[str]:
    """Return the keys of the rows that the filter means; none is a problem."""
    rows = node_at(tree, ("tables", name))
    if name not in TABLE_NAMES:
        advice = suggestion(name, TABLE_NAMES, "Tables")
        problems.add(origin, name, "is not a known table.", advice)
        return []
    if not isinstance(rows, Fields):
        return []
    for column in where:
        if column not in table(name).columns:
            advice = suggestion(column, table(name).columns, "Columns")
            problems.add(origin, f"where {column}", "is not a known column.", advice)
            return []
    found = [key for key, row in rows.entries.items() if _matches(row, where)]
    if not found:
        text = ", ".join(f"{column}: {value}" for column, value in where.items())
        problems.add(origin, name, f"has no row with {text or 'anything'}.", "Check the filter.")
    return found


def _matches(row: Node, where: Filter) -> bool:
    return isinstance(row, Fields) and all(
        _cell_matches(row.entries.get(column), wanted) for column, wanted in where.items()
    )


def _cell_matches(cell: Node | None, wanted: object) -> bool:
    text = str(cell.value) if isinstance(cell, Leaf) else ""
    options = wanted if isinstance(wanted, list) else [wanted]
    words = {text, *(word.strip() for word in text.split(";"))}
    return any(str(option) in words for option in options)


def node_at(node: Node | None, path: tuple[str, ...]) -> Node | None:
    """Return what stands at ``path`` below ``node``; list items by identity or position."""
    for index, step in enumerate(path):
        if isinstance(node, Items):
            names = item_names(node, path[index - 1] if index else "")
            node = node.items[names.index(step)] if step in names else None
        elif isinstance(node, Fields):
            node = node.entries.get(step)
        else:
            return None
    return node


def item_names(items: Items, section: str) -> list[str]:
    """Return the names of list items: their identifying field, or else their position."""
    identity = identity_of(section)
    names = []
    for index, item in enumerate(items.items):
        known = item.entries.get(identity) if isinstance(item, Fields) else None
        names.append(str(known.value) if isinstance(known, Leaf) else str(index))
    return names


def _number(leaf: Node | None) -> float | None:
    try:
        return number(leaf.value) if isinstance(leaf, Leaf) else None
    except PydanticCustomError:
        return None


def _is_whole(spec: TableSpec, column: str) -> bool:
    return holds(spec.row, column, int)
