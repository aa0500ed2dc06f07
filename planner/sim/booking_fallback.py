"""When those who gave up looking come to the doors, or call.

They come on the first day after giving up on which their place is open (the first-choice location,
or the first phone line), at a time drawn from that day's walk-in profile inside the opening hours
(uniform over the opening hours where the profile has nothing there).
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.place import Interval, LocationKind
from planner.sim.arrivals import DayRate, profile_rate
from planner.sim.booking_result import ExtraArrivals, Fate, RequestFates
from planner.sim.requests import RequestTable
from planner.units import MS_PER_DAY

LONGEST_CLOSURE_DAYS = 28


def extra_arrivals(
    case: PlanningCase, table: RequestTable, fates: RequestFates, fate: Fate
) -> ExtraArrivals:
    """Return those with ``fate`` (``WALK_IN`` or ``CALLED``) who arrive within the horizon.

    Nobody calls where the case has no phone line, and nobody comes to a place that stays closed
    for four weeks.
    """
    phone = next((c for c, p in enumerate(case.locations) if p.kind is LocationKind.PHONE), -1)
    doors = _Doors(case)
    gave_up = np.flatnonzero(fates.fate == fate)
    found = []
    for row in gave_up.tolist():
        place = phone if fate is Fate.CALLED else int(fates.first_location[row])
        day = doors.next_day(place, int(fates.decided_ms[row]) // MS_PER_DAY)
        if 0 <= day < case.horizon.days:
            rate = doors.rate(place, int(fates.service[row]), day)
            level = np.array([float(table.fallback_u[row]) * rate.expected])
            found.append((place, int(rate.times(level)[0]) + day * MS_PER_DAY, row))
    return _columns(fates, sorted(found))


class _Doors:
    """Opening days and walk-in rates, each looked up once."""

    def __init__(self, case: PlanningCase) -> None:
        self.case = case
        self._next: dict[tuple[int, int], int] = {}
        self._rates: dict[tuple[int, int, int], DayRate] = {}
        self._profiles = {d.service: case.profile(d.walk_in_profile) for d in case.demand}

    def next_day(self, place: int, day: int) -> int:
        """Return the first open day after ``day`` [days from the horizon's first], or -1."""
        if place < 0 or day < -LONGEST_CLOSURE_DAYS:
            return -1
        key = (place, day)
        if key not in self._next:
            later = range(day + 1, day + 1 + LONGEST_CLOSURE_DAYS)
            self._next[key] = next((d for d in later if self._hours(place, d)), -1)
        return self._next[key]

    def rate(self, place: int, service: int, day: int) -> DayRate:
        """Return the walk-in rate of a service inside the opening hours of an open day."""
        key = (place, service, day)
        if key not in self._rates:
            calendar_day = self.case.horizon.first_day + timedelta(days=day)
            hours = self._hours(place, day)
            profile = self._profiles[self.case.services[service].id]
            rate = profile_rate(profile, calendar_day, 1.0).within(hours)
            even = DayRate(tuple((h.start_minute, h.end_minute, float(h.minutes)) for h in hours))
            self._rates[key] = rate if rate.expected > 0 else even
        return self._rates[key]

    def _hours(self, place: int, day: int) -> tuple[Interval, ...]:
        calendar_day = self.case.horizon.first_day + timedelta(days=day)
        return self.case.locations[place].opening.on(calendar_day, self.case.horizon)


def _columns(fates: RequestFates, found: list[tuple[int, int, int]]) -> ExtraArrivals:
    place, arrival, row = np.array(found, np.int64).reshape(-1, 3).T
    return ExtraArrivals(
        row=row,
        location=place.astype(np.int16),
        service=fates.service[row],
        origin=fates.origin[row],
        requested_ms=fates.requested_ms[row],
        arrival_ms=arrival,
    )
