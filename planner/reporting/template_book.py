"""A workbook that a team lead can fill in: wishes, absences, roster and locks, with drop-downs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Item = str | float | date | None

#: Empty rows below what is filled in, with the same drop-downs.
SPARE_ROWS = 200
_HINTS = (
    "Diese Mappe ist eine Vorlage: Zeilen ergänzen oder ändern, speichern und einlesen mit",
    "    planner import DATEI.xlsx --run ERGEBNISORDNER   (oder --case FALL)",
    "",
    "Dienstplan: eine Zeile je Schicht; Zeile löschen heißt: an diesem Tag frei.",
    "Gesperrt = ja: diese Schicht bleibt bei Reparaturen, wie sie ist.",
    "Wünsche und Abwesenheiten kommen zu denen des Falls hinzu.",
    "Datum als 17.04.2024, Zeiten als 08:30. Fehler werden mit Blatt und Zelle genannt.",
)


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A sheet: headings, rows, and for each column the texts that it may hold (empty: free)."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Item]]
    choices: tuple[tuple[str | date, ...], ...]


def template_book(sheets: Iterable[TemplateSheet]) -> bytes:
    """Return the workbook; equal content gives equal bytes."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"created": datetime(2024, 1, 1)})  # noqa: DTZ001  # a fixed mark
    hints = book.add_worksheet("Hinweise")
    hints.set_column(0, 0, 100)
    for row, text in enumerate(_HINTS):
        hints.write_string(row, 0, text)
    lists = _Lists(book)
    for sheet in sheets:
        _write(book, sheet, lists)
    lists.write()
    book.close()
    return memory.getvalue()


class _Lists:
    """The hidden sheet behind the drop-downs: one column per list."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._columns: dict[tuple[str | date, ...], int] = {}

    def source(self, choice: tuple[str | date, ...]) -> str:
        column = self._columns.setdefault(choice, len(self._columns))
        letter = xlsxwriter.utility.xl_col_to_name(column)
        return f"=Listen!${letter}$1:${letter}${len(choice)}"

    def write(self) -> None:
        sheet = self._book.add_worksheet("Listen")
        day = self._book.add_format({"num_format": "dd.mm.yyyy"})
        for choice, column in self._columns.items():
            for row, item in enumerate(choice):
                _cell(sheet, (row, column), item, day)
        sheet.hide()


def _write(book: Workbook, sheet: TemplateSheet, lists: _Lists) -> None:
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True, "bg_color": "#E8F1FA", "bottom": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    text = book.add_format({"num_format": "@"})
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, heading, bold)
        page.set_column(column, column, max(12, len(heading) + 2), text)
    for number, row in enumerate(sheet.rows, start=1):
        for column, item in enumerate(row):
            _cell(page, (number, column), item, day)
    last = len(sheet.rows) + SPARE_ROWS
    for column, choice in enumerate(sheet.choices):
        if choice:
            rule = {
                "validate": "list",
                "source": lists.source(choice),
                "error_title": sheet.headings[column],
                "error_message": "Bitte einen Wert aus der Liste wählen.",
            }
            page.data_validation(1, column, last, column, rule)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.headings) - 1)


def _cell(page: Worksheet, at: tuple[int, int], item: Item, day: object) -> None:
    if isinstance(item, date):
        page.write_datetime(*at, datetime(item.year, item.month, item.day), day)  # noqa: DTZ001
    elif isinstance(item, str):
        page.write_string(*at, item)
    elif item is not None:
        page.write_number(*at, item)
