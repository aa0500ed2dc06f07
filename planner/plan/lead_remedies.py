"""What would hold a missed lead-time target: changes of the case, each with its simulated effect.

Every remedy is applied at once at all locations that miss (they share one book, so single ones
would be judged by what spills over), for all the weeks of booking that are simulated; requests are
the same with and without it as far as it does not move them itself (common random numbers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.demand import AppointmentDesks, Channel, Demand
from planner.domain.place import Interval, Location
from planner.model.requirement_lead import CounterHours
from planner.parallel import ordered_map
from planner.sim.booking import simulate_booking
from planner.sim.booking_measures import booking_measures
from planner.units import DAYS_PER_WEEK, MINUTES_PER_HOUR, WEEKS_PER_YEAR

#: Share of all requests that moves from the appointment to the online service.
ONLINE_POINTS = 0.1
#: Minutes that a later closing adds on every open day [min].
LATER_MINUTES = 60
#: Days a week on which a floater comes.
FLOATER_DAYS = 2
#: Where the formula finds enough hours, so many more are tried, as a share of the nominal ones.
LEAST_MORE = 0.1

Key = tuple[str, str]


@dataclass(frozen=True)
class LeadRemedy:
    """A remedy: the case with it, and the staff hours a week that it costs by location [h]."""

    name: str
    case: PlanningCase
    hours: Mapping[str, float]


def lead_remedies(
    case: PlanningCase, missed: tuple[str, ...], counter_hours: tuple[CounterHours, ...]
) -> tuple[LeadRemedy, ...]:
    """Return every remedy for the locations that miss, in no order of merit."""
    by_place = {hours.location: hours for hours in counter_hours}
    places = [case.location(name) for name in missed if name in by_place]
    return (
        _more_hours(case, places, by_place),
        _later_opening(case, places),
        _online(case, places),
        _floater(case, places),
    )


def lead_effects(
    case: PlanningCase, seed: int, replications: int, jobs: int
) -> dict[tuple[str, str], float]:
    """Return the mean of every lead measure by (location, measure) over replications."""
    rows = list(ordered_map(partial(_lead_rows, case, seed), range(replications), jobs))
    keys = sorted({key for row in rows for key in row})
    return {key: float(np.mean([row[key] for row in rows if key in row])) for key in keys}


def _lead_rows(case: PlanningCase, seed: int, number: int) -> dict[Key, float]:
    booking = simulate_booking(case, seed, number)
    return {
        (name, measure): value
        for scope, name, _area, _channel, measure, _unit, value in booking_measures(case, booking)
        if scope == "location"
    }


def _windows(case: PlanningCase, location: str) -> list[AppointmentDesks]:
    return [row for row in case.appointment_desks if row.location == location]


def _hours(rows: list[AppointmentDesks]) -> float:
    minutes = sum(row.desks * (row.end_minute - row.start_minute) for row in rows)
    return minutes / MINUTES_PER_HOUR


def _more_hours(
    case: PlanningCase, places: list[Location], by_place: Mapping[str, CounterHours]
) -> LeadRemedy:
    """One more desk in window after window until the missing hours are there."""
    added: dict[str, list[AppointmentDesks]] = {}
    for place in places:
        hours = by_place[place.id]
        wanted = max(hours.missing_hours, LEAST_MORE * hours.nominal_hours)
        rows = sorted(_windows(case, place.id), key=lambda row: (row.weekday, row.start_minute))
        more: list[AppointmentDesks] = []
        while rows and _hours(more) < wanted:
            more.append(replace(rows[len(more) % len(rows)], desks=1))
        added[place.id] = more
    extra = tuple(row for rows in added.values() for row in rows)
    changed = replace(case, appointment_desks=case.appointment_desks + extra)
    return LeadRemedy("more_hours", changed, {name: _hours(rows) for name, rows in added.items()})


def _floater(case: PlanningCase, places: list[Location]) -> LeadRemedy:
    """One more desk on the days with the fewest appointment hours."""
    added: dict[str, list[AppointmentDesks]] = {}
    for place in places:
        rows = _windows(case, place.id)
        days = sorted(
            {row.weekday for row in rows},
            key=lambda day: (_hours([row for row in rows if row.weekday == day]), day),
        )
        chosen = set(days[:FLOATER_DAYS])
        added[place.id] = [replace(row, desks=1) for row in rows if row.weekday in chosen]
    extra = tuple(row for rows in added.values() for row in rows)
    changed = replace(case, appointment_desks=case.appointment_desks + extra)
    return LeadRemedy("floater", changed, {name: _hours(rows) for name, rows in added.items()})


def _later_opening(case: PlanningCase, places: list[Location]) -> LeadRemedy:
    """Close an hour later, with the desks of the last window, where shifts reach so far."""
    ids = {place.id for place in places}
    added: dict[str, list[AppointmentDesks]] = {
        place.id: [row for day in range(DAYS_PER_WEEK) for row in _last_hour(case, place, day)]
        for place in places
    }
    locations = tuple(
        replace(place, opening=replace(place.opening, weekly=_later(case, place)))
        if place.id in ids
        else place
        for place in case.locations
    )
    extra = tuple(row for rows in added.values() for row in rows)
    changed = replace(case, locations=locations, appointment_desks=case.appointment_desks + extra)
    return LeadRemedy(
        "later_opening", changed, {name: _hours(rows) for name, rows in added.items()}
    )


def _end(case: PlanningCase, closing: int) -> int:
    return min(closing + LATER_MINUTES, case.shifts.latest_minute)


def _later(case: PlanningCase, place: Location) -> tuple[tuple[Interval, ...], ...]:
    return tuple(
        (
            *day[:-1],
            Interval(day[-1].start_minute, max(day[-1].end_minute, _end(case, day[-1].end_minute))),
        )
        if day
        else day
        for day in place.opening.weekly
    )


def _last_hour(case: PlanningCase, place: Location, day: int) -> list[AppointmentDesks]:
    rows = [row for row in _windows(case, place.id) if row.weekday == day]
    opening = place.opening.weekly[day]
    if not rows or not opening:
        return []
    last = max(rows, key=lambda row: row.end_minute)
    end = _end(case, opening[-1].end_minute)
    if end - last.end_minute < place.slot_minutes:
        return []
    return [replace(last, start_minute=last.end_minute, end_minute=end)]


def _online(case: PlanningCase, places: list[Location]) -> LeadRemedy:
    """Ten points of the requests of these fields of work are done online instead."""
    areas = {place.area for place in places}
    demand = tuple(
        _shifted(row) if case.service(row.service).area in areas else row for row in case.demand
    )
    saved = {place.id: -_online_hours(case, place) for place in places}
    return LeadRemedy("online_share", replace(case, demand=demand), saved)


def _shifted(demand: Demand) -> Demand:
    shares = dict(demand.channel_share)
    moved = min(ONLINE_POINTS, shares.get(Channel.APPOINTMENT, 0.0))
    shares[Channel.APPOINTMENT] = shares.get(Channel.APPOINTMENT, 0.0) - moved
    shares[Channel.ONLINE] = shares.get(Channel.ONLINE, 0.0) + moved
    return replace(demand, channel_share=tuple(shares.items()))


def _online_hours(case: PlanningCase, place: Location) -> float:
    """Counter hours a week that the location is spared."""
    minutes = 0.0
    for demand in case.demand:
        service = case.service(demand.service)
        if service.area != place.area:
            continue
        moved = min(ONLINE_POINTS, dict(demand.channel_share).get(Channel.APPOINTMENT, 0.0))
        origin = dict(demand.origin_share)
        share = sum(
            origin.get(choice.origin, 0.0) * choice.share
            for choice in case.location_choice
            if choice.area == place.area and choice.location == place.id
        )
        per_week = demand.requests_per_year / WEEKS_PER_YEAR
        minutes += per_week * moved * share * service.time.mean_minutes
    return minutes / MINUTES_PER_HOUR
