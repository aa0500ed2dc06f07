"""``roster.xlsx``: one row a shift, a grid per location, coverage and targets.

Texts that a spreadsheet would take for a formula are guarded; equal runs give equal bytes.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import PurePosixPath

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planner.domain.roster import Assignment
from planner.reporting.ledger_section import COUNTED
from planner.reporting.material import Material, Row
from planner.reporting.report import Document
from planner.reporting.roster_grid import Cell, GridMaker, GridRow
from planner.reporting.summary import period
from planner.reporting.verdicts import count_verdicts, headline, unit_of
from planner.reporting.words import Words, words_of
from planner.results.store import Run
from planner.units import MINUTES_PER_HOUR, minute_to_clock

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SHEET_NAME_LENGTH = 31
_COLOURS = {"early": "#E8F1FA", "day": "#F6F3E4", "late": "#EFE6F5", "absent": "#ECEFF2"}
_VERDICTS = {"met": "#E3F3EE", "missed": "#FDEBE2", "undecided": "#E9ECF0"}


@dataclass(frozen=True, slots=True)
class RosterWorkbook:
    """The workbook for planners, ``roster.xlsx``."""

    name: str = "workbook"
    needs: tuple[str, ...] = ("roster", "activities", "employees", "locations")

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield the workbook in ``language``."""
        yield Document(
            PurePosixPath("roster.xlsx"), _Writer(Material(run), words_of(language)).write()
        )


