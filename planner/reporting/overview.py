"""The tables that compare all locations and all districts."""

from __future__ import annotations

from dataclasses import dataclass

from planner.reporting.coverage import short_hours_by_place
from planner.reporting.material import Material, Place
from planner.reporting.verdicts import (
    PLACE_SCOPES,
    SYMBOLS,
    count_verdicts,
    figure,
    number,
    place_verdicts,
)
from planner.reporting.words import NOTHING, Words

#: Measures of the table of locations, as (channel, measure).
OVERVIEW = (
    ("appointment", "wait_mean"),
    ("walk_in", "wait_mean"),
    ("walk_in", "wait_within_target"),
    ("appointment", "lead_booked_mean"),
)
#: Measures of a phone line in the same table.
PHONE_MEASURES = ("answered_within_30s", "reachability")


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


def counter_hour_rows(material: Material, words: Words) -> list[tuple[str, ...]]:
    """Return the table of counter hours behind the lead-time targets, as words.

    Name, appointments asked for, hours needed, hours of today, and what is missing in words.
    """
    names = {place.id: place.name for place in material.places}
    rows: list[tuple[str, ...]] = []
    for row in material.table("counter_hours").to_dict("records"):
        hours = [number(row[key]) for key in ("requests_per_week", "needed_hours", "nominal_hours")]
        missing = number(row["missing_hours"])
        sense = "hours_missing" if missing > 0 else "hours_spare"
        verdict = words(f"overview.{sense}", hours=words.number(abs(missing)))
        shown = [words.number(value) for value in hours]
        rows.append((names.get(str(row["location"]), str(row["location"])), *shown, verdict))
    return rows


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
