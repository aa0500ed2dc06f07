"""Shares that are parts of a whole sum to 1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

from planner.errors import Problem
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.building_demand import channel_shares
from planner.scenario.checks.references import area_names
from planner.scenario.draft import Draft, Entry

#: Shares are written with five decimals or so.
TOLERANCE = 1e-3
Shared = TypeVar("Shared", rows.OriginRow, rows.ChoiceRow)


def channel_shares_sum(draft: Draft) -> Iterator[Problem]:
    """Check that the channels of a service take all of its requests."""
    for entry in draft.all(rows.DemandRow):
        total = sum(share for _, share in channel_shares(entry.value))
        if abs(total - 1) > TOLERANCE:
            yield entry.problem(
                "",
                f"has channel shares that sum to {total:.5g}; they must sum to 1.",
                "Look at share_online, share_appointment, share_walk_in and share_phone.",
            )


def origin_shares_sum(draft: Draft) -> Iterator[Problem]:
    """Check that the districts take all requests of an area; a single one may be left out."""
    if not draft.intact("origins", "districts", "areas"):
        return
    groups: dict[object, list[Entry[rows.OriginRow]]] = defaultdict(list)
    for entry in draft.all(rows.OriginRow):
        groups[entry.value.area].append(entry)
    yield from _sums(groups, "origins of the area")
    if len(draft.all(rows.DistrictRow)) > 1:
        for area in draft.all(sections.AreaItem):
            if area.value.id not in groups:
                yield area.problem(
                    "id", "has no rows in the table origins.", "Say which share each district has."
                )


def choice_shares_sum(draft: Draft) -> Iterator[Problem]:
    """Check that the locations take all customers of a district; a single one may be left out."""
    if not draft.intact("location_choice", "locations", "districts", "areas"):
        return
    groups: dict[object, list[Entry[rows.ChoiceRow]]] = defaultdict(list)
    for entry in draft.all(rows.ChoiceRow):
        groups[entry.value.origin, entry.value.area].append(entry)
    yield from _sums(groups, "first choices of origin and area")
    for area in sorted(area_names(draft)):
        sites = [e for e in draft.all(rows.LocationRow) if e.value.area == area]
        for district in draft.all(rows.DistrictRow):
            if len(sites) > 1 and (district.value.id, area) not in groups:
                yield district.problem(
                    "id",
                    f"has no rows in the table location_choice for the area {area}.",
                    "Say which share goes to each location.",
                )


def choice_within_area(draft: Draft) -> Iterator[Problem]:
    """Check that a first choice is a location of the same area."""
    areas = {entry.value.id: entry.value.area for entry in draft.all(rows.LocationRow)}
    for entry in draft.all(rows.ChoiceRow):
        area = areas.get(entry.value.location, entry.value.area)
        if area != entry.value.area:
            yield entry.problem(
                "area",
                f"is '{entry.value.area}', but {entry.value.location} is a location of "
                f"the area {area}.",
            )


def tranche_shares_sum(draft: Draft) -> Iterator[Problem]:
    """Check that the release policy releases all slots."""
    for entry in draft.all(sections.BookingItem):
        total = sum(part.share for part in entry.value.tranches)
        if abs(total - 1) > TOLERANCE:
            yield entry.problem(
                "tranches", f"have shares that sum to {total:.5g}; they must sum to 1."
            )


def _sums(groups: dict[object, list[Entry[Shared]]], what: str) -> Iterator[Problem]:
    for key, entries in groups.items():
        total = sum(entry.value.share for entry in entries)
        if abs(total - 1) > TOLERANCE:
            name = key if isinstance(key, str) else ", ".join(str(part) for part in key)  # type: ignore[attr-defined]
            yield entries[-1].problem(
                "share", f"ends the {what} {name}: they sum to {total:.5g}; they must sum to 1."
            )
