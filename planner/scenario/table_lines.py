"""The tables of a resolved scenario, read line by line: what takes a YAML parser twenty seconds.

Only the one form is read in which ``resolved`` writes rows: one row a line, as a flow mapping of
plain words, numbers, texts in double quotes and lists of them.  Anything else gives None, and the
whole text goes to the YAML parser: nothing is read in two ways.  What a plain word is (a number, a
truth value, text) is asked of the same YAML 1.2 resolver.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from planner.scenario.nodes import Fields, Items, Leaf, Node, Origin, Value

#: Gives the value of a plain word.
Resolve = Callable[[str], Value]

_TABLE = re.compile(r"  (\w+):( \[\])?")
_WORD = r"[A-Za-zÄÖÜäöüß_0-9](?:[\wÄÖÜäöüß/()+.%-]| (?=[\wÄÖÜäöüß/()+.%-]))*"
_NUMBER = r"[+-]?\.?\d[\d.]*(?:[eE][+-]?\d+)?"
_TEXT = r'"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"'
_SCALAR = re.compile(f"(?P<text>{_TEXT})|(?P<plain>{_NUMBER}(?=[,\\]}}])|{_WORD}(?=[,\\]}}]))")
_KEY = re.compile(r"([A-Za-z_]\w*): ")
_ROW_START = "    - {"
_ROW_END = re.compile(r"\}(?: +#.*)?")


class _OtherFormError(Exception):
    """The text is not in the one form."""


@dataclass(frozen=True, slots=True)
class SplitText:
    """A text whose rows are read.

    Attributes
    ----------
    rest : str
        The text with an empty line in place of every line of the tables.
    tables : Fields
        The tables, standing where they stood.
    """

    rest: str
    tables: Fields


def split_tables(text: str, file: str, resolve: Resolve) -> SplitText | None:
    """Return ``text`` without its tables, and the tables; None if they have another form."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if line == "tables:"]
    if len(starts) != 1:
        return None
    first = starts[0] + 1
    last = next((n for n in range(first, len(lines)) if not lines[n].startswith("  ")), len(lines))
    try:
        tables = _tables(lines, range(first, last), file, resolve)
    except _OtherFormError:
        return None
    rest = [*lines[: first - 1], "tables: {}", *([""] * (last - first)), *lines[last:]]
    return SplitText("\n".join(rest), tables)


def _tables(lines: list[str], within: range, file: str, resolve: Resolve) -> Fields:
    where = Origin(file, within.start)
    tables = Fields({}, {}, where)
    rows: list[Node] = []
    for number in within:
        line, origin = lines[number], Origin(file, number + 1)
        if line.startswith(_ROW_START) and tables.entries:
            rows.append(_row(line, origin, resolve))
            continue
        head = _TABLE.fullmatch(line)
        if head is None or head[1] in tables.entries:
            raise _OtherFormError
        _close(tables, rows)
        rows = []
        tables.entries[head[1]] = Items((), origin)
        tables.keys[head[1]] = origin
        if head[2] is None and not (
            number + 1 in within and lines[number + 1].startswith(_ROW_START)
        ):
            raise _OtherFormError
    _close(tables, rows)
    if not tables.entries:
        raise _OtherFormError
    return tables


def _close(tables: Fields, rows: list[Node]) -> None:
    """Give the rows read so far to the last table."""
    if tables.entries and rows:
        name = next(reversed(tables.entries))
        tables.entries[name] = Items(tuple(rows), tables.keys[name])


def _row(line: str, origin: Origin, resolve: Resolve) -> Fields:
    if not line.isprintable():
        raise _OtherFormError
    row = Fields({}, {}, origin)
    at = len(_ROW_START)
    while True:
        key = _KEY.match(line, at)
        if key is None or key[1] in row.entries:
            raise _OtherFormError
        node, at = _cell(line, key.end(), origin, resolve)
        row.entries[key[1]] = node
        row.keys[key[1]] = origin
        if line.startswith(", ", at):
            at += 2
            continue
        if _ROW_END.fullmatch(line, at) is None:
            raise _OtherFormError
        return row


def _cell(line: str, at: int, origin: Origin, resolve: Resolve) -> tuple[Node, int]:
    if not line.startswith("[", at):
        return _scalar(line, at, origin, resolve)
    items: list[Node] = []
    at += 1
    while not line.startswith("]", at):
        if items:
            if not line.startswith(", ", at):
                raise _OtherFormError
            at += 2
        item, at = _scalar(line, at, origin, resolve)
        items.append(item)
    return Items(tuple(items), origin), at + 1


def _scalar(line: str, at: int, origin: Origin, resolve: Resolve) -> tuple[Leaf, int]:
    found = _SCALAR.match(line, at)
    if found is None:
        raise _OtherFormError
    word = found["plain"]
    value = json.loads(found["text"]) if word is None else resolve(word)
    return Leaf(value, origin), found.end()
