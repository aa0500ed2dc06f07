"""Who comes without appointment, and who calls: where from, where to, at what rate.

The rate of a service at a location is the service's rate through its walk-in profile
(``planner.sim.arrivals``), times the share of its customers whose first choice is the location,
inside the opening hours, and scaled by one factor a location so that an ordinary week brings the
week's share of the yearly volume: who finds the doors closed comes when they are open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.demand import Channel, Demand
from planner.domain.place import Location, LocationKind
from planner.sim.arrival_times import DayProcesses
from planner.sim.arrivals import DayRate, profile_rate
from planner.units import DAYS_PER_WEEK


@dataclass(frozen=True, eq=False)
class WalkInSource:
    """The customers of one service who come to, or call, one location without appointment.

    Attributes
    ----------
    location, service : int
        Codes.
    origins : float64 array (districts,)
        Cumulated shares of the districts of residence.
    first_day : date
    rates : tuple of DayRate
        By day from ``first_day`` on, busyness not included.
    """

    location: int
    service: int
    origins: NDArray[np.float64]
    first_day: date
    rates: tuple[DayRate, ...]


class WalkInSources(tuple[WalkInSource, ...]):
    """Every source of walk-ins and calls of a case; what replications share is computed once."""

    @cached_property
    def processes(self) -> tuple[DayProcesses, NDArray[np.int64]]:
        """Arrival processes, a stream a source, and the day of the horizon of each."""
        found, days = [], []
        rates: list[DayRate] = []
        for row, source in enumerate(self):
            for number, rate in enumerate(source.rates):
                if rate.expected > 0:
                    found.append((row, source.first_day + timedelta(days=number), len(rates)))
                    rates.append(rate)
                    days.append(number)
        return DayProcesses.of(found, rates), np.array(days, dtype=np.int64)


def walk_in_sources(case: PlanningCase) -> WalkInSources:
    """Return every source of walk-ins and calls of the case."""
    sources = []
    codes = {service.id: code for code, service in enumerate(case.services)}
    for demand in case.demand:
        shares = dict(demand.channel_share)
        for channel in (Channel.WALK_IN, Channel.PHONE):
            if shares.get(channel, 0.0) > 0:
                volume = demand.requests_per_year * shares[channel]
                sources += _sources(case, demand, codes[demand.service], (channel, volume))
    return WalkInSources(sources)


def _sources(
    case: PlanningCase, demand: Demand, service: int, volume: tuple[Channel, float]
) -> list[WalkInSource]:
    channel, per_year = volume
    by_phone = channel is Channel.PHONE
    area = case.services[service].area
    places = [
        code
        for code, place in enumerate(case.locations)
        if (place.kind is LocationKind.PHONE) == by_phone and (by_phone or place.area == area)
    ]
    found = []
    for code in places:
        origins = _origin_weights(case, demand, places, code)
        share = float(origins.sum())
        if share > 0:
            rates = _rates(case, demand, case.locations[code], per_year * share)
            shares = np.cumsum(origins) / share
            found.append(WalkInSource(code, service, shares, case.horizon.first_day, rates))
    return found


def _origin_weights(
    case: PlanningCase, demand: Demand, places: list[int], location: int
) -> NDArray[np.float64]:
    """Return the share of the demand by district that goes to the location, shape (districts,).

    Where the case says nothing of the choice among ``places``, they share equally.
    """
    ids = {case.locations[code].id for code in places}
    choice = {
        row.origin: row.share
        for row in case.location_choice
        if row.location == case.locations[location].id and row.area == case.locations[location].area
    }
    told = {row.origin for row in case.location_choice if row.location in ids}
    origin_share = dict(demand.origin_share)
    return np.array(
        [
            origin_share.get(district.id, 0.0)
            * (choice.get(district.id, 0.0) if district.id in told else 1.0 / len(places))
            for district in case.districts
        ]
    )


def _rates(
    case: PlanningCase, demand: Demand, place: Location, per_year: float
) -> tuple[DayRate, ...]:
    """Return the rate inside the opening hours by day of the horizon."""
    profile = case.profile(demand.walk_in_profile)
    monday = case.horizon.first_day - timedelta(days=case.horizon.first_day.weekday())
    week = [
        (profile_rate(profile, day, per_year), place.opening.weekly[day.weekday()])
        for day in _days(monday, DAYS_PER_WEEK)
    ]
    whole = sum(rate.expected for rate, _ in week)
    inside = sum(rate.within(intervals).expected for rate, intervals in week)
    factor = whole / inside if inside > 0 else 0.0
    return tuple(
        profile_rate(profile, day, per_year * factor).within(place.opening.on(day, case.horizon))
        for day in case.horizon.dates
    )


def _days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(count)]
