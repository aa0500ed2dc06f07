"""Appointments: who books needs a book, desks behind it and a way to search."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planner.errors import Problem
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.draft import Draft
from planner.scenario.field_types import WEEKDAYS
from planner.units import minute_to_clock


def booked_areas_have_a_book(draft: Draft) -> Iterator[Problem]:
    """Check that an area whose services are booked has a booking policy and appointment desks."""
    if not draft.intact("booking", "appointment_desks", "locations", "services"):
        return
    areas = {entry.value.id: entry.value.area for entry in draft.all(rows.ServiceRow)}
    books = {entry.value.area for entry in draft.all(sections.BookingItem)}
    places = {entry.value.id: entry.value.area for entry in draft.all(rows.LocationRow)}
    offering = {
        places.get(entry.value.location)
        for entry in draft.all(rows.AppointmentDesksRow)
        if entry.value.desks > 0
    }
    for entry in draft.all(rows.DemandRow):
        area = areas.get(entry.value.service)
        if entry.value.share_appointment == 0 or area is None:
            continue
        if area not in books:
            yield entry.problem(
                "share_appointment",
                f"is {entry.value.share_appointment:g}, but the area {area} has no booking.",
                "Add an item to booking, or set the share to 0.",
            )
        if area not in offering:
            yield entry.problem(
                "share_appointment",
                f"is {entry.value.share_appointment:g}, but no location of the area {area} has "
                "appointment desks.",
                "Add rows to the table appointment_desks, or set the share to 0.",
            )


def bookers_can_search(draft: Draft) -> Iterator[Problem]:
    """Check that where there is a book, the scenario says how customers search."""
    books = draft.all(sections.BookingItem)
    if books and "choice" not in draft.tree.entries:
        yield books[0].problem(
            "", "needs the section choice.", "Say there how customers search for an appointment."
        )


def appointments_within_hours(draft: Draft) -> Iterator[Problem]:
    """Check that appointments lie within the opening hours of their location."""
    backward = {
        (hours.value.location, hours.value.weekday)
        for hours in draft.all(rows.OpeningRow)
        if hours.value.end <= hours.value.start
    }
    for entry in draft.all(rows.AppointmentDesksRow):
        row = entry.value
        if not draft.intact("opening_hours") or (row.location, row.weekday) in backward:
            continue
        open_minutes = sum(
            max(0, min(hours.value.end, row.end) - max(hours.value.start, row.start))
            for hours in draft.all(rows.OpeningRow)
            if (hours.value.location, hours.value.weekday) == (row.location, row.weekday)
        )
        if row.desks > 0 and open_minutes < row.end - row.start:
            yield entry.problem(
                "",
                f"takes appointments from {minute_to_clock(row.start)} to "
                f"{minute_to_clock(row.end)}, when {row.location} is not open all the time "
                f"on {WEEKDAYS[row.weekday]}.",
                "Shorten it to the opening hours.",
            )


def appointment_desks_exist(draft: Draft) -> Iterator[Problem]:
    """Check that no more desks take appointments than a location has."""
    places = {
        entry.value.id: entry.value.places
        for entry in draft.all(rows.LocationRow)
        if entry.value.places is not None
    }
    for entry in draft.all(rows.AppointmentDesksRow):
        row = entry.value
        if row.desks > places.get(row.location, row.desks):
            yield entry.problem(
                "desks", f"is {row.desks}, but {row.location} has {places[row.location]} desks."
            )


def no_shows_in_order(draft: Draft) -> Iterator[Problem]:
    """Check that the points of the no-show curve stand in order of the lead."""
    for entry in draft.all(sections.BookingItem):
        leads = [lead for lead, _ in entry.value.no_show_by_lead]
        if any(later <= earlier for earlier, later in pairwise(leads)):
            yield entry.problem(
                "no_show_by_lead", f"has leads {leads}; they must rise from point to point."
            )


def releases_within_horizon(draft: Draft) -> Iterator[Problem]:
    """Check that no tranche is released before its slots can be booked."""
    for entry in draft.all(sections.BookingItem):
        furthest = max(part.days_before for part in entry.value.tranches)
        if furthest > entry.value.horizon_days:
            yield entry.problem(
                "tranches",
                f"release slots {furthest} days ahead, beyond horizon_days "
                f"{entry.value.horizon_days}.",
            )


def ranges_in_order(draft: Draft) -> Iterator[Problem]:
    """Check that the ranges of the customers' choice go from low to high."""
    choice = draft.one(sections.ChoiceSection)
    if choice is None:
        return
    for name in ("late_wish_days", "notice_days", "retry_days"):
        low, high = getattr(choice.value, name)
        if low > high:
            yield choice.problem(name, f"is [{low:g}, {high:g}]; write the lower number first.")
    if choice.value.walk_in_share + choice.value.phone_share > 1:
        yield choice.problem("walk_in_share", "and phone_share sum to more than 1.")
