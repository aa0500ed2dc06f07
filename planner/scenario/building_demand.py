"""Demand: profiles brought to their norm, origins, first choices, booking, patience.

With the norms below the expected requests of a service at a minute of a day are
``requests_per_year / 365.25 * month * weekday * time_of_day`` [1/min].
"""

from __future__ import annotations

from collections import defaultdict

from planner.domain.demand import (
    AppointmentDesks,
    BookedDay,
    BookingPolicy,
    Channel,
    CustomerChoice,
    Demand,
    LocationChoice,
    Patience,
    Profile,
    ReleaseTranche,
)
from planner.domain.place import LocationKind
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.draft import Draft
from planner.units import DAYS_PER_WEEK

MONTHS = 12
Pieces = tuple[tuple[int, int, float], ...]

#: Without appointments nobody searches for one.
NO_SEARCH = CustomerChoice(
    first_site_only_share=1.0,
    travel_tolerance_minutes=0.0,
    late_wish_share=0.0,
    late_wish_days=(0.0, 0.0),
    notice_days=(0.0, 0.0),
    tolerance_days=(1.0, 0.0),
    attempts=1,
    retry_days=(0.0, 0.0),
    last_resort_share=0.0,
    walk_in_share=0.0,
    phone_share=0.0,
)


def profiles(draft: Draft) -> tuple[Profile, ...]:
    """Return the profiles: months and weekdays of mean 1, each day's rate of integral 1 [1/min]."""
    months: dict[str, list[float]] = defaultdict(lambda: [0.0] * MONTHS)
    for month in draft.all(rows.MonthRow):
        months[month.value.profile][month.value.month - 1] = month.value.weight
    weekdays: dict[str, list[float]] = defaultdict(lambda: [0.0] * DAYS_PER_WEEK)
    for weekday in draft.all(rows.WeekdayRow):
        weekdays[weekday.value.profile][weekday.value.weekday] = weekday.value.weight
    times = _times(draft)
    return tuple(
        Profile(name, _of_mean_one(months[name]), _of_mean_one(weekdays[name]), times[name])
        for name in sorted(weekdays)
    )


def demand(draft: Draft) -> tuple[Demand, ...]:
    """Return the demand of each service, sorted by service."""
    areas = {entry.value.id: entry.value.area for entry in draft.all(rows.ServiceRow)}
    origins = _origins(draft)
    values = sorted((entry.value for entry in draft.all(rows.DemandRow)), key=lambda r: r.service)
    return tuple(
        Demand(
            service=row.service,
            requests_per_year=row.requests_per_year,
            channel_share=channel_shares(row),
            origin_share=origins[areas[row.service]],
            booking_profile=row.booking_profile,
            walk_in_profile=row.walk_in_profile,
            busyness_cv=row.busyness_cv,
        )
        for row in values
    )


def channel_shares(row: rows.DemandRow) -> tuple[tuple[Channel, float], ...]:
    """Return the shares of the channels."""
    return (
        (Channel.ONLINE, row.share_online),
        (Channel.APPOINTMENT, row.share_appointment),
        (Channel.WALK_IN, row.share_walk_in),
        (Channel.PHONE, row.share_phone),
    )


def customer_choice(draft: Draft) -> CustomerChoice:
    """Return how customers search for an appointment."""
    entry = draft.one(sections.ChoiceSection)
    return CustomerChoice(**entry.value.model_dump()) if entry else NO_SEARCH


def location_choice(draft: Draft) -> tuple[LocationChoice, ...]:
    """Return the first choices; where an area has one location, all go there."""
    found = [
        LocationChoice(row.value.origin, row.value.area, row.value.location, row.value.share)
        for row in draft.all(rows.ChoiceRow)
    ]
    given = {(choice.origin, choice.area) for choice in found}
    sites: dict[str, list[str]] = defaultdict(list)
    for entry in draft.all(rows.LocationRow):
        sites[entry.value.area].append(entry.value.id)
    for area, ids in sites.items():
        for district in draft.all(rows.DistrictRow):
            origin = district.value.id
            if len(ids) == 1 and (origin, area) not in given:
                found.append(LocationChoice(origin, area, ids[0], 1.0))
    return tuple(sorted(found, key=lambda c: (c.origin, c.area, c.location)))


