"""Where people ended up, for comparisons of scenarios: nobody vanishes from the count.

================  =====  ======================================================================
measure           unit   meaning
================  =====  ======================================================================
unserved          1      people who end without service in the horizon: searches for an
                         appointment that were given up for good (by first choice), walk-ins
                         turned away or left at closing, callers who never got through
still_searching   1      people who go on looking for an appointment after the horizon, by first
                         choice
elsewhere_share   share  of the horizon's appointments, not at the first choice, by first choice
late_customers    1      people who come at 17:00 or later, or on a Saturday
================  =====  ======================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.staff import SATURDAY
from planner.sim.booking_result import BookingResult
from planner.sim.booking_result import Fate as BookingFate
from planner.sim.customer_table import Came, Customers
from planner.sim.engine import Fate, Outcomes
from planner.sim.measures import ALL, Row, groups
from planner.units import MS_PER_DAY, MS_PER_MINUTE

LATE_MINUTE = 17 * 60
Counts = NDArray[np.float64]


def whereabouts(
    case: PlanningCase, booking: BookingResult, customers: Customers, outcomes: Sequence[Outcomes]
) -> list[Row]:
    """Return the measures of one replication for every scope and field of work."""
    lost, searching = _lost(case, booking), _searching(case, booking)
    lost += _left(case, customers, outcomes)
    elsewhere, booked = _elsewhere(case, booking)
    late = _late(case, customers)
    rows: list[Row] = []
    for group in groups(case):
        key, codes = (group.scope, group.id, group.area, ALL), list(group.locations)
        counts = (("unserved", lost), ("still_searching", searching), ("late_customers", late))
        rows += [Row(*key, name, "1", float(found[codes].sum()), 1.0) for name, found in counts]
        below = float(booked[codes].sum())
        if below > 0:
            share = float(elsewhere[codes].sum()) / below
            rows.append(Row(*key, "elsewhere_share", "share", share, below))
    return rows


def _lost(case: PlanningCase, booking: BookingResult) -> Counts:
    """Count searches given up for good in the horizon, by first choice."""
    requests = booking.requests
    gone = (requests.fate == BookingFate.LOST) & (requests.decided_ms >= 0)
    return _by_place(case, requests.first_location[gone])


def _searching(case: PlanningCase, booking: BookingResult) -> Counts:
    requests = booking.requests
    return _by_place(case, requests.first_location[requests.fate == BookingFate.SEARCHING])


def _left(case: PlanningCase, customers: Customers, outcomes: Sequence[Outcomes]) -> Counts:
    """Count those who came or called and were not served in the end, by location."""
    return np.array(list(_left_of(case, customers, outcomes)))


def _left_of(
    case: PlanningCase, customers: Customers, outcomes: Sequence[Outcomes]
) -> Iterator[float]:
    for code in range(len(case.locations)):
        yield float((outcomes[code].fate != Fate.SERVED).sum())


def _elsewhere(case: PlanningCase, booking: BookingResult) -> tuple[Counts, Counts]:
    """Return appointments of the horizon not at the first choice, and all, by first choice."""
    kept = booking.appointments
    rows = kept.row >= 0
    first = booking.requests.first_location[kept.row[rows]]
    known = first >= 0
    moved = known & (first != kept.location[rows])
    return _by_place(case, first[moved]), _by_place(case, first[known])


def _late(case: PlanningCase, customers: Customers) -> Counts:
    """Count counter customers who come late in the day or on a Saturday, by location."""
    day, within = np.divmod(customers.arrival, MS_PER_DAY)
    weekday = np.array([date.weekday() for date in case.horizon.dates])
    on_saturday = weekday[np.clip(day, 0, case.horizon.days - 1)] == SATURDAY
    late = (within >= LATE_MINUTE * MS_PER_MINUTE) | on_saturday
    return _by_place(case, customers.location[late & (customers.came != Came.CALL)])


def _by_place(case: PlanningCase, codes: NDArray[np.int16]) -> Counts:
    return np.bincount(codes[codes >= 0], minlength=len(case.locations)).astype(np.float64)
