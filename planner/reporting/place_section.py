"""What the report tells about one location."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from planner.reporting.comparison import ObservationRow, observation_rows
from planner.reporting.coverage import (
    BACK_OFFICE,
    SkillCoverage,
    city_coverage,
    coverages,
)
from planner.reporting.coverage_chart import Panel, panels
from planner.reporting.material import Material, Place
from planner.reporting.overview import OVERVIEW
from planner.reporting.roster_grid import Grid, GridMaker
from planner.reporting.shortfalls import Explainer, Shortfall, ShortfallRow
from planner.reporting.verdicts import (
    PLACE_SCOPES,
    Figure,
    count_verdicts,
    figure,
    place_verdicts,
)
from planner.reporting.words import Words
from planner.units import MINUTES_PER_HOUR


@dataclass(frozen=True, slots=True)
class SkillPanels:
    """The coverage of one skill over the week: heading, hours in words, a panel a day."""

    skill: str
    total: str
    panels: list[Panel]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure of a place with its channel in words."""

    channel: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class PlaceSection:
    """Everything about one location, in words."""

    place: Place
    verdict: str
    counts: Counter[str]
    facts: str
    brief: str
    measures: list[MeasureRow]
    more_measures: list[MeasureRow]
    coverage: list[SkillPanels]
    back_office: str
    grid: Grid
    shortfalls: list[ShortfallRow]
    observations: list[ObservationRow]


#: Measures of a location that are shown at once; the others unfold.
MAIN_MEASURES = (
    *OVERVIEW,
    ("appointment", "lead_within_14_days"),
    ("appointment", "not_served_share"),
    ("phone", "answered_within_30s"),
    ("phone", "reachability"),
    ("phone", "wait_mean"),
    ("all", "customers"),
    ("all", "occupancy"),
    ("all", "staff_hours"),
)


def place_sections(
    material: Material, words: Words, found: Iterable[Shortfall]
) -> list[PlaceSection]:
    """Return the sections of all locations."""
    maker, explainer = GridMaker.of(material, words), Explainer.of(material, words)
    by_skill = coverages(material)
    verdicts = place_verdicts(material.table("measures"))
    shortfalls = list(found)
    observations = observation_rows(material, words)
    return [
        PlaceSection(
            place=place,
            verdict=verdicts.get(place.id, ""),
            counts=count_verdicts(_of_place(place, material)),
            facts=_facts(place, material, words),
            brief=_brief(by_skill.get(place.id, []), words),
            measures=_measures(place, material, words, main=True),
            more_measures=_measures(place, material, words, main=False),
            coverage=[_panels(s, material, words) for s in by_skill.get(place.id, [])],
            back_office=_back_office(place, material, words),
            grid=maker.grid(place.id),
            shortfalls=[explainer.row(s) for s in shortfalls if s.location == place.id],
            observations=[o for o in observations if o.place == place.id],
        )
        for place in material.places
    ]


def city_week(material: Material, words: Words) -> list[SkillPanels]:
    """Return the coverage of the whole city by skill; empty without a roster."""
    if not material.has_roster:
        return []
    return [_panels(skill, material, words) for skill in city_coverage(material)]


def _facts(place: Place, material: Material, words: Words) -> str:
    return words(
        "location.facts",
        area=material.area_name(place.area, words),
        district=material.district_name(place.district),
        desks=place.desks,
        hours=words.number(place.open_hours, 1),
    )


def _brief(skills: list[SkillCoverage], words: Words) -> str:
    short = sum(skill.short_hours for skill in skills)
    return words("coverage.hours_missing", hours=words.number(short, 1)) if short else ""


def _measures(place: Place, material: Material, words: Words, *, main: bool) -> list[MeasureRow]:
    """Return the measures with a target and the usual ones, or all the others."""
    own = _of_place(place, material)
    found = own[own["value"].notna()].to_dict("records")
    rows = sorted(found, key=lambda row: _order(words, row))
    return [
        MeasureRow(words.name("channel", str(row["channel"])), figure(row, material, words))
        for row in rows
        if main == (bool(row["met"]) or (row["channel"], row["measure"]) in MAIN_MEASURES)
    ]


def _of_place(place: Place, material: Material) -> pd.DataFrame:
    measures = material.table("measures")
    return measures[measures["scope"].isin(PLACE_SCOPES) & (measures["id"] == place.id)]


def _order(words: Words, row: dict[object, object]) -> tuple[int, str]:
    names = [key.split(".")[1] for key in words.entries if key.startswith("measure.")]
    measure = str(row["measure"])
    rank = names.index(measure) if measure in names else len(names)
    return rank, str(row["channel"])


def _panels(skill: SkillCoverage, material: Material, words: Words) -> SkillPanels:
    numbers = (skill.rostered_hours, skill.required_hours, skill.short_hours)
    rostered, required, short = (words.number(value, 1) for value in numbers)
    return SkillPanels(
        skill=words.name("skill", skill.skill),
        total=words("coverage.total", rostered=rostered, required=required, short=short),
        panels=panels(skill, material.manifest.case_facts.slot_minutes, words),
    )


def _back_office(place: Place, material: Material, words: Words) -> str:
    requirement = material.table("requirement")
    rows: pd.DataFrame = requirement[
        (requirement["location"] == place.id) & (requirement["skill"] == BACK_OFFICE)
    ]
    if rows.empty:
        return ""
    required, rostered, short = (
        float(rows[column].sum()) / MINUTES_PER_HOUR for column in ("required", "rostered", "short")
    )
    text = words(
        "location.back_office",
        required=words.number(required, 1),
        rostered=words.number(rostered, 1),
    )
    if short:
        text += " " + words("location.back_office_short", short=words.number(short, 1))
    return text
