"""Places and days: the horizon with its public holidays, locations, travel between them."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date

from planner.domain.horizon import Horizon
from planner.domain.place import Interval, Location, OpeningHours
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.draft import Draft
from planner.scenario.public_holidays import public_holidays
from planner.units import DAYS_PER_WEEK, MINUTES_PER_HOUR

#: Mean radius of the Earth [km] (IUGG).
EARTH_RADIUS_KM = 6371.0088


def horizon(draft: Draft) -> Horizon:
    """Return the planned days with the public holidays around them."""
    section = draft.sole(sections.HorizonSection)
    return Horizon(
        first_day=section.first_day,
        days=section.days,
        zone=section.zone,
        slot_minutes=section.slot_minutes,
        holidays=public_holidays(section),
    )


def locations(draft: Draft) -> tuple[Location, ...]:
    """Return the locations with their opening hours, sorted by id."""
    weekly = _weekly(draft)
    exceptions = _exceptions(draft)
    found = [
        _location(entry.value, OpeningHours(weekly[entry.value.id], exceptions[entry.value.id]))
        for entry in draft.all(rows.LocationRow)
    ]
    return tuple(sorted(found, key=lambda location: location.id))


def travel_minutes(draft: Draft) -> tuple[tuple[str, str, float], ...]:
    """Return travel times between all ordered pairs of different locations of one area [min]."""
    travel = draft.sole(sections.TravelSection)
    places = sorted((entry.value for entry in draft.all(rows.LocationRow)), key=lambda row: row.id)
    return tuple(
        (one.id, other.id, _minutes(kilometres(one, other), travel))
        for one in places
        for other in places
        if one.area == other.area and one.id != other.id
    )


def kilometres(one: rows.LocationRow, other: rows.LocationRow) -> float:
    """Return the distance as the crow flies [km] (haversine, Sinnott 1984)."""
    north, other_north = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    half = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def _minutes(distance: float, travel: sections.TravelSection) -> float:
    hours = distance * travel.detour_factor / travel.kilometres_per_hour
    return travel.fixed_minutes + hours * MINUTES_PER_HOUR


def _location(row: rows.LocationRow, opening: OpeningHours) -> Location:
    return Location(
        id=row.id,
        name=row.name,
        district=row.district,
        area=row.area,
        kind=row.kind,
        latitude=row.latitude,
        longitude=row.longitude,
        desks=row.places or 0,
        opening=opening,
        staffed_before_minutes=row.staffed_before_minutes,
        staffed_after_minutes=row.staffed_after_minutes,
        minimum_presence=row.minimum_presence,
        slot_minutes=row.slot_minutes,
        back_office_share=row.back_office_share,
        constant_desks=row.constant_desks,
    )


def _weekly(draft: Draft) -> dict[str, tuple[tuple[Interval, ...], ...]]:
    days: dict[str, list[list[Interval]]] = defaultdict(lambda: [[] for _ in range(DAYS_PER_WEEK)])
    for entry in draft.all(rows.OpeningRow):
        row = entry.value
        days[row.location][row.weekday].append(Interval(row.start, row.end))
    closed = tuple(() for _ in range(DAYS_PER_WEEK))
    weekly: dict[str, tuple[tuple[Interval, ...], ...]] = defaultdict(lambda: closed)
    for location, week in days.items():
        weekly[location] = tuple(tuple(sorted(intervals)) for intervals in week)
    return weekly


def _exceptions(draft: Draft) -> dict[str, tuple[tuple[date, tuple[Interval, ...]], ...]]:
    days: dict[str, dict[date, list[Interval]]] = defaultdict(lambda: defaultdict(list))
    for entry in draft.all(rows.ExceptionRow):
        row = entry.value
        intervals = days[row.location][row.date]
        if row.start is not None and row.end is not None:
            intervals.append(Interval(row.start, row.end))
    found: dict[str, tuple[tuple[date, tuple[Interval, ...]], ...]] = defaultdict(tuple)
    for location, by_day in days.items():
        found[location] = tuple(
            (when, tuple(sorted(intervals))) for when, intervals in sorted(by_day.items())
        )
    return found
