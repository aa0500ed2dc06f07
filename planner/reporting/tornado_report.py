"""``report.html`` of a run of *sensitivity*: the tornado, its table, and what was not varied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd

from planner.reporting.decision_charts import tornado_chart
from planner.reporting.decision_page import Block, Cell, Page, decision_html, grid, number_cell
from planner.reporting.decision_words import as_written, signed, span
from planner.reporting.material import Material, Row
from planner.reporting.report import Document
from planner.reporting.setting_names import setting_name
from planner.reporting.words import Words
from planner.results.store import Run

#: Assumptions in the chart; all of them stand in the table.
_SHOWN = 20
#: Reasons with a text of their own; others are shown as they are.
_REASONS = ("free", "no_range", "no_field", "invalid")


@dataclass(frozen=True, slots=True)
class TornadoReport:
    """The report of assumptions, ``report.html``."""

    name: str = "tornado"
    needs: tuple[str, ...] = ("tornado",)

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield the page; it opens in ``language``."""
        material = Material(run)
        html = decision_html(run.manifest, language, lambda words: _page(material, words))
        yield Document(PurePosixPath("report.html"), html)


def _page(material: Material, words: Words) -> Page:
    manifest, facts = material.manifest, material.manifest.case_facts
    table = material.table("tornado")
    table = table.assign(name=[setting_name(str(p), material, words) for p in table["path"]])
    varied, skipped = table[table["note"] == ""], table[table["note"] != ""]
    unit = str(table["measure_unit"].iloc[0]) if len(table) else ""
    note = words(
        "common.interval_note",
        confidence=words.share(facts.confidence),
        replications=manifest.replications,
    )
    blocks = [
        Block(
            words("tornado.chart"),
            svg=tornado_chart(varied.head(_SHOWN), unit, words) if len(varied) else "",
            grid=grid(*_table(varied, words)),
            note=f"{note} {words('common.grey_note')}",
        )
    ]
    if len(skipped):
        blocks.append(Block(words("tornado.skipped"), grid=grid(*_skipped(skipped, words))))
    title = words.pick(facts.title_de, facts.title_en)
    lead = _lead(material, len(varied), len(skipped), words)
    return Page(words("tornado.title"), title, lead, tuple(blocks))


def _lead(material: Material, varied: int, skipped: int, words: Words) -> tuple[str, ...]:
    effort = material.manifest.effort
    row = material.table("tornado").iloc[0]
    scope, place, area, channel, measure = str(row["measure"]).split("/")
    parts = (
        words.name("measure", measure),
        words.name("channel", channel),
        material.area_name(area, words),
        material.scope_name(scope, place, words),
    )
    staffing = words(f"tornado.frozen_{effort['staffing']}")
    return (
        words(
            "tornado.lead",
            measure=", ".join(parts),
            base=words.quantity(float(row["base"]), str(row["measure_unit"])),
            count=varied,
            skipped=skipped,
        ),
        words("tornado.frozen", staffing=staffing),
    )


def _table(varied: pd.DataFrame, words: Words) -> tuple[list[str], list[list[Cell]]]:
    rows = [
        [
            _named(row),
            number_cell(
                as_written(words, str(row["value"])), words.name("setting_unit", str(row["unit"]))
            ),
            number_cell(" – ".join(as_written(words, str(row[end])) for end in ("low", "high"))),
            _end(row, "at_low", words),
            _end(row, "at_high", words),
            Cell(str(row["source"])),
        ]
        for row in varied.to_dict("records")
    ]
    keys = ("path", "value", "range", "at_low", "at_high", "source")
    return [words(f"tornado.{key}") for key in keys], rows


def _named(row: Row) -> Cell:
    """Return the name of a setting with its path, by which a case sets it, below."""
    name, path = str(row["name"]), str(row["path"])
    return Cell(name, "" if name == path else path)


def _end(row: Row, key: str, words: Words) -> Cell:
    value, low, high = (float(str(row[f"{key}{end}"])) for end in ("", "_low", "_high"))
    unit = str(row["measure_unit"])
    grey = low <= 0 <= high
    return number_cell(signed(words, value, unit), span(words, low, high, unit), grey=grey)


def _skipped(skipped: pd.DataFrame, words: Words) -> tuple[list[str], list[list[Cell]]]:
    rows = []
    for row in skipped.to_dict("records"):
        reason, _colon, detail = str(row["note"]).partition(":")
        text = words(f"tornado.{reason}") if reason in _REASONS else str(row["note"])
        rows.append(
            [_named(row), Cell(as_written(words, str(row["value"]))), Cell(text, detail.strip())]
        )
    return [words(f"tornado.{key}") for key in ("path", "value", "why")], rows
