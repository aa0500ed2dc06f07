"""``report.html`` of a plan over months: answers, both curves by district, the plan by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

import pandas as pd

from planner.reporting.html_report import environment
from planner.reporting.lead_charts import lead_panels
from planner.reporting.material import Material, Row
from planner.reporting.report import Document
from planner.reporting.run_sections import fact_rows
from planner.reporting.verdicts import number
from planner.reporting.words import LANGUAGES, Words, words_of
from planner.results.store import Run

#: Questions in the order in which they are answered.
_QUESTIONS = ("plan", "posts", "clearing", "absence")


@dataclass(frozen=True, slots=True)
class CapacityReport:
    """The report of ``planner capacity``."""

    name: str = "capacity"
    needs: tuple[str, ...] = ("answers",)

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield the page; it opens in ``language``."""
        material = Material(run)
        pages = {name: _page(material, words_of(name)) for name in LANGUAGES}
        template = environment().get_template("months.html.j2")
        html = template.render(pages=pages, initial=language, body="capacity.html.j2")
        yield Document(PurePosixPath("report.html"), html.encode("utf-8"))


def _page(material: Material, words: Words) -> dict[str, object]:
    facts = material.manifest.case_facts
    plan, curve = material.table("capacity_plan"), material.table("capacity_curve")
    areas = [str(area) for area in dict.fromkeys(material.table("answers")["area"])]
    return {
        "w": words,
        "manifest": material.manifest,
        "title": words.pick(facts.title_de, facts.title_en),
        "heading": words("capacity.heading", first=words.date(date.fromisoformat(facts.first_day))),
        "fields": [
            {
                "area": area,
                "name": material.area_name(area, words),
                "answers": _answers(material, area, words),
                "chart": _chart(curve[curve["area"] == area], material, words),
                "differences": _differences(curve[curve["area"] == area], words),
                "groups": _groups(plan[plan["area"] == area], words),
            }
            for area in areas
        ],
        "facts": fact_rows(material, words),
    }


def _answers(material: Material, area: str, words: Words) -> list[dict[str, object]]:
    rows = material.table("answers")
    rows = rows[rows["area"] == area]
    return [
        {
            "question": words.name("capacity", f"question_{question}"),
            "texts": list(own[f"text_{words.language}"]),
        }
        for question in _QUESTIONS
        if len(own := rows[rows["question"] == question].sort_values("rank"))
    ]


def _chart(curve: pd.DataFrame, material: Material, words: Words) -> str:
    if curve.empty:
        return ""
    label = words("capacity.chart_label", area=material.area_name(curve["area"].iloc[0], words))
    return lead_panels(curve, words.language, label, words("capacity.days"))


def _differences(curve: pd.DataFrame, words: Words) -> list[dict[str, str]]:
    """Return by group how far the simulated lead is from that of the plan."""
    found = []
    for name, rows in curve.groupby("name", sort=False):
        worst = rows.sort_values("difference", key=abs).to_dict("records")[-1]
        found.append(
            {
                "group": str(name),
                "plan": words.number(rows["plan_same"].mean(), 1),
                "simulated": words.number(rows["simulated"].mean(), 1),
                "mean": words.number(rows["difference"].mean(), 1),
                "largest": words.number(number(worst["difference"]), 1),
                "when": str(worst["first_day"])[:7],
            }
        )
    return found


def _groups(plan: pd.DataFrame, words: Words) -> list[dict[str, object]]:
    return [
        {"name": str(name), "months": [_month(row, words) for row in rows.to_dict("records")]}
        for name, rows in plan.groupby("name", sort=False)
    ]


def _month(row: Row, words: Words) -> dict[str, object]:
    def figure(column: str, digits: int = 0) -> str:
        return words.number(number(row[column]), digits)

    return {
        "month": str(row["first_day"])[:7],
        "hires": figure("hires"),
        "posts": figure("posts", 1),
        "training": figure("in_training", 1),
        "productive": figure("productive", 1),
        "absent": words.share(number(row["absent_share"]), 1),
        "overtime": figure("overtime", 1),
        "lent": words.number(number(row["borrowed_slots"]) - number(row["lent_slots"])),
        "asked": figure("asked_slots"),
        "offered": figure("offered_slots"),
        "lead": figure("lead_p50", 1),
        "range": f"{figure('lead_p10', 1)} – {figure('lead_p90', 1)}",
        "held": words.share(number(row["held_share"])),
        "promised": bool(row["promised"]),
    }
