"""The material of a comparison report: the tables of its run folder, looked up by scenario."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pandas as pd

from planner.reporting.words import TEMPLATES, Words, words_of
from planner.results.manifest import Manifest
from planner.results.store import Run

#: scope, id, area, channel, measure.
Key = tuple[str, str, str, str, str]
#: Measures of which more is better, and of which less is; the others are told without judgement.
_MORE = frozenset(
    {"lead_within_14_days", "wait_within_target", "answered_within_30s", "reachability"}
)
_LESS = frozenset(
    {
        *("lead_booked_mean", "lead_offered_mean", "lead_third_next", "no_offer_share"),
        *("wait_mean", "wait_p90", "unserved", "not_served_share", "still_searching"),
        *("abandoned_share", "overtime_minutes", "back_office_open_hours"),
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A difference in words.

    Attributes
    ----------
    value, interval : str
        With sign; empty interval where the difference is exactly zero or there is none.
    kind : str
        ``better``, ``worse``, ``other`` (no judgement), ``grey`` (0 lies inside), ``equal`` or
        ``none``.
    """

    value: str
    interval: str
    kind: str


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario's own words."""

    name: str
    title: str
    why: str
    file: str


@dataclass(frozen=True)
class ScenarioMaterial:
    """Everything that the report of a comparison is made of."""

    run: Run

    @property
    def manifest(self) -> Manifest:
        """The manifest of the comparison."""
        return self.run.manifest

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the comparison."""
        return self.run.table(name)

    def scenarios(self, words: Words) -> list[Told]:
        """Return the scenarios in order, the base first."""
        return [
            Told(
                str(row["scenario"]),
                words.pick(str(row["title_de"]), str(row["title_en"])),
                words.pick(str(row["why_de"]), str(row["why_en"])),
                str(row["file"]),
            )
            for row in self.table("scenarios").to_dict("records")
        ]

    def place(self, scope: str, name: str, words: Words) -> str:
        """Return the name of a place, district or field of work."""
        german, english = self._names.get((scope, name), (name, name))
        return words.pick(german, english) or words.name("scope", scope)

    def keys(self, scope: str, measure: str) -> list[Key]:
        """Return the keys of a measure in a scope, of the base or any scenario."""
        return [key for key in self._keys if key[0] == scope and key[4] == measure]

    def cell(self, scenario: str, key: Key, words: Words) -> Cell:
        """Return the difference of a scenario to the base."""
        row = self._rows.get((scenario, *key))
        if row is None or row["verdict"] in {"only_base", "only_other"}:
            text = words.name("difference", str(row["verdict"])) if row else "–"
            return Cell(text, "", "none")
        unit, measure = str(row["unit"]), key[4]
        difference = float(row["difference"])
        if row["verdict"] == "equal":
            return Cell("0", "", "equal")
        low, high = float(row["ci_low"]), float(row["ci_high"])
        interval = "" if math.isnan(low) else _span(low, high, unit, words)
        return Cell(_signed(difference, unit, words), interval, _kind(str(row["verdict"]), measure))

    def differs(self, scenario: str) -> bool:
        """Tell whether any measure of a scenario differs from the base in any replication."""
        table = self.table("comparison")
        return bool((table.loc[table["scenario"] == scenario, "verdict"] != "equal").any())

    def number(self, scenario: str, key: Key, column: str = "difference") -> float:
        """Return a number of the comparison; NaN when there is none."""
        row = self._rows.get((scenario, *key))
        return float(row[column]) if row is not None else math.nan

    def base_value(self, key: Key, words: Words) -> str:
        """Return the base's value with its unit."""
        base = self.scenarios(words)[0].name
        found = self._values.get((base, *key))
        if found is None:
            return "–"
        value, unit = found
        return words.quantity(value, "customers" if unit == "1" else unit)

    @cached_property
    def main_area(self) -> str:
        """Return the field of work with most locations."""
        measures = self.table("scenario_measures")
        own = measures[(measures["scope"] == "location") & (measures["measure"] == "customers")]
        counts = own.groupby("area")["id"].nunique()
        return str(counts.idxmax()) if len(counts) else "all"

    @cached_property
    def _rows(self) -> dict[tuple[str, ...], dict[Hashable, Any]]:
        names = ["scenario", "scope", "id", "area", "channel", "measure"]
        rows = self.table("comparison").to_dict("records")
        return {tuple(str(row[n]) for n in names): row for row in rows}

    @cached_property
    def _keys(self) -> list[Key]:
        names = ["scope", "id", "area", "channel", "measure"]
        unique = self.table("scenario_measures")[names].drop_duplicates()
        return [
            (str(scope), str(name), str(area), str(way), str(measure))
            for scope, name, area, way, measure in unique.itertuples(index=False)
        ]

    @cached_property
    def _values(self) -> dict[tuple[str, ...], tuple[float, str]]:
        names = ["scenario", "scope", "id", "area", "channel", "measure"]
        rows = self.table("scenario_measures").to_dict("records")
        return {
            tuple(str(row[n]) for n in names): (float(row["value"]), str(row["unit"]))
            for row in rows
        }

    @cached_property
    def _names(self) -> dict[tuple[str, str], tuple[str, str]]:
        rows = self.table("places").to_dict("records")
        return {
            (str(r["scope"]), str(r["id"])): (str(r["name_de"]), str(r["name_en"])) for r in rows
        }


@cache
def scenario_words(language: str) -> Words:
    """Return the words of ``language`` with those of the comparison report."""
    with (TEMPLATES / f"scenario_texts_{language}.toml").open("rb") as file:
        sections = tomllib.load(file)
    own = {f"{s}.{key}": text for s, texts in sections.items() for key, text in texts.items()}
    return Words(language, {**words_of(language).entries, **own})


def _signed(value: float, unit: str, words: Words) -> str:
    """Return a difference with its sign; shares in percentage points."""
    if unit == "share":
        text = f"{words.number(abs(100 * value), 1)}\u00a0{words('difference.points')}"
    elif unit == "1":
        text = words.number(abs(value), 0 if abs(value) >= 10 else 1)
    else:
        digits = {"min": 1, "days": 1, "h": 0}.get(unit, 2)
        text = f"{words.number(abs(value), digits)}\u00a0{words.name('unit', unit)}".strip()
    return ("−" if value < 0 else "+") + text


def _span(low: float, high: float, unit: str, words: Words) -> str:
    """Return an interval of differences, without its unit."""
    scale = 100 if unit == "share" else 1
    digits = 0 if unit == "h" or (unit == "1" and max(abs(low), abs(high)) >= 10) else 1
    ends = [
        ("−" if end < 0 else "+") + words.number(abs(scale * end), digits) for end in (low, high)
    ]
    return f"[{ends[0]} … {ends[1]}]"


def _kind(verdict: str, measure: str) -> str:
    if verdict == "undecided":
        return "grey"
    good = (measure in _MORE and verdict == "larger") or (measure in _LESS and verdict == "smaller")
    if measure not in _MORE | _LESS:
        return "other"
    return "better" if good else "worse"
