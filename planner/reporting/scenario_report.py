"""``report.html`` of a comparison: one self-contained file, German and English, from its folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from planner.reporting.day_course_chart import waits_over_the_day
from planner.reporting.html_report import environment
from planner.reporting.report import Document
from planner.reporting.run_sections import fact_rows_of
from planner.reporting.scenario_charts import lead_and_unserved
from planner.reporting.scenario_material import ScenarioMaterial, scenario_words
from planner.reporting.scenario_sections import (
    REDUCED,
    columns,
    overview,
    phone,
    places,
    reductions,
    selection_rows,
    selection_sentence,
    why_rows,
)
from planner.reporting.scenario_sentences import sentences
from planner.reporting.words import LANGUAGES, Words
from planner.results.store import Run


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """The report of a comparison."""

    name: str = "scenarios"
    needs: tuple[str, ...] = ("scenarios", "comparison", "selection")

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield the page; it opens in ``language``."""
        material = ScenarioMaterial(run)
        pages = {name: _page(material, scenario_words(name)) for name in LANGUAGES}
        html = environment().get_template("scenarios.html.j2").render(pages=pages, initial=language)
        yield Document(PurePosixPath("report.html"), html.encode("utf-8"))


def _page(material: ScenarioMaterial, words: Words) -> dict[str, object]:
    """Return everything that the template shows in one language."""
    manifest, told = material.manifest, material.scenarios(words)
    facts = manifest.case_facts
    base, lines = overview(material, words)
    phone_base, phone_lines = phone(material, words)
    reached = manifest.effort.get("half_width_reached") == "true"
    return {
        "w": words,
        "manifest": manifest,
        "title": words.pick(facts.title_de, facts.title_en),
        "first_day": facts.first_day,
        "base": told[0],
        "count": len(told) - 1,
        "way": words(f"way.{manifest.effort['staffing']}"),
        "interval_note": words(
            "page.interval_note",
            confidence=words.share(facts.confidence),
            replications=manifest.replications,
        ),
        "reached": words(
            "precision.reached" if reached else "precision.missed",
            half_width=words.share(float(manifest.effort["half_width"])),
            cap=int(manifest.effort["at_most"]),
        ),
        "recommendation": selection_sentence(material, words),
        "decided": (material.table("selection")["standing"] == "best").any(),
        "sentences": sentences(material, words),
        "columns": columns("overview", words),
        "base_values": base,
        "lines": lines,
        "phone_base": phone_base,
        "phone_lines": phone_lines,
        "chart": lead_and_unserved(material, words),
        "courses": waits_over_the_day(material, words),
        "selection": selection_rows(material, words),
        "why": why_rows(material, words),
        "place_columns": columns("places", words),
        "details": [_details(material, item.name, words) for item in told[1:]],
        "reduced": [words.name("measure", measure) for _way, measure in REDUCED],
        "reductions": reductions(material, words),
        "facts": fact_rows_of(manifest, words),
    }


def _details(material: ScenarioMaterial, scenario: str, words: Words) -> dict[str, object]:
    told = next(item for item in material.scenarios(words) if item.name == scenario)
    numbers, changes = (material.table(name) for name in ("numbers", "scenario_changes"))
    return {
        "told": told,
        "numbers": [
            (
                words.pick(str(r["text_de"]), str(r["text_en"])),
                str(r["confidence"]),
                str(r["source"]),
            )
            for r in numbers[numbers["scenario"] == scenario].to_dict("records")
        ],
        "changes": [
            (words.pick(str(r["text_de"]), str(r["text_en"])), str(r["set_by"]))
            for r in changes[changes["scenario"] == scenario].to_dict("records")
        ],
        "districts": places(material, "district", scenario, words),
        "places": places(material, "location", scenario, words),
    }
