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


@dataclass(frozen=True, slots=True)
class Window:
    """What tells a month's lead.

    Attributes
    ----------
    last_days : int
        Bookings of so many days before the end of the month [days]; 31: of the whole month.
    first_before : bool
        Whether the warm-up has the desks of the first month, or those of the case.
    """

    last_days: int = 14
    first_before: bool = False


TODAY = Window()


@dataclass(frozen=True)
class BookMonths:
    """Bookings by location and month, arrays (locations, months).

    Attributes
    ----------
    bookings, lead_days : float64
        Bookings made in the last days of the month, and the sum of their booked leads [days].
    offers, offered_days : float64
        First searches of the month by first choice, and the sum of their offered leads [days];
        who is offered nothing counts with the booking horizon.
    lost : float64
        Those who gave up in the month, by first choice.
    """

    bookings: Floats
    lead_days: Floats
    offers: Floats
    offered_days: Floats
    lost: Floats

    def lead(self, locations: tuple[int, ...]) -> Floats:
        """Return the mean lead of these locations by month [days]; NaN without bookings."""
        return _ratio(self.lead_days, self.bookings, locations)

    def offered(self, locations: tuple[int, ...]) -> Floats:
        """Return the mean offered lead by month [days]; NaN without searches."""
        return _ratio(self.offered_days, self.offers, locations)


def book_over_months(
    case: PlanningCase, factor: Floats, seed: int, replication: int, window: Window = TODAY
) -> BookMonths:
    """Play the book of a long horizon with changing desks.

    Parameters
    ----------
    factor : float64 array (locations, months)
        Appointment desks over those of the case; before the first day that of the first month
        where the window says so, otherwise 1.
    window : Window
        Which bookings tell a month's lead, and how many desks there were before.
    """
    starts = month_starts(case.horizon.first_day, factor.shape[1])
    ends = np.array([(day - starts[0]).days for day in starts[1:]])

    def scale(code: int, day: int) -> float:
        if day < 0:
            return float(factor[code, 0]) if window.first_before else 1.0
        month = min(int(np.searchsorted(ends, day, side="right")), len(ends) - 1)
        return float(factor[code, month])

    result = simulate_booking(case, seed, replication, scale=scale)
    longest = {policy.area: policy.horizon_days for policy in case.booking}
    limits = np.array([longest.get(area.id, 0) for area in case.areas])
    return _counted(result, ends, window.last_days, limits)


def _ratio(total: Floats, count: Floats, locations: tuple[int, ...]) -> Floats:
    codes = list(locations)
    own, number = total[codes].sum(axis=0), count[codes].sum(axis=0)
    return np.where(number > 0, own / np.maximum(number, 1.0), np.nan)


def _counted(
    result: BookingResult, ends: NDArray[np.int64], last_days: int, limits: NDArray[np.int64]
) -> BookMonths:
    requests = result.requests
    shape = (len(result.third_next), len(ends))
    decided, asked = requests.decided_ms // MS_PER_DAY, requests.requested_ms // MS_PER_DAY
    within = (decided >= 0) & (decided < ends[-1])
    booked = within & np.isin(requests.fate, BOOKED_FATES)
    late = booked & (decided >= ends[_month(decided, ends)] - last_days)
    gone = within & np.isin(requests.fate, (Fate.LOST, Fate.WALK_IN, Fate.CALLED))
    first = (asked >= 0) & (asked < ends[-1]) & (requests.first_location >= 0)
    offered = requests.offered_lead_days
    offered = np.where(offered < 0, limits[requests.area], offered)
    months, place = _month(decided, ends), requests.location
    return BookMonths(
        bookings=_sums(shape, place[late], months[late]),
        lead_days=_sums(shape, place[late], months[late], requests.booked_lead_days[late]),
        offers=_sums(shape, requests.first_location[first], _month(asked, ends)[first]),
        offered_days=_sums(
            shape, requests.first_location[first], _month(asked, ends)[first], offered[first]
        ),
        lost=_sums(shape, requests.first_location[gone], months[gone]),
    )


def _month(day: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.minimum(np.searchsorted(ends, day, side="right"), len(ends) - 1)


def _sums(
    shape: tuple[int, int],
    place: NDArray[np.int16],
    month: NDArray[np.int64],
    values: NDArray[np.generic] | None = None,
) -> Floats:
    """Return the sums (counts without values) by location and month."""
    key = place.astype(np.int64) * shape[1] + month
    sums = np.bincount(key, weights=values, minlength=shape[0] * shape[1])
    return np.asarray(sums.reshape(shape), dtype=np.float64)
