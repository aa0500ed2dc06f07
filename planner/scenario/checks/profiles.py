"""Profiles: all months and weekdays, times for every day with weight, and doors open for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.domain.place import LocationKind
from planner.errors import Problem
from planner.scenario import row_models as rows
from planner.scenario.building_demand import MONTHS
from planner.scenario.draft import Draft, Entry
from planner.scenario.field_types import WEEKDAYS
from planner.scenario.problems import listing

Spans = set[tuple[int, int, int]]
Weights = defaultdict[str, dict[str, float]]


def months_complete(draft: Draft) -> Iterator[Problem]:
    """Check that a profile has a weight for each month, of which at least one is above 0."""
    if draft.intact("profile_month", "profile_weekday"):
        weights: Weights = defaultdict(dict)
        for entry in draft.all(rows.MonthRow):
            weights[entry.value.profile][str(entry.value.month)] = entry.value.weight
        yield from _gaps(draft, weights, "profile_month", [str(m + 1) for m in range(MONTHS)])


def weekdays_complete(draft: Draft) -> Iterator[Problem]:
    """Check that a profile has a weight for each weekday, of which at least one is above 0."""
    if draft.intact("profile_weekday"):
        weights: Weights = defaultdict(dict)
        for entry in draft.all(rows.WeekdayRow):
            weights[entry.value.profile][WEEKDAYS[entry.value.weekday]] = entry.value.weight
        yield from _gaps(draft, weights, "profile_weekday", list(WEEKDAYS))


def times_complete(draft: Draft) -> Iterator[Problem]:
    """Check that a weekday with weight has a part of the day with weight."""
    if not draft.intact("profile_time", "profile_weekday"):
        return
    timed = {
        (entry.value.profile, weekday)
        for entry in draft.all(rows.TimeRow)
        for weekday in entry.value.weekdays
        if entry.value.weight > 0
    }
    for entry in draft.all(rows.WeekdayRow):
        row = entry.value
        if row.weight > 0 and (row.profile, row.weekday) not in timed:
            yield entry.problem(
                "weight",
                f"is {row.weight:g}, but {row.profile} has no time of day for "
                f"{WEEKDAYS[row.weekday]}.",
                "Give the day rows in the table profile_time, or the weight 0.",
            )


def demand_within_hours(draft: Draft) -> Iterator[Problem]:
    """Check that walk-ins and calls have a location that is open at some time of their profile."""
    if not draft.intact(
        "profile_time", "profile_weekday", "opening_hours", "locations", "services"
    ):
        return
    areas = {entry.value.id: entry.value.area for entry in draft.all(rows.ServiceRow)}
    for entry in draft.all(rows.DemandRow):
        row = entry.value
        spans = _spans(draft, row.walk_in_profile)
        for location in _reached(draft, row, areas.get(row.service, "")):
            hours = _hours(draft, location)
            if spans and hours and not any(_meet(span, hour) for span in spans for hour in hours):
                yield entry.problem(
                    "walk_in_profile",
                    f"is '{row.walk_in_profile}', which lies wholly outside the opening hours of "
                    f"{location}.",
                    "Nobody could come: move the profile's times or the opening hours.",
                )


def every_service_has_demand(draft: Draft) -> Iterator[Problem]:
    """Check that every service has its row in the table demand."""
    known = draft.column("demand", "service")
    if "demand" in draft.unread:
        return
    for entry in draft.all(rows.ServiceRow):
        if entry.value.id not in known:
            yield entry.problem(
                "id", "has no row in the table demand.", "Add it; 0 requests_per_year for nobody."
            )


def _gaps(draft: Draft, weights: Weights, table: str, wanted: list[str]) -> Iterator[Problem]:
    first: dict[str, Entry[rows.WeekdayRow]] = {}
    for entry in draft.all(rows.WeekdayRow):
        first.setdefault(entry.value.profile, entry)
    for name, entry in first.items():
        missing = [part for part in wanted if part not in weights[name]]
        if missing:
            yield entry.problem("profile", f"has no rows in {table} for {listing(missing)}.")
        elif not any(weights[name].values()):
            yield entry.problem("profile", f"has only weights of 0 in {table}.")


def _reached(draft: Draft, row: rows.DemandRow, area: str) -> list[str]:
    """Return the locations to which walk-ins or calls of a service go."""
    chosen = draft.column("location_choice", "location")
    found = []
    for entry in draft.all(rows.LocationRow):
        place = entry.value
        by_phone = place.kind is LocationKind.PHONE
        share = row.share_phone if by_phone else row.share_walk_in
        alone = sum(e.value.area == place.area for e in draft.all(rows.LocationRow)) == 1
        in_area = by_phone or place.area == area
        if share > 0 and row.requests_per_year > 0 and in_area and (alone or place.id in chosen):
            found.append(place.id)
    return found


def _spans(draft: Draft, profile: str) -> Spans:
    weighted = {
        entry.value.weekday
        for entry in draft.all(rows.WeekdayRow)
        if entry.value.profile == profile and entry.value.weight > 0
    }
    return {
        (weekday, entry.value.start, entry.value.end)
        for entry in draft.all(rows.TimeRow)
        if entry.value.profile == profile and entry.value.weight > 0
        for weekday in entry.value.weekdays
        if weekday in weighted
    }


def _hours(draft: Draft, location: str) -> Spans:
    return {
        (entry.value.weekday, entry.value.start, entry.value.end)
        for entry in draft.all(rows.OpeningRow)
        if entry.value.location == location
    }


def _meet(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
