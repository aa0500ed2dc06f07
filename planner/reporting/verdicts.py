"""Targets and whether they are kept: counts, sentences, the worst verdict of a place."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from planner.reporting.material import Material, Row
from planner.reporting.words import Words

#: Never colour alone: each verdict has a symbol too.
SYMBOLS = {"met": "✓", "missed": "✗", "undecided": "?", "": "·"}
#: Scopes of measures about one place.
PLACE_SCOPES = ("location", "phone")
_WORST_FIRST = ("missed", "undecided", "met")


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value in words; ``verdict`` is empty where nothing was promised."""

    label: str
    where: str
    value: str
    interval: str
    target: str
    verdict: str
    definition: str


@dataclass(frozen=True, slots=True)
class TargetCount:
    """A promise in words and for how many it is kept."""

    label: str
    limit: str
    scope: str
    counts: Counter[str]


def count_verdicts(measures: pd.DataFrame) -> Counter[str]:
    """Return how many targets were met, missed and left undecided."""
    return Counter(str(verdict) for verdict in measures["met"] if verdict)


def worst(verdicts: Iterable[str]) -> str:
    """Return the worst of some verdicts; empty when nothing was promised."""
    found = set(verdicts)
    return next((verdict for verdict in _WORST_FIRST if verdict in found), "")


def place_verdicts(measures: pd.DataFrame) -> dict[str, str]:
    """Return the worst verdict by location (or phone line) identifier."""
    own = measures[measures["scope"].isin(PLACE_SCOPES)]
    return {str(place): worst(rows["met"]) for place, rows in own.groupby("id")}


def headline(counts: Counter[str], words: Words) -> str:
    """Return the verdict of the run in one sentence."""
    total = counts.total()
    if total == 0:
        return words("summary.no_targets")
    if counts["met"] == total:
        key = "summary.all_met_one" if total == 1 else "summary.all_met"
        return words(key, total=total)
    return words(
        "summary.some",
        total=total,
        met=counts["met"],
        missed=counts["missed"],
        undecided=counts["undecided"],
    )


def target_counts(material: Material, words: Words) -> list[TargetCount]:
    """Return each promise with its verdicts."""
    measures = material.table("measures")
    return [
        _target_count(row, measures, material, words)
        for row in material.table("targets").to_dict("records")
    ]


def limit_words(measure: str, limit: float, unit: str, targets: pd.DataFrame, words: Words) -> str:
    """Return a limit in words, e.g. ``höchstens 14,0 Tage``; empty without one."""
    if math.isnan(limit):
        return ""
    senses = targets[targets["measure"] == measure]["sense"]
    text = words.limit(limit, unit)
    return words(f"sense.{senses.iloc[0]}", limit=text) if len(senses) else text


def furthest(measures: pd.DataFrame, count: int = 5) -> pd.DataFrame:
    """Return the missed measures that are furthest from their target, relative to it."""
    missed = measures[measures["met"] == "missed"]
    distance = (missed["value"] - missed["target"]).abs() / missed["target"].abs().clip(lower=1e-9)
    return missed.loc[distance.sort_values(ascending=False, kind="stable").index[:count]]


def figure(row: Row, material: Material, words: Words) -> Figure:
    """Return a row of the table of measures in words."""
    measure = str(row["measure"])
    unit = unit_of(measure, str(row["unit"]))
    targets = material.table("targets")
    place = material.scope_name(str(row["scope"]), str(row["id"]), words)
    parts = (place, *_kind(row, material, words))
    return Figure(
        label=words.name("measure", measure),
        where=" · ".join(parts),
        value=words.quantity(number(row["value"]), unit),
        interval=words.interval(number(row["ci_low"]), number(row["ci_high"]), unit),
        target=limit_words(measure, number(row["target"]), unit, targets, words),
        verdict=str(row["met"]),
        definition=words.entries.get(f"definition.{measure}", ""),
    )


def unit_of(measure: str, unit: str) -> str:
    """Return the unit to show: counts have none, full-time equivalents their own."""
    if unit != "1":
        return unit
    return "fte" if measure == "fte" else "customers"


def _kind(row: Row, material: Material, words: Words) -> Iterator[str]:
    """Yield what is not plain from the place: field of work (of a city or district), channel."""
    if row["scope"] in ("city", "district") and row["area"] != "all":
        yield material.area_name(str(row["area"]), words)
    if row["channel"] not in ("all", "phone"):
        yield words.name("channel", str(row["channel"]))


def number(cell: object) -> float:
    """Return a cell of a float column as a float."""
    return float(str(cell))


def _target_count(
    row: Row, measures: pd.DataFrame, material: Material, words: Words
) -> TargetCount:
    keys = ("measure", "scope", "area", "channel")
    own = measures[(measures[list(keys)] == [row[key] for key in keys]).all(axis=1)]
    units = measures[measures["measure"] == row["measure"]]["unit"]
    unit = unit_of(str(row["measure"]), str(units.iloc[0])) if len(units) else ""
    limit = words(f"sense.{row['sense']}", limit=words.limit(number(row["limit"]), unit))
    threshold = number(row["threshold_minutes"])
    if not math.isnan(threshold):
        minutes = words("sense.threshold", minutes=words.limit(threshold, "min"))
        limit = f"{limit} {minutes}"
    area = material.area_name(str(row["area"]), words)
    channel = words.name("channel", str(row["channel"]))
    return TargetCount(
        label=words.name("measure", str(row["measure"])),
        limit=limit,
        scope=f"{words.name('scopes', str(row['scope']))} · {area} · {channel}",
        counts=count_verdicts(own),
    )
