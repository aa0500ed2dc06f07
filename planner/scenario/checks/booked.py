"""The list of appointments booked already: when it was taken, and what it can name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from planner.errors import Problem
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.draft import Draft


def bookings_have_a_day(draft: Draft) -> Iterator[Problem]:
    """Check that bookings come with the day of their list, and the day with bookings."""
    listed, depth = draft.all(rows.BookingsRow), draft.one(sections.SimulationSection)
    if depth is None or "bookings" in draft.unread:
        return
    if listed and depth.value.booked_on is None:
        yield listed[0].problem(
            "date",
            "is a booking ahead, but simulation.booked_on does not say of which morning.",
            "Write there the day on which the table was listed; the book is simulated from then.",
        )
    elif not listed and depth.value.booked_on is not None:
        yield depth.problem(
            "booked_on",
            f"is {depth.value.booked_on}, but the table bookings has no rows.",
            "List the appointments that were booked then, or leave booked_on out.",
        )


def bookings_begin_before_the_week(draft: Draft) -> Iterator[Problem]:
    """Check that the list was taken before the planned days, or on the morning of the first."""
    horizon, depth = draft.one(sections.HorizonSection), draft.one(sections.SimulationSection)
    if horizon is None or depth is None or depth.value.booked_on is None:
        return
    if depth.value.booked_on > horizon.value.first_day:
        yield depth.problem(
            "booked_on",
            f"is {depth.value.booked_on}, after the first planned day {horizon.value.first_day}.",
            "Plan a later week, or take the list of that day or an earlier one.",
        )


def bookings_can_be(draft: Draft) -> Iterator[Problem]:
    """Check that bookings lie ahead, within the booking horizon, where appointments are taken."""
    depth = draft.one(sections.SimulationSection)
    if depth is None or depth.value.booked_on is None or not draft.intact("booking", "locations"):
        return
    since = depth.value.booked_on
    areas = {entry.value.id: entry.value.area for entry in draft.all(rows.LocationRow)}
    furthest = {e.value.area: e.value.horizon_days for e in draft.all(sections.BookingItem)}
    offering = {e.value.location for e in draft.all(rows.AppointmentDesksRow) if e.value.desks}
    for entry in draft.all(rows.BookingsRow):
        row = entry.value
        if row.date < since:
            yield entry.problem("date", f"is {row.date}, before the day of the list, {since}.")
        days = furthest.get(areas.get(row.location, ""))
        if days is not None and row.date > since + timedelta(days=days):
            yield entry.problem(
                "date",
                f"is {row.date}, but on {since} no more than {days} days ahead can be booked.",
                "Correct the date, or booking.horizon_days.",
            )
        if row.location in areas and (row.location not in offering or days is None):
            yield entry.problem(
                "location",
                f"is {row.location}, which takes no appointments.",
                "Add rows to appointment_desks and its area to booking, or leave them out.",
            )


def booked_services_belong(draft: Draft) -> Iterator[Problem]:
    """Check that a booked service is one of the location's field of work."""
    if not draft.intact("locations", "services"):
        return
    areas = {entry.value.id: entry.value.area for entry in draft.all(rows.LocationRow)}
    fields = {entry.value.id: entry.value.area for entry in draft.all(rows.ServiceRow)}
    for entry in draft.all(rows.BookingsRow):
        row = entry.value
        own, asked = areas.get(row.location), fields.get(row.service)
        if own is not None and asked is not None and own != asked:
            yield entry.problem(
                "service",
                f"is '{row.service}' of the area {asked}, but {row.location} is of {own}.",
            )