def guarded(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and text not in ("-", "–") else text


def sheet_name(name: str, taken: set[str]) -> str:
    """Return ``name`` as a sheet name that is not taken: 31 characters, no brackets or slashes."""
    clean = re.sub(r"[\[\]:*?/\\']", " ", name).strip() or "-"
    short, number = clean[:_SHEET_NAME_LENGTH], 2
    while short.lower() in taken:
        suffix = f" {number}"
        short, number = clean[: _SHEET_NAME_LENGTH - len(suffix)] + suffix, number + 1
    taken.add(short.lower())
    return short


class _Writer:
    """Writes one workbook; formats are made once and shared by the sheets."""

    def __init__(self, material: Material, words: Words) -> None:
        self._material = material
        self._words = words
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer, {"in_memory": True, "strings_to_formulas": False}
        )
        self._taken: set[str] = set()
        self._head = self._book.add_format(
            {"bold": True, "bottom": 1, "bg_color": "#F4F6F8", "text_wrap": True, "valign": "top"}
        )
        self._title = self._book.add_format({"bold": True, "font_size": 14})
        self._date = self._book.add_format({"num_format": "dd.mm.yyyy"})
        self._hours = self._book.add_format({"num_format": "0.00"})
        self._share = self._book.add_format({"num_format": "0.0%"})
        self._number = self._book.add_format({"num_format": "#,##0.00"})
        self._missing = self._book.add_format({"bg_color": _VERDICTS["missed"], "bold": True})
        self._kinds = self._fills(_COLOURS, {"text_wrap": True, "align": "center", "border": 4})
        self._verdicts = self._fills(_VERDICTS, {})
        self._plain = self._book.add_format({"text_wrap": True, "align": "center", "border": 4})

    def write(self) -> bytes:
        """Return the finished workbook."""
        # A fixed time of making, so that equal runs give equal bytes.
        made = datetime.combine(self._material.dates[0], time())
        self._book.set_properties({"title": self._words("workbook.title"), "created": made})
        self._overview()
        self._shifts()
        self._grids()
        self._coverage()
        self._targets()
        if self._material.run.has("ledger"):
            self._ledger()
        self._book.close()
        return self._buffer.getvalue()

    def _fills(self, colours: dict[str, str], rest: dict[str, object]) -> dict[str, Format]:
        return {k: self._book.add_format({"bg_color": c, **rest}) for k, c in colours.items()}

    def _sheet(self, name: str) -> Worksheet:
        sheet = self._book.add_worksheet(sheet_name(name, self._taken))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self._material.manifest.run_id}&C&A&R&P / &N")
        return sheet

    def _table(self, name: str, keys: list[str], widths: list[int], rows: int) -> Worksheet:
        """Add a sheet with a heading row that stays in sight, repeats in print and filters."""
        sheet = self._sheet(self._words(f"workbook.{name}"))
        for column, (key, width) in enumerate(zip(keys, widths, strict=True)):
            sheet.write_string(0, column, self._words(f"workbook.{key}"), self._head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(rows, 1), len(keys) - 1)
        return sheet

    def _overview(self) -> None:
        words, material = self._words, self._material
        sheet = self._sheet(words("workbook.overview"))
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 90)
        facts = material.manifest.case_facts
        sheet.write_string(0, 0, words("workbook.title"), self._title)
        lines = [
            (words("facts.case"), words.pick(facts.title_de, facts.title_en)),
            ("", period(material, words)),
            (words("facts.run_id"), material.manifest.run_id),
            (
                words("workbook.targets"),
                headline(count_verdicts(material.table("measures")), words),
            ),
            (words("workbook.legend"), words("roster.legend")),
            ("", words("page.synthetic")),
        ]
        for row, (name, value) in enumerate(lines, start=2):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, guarded(value))

    def _shifts(self) -> None:
        keys = ["employee", "date", "weekday", "location", "start", "end", "breaks"]
        keys += ["paid_hours", "home", "activities"]
        shifts = self._material.roster.assignments
        widths = [20, 11, 12, 24, 8, 8, 18, 9, 24, 70]
        sheet = self._table("shifts", keys, widths, len(shifts))
        for row, shift in enumerate(shifts, start=1):
            self._shift(sheet, row, shift)

    def _shift(self, sheet: Worksheet, row: int, shift: Assignment) -> None:
        names, words = self._material.place_names, self._words
        person = self._material.people.get(shift.employee)
        breaks = ";".join(_span(b.start_minute, b.end_minute) for b in shift.breaks)
        pieces = (
            f"{_span(p.start_minute, p.end_minute)} {words(f'activity.{p.activity.value}')}"
            for p in shift.pieces
        )
        sheet.write_string(row, 0, guarded(shift.employee))
        sheet.write_datetime(row, 1, datetime.combine(shift.day, time()), self._date)
        sheet.write_string(row, 2, words.weekday(shift.day))
        sheet.write_string(row, 3, guarded(names.get(shift.location, shift.location)))
        sheet.write_string(row, 4, minute_to_clock(shift.start_minute))
        sheet.write_string(row, 5, minute_to_clock(shift.end_minute))
        sheet.write_string(row, 6, breaks)
        sheet.write_number(row, 7, shift.paid_minutes / MINUTES_PER_HOUR, self._hours)
        sheet.write_string(row, 8, guarded(names.get(person.home, person.home)) if person else "")
        sheet.write_string(row, 9, ", ".join(pieces))

    def _grids(self) -> None:
        maker = GridMaker.of(self._material, self._words)
        for place in self._material.places:
            grid = maker.grid(place.id)
            sheet = self._sheet(place.name)
            sheet.set_column(0, 0, 22)
            sheet.set_column(1, 1, 14)
            sheet.set_column(2, 1 + len(grid.days), 16)
            heads = (self._words("roster.employee"), self._words("roster.hours"), *grid.days)
            for column, text in enumerate(heads):
                sheet.write_string(0, column, text, self._head)
            sheet.freeze_panes(1, 2)
            sheet.repeat_rows(0)
            for number, grid_row in enumerate(grid.rows, start=1):
                self._grid_row(sheet, number, grid_row)
            last = len(grid.rows) + 1
            sheet.write_string(last, 0, self._words("roster.present"), self._head)
            for column, count in enumerate(grid.present, start=2):
                sheet.write_number(last, column, int(count), self._head)

    def _grid_row(self, sheet: Worksheet, number: int, row: GridRow) -> None:
        mark = "*" if row.trainee else ""
        sheet.write_string(number, 0, guarded(f"{row.employee}{mark}"))
        sheet.write_string(number, 1, f"{row.planned} / {row.due}")
        for column, cell in enumerate(row.cells, start=2):
            form = self._kinds.get(cell.kind, self._plain)
            sheet.write_string(number, column, guarded(_cell_text(cell)), form)

    def _coverage(self) -> None:
        keys = ["location", "date", "start", "skill", "required", "rostered", "short", "over"]
        rows = self._material.table("requirement")
        rows = rows[rows["date"] != ""]
        sheet = self._table("coverage", keys, [24, 11, 8, 28, 8, 8, 8, 8], len(rows))
        names = self._material.place_names
        for number, row in enumerate(rows.itertuples(index=False), start=1):
            sheet.write_string(number, 0, guarded(names.get(str(row.location), str(row.location))))
            day = date.fromisoformat(str(row.date))
            sheet.write_datetime(number, 1, datetime.combine(day, time()), self._date)
            sheet.write_string(number, 2, str(row.start))
            sheet.write_string(number, 3, guarded(self._words.name("skill", str(row.skill))))
            for column, value in enumerate((row.required, row.rostered, row.short, row.over), 4):
                sheet.write_number(number, column, int(str(value)))
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": self._missing}
        sheet.conditional_format(1, 6, max(len(rows), 1), 6, rule)

    def _targets(self) -> None:
        keys = ["scope", "id", "area", "channel", "measure", "value", "low", "high"]
        keys += ["unit", "target", "verdict"]
        rows = self._material.table("measures")
        widths = [12, 26, 26, 16, 38, 10, 10, 10, 10, 10, 18]
        sheet = self._table("measures", keys, widths, len(rows))
        for number, row in enumerate(rows.to_dict("records"), start=1):
            self._measure(sheet, number, row)

    def _ledger(self) -> None:
        """Add every week of everybody's ledger of fairness, the latest first."""
        words, material = self._words, self._material
        sheet = self._sheet(words("ledger.heading"))
        heads = [words(f"ledger.{key}") for key in ("employee", "home", "week")]
        for done, _ in COUNTED:
            heads += [words(f"ledger.{done}"), words("ledger.balance")]
        for column, text in enumerate(heads):
            sheet.write_string(0, column, text, self._head)
        sheet.set_column(0, len(heads) - 1, 16)
        rows = material.table("ledger").sort_values(["week", "employee"], ascending=[False, True])
        for number, row in enumerate(rows.to_dict("records"), start=1):
            person = material.people.get(str(row["employee"]))
            home = material.place_names.get(person.home, person.home) if person else ""
            sheet.write_string(number, 0, guarded(str(row["employee"])))
            sheet.write_string(number, 1, guarded(home))
            monday = date.fromisoformat(str(row["week"]))
            sheet.write_datetime(number, 2, datetime.combine(monday, time()), self._date)
            figures = [row[key] for pair in COUNTED for key in pair]
            for column, value in enumerate(figures, start=3):
                sheet.write_number(number, column, float(str(value)), self._number)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)

    def _measure(self, sheet: Worksheet, number: int, row: Row) -> None:
        words, material = self._words, self._material
        texts = (
            words.name("scope", str(row["scope"])),
            material.scope_name(str(row["scope"]), str(row["id"]), words),
            material.area_name(str(row["area"]), words),
            words.name("channel", str(row["channel"])),
            words.name("measure", str(row["measure"])),
        )
        for column, text in enumerate(texts):
            sheet.write_string(number, column, guarded(text))
        form = self._share if row["unit"] == "share" else self._number
        for column, key in ((5, "value"), (6, "ci_low"), (7, "ci_high"), (9, "target")):
            value = float(str(row[key]))
            if not math.isnan(value):
                sheet.write_number(number, column, value, form)
        sheet.write_string(
            number, 8, words.name("unit", unit_of(str(row["measure"]), str(row["unit"])))
        )
        met = str(row["met"])
        if met:
            sheet.write_string(number, 10, words(f"verdict.{met}"), self._verdicts[met])


def _span(start: int, end: int) -> str:
    return f"{minute_to_clock(start)}-{minute_to_clock(end)}"


def _cell_text(cell: Cell) -> str:
    lines = (f"{cell.code} {cell.times}".strip(), f"↗ {cell.place}" if cell.place else cell.breaks)
    return "\n".join(line for line in lines if line)
