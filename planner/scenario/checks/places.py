"""Locations: desks that exist and people that fit."""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import Problem
from planner.scenario import row_models as rows
from planner.scenario.checks.references import area_names
from planner.scenario.draft import Draft


def locations_have_desks(draft: Draft) -> Iterator[Problem]:
    """Check that a location says how many desks it has."""
    for entry in draft.all(rows.LocationRow):
        desks, constant = entry.value.desks, entry.value.constant_desks
        if desks is None and constant is None:
            yield entry.problem(
                "desks", "is missing.", "Give desks, or constant_desks for a queue."
            )
        elif desks is not None and constant is not None and constant > desks:
            yield entry.problem("constant_desks", f"is {constant}, but there are {desks} desks.")


def areas_have_locations(draft: Draft) -> Iterator[Problem]:
    """Check that a service asked for in person or by phone has a location."""
    if not draft.intact("locations"):
        return
    known = area_names(draft)
    offered = draft.column("locations", "area")
    visited = {
        entry.value.service
        for entry in draft.all(rows.DemandRow)
        if entry.value.share_online < 1 and entry.value.requests_per_year > 0
    }
    for entry in draft.all(rows.ServiceRow):
        area = entry.value.area
        if entry.value.id in visited and area in known and area not in offered:
            yield entry.problem("area", f"is '{entry.value.area}', which no location serves.")
