"""The law of the appointment book: what both booking engines compute, row for row.

B1  Time is whole milliseconds after the midnight of the first simulated day; every day has 24 h.
B2  A location has slots on a day; a slot can take a number of bookings (units), each of which
    belongs to a release tranche.  A unit can be booked from the release of its tranche on.
B3  At one instant the order is: releases; cancellations by row; the morning observation; searches
    by row.  What a search causes happens at least 1 ms later.
B4  A booking of a service with k slots takes one unit of each of k slots that follow each other.
B5  A search at instant t sees start slots with k free units in a row that begin at t + the minimum
    notice or later, on days up to the booking horizon of the field of work after the day of t.
B6  The earliest day of a customer is the day of the request + notice; the wished day is the
    earliest day + the late wish; the latest day is the wished day + the tolerance.  All three
    stay as they are while the customer searches again.
B7  Acceptable are the first-choice location and, for flexible customers, those within travel
    tolerance of it.  The offer of the first search is the first day from the earliest day on
    with a start slot at an acceptable location; it is recorded and decides nothing.
B8  The customer takes the first day from the wished day on with a start slot at the first-choice
    location, if it is not after the latest day.
B9  Otherwise a flexible customer takes the first such day over the acceptable locations (ties:
    the nearer; equally near: the first in order of id), if it is not after the latest day.
B10 Otherwise, at the last search, a customer with the last resort takes the first day from the
    earliest day on over all locations of the field of work (ties as in B9; only the first choice
    where residence binds), however late.
B11 Within the day the customer takes start slot number floor(u m) of the m possible ones.
B12 Without booking the customer searches again after low + (high - low) frac(u + 0.618... n) days
    (n: searches made; at least 1 ms), up to ``attempts`` searches; then gives up: walks in, calls
    or is lost, as the customer's row says.
B13 A customer who cancels does so after the part u of the time from booking to appointment (at
    least 1 ms after the booking); the units are free again at that instant, for everyone.
B14 Every morning, the days to the third next available unit are observed by location, seen
    as in B5 for one slot; the booking horizon where fewer than three are in sight.
B15 What would happen at the end of the horizon or later does not happen; customers who would
    search again then are still searching.
B16 Whether a customer who does not cancel shows up is decided by the lead at booking: the no-show
    share of that lead in whole days, linear between the points of the policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from planner.sim.book_layout import BookLayout
from planner.sim.book_sites import SiteLists
from planner.sim.requests import RequestTable
from planner.units import MS_PER_DAY, MS_PER_HOUR

GOLDEN = 0.6180339887498949
MINIMUM_NOTICE_MS = MS_PER_HOUR
MORNING_MS = 8 * MS_PER_HOUR
THIRD = 3


class Ending(IntEnum):
    """How a row's search ended."""

    SEARCHING = 0
    BOOKED = 1
    GAVE_UP = 2
    ONLINE = 3


@dataclass(frozen=True)
class SearchRules:
    """The numbers of the law.

    Attributes
    ----------
    attempts : int
        Searches before a customer gives up (B12).
    retry_low_ms, retry_span_ms : float
        Shortest time between two searches and longest less shortest [ms].
    minimum_notice_ms : int
        First bookable instant after a search (B5); an hour, assumed.
    morning_ms : int
        Clock time of the morning observation [ms after midnight] (B14).
    """

    attempts: int
    retry_low_ms: float
    retry_span_ms: float
    minimum_notice_ms: int = MINIMUM_NOTICE_MS
    morning_ms: int = MORNING_MS


@dataclass(frozen=True)
class BookingProblem:
    """Everything a booking engine needs."""

    layout: BookLayout
    sites: SiteLists
    requests: RequestTable
    rules: SearchRules

    @property
    def end_ms(self) -> int:
        """End of the horizon [ms after the first simulated midnight]."""
        return self.layout.simulated_days * MS_PER_DAY


@dataclass(frozen=True)
class BookingOutcome:
    """What a booking engine returns; arrays (requests,) and one by day and location.

    Attributes
    ----------
    ending : int8
        ``Ending``.
    site, day, slot : int16
        Booked location, day and first slot; -1 where nothing was booked.
    decided_ms : int64
        Instant of the booking or of giving up; -1 while searching.
    cancelled_ms : int64
        Instant of the cancellation; -1 where not cancelled.
    attempts : int8
        Searches made.
    offered_day : int16
        Day of the offer of the first search; -1 without offer.
    third_next : int16 array (simulated days, locations)
        Days to the third next available unit.
    """

    ending: NDArray[np.int8]
    site: NDArray[np.int16]
    day: NDArray[np.int16]
    slot: NDArray[np.int16]
    decided_ms: NDArray[np.int64]
    cancelled_ms: NDArray[np.int64]
    attempts: NDArray[np.int8]
    offered_day: NDArray[np.int16]
    third_next: NDArray[np.int16]


class BookingEngine(Protocol):
    """A booking engine: a pure function of the problem."""

    def __call__(self, problem: BookingProblem) -> BookingOutcome:
        """Run the book from the first simulated day to the end of the horizon."""
        ...


def blank_outcome(problem: BookingProblem) -> BookingOutcome:
    """Return an outcome in which nothing has happened yet; online rows are ended."""
    rows, layout = len(problem.requests), problem.layout
    ending = np.where(problem.requests.online, Ending.ONLINE, Ending.SEARCHING)
    return BookingOutcome(
        ending=ending.astype(np.int8),
        site=np.full(rows, -1, np.int16),
        day=np.full(rows, -1, np.int16),
        slot=np.full(rows, -1, np.int16),
        decided_ms=np.where(problem.requests.online, problem.requests.requested_ms, -1),
        cancelled_ms=np.full(rows, -1, np.int64),
        attempts=np.zeros(rows, np.int8),
        offered_day=np.full(rows, -1, np.int16),
        third_next=np.full((layout.simulated_days, len(layout.area)), -1, np.int16),
    )
