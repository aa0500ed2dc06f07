"""Months of a long horizon: slots asked for and slots offered, by location.

Months are counted from the first day of the horizon: month m goes from that day of the month on,
m months later, to the day before the next (15 April to 14 May).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.demand import Channel, Demand
from planner.sim.arrivals import is_quiet, profile_rate
from planner.sim.book_layout import book_layout

Floats = NDArray[np.float64]


def month_starts(first_day: date, months: int) -> tuple[date, ...]:
    """Return the first days of ``months`` months and of the one after them."""
    return tuple(_later(first_day, month) for month in range(months + 1))


def month_of_day(first_day: date, months: int) -> NDArray[np.int64]:
    """Return the month of every day from ``first_day`` to the end of the last month."""
    starts = month_starts(first_day, months)
    lengths = [(after - before).days for before, after in pairwise(starts)]
    return np.repeat(np.arange(months), lengths)


def asked_slots(case: PlanningCase, months: int) -> Floats:
    """Return the expected slots asked for at first-choice locations, less the cancelled ones.

    A cancelled slot returns to the book at once and is used again.

    Returns
    -------
    float64 array (locations, months)
        As the booking stage samples them: month, weekday and holidays of each day.
    """
    asked = np.zeros((len(case.locations), months))
    cancelled = {policy.area: policy.cancelled_share for policy in case.booking}
    for demand in case.demand:
        service = case.service(demand.service)
        share = dict(demand.channel_share).get(Channel.APPOINTMENT, 0.0)
        if share <= 0 or service.area not in cancelled:
            continue
        slots = service.slots * share * (1.0 - cancelled[service.area])
        monthly = slots * _requests(case, demand, service.area, months)
        asked += np.outer(_first_choices(case, demand, service.area), monthly)
    return asked


def offered_slots(case: PlanningCase, months: int) -> Floats:
    """Return the bookable slots of the case's appointment desks, array (locations, months).

    The horizon of ``case`` must reach to the end of the last month.
    """
    layout = book_layout(case)
    days = layout.capacity[-layout.first_day :][: case.horizon.days]
    month = month_of_day(case.horizon.first_day, months)
    offered = np.zeros((months, len(case.locations)))
    np.add.at(offered, month, days[: len(month)].astype(np.float64))
    return offered.T


def _requests(case: PlanningCase, demand: Demand, area: str, months: int) -> Floats:
    """Return the expected requests of a service by month, all channels."""
    profile = case.profile(demand.booking_profile)
    monthly = np.zeros(months)
    for month, day in _days(case.horizon.first_day, months):
        if not is_quiet(case, area, day):
            monthly[month] += profile_rate(profile, day, demand.requests_per_year).expected
    return monthly


def _days(first_day: date, months: int) -> Iterator[tuple[int, date]]:
    for offset, month in enumerate(month_of_day(first_day, months).tolist()):
        yield month, first_day + timedelta(days=offset)


def _first_choices(case: PlanningCase, demand: Demand, area: str) -> Floats:
    """Return the share of a service's requests by first-choice location; sums to 1."""
    own = np.array([place.area == area for place in case.locations])
    shares = np.zeros(len(own))
    codes = {place.id: code for code, place in enumerate(case.locations)}
    for origin, weight in demand.origin_share:
        choices = [c for c in case.location_choice if c.origin == origin and c.area == area]
        for choice in choices:
            shares[codes[choice.location]] += weight * choice.share
        if not choices:
            shares += weight * own / own.sum()
    return shares


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
