"""``report.html``: one self-contained file in German and English that opens offline.

It holds no script but the one that unfolds all sections for printing, refers to nothing
outside, and switches its language by two radio buttons and a style rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from planner.reporting.city_map import SCALE_KILOMETRES, MapTexts, city_map, map_areas, shape_of
from planner.reporting.comparison import comparison_sentence, observation_rows
from planner.reporting.decisions import (
    appointment_count,
    cut_rows,
    cut_sentence,
    missing_sentences,
    remedy_rows,
)
from planner.reporting.ledger_section import ledger_weeks, shown_ledger
from planner.reporting.material import Material
from planner.reporting.overview import counter_hour_rows, district_rows, overview_rows
from planner.reporting.place_section import city_week, place_sections
from planner.reporting.report import Document
from planner.reporting.run_sections import (
    SHOWN_FINDINGS,
    fact_rows,
    finding_rows,
    gap_sentence,
    glossary,
    objective_values,
    rule_rows,
    source_counts,
    source_rows,
    term_rows,
)
from planner.reporting.shortfalls import Explainer, shortfalls
from planner.reporting.summary import period, summary
from planner.reporting.summary_charts import comparison_charts
from planner.reporting.verdicts import SYMBOLS, place_verdicts
from planner.reporting.words import LANGUAGES, TEMPLATES, Words, words_of
from planner.results.store import Run

#: Shortfalls listed in the section of the whole city; all of them stand with the locations.
SHOWN_SHORTFALLS = 40


@dataclass(frozen=True, slots=True)
class HtmlReport:
    """The report for people, ``report.html``."""

    name: str = "html"
    needs: tuple[str, ...] = ("measures", "locations", "targets")

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield the page; it opens in ``language``."""
        material = Material(run)
        pages = {name: _page(material, words_of(name)) for name in LANGUAGES}
        template = environment().get_template("report.html.j2")
        html = template.render(pages=pages, initial=language, symbols=SYMBOLS)
        yield Document(PurePosixPath("report.html"), html.encode("utf-8"))


@cache
def environment() -> Environment:
    """Return the templates of the reports."""
    """Return the environment of all page templates: undefined names are errors."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(material: Material, words: Words) -> dict[str, object]:
    """Return everything that the template shows in one language."""
    facts = material.manifest.case_facts
    found = shortfalls(material)
    explainer = Explainer.of(material, words)
    observations = observation_rows(material, words)
    sources = source_rows(material, words)
    findings = finding_rows(material, words)
    return {
        "w": words,
        "manifest": material.manifest,
        "title": words.pick(facts.title_de, facts.title_en),
        "week": period(material, words),
        "interval_note": words(
            "page.interval_note",
            confidence=words.share(facts.confidence),
            replications=material.manifest.replications,
        ),
        "has_roster": material.has_roster,
        "summary": summary(material, words),
        "map": _map(material, words),
        "map_key": _map_key(material, words),
        "districts": district_rows(material, words),
        "overview": overview_rows(material, words),
        "counter_hours": counter_hour_rows(material, words),
        "remedies": remedy_rows(material, words),
        "cuts": cut_rows(material, words),
        "cut_claim": cut_sentence(material, words),
        "people_missing": missing_sentences(material, words),
        "appointments": appointment_count(material),
        "charts": comparison_charts(material, words),
        "city_week": city_week(material, words),
        "places": place_sections(material, words, found),
        "shortfalls": [explainer.row(s) for s in found[:SHOWN_SHORTFALLS]],
        "shortfall_count": len(found),
        "observations": observations,
        "observation_sentence": comparison_sentence(observations, words),
        "rules": rule_rows(material, words),
        "findings": findings[:SHOWN_FINDINGS],
        "finding_count": len(findings),
        "hard_findings": int((material.table("findings")["severity"] == "hard").sum()),
        "ledger": shown_ledger(material, words),
        "ledger_weeks": ledger_weeks(material),
        "terms": term_rows(material, words),
        "objective": objective_values(material, words),
        "gap": gap_sentence(material, words),
        "sources": sources,
        "source_counts": source_counts(sources, words),
        "bibliography": material.table("bibliography").to_dict("records"),
        "facts": fact_rows(material, words),
        "glossary": glossary(words),
    }


def _map(material: Material, words: Words) -> str:
    districts = {p.district: material.district_name(p.district) for p in material.places}
    verdicts = {key: words(f"verdict.{key or 'none'}") for key in SYMBOLS}
    texts = MapTexts(
        label=words("map.alt", count=len(material.places)),
        districts=districts,
        verdicts=verdicts,
        scale=words("map.scale", kilometres=SCALE_KILOMETRES),
    )
    return city_map(material.places, place_verdicts(material.table("measures")), texts)


def _map_key(material: Material, words: Words) -> list[tuple[str, str]]:
    """Return (shape, meaning) of the shapes on the map."""
    mapped = [place for place in material.places if place.kind != "phone"]
    areas = map_areas(mapped)
    key = {}
    for place in mapped:
        shape = shape_of(place, areas)
        name = material.area_name(place.area, words)
        key[shape] = words("map.mobile") if shape == "diamond" else name
    return sorted(key.items())
