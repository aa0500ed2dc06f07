"""Write the tables of a case that are computed from its published totals.

``python -m planner.workflow.derived_tables scenarios/hamburg`` writes, byte for byte the same:

* ``tables/location_choice.csv`` from districts, origins, locations and
  ``derivation/{calibrated,site_volumes,district_centres,posts,settings}.csv``;
* ``tables/appointment_desks.csv`` from the opening hours and ``derivation/calibrated.csv``.

The calibrated numbers come from ``planner.workflow.calibrate_booking``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from planner.workflow.derivation.bookable_desks import spread_desks
from planner.workflow.derivation.files import Row, numbers, read_rows, write_rows
from planner.workflow.derivation.site_split import (
    Travel,
    distance_decay,
    fit_to_margins,
    rounded_shares,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHOICE = ("origin", "area", "location", "share", "confidence", "source", "note")
DESKS = ("location", "weekday", "start", "end", "desks", "confidence", "source", "note")


def write_derived_tables(folder: Path) -> None:
    """Write both derived tables of the case in ``folder``."""
    write_rows(folder / "tables" / "location_choice.csv", CHOICE, _choice(folder))
    write_rows(folder / "tables" / "appointment_desks.csv", DESKS, _desks(folder))


def _choice(folder: Path) -> Iterator[tuple[object, ...]]:
    locations = read_rows(folder / "tables" / "locations.csv")
    districts = [row["id"] for row in read_rows(folder / "tables" / "districts.csv")]
    yield from _fitted(folder, locations, districts)
    for area in sorted({row["area"] for row in locations} - {"residents"}):
        sites = [row for row in locations if row["area"] == area]
        yield from _by_residence(folder, area, sites, districts)


def _fitted(
    folder: Path, locations: list[Row], districts: list[str]
) -> Iterator[tuple[object, ...]]:
    derivation = folder / "derivation"
    settings = numbers(derivation / "settings.csv")
    volumes = read_rows(derivation / "site_volumes.csv")
    centres = {
        row["district"]: _point(row) for row in read_rows(derivation / "district_centres.csv")
    }
    points = {row["id"]: _point(row) for row in locations}
    travel = Travel(
        settings["kilometres_per_hour"], settings["detour_factor"], settings["fixed_minutes"]
    )
    minutes = np.array(
        [[travel.minutes(centres[d], points[v["location"]]) for v in volumes] for d in districts]
    )
    commuters = np.array([float(row["commuter_share"]) for row in volumes])
    seed = distance_decay(minutes, settings["decay_minutes"], commuters)
    first_choice = {
        row["location"]: row["first_choice_percent"]
        for row in read_rows(derivation / "calibrated.csv")
    }
    columns = np.array([float(first_choice[row["location"]]) for row in volumes])
    share = {row["district"]: float(row["share"]) for row in _origins(folder, "residents")}
    rows = np.array([share[district] for district in districts])
    fitted = fit_to_margins(seed, rows, columns / columns.sum())
    for district, line in zip(districts, fitted, strict=True):
        for volume, value in zip(volumes, rounded_shares(line), strict=True):
            note = "distance decay fitted to district population and calibrated first choices"
            yield district, "residents", volume["location"], value, "derived", "", note


def _by_residence(
    folder: Path, area: str, sites: list[Row], districts: list[str]
) -> Iterator[tuple[object, ...]]:
    posts = {row["location"]: float(row["amount"]) for row in _posts(folder, area)}
    for district in districts:
        own = [row["id"] for row in sites if row["district"] == district] or [
            row["id"] for row in sites
        ]
        shares = rounded_shares(np.array([posts[site] for site in own]))
        for site, value in zip(own, shares, strict=True):
            yield district, area, site, value, "derived", "", "office of residence, by its staff"


def _desks(folder: Path) -> Iterator[tuple[object, ...]]:
    opening = read_rows(folder / "tables" / "opening_hours.csv")
    desks = {row["id"]: int(row["desks"]) for row in read_rows(folder / "tables" / "locations.csv")}
    edge = numbers(folder / "derivation" / "settings.csv")["edge_weight"]
    for row in read_rows(folder / "derivation" / "calibrated.csv"):
        site = row["location"]
        intervals = sorted(
            (WEEKDAYS.index(span["weekday"]), _minute(span["start"]), _minute(span["end"]))
            for span in opening
            if span["location"] == site
        )
        for block in spread_desks(intervals, float(row["bookable_hours"]), desks[site] - 1, edge):
            yield (
                site, WEEKDAYS[block.weekday], _clock(block.start), _clock(block.end),
                block.desks, "derived", "", "bookable desk hours spread over the opening hours",
            )  # fmt: skip


def _origins(folder: Path, area: str) -> list[Row]:
    return [row for row in read_rows(folder / "tables" / "origins.csv") if row["area"] == area]


def _posts(folder: Path, area: str) -> list[Row]:
    return [row for row in read_rows(folder / "derivation" / "posts.csv") if row["area"] == area]


def _point(row: Row) -> tuple[float, float]:
    return float(row["latitude"]), float(row["longitude"])


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


if __name__ == "__main__":
    write_derived_tables(Path(sys.argv[1]))
