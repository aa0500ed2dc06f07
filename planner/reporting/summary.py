"""The summary of a run: what a district head reads first and perhaps only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from planner.reporting.coverage import BACK_OFFICE, hours, serving
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
from planner.units import DAYS_PER_WEEK, MINUTES_PER_HOUR

#: For a key figure: every field of work, the one with most locations, or whichever there is.
_EACH, _MAIN, _ANY = "each", "main", "any"

#: Key figures in the order shown: scope, field of work, channel, measure.
_KEY_FIGURES = (
    ("city", _EACH, "appointment", "lead_booked_mean"),
    ("city", _MAIN, "appointment", "wait_mean"),
    ("city", _MAIN, "walk_in", "wait_mean"),
    ("city", _MAIN, "walk_in", "wait_within_target"),
    ("phone", _ANY, "phone", "answered_within_30s"),
    ("phone", _ANY, "phone", "reachability"),
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


def period(material: Material, words: Words) -> str:
    """Return the planned days in words: a week, or another period."""
    key = "page.week" if len(material.dates) == DAYS_PER_WEEK else "page.period"
    first, last = material.dates[0], material.dates[-1]
    return words(key, first=words.date(first), last=words.date(last))


def summary(material: Material, words: Words) -> Summary:
    """Return the summary of the run."""
    measures = material.table("measures")
    counts = count_verdicts(measures)
    missed = furthest(measures).to_dict("records")
    return Summary(
        headline=headline(counts, words),
        verdict=worst(counts),
        counts=counts,
        sentences=tuple(sentence for sentence in _sentences(material, words) if sentence),
        targets=target_counts(material, words),
        figures=_figures(measures, material, words),
        furthest=[figure(row, material, words) for row in missed],
    )


def _figures(measures: pd.DataFrame, material: Material, words: Words) -> list[Figure]:
    found = []
    for scope, kind, channel, measure in _KEY_FIGURES:
        rows = measures[
            (measures["scope"] == scope)
            & (measures["channel"] == channel)
            & (measures["measure"] == measure)
            & measures["value"].notna()
        ]
        for area in _areas(kind, material, measures):
            own = rows[rows["area"] == area].to_dict("records")
            found += [figure(row, material, words) for row in own]
    return found


def _areas(kind: str, material: Material, measures: pd.DataFrame) -> list[str]:
    """Return the fields of work that a key figure is shown for."""
    ordered = list(dict.fromkeys(place.area for place in material.places))
    if kind == _ANY:
        return sorted(set(measures["area"]))
    return {_EACH: ordered, _MAIN: ordered[:1]}.get(kind, [kind])


def _sentences(material: Material, words: Words) -> tuple[str, ...]:
    tellers = (_coverage, _back_office, _rules)
    return tuple(tell(material, words) for tell in tellers)


def _back_office(material: Material, words: Words) -> str:
    """Return how much back-office work is not planned for; empty when all of it is."""
    requirement = material.table("requirement")
    rows = requirement[requirement["skill"] == BACK_OFFICE]
    if not material.has_roster or not rows["short"].sum():
        return ""
    columns = ("required", "rostered", "short")
    return words(
        "summary.back_office",
        **{name: words.number(rows[name].sum() / MINUTES_PER_HOUR) for name in columns},
    )


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
