"""The booking stage over months with a counter capacity that changes from month to month.

The book is played with the appointment desks of the case times a factor by location and month;
before the first day and beyond the last month the neighbouring factors hold (1 before).  A month's
lead is the mean booked lead of the bookings made in its last days, as the fluid book's lead is
that of the month's end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.sim.booking import simulate_booking
from planner.sim.booking_result import BOOKED_FATES, BookingResult, Fate
from planner.sim.months import month_starts
from planner.units import MS_PER_DAY

Floats = NDArray[np.float64]

#: Bookings of so many days before the end of a month tell its lead [days].
LAST_DAYS = 14


@dataclass(frozen=True)
class BookMonths:
    """Bookings by location and month, arrays (locations, months).

    Attributes
    ----------
    bookings, lead_days : float64
        Bookings made in the last days of the month, and the sum of their booked leads [days].
    lost : float64
        Those who gave up in the month, by first choice.
    """

    bookings: Floats
    lead_days: Floats
    lost: Floats

    def lead(self, locations: tuple[int, ...]) -> Floats:
        """Return the mean lead of these locations by month [days]; NaN without bookings."""
        codes = list(locations)
        count, total = self.bookings[codes].sum(axis=0), self.lead_days[codes].sum(axis=0)
        return np.where(count > 0, total / np.maximum(count, 1.0), np.nan)


def book_over_months(
    case: PlanningCase, factor: Floats, seed: int, replication: int, last_days: int = LAST_DAYS
) -> BookMonths:
    """Play the book of a long horizon with changing desks.

    Parameters
    ----------
    factor : float64 array (locations, months)
        Appointment desks over those of the case.
    last_days : int
        Bookings of so many days before the end of a month tell its lead [days].
    """
    starts = month_starts(case.horizon.first_day, factor.shape[1])
    ends = np.array([(day - starts[0]).days for day in starts[1:]])

    def scale(code: int, day: int) -> float:
        if day < 0:
            return 1.0
        month = min(int(np.searchsorted(ends, day, side="right")), len(ends) - 1)
        return float(factor[code, month])

    return _counted(simulate_booking(case, seed, replication, scale=scale), ends, last_days)


def _counted(result: BookingResult, ends: NDArray[np.int64], last_days: int) -> BookMonths:
    requests = result.requests
    shape = (len(result.third_next), len(ends))
    day = requests.decided_ms // MS_PER_DAY
    month = np.minimum(np.searchsorted(ends, day, side="right"), len(ends) - 1)
    within = (day >= 0) & (day < ends[-1])
    booked = within & np.isin(requests.fate, BOOKED_FATES)
    late = booked & (day >= ends[month] - last_days)
    gone = within & np.isin(requests.fate, (Fate.LOST, Fate.WALK_IN, Fate.CALLED))
    counts, leads, lost = (np.zeros(shape) for _ in range(3))
    np.add.at(counts, (requests.location[late], month[late]), 1.0)
    leads_of = requests.booked_lead_days[late].astype(np.float64)
    np.add.at(leads, (requests.location[late], month[late]), leads_of)
    np.add.at(lost, (requests.first_location[gone], month[gone]), 1.0)
    return BookMonths(counts, leads, lost)
