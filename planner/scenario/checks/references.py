"""What a row names must exist: areas, districts, locations, services, profiles, employees, keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import BaseModel

from planner.errors import Problem
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.draft import Draft, Entry
from planner.scenario.nodes import Items
from planner.scenario.problems import suggestion
from planner.scenario.row_changes import item_names

ALL = "all"
TABLE = "the table "
_SCOPES = {
    "city": "the scope city",
    "district": "the table districts",
    "location": "the table locations",
    "phone": "the table locations",
}


def areas_exist(draft: Draft) -> Iterator[Problem]:
    """Check that every area that is named stands in ``areas``."""
    known = area_names(draft)
    for model in (rows.LocationRow, rows.ServiceRow, rows.OriginRow, rows.ChoiceRow):
        yield from _unknown(draft, model, "area", known, "areas")
    yield from _unknown(draft, sections.BookingItem, "area", known, "areas")
    yield from _unknown(draft, sections.TargetItem, "area", known | {ALL}, "areas")
    yield from _unknown(draft, rows.ObservationRow, "area", known | {ALL}, "areas")


def districts_exist(draft: Draft) -> Iterator[Problem]:
    """Check that every district that is named stands in the table districts."""
    known = draft.column("districts")
    yield from _unknown(draft, rows.LocationRow, "district", known, "the table districts")
    yield from _unknown(draft, rows.OriginRow, "district", known, "the table districts")
    yield from _unknown(draft, rows.ChoiceRow, "origin", known, "the table districts")


def locations_exist(draft: Draft) -> Iterator[Problem]:
    """Check that every location that is named stands in the table locations."""
    known = draft.column("locations")
    for model in (
        rows.OpeningRow,
        rows.ExceptionRow,
        rows.ChoiceRow,
        rows.AppointmentDesksRow,
        rows.BookingsRow,
    ):
        yield from _unknown(draft, model, "location", known, "the table locations")
    yield from _unknown(draft, rows.EmployeeRow, "home_location", known, "the table locations")
    for entry in draft.all(rows.EmployeeRow):
        for name in entry.value.locations:
            if name not in known and "locations" not in draft.unread:
                yield _problem(entry, "locations", name, known, "the table locations")


def services_exist(draft: Draft) -> Iterator[Problem]:
    """Check that every service that is named stands in the table services."""
    known = draft.column("services")
    yield from _unknown(draft, rows.DemandRow, "service", known, "the table services")
    for entry in draft.all(rows.BookingsRow):
        name = entry.value.service
        if name and name not in known and "services" not in draft.unread:
            yield _problem(entry, "service", name, known, "the table services")


def profiles_exist(draft: Draft) -> Iterator[Problem]:
    """Check that every profile that demand names has weights for its weekdays."""
    known = draft.column("profile_weekday", "profile")
    for column in ("booking_profile", "walk_in_profile"):
        yield from _unknown(draft, rows.DemandRow, column, known, "the table profile_weekday")


def employees_exist(draft: Draft) -> Iterator[Problem]:
    """Check that every employee with an absence or a wish stands in the table employees."""
    known = draft.column("employees", "employee")
    yield from _unknown(draft, rows.AbsenceRow, "employee", known, "the table employees")
    yield from _unknown(draft, rows.WishRow, "employee", known, "the table employees")


def scopes_exist(draft: Draft) -> Iterator[Problem]:
    """Check that every observation is of a place that exists."""
    known = {
        "city": frozenset({"city"}),
        "district": draft.column("districts"),
        "location": draft.column("locations"),
        "phone": draft.column("locations"),
    }
    for entry in draft.all(rows.ObservationRow):
        names = known[entry.value.scope]
        if entry.value.scope_id not in names:
            where = _SCOPES[entry.value.scope]
            yield _problem(entry, "scope_id", entry.value.scope_id, names, where)


def area_names(draft: Draft) -> frozenset[str]:
    """Return the ids of all areas, of valid and of other items."""
    node = draft.tree.entries.get("areas")
    return frozenset(item_names(node, "areas")) if isinstance(node, Items) else frozenset()


def _unknown(
    draft: Draft, model: type[BaseModel], field: str, known: Collection[str], where: str
) -> Iterator[Problem]:
    unread = where.removeprefix(TABLE) in draft.unread
    for entry in draft.all(model):
        name = str(getattr(entry.value, field))
        if name not in known and not unread:
            yield _problem(entry, field, name, known, where)


def _problem(
    entry: Entry[BaseModel]
    | Entry[rows.BookingsRow]
    | Entry[rows.EmployeeRow]
    | Entry[rows.ObservationRow],
    field: str,
    name: str,
    known: Collection[str],
    where: str,
) -> Problem:
    return entry.problem(field, f"is '{name}', which is not in {where}.", suggestion(name, known))
