"""A scenario on its way to a case: what is valid so far, typed, with its place in the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from pydantic import BaseModel

from planner.domain.rule import RosterRule
from planner.errors import Problem
from planner.rules.permitted import may_differ_by_group
from planner.rules.registry import RULES
from planner.scenario.nodes import Fields, Items, Leaf, Node, locate
from planner.scenario.problems import Problems, nearest, suggestion
from planner.scenario.row_changes import item_names
from planner.scenario.rule_settings import GROUPS, RULE_IDS, group_model, rule_model
from planner.scenario.section_book import HEAD_FIELDS, SECTIONS, TOP_LEVEL, SectionSpec
from planner.scenario.section_models import Head
from planner.scenario.table_book import TABLES, TableSpec
from planner.scenario.validating import validated

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Model]):
    """A valid section, list item or row and where it stands."""

    value: Model
    node: Fields
    path: str

    def problem(self, field: str, message: str, advice: str = "") -> Problem:
        """Return a problem of one of its fields (empty: of the whole)."""
        origin = locate(self.node, (field,) if field else ())
        path = f"{self.path}.{field}" if field and self.path else field or self.path
        return Problem(origin.file, origin.line, path, message, advice)


@dataclass(frozen=True, slots=True)
class Draft:
    """All valid parts of a scenario.

    Attributes
    ----------
    broken : frozenset of str
        Sections and tables of which some part is not valid; sums over them say nothing.
    unread : frozenset of str
        Tables of which something could not be read; what they lack says nothing.
    """

    tree: Fields
    parts: dict[type[BaseModel], tuple[Entry[BaseModel], ...]]
    broken: frozenset[str]
    unread: frozenset[str]

    def all(self, model: type[Model]) -> tuple[Entry[Model], ...]:
        """Return the valid rows or list items of a model, in order of the files."""
        return cast("tuple[Entry[Model], ...]", self.parts.get(model, ()))

    def one(self, model: type[Model]) -> Entry[Model] | None:
        """Return the valid section of a model; None when it is missing or has problems."""
        return next(iter(self.all(model)), None)

    def sole(self, model: type[Model]) -> Model:
        """Return the section of a model in a draft without problems."""
        return self.all(model)[0].value

    def column(self, table: str, column: str = "id") -> frozenset[str]:
        """Return the texts in a column, of valid and of other rows."""
        rows = tables_of(self.tree).entries.get(table)
        entries = rows.entries.values() if isinstance(rows, Fields) else ()
        cells = (row.entries.get(column) for row in entries if isinstance(row, Fields))
        return frozenset(str(cell.value) for cell in cells if isinstance(cell, Leaf))

    def intact(self, *names: str) -> bool:
        """Tell whether sections and tables are free of problems so far."""
        return not self.broken.intersection(names)


def draft(tree: Fields, problems: Problems) -> Draft:
    """Return the valid parts of the merged content; the rest is told as problems."""
    return _Drafting(tree, problems).result()


def tables_of(tree: Fields) -> Fields:
    """Return the tables of the merged content."""
    tables = tree.entries.get("tables")
    return tables if isinstance(tables, Fields) else Fields({}, {}, tree.origin)


class _Drafting:
    def __init__(self, tree: Fields, problems: Problems) -> None:
        self._tree = tree
        self._problems = problems
        self._parts: dict[type[BaseModel], tuple[Entry[BaseModel], ...]] = {}
        self._broken: set[str] = set()
        self._unread: set[str] = set()
        self._meant: set[str | None] = set()

    def result(self) -> Draft:
        self._unknown_keys()
        self._head()
        for section in SECTIONS:
            self._section(section)
        self._rules()
        for spec in TABLES:
            self._table(spec)
        return Draft(self._tree, self._parts, frozenset(self._broken), frozenset(self._unread))

    def _unknown_keys(self) -> None:
        for key in self._tree.entries:
            if key not in TOP_LEVEL:
                self._meant.add(nearest(key, TOP_LEVEL))
                advice = suggestion(key, TOP_LEVEL, "Known fields")
                self._problems.add(self._tree.keys[key], key, "is not a known field.", advice)

    def _head(self) -> None:
        others = [key for key in self._tree.entries if key not in HEAD_FIELDS]
        self._keep(Head, [(self._tree.without(*others), "")], "head")

    def _section(self, spec: SectionSpec) -> None:
        node = self._tree.entries.get(spec.name)
        if node is None:
            self._absent(spec)
        elif spec.many:
            self._list(spec, node)
        else:
            self._keep(spec.model, [(node, spec.name)], spec.name)

    def _absent(self, spec: SectionSpec) -> None:
        if spec.required:
            self._missing(self._tree, spec.name, spec.model.__doc__)
        elif not spec.many and not _needs_input(spec.model):
            blank = Fields({}, {}, self._tree.origin)
            self._parts[spec.model] = (Entry(spec.model(), blank, spec.name),)

    def _rules(self) -> None:
        node = self._tree.entries.get("rules", Fields({}, {}, self._tree.origin))
        if not isinstance(node, Fields):
            self._problems.add(node.origin, "rules", "must be a mapping of rules.")
            return
        for key in node.entries:
            if key not in RULE_IDS:
                advice = suggestion(key, RULE_IDS, "Rules")
                self._problems.add(node.keys[key], f"rules.{key}", "is not a known rule.", advice)
        for rule in RULES:
            settings = node.entries.get(rule.id)
            if isinstance(settings, Fields):
                self._groups(rule, settings)
                settings = settings.without(GROUPS)
            if settings is not None:
                self._keep(rule_model(rule), [(settings, f"rules.{rule.id}")], "rules")

    def _groups(self, rule: type[RosterRule], settings: Fields) -> None:
        """Keep what contract groups have otherwise; refuse it where nobody may."""
        groups, path = settings.entries.get(GROUPS), f"rules.{rule.id}.{GROUPS}"
        if groups is None:
            return
        if not isinstance(groups, Fields):
            self._problems.add(groups.origin, path, "must be a mapping of contract groups.")
        elif not may_differ_by_group(rule):
            self._problems.add(
                settings.keys[GROUPS],
                path,
                "cannot be: this rule is the same for all contract groups.",
                "It is about places, or about which shifts exist at all; set it for everybody.",
            )
        else:
            found = [(node, f"{path}.{name}") for name, node in groups.entries.items()]
            self._keep(group_model(rule), found, "rules")

    def _list(self, spec: SectionSpec, node: Node) -> None:
        if not isinstance(node, Items):
            self._broken.add(spec.name)
            self._problems.add(node.origin, spec.name, "must be a list.")
            return
        names = item_names(node, spec.name)
        if len(set(names)) < len(names):
            self._twice(spec, node, names)
        items = zip(node.items, names, strict=True)
        paths = [(item, f"{spec.name}.{name}") for item, name in items]
        self._keep(spec.model, paths, spec.name)

    def _twice(self, spec: SectionSpec, node: Items, names: list[str]) -> None:
        for index, name in enumerate(names):
            if name in names[:index]:
                first = node.items[names.index(name)].origin
                self._problems.add(
                    node.items[index].origin,
                    f"{spec.name}.{name}",
                    f"stands twice; first at {first}.",
                    f"Items are known by {spec.identity}: delete one or change it.",
                )

    def _table(self, spec: TableSpec) -> None:
        node = tables_of(self._tree).entries.get(spec.name)
        if node is None and spec.required:
            self._missing(tables_of(self._tree), f"tables.{spec.name}", spec.row.__doc__)
            self._broken.add(spec.name)
            self._unread.add(spec.name)
        elif isinstance(node, Fields):
            rows = [(_filled(row), f"{spec.name}.{key}") for key, row in node.entries.items()]
            self._keep(spec.row, rows, spec.name)
            self._same_keys(spec)
            if node.partial:
                self._broken.add(spec.name)
                self._unread.add(spec.name)
        elif node is not None:
            self._broken.add(spec.name)
            self._unread.add(spec.name)

    def _same_keys(self, spec: TableSpec) -> None:
        """Tell rows whose keys are equal by value, whatever their spelling or their layer."""
        first: dict[tuple[object, ...], Entry[BaseModel]] = {}
        for entry in self._parts[spec.row]:
            key = tuple(getattr(entry.value, column) for column in spec.key)
            other = first.setdefault(key, entry)
            if other is not entry:
                self._broken.add(spec.name)
                self._problems.add(
                    entry.node.origin,
                    entry.path,
                    f"stands twice; first at {other.node.origin}.",
                    f"Rows are known by {', '.join(spec.key)}: delete one or change it.",
                )

    def _keep(self, model: type[BaseModel], nodes: list[tuple[Node, str]], name: str) -> None:
        entries: list[Entry[BaseModel]] = []
        for node, path in nodes:
            if not isinstance(node, Fields):
                self._problems.add(node.origin, path, "must be a mapping of fields.")
                self._broken.add(name)
                continue
            value = validated(model, node, path, self._problems)
            if value is None:
                self._broken.add(name)
            else:
                entries.append(Entry(value, node, path))
        self._parts[model] = tuple(entries)

    def _missing(self, above: Fields, name: str, meaning: str | None) -> None:
        if name in self._meant:
            return
        words = (meaning or "").splitlines()[0]
        self._problems.add(above.origin, name, "is missing.", f"Add it: {words}")


def _filled(row: Node) -> Node:
    """Return a row without its empty cells: they take the default."""
    if not isinstance(row, Fields):
        return row
    cells = row.entries.items()
    return row.without(*(key for key, n in cells if isinstance(n, Leaf) and n.value is None))


def _needs_input(model: type[BaseModel]) -> bool:
    return any(field.is_required() for field in model.model_fields.values())
