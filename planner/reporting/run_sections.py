"""Rules and findings, the objective, sources, and the facts of the run, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from planner.reporting.material import Material, Row
from planner.reporting.verdicts import number
from planner.reporting.words import Words
from planner.results.manifest import Manifest

#: Findings listed in the report; all of them are in ``findings.csv``.
SHOWN_FINDINGS = 60
#: The rule whose findings the report tells as shortfalls.
COVERAGE_SHORT = "coverage_short"
#: A gap above this says more of the bound than of the roster.
WEAK_GAP = 0.5
_CONFIDENCES = ("assumed", "derived", "published")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in words with what the audit found; ``group`` and ``origin`` in words, or empty."""

    statement: str
    group: str
    origin: str
    severity: str
    findings: int
    penalty: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in words."""

    severity: str
    where: str
    text: str
    penalty: str


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of the objective in words; ``width`` is its share of the largest, in per cent."""

    text: str
    points: str
    share: str
    width: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An input value with its origin."""

    path: str
    value: str
    range: str
    confidence: str
    reference: str
    note: str


def rule_rows(material: Material, words: Words) -> list[RuleRow]:
    """Return the rules that are not off: hard ones first."""
    order = ("hard", "soft", "warn")
    rows = [r for r in material.table("rules").to_dict("records") if r["severity"] in order]
    rows.sort(key=lambda row: order.index(str(row["severity"])))
    return [
        RuleRow(
            statement=words.pick(str(row["statement_de"]), str(row["statement_en"])),
            group=words("rule.group", group=str(row["group"])) if row["group"] else "",
            origin=words("rule.origin", place=str(row["origin"])) if row["origin"] else "",
            severity=str(row["severity"]),
            findings=int(number(row["findings"])),
            penalty=words.number(number(row["penalty"]), 1) if row["penalty"] else "",
        )
        for row in rows
    ]


def finding_rows(material: Material, words: Words) -> list[FindingRow]:
    """Return the findings, hard ones first, then the dearest; shortfalls have their own table."""
    table = material.table("findings")
    rows = table[table["rule"] != COVERAGE_SHORT].to_dict("records")
    rows.sort(key=lambda row: (row["severity"] != "hard", -number(row["penalty"])))
    return [_finding(row, material, words) for row in rows]


def term_rows(material: Material, words: Words) -> list[TermRow]:
    """Return the terms of the objective in their order."""
    rows = material.table("objective").to_dict("records")
    points = [number(row["points"]) for row in rows]
    total, largest = sum(points), max(points, default=0.0)
    return [
        TermRow(
            text=words.pick(str(row["text_de"]), str(row["text_en"])),
            points=words.number(value, 1),
            share=words.share(value / total, 1) if total else "",
            width=round(100 * value / largest) if largest else 0,
        )
        for row, value in zip(rows, points, strict=True)
    ]


def objective_values(material: Material, words: Words) -> dict[str, str]:
    """Return the objective and its proven lower bound in words, where the run has them."""
    manifest = material.manifest
    values = {"total": manifest.objective, "bound": manifest.bound}
    return {key: "" if v is None else words.number(v, 1) for key, v in values.items()}


def source_rows(material: Material, words: Words) -> list[SourceRow]:
    """Return the inputs with their origin, assumed ones first."""
    rows = material.table("sources").to_dict("records")
    rows.sort(key=lambda row: (_CONFIDENCES.index(str(row["confidence"])), str(row["path"])))
    return [_source(row, words) for row in rows]


def source_counts(rows: list[SourceRow], words: Words) -> str:
    """Return how many inputs are published, derived and assumed."""
    counts = Counter(row.confidence for row in rows)
    return words(
        "source.counts",
        published=counts["published"],
        derived=counts["derived"],
        assumed=counts["assumed"],
    )


def gap_sentence(material: Material, words: Words) -> str:
    """Return how far the roster may be from the best one; empty without a bound."""
    gap = material.manifest.gap
    if gap is None:
        return ""
    key = "objective.gap_words" if gap < WEAK_GAP else "objective.gap_open"
    return words(key, gap=words.share(gap, 1))


def fact_rows(material: Material, words: Words) -> list[tuple[str, str]]:
    """Return the run facts as (name, value), leaving out what the run does not have."""
    return fact_rows_of(material.manifest, words)


def fact_rows_of(m: Manifest, words: Words) -> list[tuple[str, str]]:
    """Return the same from a manifest."""
    title = words.pick(m.case_facts.title_de, m.case_facts.title_en)
    optional = {"objective": m.objective, "bound": m.bound}
    rows = [("run_id", m.run_id), ("case", f"{title} ({m.case})"), ("case_hash", m.case_hash)]
    rows += [("command", m.command_line or m.command), ("created", m.created_utc)]
    rows += [("seed", str(m.seed)), ("seeds", _pairs(m.seeds)), ("engine", m.engine)]
    rows += [("replications", str(m.replications))]
    rows += [("status", words.name("status", m.status))]
    rows += [(k, words.number(v, 1)) for k, v in optional.items() if v is not None]
    rows += [("gap", "" if m.gap is None else words.share(m.gap, 2)), ("effort", _pairs(m.effort))]
    seconds = (f"{step} {words.number(value, 1)}" for step, value in m.seconds.items())
    rows += [("seconds", " · ".join(seconds)), ("versions", _pairs(m.versions))]
    rows += [("platform", m.platform), ("commit", m.commit or "")]
    return [(words(f"facts.{key}"), value) for key, value in rows if value]


def glossary(words: Words) -> list[tuple[str, str]]:
    """Return the terms of the report and what they mean, measures first."""
    measures = (key.split(".")[1] for key in words.entries if key.startswith("definition."))
    rows = [(words(f"measure.{name}"), words(f"definition.{name}")) for name in measures]
    texts = (text for key, text in words.entries.items() if key.startswith("glossary.term_"))
    parts = (text.split(": ", 1) for text in texts)
    return rows + [(term, meaning) for term, meaning in parts]


def _finding(row: Row, material: Material, words: Words) -> FindingRow:
    place = str(row["location"])
    day = words.day(date.fromisoformat(str(row["date"]))) if row["date"] else ""
    parts = (material.place_names.get(place, place), day, str(row["employee"]))
    penalty = number(row["penalty"])
    return FindingRow(
        severity=str(row["severity"]),
        where=" · ".join(part for part in parts if part),
        text=words.pick(str(row["text"]), str(row["text_en"])),
        penalty=words.number(penalty, 1) if penalty else "",
    )


def _source(row: Row, words: Words) -> SourceRow:
    unit = str(row["unit"])
    low, high = (words.written(str(row[key]), unit) for key in ("low", "high"))
    return SourceRow(
        path=str(row["path"]),
        value=words.written(str(row["value"]), unit),
        range=f"{low} – {high}" if low and high else "",
        confidence=str(row["confidence"]),
        reference=str(row["source"]),
        note=str(row["note"]),
    )


def _pairs(values: dict[str, int] | dict[str, str] | dict[str, float | int | str]) -> str:
    return " · ".join(f"{name} {value}" for name, value in values.items())
