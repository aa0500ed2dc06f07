"""``report.html`` of a history: observed against simulated, with what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd

from planner.reporting.html_report import environment
from planner.reporting.lead_charts import history_chart
from planner.reporting.material import Material, Row
from planner.reporting.report import Document
from planner.reporting.run_sections import fact_rows
from planner.reporting.verdicts import number
from planner.reporting.words import LANGUAGES, Words, words_of
from planner.results.store import Run


@dataclass(frozen=True, slots=True)
class HistoryReport:
    """The report of ``planner history``."""

    name: str = "history"
    needs: tuple[str, ...] = ("history", "history_months")

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield the page; it opens in ``language``."""
        material = Material(run)
        pages = {name: _page(material, words_of(name)) for name in LANGUAGES}
        template = environment().get_template("months.html.j2")
        html = template.render(pages=pages, initial=language, body="history.html.j2")
        yield Document(PurePosixPath("report.html"), html.encode("utf-8"))


def _page(material: Material, words: Words) -> dict[str, object]:
    facts = material.manifest.case_facts
    compared, months = material.table("history"), material.table("history_months")
    rows = [_compared(row, words) for row in compared.to_dict("records")]
    keys = {key for text in (*compared["source"], *months["source"]) for key in text.split(";")}
    books = material.table("bibliography")
    return {
        "w": words,
        "manifest": material.manifest,
        "title": words.pick(facts.title_de, facts.title_en),
        "heading": words("history.heading"),
        "headline": words(
            "history.headline",
            fits=sum(row["fits"] == "yes" for row in rows),
            plan=sum(row["plan_fits"] == "yes" for row in rows),
            total=len(rows),
        ),
        "compared": rows,
        "misfits": [row for row in rows if row["fits"] == "no"],
        "chart": _chart(compared, months, words),
        "months": [_month(row, words) for row in months.to_dict("records")],
        "publications": books[books["key"].isin(keys)].to_dict("records"),
        "facts": fact_rows(material, words),
    }


def _compared(row: Row, words: Words) -> dict[str, str]:
    value, low, high = (number(row[name]) for name in ("simulated", "low", "high"))
    beyond = max(low - value, value - high, 0.0)
    key = "history.too_short" if value < low else "history.too_long"
    return {
        "id": str(row["id"]),
        "period": str(row["period"]).replace("/", " – "),
        "measure": words(f"measure.{row['measure']}"),
        "observed": str(row["observed"]),
        "accepted": f"{words.number(low, 1)} – {words.number(high, 1)}",
        "simulated": words.number(value, 1),
        "planned": words.number(number(row["planned"]), 1),
        "fits": str(row["fits"]),
        "plan_fits": str(row["plan_fits"]),
        "source": str(row["source"]),
        "note": str(row["note"]),
        "distance": words(key, days=words.number(beyond, 1)),
    }


def _chart(compared: pd.DataFrame, months: pd.DataFrame, words: Words) -> str:
    lines = months.assign(day=months["month"] + "-28")
    seen = compared.assign(day=[str(period)[:7] + "-15" for period in compared["period"]])
    seen = seen[["day", "low", "high"]]
    label = words("history.chart_label")
    return history_chart(lines, seen, words.language, label, words("capacity.days"))


def _month(row: Row, words: Words) -> dict[str, str]:
    def figure(column: str, digits: int = 1) -> str:
        return words.number(number(row[column]), digits)

    low, high = figure("simulated_low"), figure("simulated_high")
    return {
        "month": str(row["month"]),
        "posts": figure("posts"),
        "training": figure("in_training"),
        "absent": words.share(number(row["absent_share"]), 1),
        "extra": figure("extra_desk_hours", 0),
        "asked": figure("asked_slots", 0),
        "offered": figure("offered_slots", 0),
        "planned": figure("fluid_lead"),
        "simulated": figure("simulated_lead"),
        "range": f"{low} – {high}",
        "given_up": figure("given_up", 0),
        "confidence": words.name("confidence", str(row["confidence"])),
        "source": str(row["source"]),
    }
