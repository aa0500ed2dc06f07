"""Two scenarios, value by value, and the differences in words with who set them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.scenario.loading import read_draft
from planner.scenario.nodes import Fields, Items, Leaf, Node, Origin, plain
from planner.scenario.problems import Problems
from planner.scenario.row_changes import item_names

#: Names of the file itself: they differ always and say nothing.
_OWN = ("name", "title")
#: Remarks on a row that change nothing.
_REMARKS = ("confidence", "source", "note")
#: Changed rows of a table that are told one by one; more are summed up.
_SINGLE = 6
_KINDS = {
    "changed": ("geändert", "changed"),
    "new": ("neu", "new"),
    "gone": ("entfallen", "gone"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that differs; ``before`` or ``after`` is empty where there is none.

    ``set_by`` is the place of the later value (or, where it is gone, of the former).
    """

    path: tuple[str, ...]
    before: str
    after: str
    kind: str
    set_by: Origin


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or more differences in words, German and English, and who set them."""

    german: str
    english: str
    set_by: tuple[Origin, ...]

    def places(self, folder: Path) -> str:
        """Return who set it, relative to ``folder``; lines of one file are told as a span."""
        spans: dict[tuple[str, str], list[int]] = defaultdict(list)
        for origin in self.set_by:
            spans[origin.file, origin.layer].append(origin.line)
        return "; ".join(
            _place(file, layer, lines, folder) for (file, layer), lines in spans.items()
        )


def scenario_differences(
    base: Path,
    other: Path,
    settings: tuple[str, ...] = (),
    week: date | None = None,
) -> tuple[Difference, ...]:
    """Return every value in which the scenario ``other`` differs from ``base``.

    Raises
    ------
    ScenarioError
        When a file has problems; consistency is not checked.
    """
    trees = []
    for path in (base, other):
        problems = Problems()
        trees.append(read_draft(path, settings, week, problems).tree)
        problems.raise_any()
    return tuple(_fields(trees[0].without(*_OWN), trees[1].without(*_OWN), ()))


def in_words(differences: tuple[Difference, ...]) -> tuple[Sentence, ...]:
    """Return the differences as sentences; many rows of one table become one."""
    groups: dict[tuple[str, ...], list[Difference]] = defaultdict(list)
    for found in differences:
        is_cell = found.path[0] == "tables" and len(found.path) > 1
        key = (found.path[1], found.kind, found.path[3] if len(found.path) > 3 else "")
        groups[("tables", *key) if is_cell else found.path].append(found)
    return tuple(sentence for group in groups.values() for sentence in _told(group))


def _told(group: list[Difference]) -> Iterator[Sentence]:
    if len(group) <= _SINGLE:
        yield from (_single(found) for found in group)
        return
    first = group[0]
    table, column = first.path[1], first.path[3] if len(first.path) > 3 else ""
    german, english = _KINDS[first.kind]
    sums = _sums(group)
    origins = tuple(dict.fromkeys(found.set_by for found in group))
    name = f"{table}.{column}" if column else table
    yield Sentence(
        f"{name}: {len(group)} Zeilen {german}{sums.replace('sum', 'Summe')}",
        f"{name}: {len(group)} rows {english}{sums}",
        origins,
    )


def _single(found: Difference) -> Sentence:
    name = ".".join(step for step in found.path if step != "tables")
    if found.kind == "changed":
        text = f"{name}: {found.before} → {found.after}"
        return Sentence(text, text, (found.set_by,))
    german, english = _KINDS[found.kind]
    value = f" ({found.after or found.before})" if len(found.path) != 3 else ""
    return Sentence(f"{name}: {german}{value}", f"{name}: {english}{value}", (found.set_by,))


def _sums(group: list[Difference]) -> str:
    """Return former and new sum of numbers; nothing for texts."""
    try:
        before = sum(float(found.before) for found in group)
        after = sum(float(found.after) for found in group)
    except ValueError:
        return ""
    return f", sum {before:g} → {after:g}"


def _fields(base: Fields, other: Fields, path: tuple[str, ...]) -> Iterator[Difference]:
    for key in dict.fromkeys((*base.entries, *other.entries)):
        if len(path) == 3 and path[0] == "tables" and key in _REMARKS:
            continue
        yield from _nodes(base.entries.get(key), other.entries.get(key), (*path, key))


def _nodes(base: Node | None, other: Node | None, path: tuple[str, ...]) -> Iterator[Difference]:
    is_row = len(path) == 3 and path[0] == "tables"
    if isinstance(base, Fields) and isinstance(other, Fields):
        yield from _fields(base, other, path)
    elif isinstance(base, Items) and isinstance(other, Items):
        yield from _items(base, other, path)
    elif base is None and isinstance(other, Fields) and not is_row:
        yield from _fields(Fields({}, {}, other.origin), other, path)
    elif other is None and isinstance(base, Fields) and not is_row:
        yield from _fields(base, Fields({}, {}, base.origin), path)
    elif base is None and other is not None:
        yield Difference(path, "", _brief(other), "new", other.origin)
    elif other is None and base is not None:
        yield Difference(path, _brief(base), "", "gone", base.origin)
    elif base is not None and other is not None and not _equal(base, other):
        yield Difference(path, _brief(base), _brief(other), "changed", other.origin)


def _items(base: Items, other: Items, path: tuple[str, ...]) -> Iterator[Difference]:
    if _equal(base, other):
        return
    names = [item_names(items, path[-1]) for items in (base, other)]
    if any(name.isdigit() for name in (*names[0], *names[1])):
        yield Difference(path, _brief(base), _brief(other), "changed", other.origin)
        return
    rows = [dict(zip(n, i.items, strict=True)) for n, i in zip(names, (base, other), strict=True)]
    for name in dict.fromkeys((*names[0], *names[1])):
        yield from _nodes(rows[0].get(name), rows[1].get(name), (*path, name))


def _equal(base: Node, other: Node) -> bool:
    """Tell whether two nodes say the same, however written: 2 and 2.0, "a;b" and a;b."""
    one, two = plain(base), plain(other)
    if one == two:
        return True
    try:
        return float(str(one)) == float(str(two))
    except ValueError:
        return str(one) == str(two)


def _brief(node: Node) -> str:
    if isinstance(node, Leaf):
        text = "" if node.value is None else str(node.value)
        return " ".join(text.split()) or "–"
    text = str(plain(node))
    return text if len(text) <= 90 else f"{text[:87]}…"


def _place(file: str, layer: str, lines: list[int], folder: Path) -> str:
    first, last = min(lines), max(lines)
    if not last:
        return str(Origin(file, 0, layer))
    relative = Path(os.path.relpath(file, folder)).as_posix()
    where = f"{relative}:{first}" if first == last else f"{relative}:{first}-{last}"
    return f"{where} ({layer})" if layer else where
