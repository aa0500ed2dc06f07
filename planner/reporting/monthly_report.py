"""``report.html`` and ``monthly.xlsx`` of a run of *monthly*: figures by site and month."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import pandas as pd
import xlsxwriter

from planner.reporting.decision_charts import month_chart
from planner.reporting.decision_page import Block, Cell, Page, decision_html, grid, number_cell
from planner.reporting.decision_words import decision_words
from planner.reporting.material import Material, Row
from planner.reporting.report import Document
from planner.reporting.words import Words
from planner.reporting.workbook import guarded
from planner.results.store import Run

#: (column, unit, key of its heading), in the order of the tables.
_COLUMNS = (
    ("posts_filled", "fte", "monthly.posts_filled"),
    ("posts_planned", "fte", "monthly.posts_planned"),
    ("posts_vacant", "fte", "monthly.posts_vacant"),
    ("sickness_share", "share", "monthly.sickness_share"),
    ("lead_days", "days", "monthly.lead_days"),
    ("wait_appointment", "min", "hours.wait_appointment"),
    ("wait_walk_in", "min", "hours.wait_walk_in"),
    ("customers", "customers", "monthly.customers"),
    ("walk_in_share", "share", "monthly.walk_in_share"),
    ("open_hours", "h", "hours.open_hours"),
)
_FORMATS = {"share": "0.0%", "customers": "#,##0"}
_WIDTHS = (10, 30, 18, *(14,) * len(_COLUMNS))


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """The monthly figures, ``report.html`` and ``monthly.xlsx``."""

    name: str = "monthly"
    needs: tuple[str, ...] = ("monthly",)

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield the page, which opens in ``language``, and the workbook in it."""
        material = Material(run)
        html = decision_html(run.manifest, language, lambda words: _page(material, words))
        yield Document(PurePosixPath("report.html"), html)
        workbook = _workbook(material, decision_words(language))
        yield Document(PurePosixPath("monthly.xlsx"), workbook)


def _page(material: Material, words: Words) -> Page:
    facts, manifest = material.manifest.case_facts, material.manifest
    table = material.table("monthly")
    leads = table[table["lead_days"].notna()]
    note = words(
        "common.interval_note",
        confidence=words.share(facts.confidence),
        replications=manifest.replications,
    )
    blocks = []
    if len(leads):
        shown = leads[["name", "month"]].assign(lead=leads["lead_days"])
        blocks.append(Block(words("monthly.chart"), svg=month_chart(shown, words)))
    for month, rows in table.groupby("month"):
        body = [_row(row, material, words) for row in rows.to_dict("records")]
        blocks.append(Block(str(month), grid=grid(_headings(words)[1:], body)))
    lead = (words("monthly.lead"), words("monthly.posts_note"), note)
    title = words.pick(facts.title_de, facts.title_en)
    return Page(words("monthly.title"), title, lead, tuple(blocks))


def _headings(words: Words) -> list[str]:
    first = (words("monthly.month"), words("hours.site"), words("hours.district"))
    return [*first, *(words(key) for _column, _unit, key in _COLUMNS)]


def _row(row: Row, material: Material, words: Words) -> list[Cell]:
    cells = [Cell(str(row["name"])), Cell(material.district_name(str(row["district"])))]
    for column, unit, _key in _COLUMNS:
        value, interval = float(str(row[column])), ""
        if f"{column}_low" in row:
            low, high = (float(str(row[f"{column}_{end}"])) for end in ("low", "high"))
            interval = words.interval(low, high, unit)
        cells.append(number_cell(words.amount(value, unit), interval))
    return cells


def _workbook(material: Material, words: Words) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime.fromisoformat(material.manifest.created_utc)})
    sheet = book.add_worksheet(words("monthly.title")[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {u: book.add_format({"num_format": _FORMATS.get(u, "0.0")}) for _c, u, _k in _COLUMNS}
    for column, (heading, width) in enumerate(zip(_headings(words), _WIDTHS, strict=True)):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, width)
    table = material.table("monthly")
    for line, row in enumerate(table.to_dict("records"), start=1):
        texts = (row["month"], row["name"], material.district_name(str(row["district"])))
        for column, text in enumerate(texts):
            sheet.write_string(line, column, guarded(str(text)))
        for column, (name, unit, _key) in enumerate(_COLUMNS, start=len(texts)):
            if not pd.isna(row[name]):
                sheet.write_number(line, column, float(row[name]), formats[unit])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(table), len(_WIDTHS) - 1)
    book.close()
    return buffer.getvalue()
