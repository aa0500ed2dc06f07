"""The summary of a run: what a district head reads first and perhaps only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from planner.reporting.coverage import hours, serving
from planner.reporting.material import Material
from planner.reporting.verdicts import (
    Figure,
    TargetCount,
    count_verdicts,
    figure,
    furthest,
    headline,
    target_counts,
    worst,
)
from planner.reporting.words import Words

#: Key figures in the order shown: scope, area (empty: any), channel, measure.
_KEY_FIGURES = (
    ("city", "residents", "appointment", "lead_booked_mean"),
    ("city", "foreigners", "appointment", "lead_booked_mean"),
    ("city", "residents", "appointment", "wait_mean"),
    ("city", "residents", "walk_in", "wait_mean"),
    ("city", "residents", "walk_in", "wait_within_target"),
    ("phone", "", "phone", "answered_within_30s"),
    ("phone", "", "phone", "reachability"),
    ("city", "all", "all", "customers"),
    ("city", "all", "all", "staff_hours"),
    ("city", "all", "all", "fte"),
)


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary in words; ``verdict`` is the worst of all targets."""

    headline: str
    verdict: str
    counts: Counter[str]
    sentences: tuple[str, ...]
    targets: list[TargetCount]
    figures: list[Figure]
    furthest: list[Figure]


def summary(material: Material, words: Words) -> Summary:
    """Return the summary of the run."""
    measures = material.table("measures")
    counts = count_verdicts(measures)
    missed = furthest(measures).to_dict("records")
    return Summary(
        headline=headline(counts, words),
        verdict=worst(counts),
        counts=counts,
        sentences=tuple(s for s in (_coverage(material, words), _rules(material, words)) if s),
        targets=target_counts(material, words),
        figures=_figures(measures, material, words),
        furthest=[figure(row, material, words) for row in missed],
    )


def _figures(measures: pd.DataFrame, material: Material, words: Words) -> list[Figure]:
    found = []
    for scope, area, channel, measure in _KEY_FIGURES:
        rows = measures[
            (measures["scope"] == scope)
            & (measures["channel"] == channel)
            & (measures["measure"] == measure)
            & ((measures["area"] == area) | (area == ""))
            & measures["value"].notna()
        ]
        found += [figure(row, material, words) for row in rows.to_dict("records")]
    return found


def _coverage(material: Material, words: Words) -> str:
    if not material.has_roster:
        return words("summary.no_roster")
    requirement = serving(material.table("requirement"))
    slot = material.manifest.case_facts.slot_minutes
    required, short = (hours(requirement, column, slot) for column in ("required", "short"))
    if not short:
        return words("summary.covered_slots")
    share = words.share(short / required, 1)
    return words(
        "summary.short", required=words.number(required), short=words.number(short), share=share
    )


def _rules(material: Material, words: Words) -> str:
    if not material.run.has("findings"):
        return ""
    hard = int((material.table("findings")["severity"] == "hard").sum())
    if hard:
        return words("summary.rules_broken", count=hard)
    return words("summary.rules_kept")