def booking(draft: Draft) -> tuple[BookingPolicy, ...]:
    """Return the booking policies, sorted by area."""
    items = (entry.value for entry in draft.all(sections.BookingItem))
    return tuple(_policy(item) for item in sorted(items, key=lambda item: item.area))


def appointment_desks(draft: Draft) -> tuple[AppointmentDesks, ...]:
    """Return the desks that take appointments, in order of location, weekday and start."""
    found = [
        AppointmentDesks(
            entry.value.location,
            entry.value.weekday,
            entry.value.start,
            entry.value.end,
            entry.value.desks,
        )
        for entry in draft.all(rows.AppointmentDesksRow)
    ]
    return tuple(sorted(found, key=lambda d: (d.location, d.weekday, d.start_minute)))


def booked(draft: Draft) -> tuple[BookedDay, ...]:
    """Return the appointments that have been booked already, by location, day and service."""
    found = [
        BookedDay(row.value.location, row.value.date, row.value.service, row.value.bookings)
        for row in draft.all(rows.BookingsRow)
        if row.value.bookings
    ]
    return tuple(sorted(found, key=lambda b: (b.location, b.day, b.service)))


def patience(draft: Draft) -> tuple[Patience, ...]:
    """Return the patience of every kind of location; unless given, it is without limit."""
    given = {
        entry.value.location_kind: Patience(**entry.value.model_dump())
        for entry in draft.all(sections.PatienceItem)
    }
    return tuple(given.get(kind, Patience(kind, None)) for kind in LocationKind)


def _policy(item: sections.BookingItem) -> BookingPolicy:
    tranches = [ReleaseTranche(part.share, part.days_before, part.time) for part in item.tranches]
    return BookingPolicy(
        area=item.area,
        horizon_days=item.horizon_days,
        bound_to_residence=item.bound_to_residence,
        tranches=tuple(sorted(tranches, key=lambda t: (-t.days_before, t.minute))),
        overbooking_share=item.overbooking_share,
        no_show_by_lead=item.no_show_by_lead,
        cancelled_share=item.cancelled_share,
    )


def _origins(draft: Draft) -> dict[str, tuple[tuple[str, float], ...]]:
    districts = [entry.value.id for entry in draft.all(rows.DistrictRow)]
    shares: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for entry in draft.all(rows.OriginRow):
        shares[entry.value.area].append((entry.value.district, entry.value.share))
    everyone = [(district, 1.0) for district in districts[:1]]
    areas = [entry.value.id for entry in draft.all(sections.AreaItem)]
    return {area: tuple(sorted(shares.get(area, everyone))) for area in areas}


def _times(draft: Draft) -> dict[str, tuple[Pieces, ...]]:
    days: dict[str, list[list[tuple[int, int, float]]]] = defaultdict(
        lambda: [[] for _ in range(DAYS_PER_WEEK)]
    )
    for entry in draft.all(rows.TimeRow):
        row = entry.value
        for weekday in row.weekdays:
            days[row.profile][weekday].append((row.start, row.end, row.weight))
    return {name: tuple(_of_integral_one(day) for day in week) for name, week in days.items()}


def _of_mean_one(weights: list[float]) -> tuple[float, ...]:
    mean = sum(weights) / len(weights)
    return tuple(weight / mean for weight in weights)


def _of_integral_one(pieces: list[tuple[int, int, float]]) -> Pieces:
    total = sum((end - start) * weight for start, end, weight in pieces)
    return tuple((start, end, weight / total) for start, end, weight in sorted(pieces) if total)
