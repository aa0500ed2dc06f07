"""What the report tells about one location, and the tables that compare locations."""

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
    short_hours_by_place,
)
from planner.reporting.coverage_chart import Panel, panels
from planner.reporting.material import Material, Place
from planner.reporting.roster_grid import Grid, GridMaker
from planner.reporting.shortfalls import Explainer, Shortfall, ShortfallRow
from planner.reporting.verdicts import (
    PLACE_SCOPES,
    SYMBOLS,
    Figure,
    count_verdicts,
    figure,
    number,
    place_verdicts,
)
from planner.reporting.words import NOTHING, Words
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


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A location in the table of all locations; cells are words, with intervals.

    ``phone`` says instead of the cells how a phone line does.
    """

    place: Place
    area: str
    verdict: str
    cells: tuple[tuple[str, str], ...]
    phone: str
    short: str


#: Measures of the table of locations, as (channel, measure).
OVERVIEW = (
    ("appointment", "wait_mean"),
    ("walk_in", "wait_mean"),
    ("walk_in", "wait_within_target"),
    ("appointment", "lead_booked_mean"),
)


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

#: Measures of a phone line in the same table.
PHONE_MEASURES = ("answered_within_30s", "reachability")


def overview_rows(material: Material, words: Words) -> list[OverviewRow]:
    """Return the table of all locations."""
    verdicts = place_verdicts(material.table("measures"))
    short = short_hours_by_place(material)
    return [
        OverviewRow(
            place=place,
            area=material.area_name(place.area, words),
            verdict=verdicts.get(place.id, ""),
            cells=tuple(_cell(material, words, place.id, key) for key in OVERVIEW),
            phone=_phone(place, material, words) if place.kind == "phone" else "",
            short=words.number(short.get(place.id, 0.0), 1) if material.has_roster else NOTHING,
        )
        for place in material.places
    ]


def district_rows(material: Material, words: Words) -> list[tuple[str, ...]]:
    """Return the table of districts: name, residents, locations, verdicts, lead, wait, short."""
    measures = material.table("measures")
    short = short_hours_by_place(material)
    rows: list[tuple[str, ...]] = []
    for row in material.table("districts").to_dict("records"):
        own = [p for p in material.places if p.district == row["district"] and p.kind != "phone"]
        if not own:
            continue
        of_places = measures[
            measures["scope"].isin(PLACE_SCOPES) & measures["id"].isin([p.id for p in own])
        ]
        counts = count_verdicts(of_places)
        marks = (f"{SYMBOLS[v]} {counts[v]} {words(f'verdict.{v}')}" for v in SYMBOLS if counts[v])
        missing = sum(short.get(p.id, 0.0) for p in own)
        rows.append(
            (
                str(row["name"]),
                words.number(number(row["population"])),
                str(len(own)),
                ", ".join(marks) or NOTHING,
                _district(material, words, str(row["district"]), "lead_booked_mean"),
                _district(material, words, str(row["district"]), "wait_mean"),
                words.number(missing, 1) if material.has_roster else NOTHING,
            )
        )
    return rows


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


def _cell(material: Material, words: Words, place: str, key: tuple[str, str]) -> tuple[str, str]:
    measures = material.table("measures")
    channel, measure = key
    rows = measures[
        measures["scope"].isin(PLACE_SCOPES)
        & (measures["id"] == place)
        & (measures["channel"] == channel)
        & (measures["measure"] == measure)
    ].to_dict("records")
    if not rows:
        return NOTHING, ""
    found = figure(rows[0], material, words)
    return found.value, found.interval


def _phone(place: Place, material: Material, words: Words) -> str:
    rows = (_cell(material, words, place.id, ("phone", measure)) for measure in PHONE_MEASURES)
    names = (words(f"measure.{measure}") for measure in PHONE_MEASURES)
    parts = zip(names, rows, strict=True)
    return " · ".join(f"{name}: {value} {interval}" for name, (value, interval) in parts)


def _district(material: Material, words: Words, district: str, measure: str) -> str:
    channel = "appointment" if measure.startswith("lead") else "walk_in"
    measures = material.table("measures")
    own = measures[(measures["scope"] == "district") & (measures["area"] == "residents")]
    rows = own[
        (own["id"] == district) & (own["measure"] == measure) & (own["channel"] == channel)
    ].to_dict("records")
    return figure(rows[0], material, words).value if rows else NOTHING


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
