"""What the booking stage hands on: every request with its fate, and the appointments of the week.

All columns are numpy arrays; codes are positions in the tuples of the case (``case.areas``,
``case.services``, ``case.districts``, ``case.locations``), -1 where there is none.  Times are int64
milliseconds after the local midnight of ``case.horizon.first_day``, negative before it;
``NO_TIME`` where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

NO_TIME = int(np.iinfo(np.int64).min)
NO_CODE = -1
NO_LEAD = -1


class Fate(IntEnum):
    """What became of a request; every request has exactly one fate.

    ``SHOWS``, ``NO_SHOW`` and ``CANCELLED`` were booked (``booked_ms`` says for when), also where
    the appointment lies after the horizon; ``SEARCHING`` will search again after the horizon.
    """

    ONLINE = 0
    SHOWS = 1
    NO_SHOW = 2
    CANCELLED = 3
    WALK_IN = 4
    CALLED = 5
    LOST = 6
    SEARCHING = 7


BOOKED_FATES = (Fate.SHOWS, Fate.NO_SHOW, Fate.CANCELLED)


@dataclass(frozen=True)
class RequestFates:
    """Every request of the channels online and appointment over warm-up and horizon.

    Rows are in order of ``requested_ms`` (ties: service, then number within the day).  All arrays
    have the shape (requests,).

    Attributes
    ----------
    area, service, origin : int16
        Codes of the field of work, the service and the district of residence.
    first_location : int16
        Code of the first-choice location; -1 for online cases.
    requested_ms : int64
        Instant of the request, which is also that of the first search.
    fate : int8
        ``Fate``.
    location : int16
        Code of the booked location; -1 where nothing was booked.
    booked_ms : int64
        Start of the appointment; ``NO_TIME`` where nothing was booked.
    decided_ms : int64
        Instant of the booking or of giving up (last search); ``NO_TIME`` while searching; the
        request for online cases.
    cancelled_ms : int64
        Instant of the cancellation; ``NO_TIME`` where not cancelled.
    booked_lead_days : int16
        Calendar days from the date of booking to the date of the appointment; -1 without booking.
    offered_lead_days : int16
        Calendar days from the date of the request to the date of the earliest free slot that the
        first search could have had at a location acceptable to the customer, from the earliest
        day the customer could come; -1 where the first search had no offer.
    attempts : int8
        Searches made, 0 for online cases.
    """

    area: NDArray[np.int16]
    service: NDArray[np.int16]
    origin: NDArray[np.int16]
    first_location: NDArray[np.int16]
    requested_ms: NDArray[np.int64]
    fate: NDArray[np.int8]
    location: NDArray[np.int16]
    booked_ms: NDArray[np.int64]
    decided_ms: NDArray[np.int64]
    cancelled_ms: NDArray[np.int64]
    booked_lead_days: NDArray[np.int16]
    offered_lead_days: NDArray[np.int16]
    attempts: NDArray[np.int8]

    def __len__(self) -> int:
        """Return the number of requests."""
        return len(self.fate)


@dataclass(frozen=True)
class Appointments:
    """Appointments whose booked time lies in the horizon and that were not cancelled.

    Rows are in order of (location, booked_ms, request row).  Shape (appointments,).

    Attributes
    ----------
    row : int64
        Row of the request in ``BookingResult.requests``.
    location, service, origin : int16
        Codes.
    requested_ms, booked_ms : int64
        Instant of the request and start of the appointment.
    slots : int16
        Consecutive slots taken.
    shows : bool
        Whether the customer comes.
    """

    row: NDArray[np.int64]
    location: NDArray[np.int16]
    service: NDArray[np.int16]
    origin: NDArray[np.int16]
    requested_ms: NDArray[np.int64]
    booked_ms: NDArray[np.int64]
    slots: NDArray[np.int16]
    shows: NDArray[np.bool_]

    def __len__(self) -> int:
        """Return the number of appointments."""
        return len(self.row)


@dataclass(frozen=True)
class ExtraArrivals:
    """Customers who gave up looking and come without appointment, or call, within the horizon.

    Rows are in order of (location, arrival_ms, row).  Shape (customers,).

    Attributes
    ----------
    row : int64
        Row of the request in ``BookingResult.requests``.
    location : int16
        Code of the location they come to (their first choice) or of the phone line they call.
    service, origin : int16
        Codes; the service is the one asked for.
    requested_ms : int64
        Instant of the (first) request.
    arrival_ms : int64
        Arrival at the doors or call, within the opening hours of a day of the horizon.
    """

    row: NDArray[np.int64]
    location: NDArray[np.int16]
    service: NDArray[np.int16]
    origin: NDArray[np.int16]
    requested_ms: NDArray[np.int64]
    arrival_ms: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of customers."""
        return len(self.row)


@dataclass(frozen=True)
class BookingResult:
    """One replication of the booking stage.

    Attributes
    ----------
    requests : RequestFates
        Every request over warm-up and horizon.
    appointments : Appointments
        The kept bookings of the horizon, shows and no-shows.
    extra_walk_ins, extra_calls : ExtraArrivals
        Those who gave up and come, or call, within the horizon.
    third_next : float64 array (locations,)
        Days to the third next free slot, mean over the days of the horizon, observed every
        morning; ``horizon_days`` on mornings with fewer than three; NaN without appointment desks.
    third_next_by_day : int16 array (days, locations)
        The same for every simulated day from ``first_day`` on; -1 without appointment desks.
    capacity : int32 array (days, locations)
        Bookable slots (overbooking included) of every simulated day from ``first_day`` on.
    first_day : int
        First simulated day, counted from the first day of the horizon (negative: warm-up).
    last_day : int
        Day after the last simulated one, which is the end of the horizon.
    backlog_rows : int
        The first rows of ``requests`` that are bookings of a start backlog (0: it started empty).
    """

    requests: RequestFates
    appointments: Appointments
    extra_walk_ins: ExtraArrivals
    extra_calls: ExtraArrivals
    third_next: NDArray[np.float64]
    third_next_by_day: NDArray[np.int16]
    capacity: NDArray[np.int32]
    first_day: int
    last_day: int
    backlog_rows: int = 0
