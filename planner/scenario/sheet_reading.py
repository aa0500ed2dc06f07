"""Wishes, absences and rosters that people filled in: sheets of a workbook, or one CSV file.

What a table is follows from its headings, German or English; every cell knows its place, so that
problems are told by sheet and cell (``Wünsche!B7``) or by file and line.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from planner.errors import Problem, StoreError

#: Headings by column; the first one is written, all are read (case does not matter).
HEADINGS: dict[str, tuple[str, ...]] = {
    "employee": ("Person", "employee"),
    "date": ("Datum", "date"),
    "wish": ("Wunsch", "wish", "kind"),
    "weight": ("Gewicht", "weight"),
    "first_day": ("Erster Tag", "first_day"),
    "last_day": ("Letzter Tag", "last_day"),
    "absence": ("Art", "absence", "kind"),
    "location": ("Standort", "location"),
    "start": ("Beginn", "start"),
    "end": ("Ende", "end"),
    "break_start": ("Pause von", "break_start"),
    "break_end": ("Pause bis", "break_end"),
    "locked": ("Gesperrt", "locked"),
}
#: Tables: columns in order, and how many of them must be there.
TABLES: dict[str, tuple[tuple[str, ...], int]] = {
    "roster": (
        ("employee", "date", "location", "start", "end", "break_start", "break_end", "locked"),
        5,
    ),
    "absences": (("employee", "first_day", "last_day", "absence"), 4),
    "wishes": (("employee", "date", "wish", "weight"), 3),
}
SHEETS = {"roster": "Dienstplan", "absences": "Abwesenheiten", "wishes": "Wünsche"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its cells by column, and where each stands."""

    cells: dict[str, object]
    places: dict[str, tuple[str, int]]

    def problem(self, column: str, message: str, advice: str = "") -> Problem:
        """Return a problem of the cell in ``column``."""
        file, line = self.places.get(column) or next(iter(self.places.values()))
        return Problem(file, line, HEADINGS[column][0], message, advice)


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table that somebody filled in; ``kind`` is a key of ``TABLES``."""

    kind: str
    rows: tuple[SheetRow, ...]


def read_filled(path: Path) -> tuple[FilledTable, ...]:
    """Return the tables of a workbook (``.xlsx``) or of a CSV file.

    Raises
    ------
    StoreError
        When the file cannot be read or holds no known table.
    """
    if not path.is_file():
        raise StoreError(f"{path}: there is no such file")
    workbook = path.suffix.lower() in {".xlsx", ".xlsm"}
    found = tuple(_workbook(path) if workbook else _csv(path))
    if not found:
        known = "; ".join(
            f"{name}: {', '.join(HEADINGS[c][0] for c in columns[:needed])}"
            for name, (columns, needed) in TABLES.items()
        )
        raise StoreError(f"{path}: no table with known headings; known are {known}")
    return found


def _workbook(path: Path) -> Iterable[FilledTable]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError) as error:
        raise StoreError(f"{path}: not a workbook (.xlsx): {error}") from error
    try:
        for sheet in book.worksheets:
            rows = list(sheet.iter_rows(values_only=True))
            for head, heading in enumerate(rows[:10]):
                kind = _kind(heading)
                if kind:
                    below = [(number, row) for number, row in enumerate(rows[head + 1 :], head + 2)]
                    yield _table(kind, heading, below, f"{path} {sheet.title}!")
                    break
    finally:
        book.close()


def _csv(path: Path) -> Iterable[FilledTable]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="cp1252")
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    kind = _kind(rows[0]) if rows else ""
    if kind:
        yield _table(kind, rows[0], list(enumerate(rows[1:], start=2)), str(path))


def _columns(heading: Sequence[object], kind: str) -> dict[str, int]:
    """Return the position of each column of ``kind`` that the headings have."""
    names = [str(cell).strip().lower() if cell is not None else "" for cell in heading]
    wanted = {column: [h.lower() for h in HEADINGS[column]] for column in TABLES[kind][0]}
    return {
        column: next(i for i, name in enumerate(names) if name in known)
        for column, known in wanted.items()
        if any(name in known for name in names)
    }


def _kind(heading: Sequence[object]) -> str:
    """Return the table whose needed columns the headings have, empty if there is none."""
    for kind, (columns, needed) in TABLES.items():
        if set(columns[:needed]) <= set(_columns(heading, kind)):
            return kind
    return ""


def _table(
    kind: str,
    heading: Sequence[object],
    rows: Sequence[tuple[int, Sequence[object]]],
    where: str,
) -> FilledTable:
    at = _columns(heading, kind)
    found = []
    for number, row in rows:
        cells = {name: row[i] if i < len(row) else None for name, i in at.items()}
        cells = {name: _bare(cell) for name, cell in cells.items()}
        if any(cell is not None for cell in cells.values()):
            places = {name: _place(where, number, i) for name, i in at.items()}
            found.append(SheetRow(cells, places))
    return FilledTable(kind, tuple(found))


def _place(where: str, number: int, column: int) -> tuple[str, int]:
    if where.endswith("!"):
        return f"{where}{get_column_letter(column + 1)}{number}", 0
    return where, number


def _bare(cell: object) -> object:
    """Return a cell without blanks; an empty text is no cell."""
    text = cell.strip() if isinstance(cell, str) else cell
    return None if text == "" else text
