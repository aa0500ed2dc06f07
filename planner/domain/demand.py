"""Demand: who asks for what, when and through which channel; booking, no-shows, the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Channel(StrEnum):
    """How a request reaches the city."""

    ONLINE = "online"
    APPOINTMENT = "appointment"
    WALK_IN = "walk_in"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Profile:
    """Relative arrival intensity over the year, the week and the day.

    Attributes
    ----------
    month : tuple of 12 floats
        January first, mean 1.
    weekday : tuple of 7 floats
        Monday first; the weight of the days of a week (0: no requests that day).
    time_of_day : tuple of 7 tuples of (start_minute, end_minute, weight)
        By weekday, piecewise constant relative rate within the day; zero outside the pieces.
    """

    id: str
    month: tuple[float, ...]
    weekday: tuple[float, ...]
    time_of_day: tuple[tuple[tuple[int, int, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """Requests for one service.

    Attributes
    ----------
    requests_per_year : float
        Expected requests in a year, all channels and origins [1/year].
    channel_share : tuple of (Channel, share)
        How requests are made; sums to 1.
    origin_share : tuple of (district id, share)
        Where they come from; sums to 1.
    booking_profile, walk_in_profile : str
        Ids of the profiles of requests made online (appointments and online cases) and of
        walk-ins and calls.
    busyness_cv : float
        CV of the day-level gamma factor (mean 1) common to the service's requests of a day.
    """

    service: str
    requests_per_year: float
    channel_share: tuple[tuple[Channel, float], ...]
    origin_share: tuple[tuple[str, float], ...]
    booking_profile: str
    walk_in_profile: str
    busyness_cv: float = 0.0


@dataclass(frozen=True, slots=True)
class ReleaseTranche:
    """A part of the slots and when it becomes bookable.

    Attributes
    ----------
    share : float
        Share of a day's slots in this tranche.
    days_before : int
        Days before the slot's day at which the tranche is released (0: the day itself).
    minute : int
        Clock time of the release [min after midnight].
    """

    share: float
    days_before: int
    minute: int


@dataclass(frozen=True, slots=True)
class BookingPolicy:
    """The rules of the shared appointment book of one area.

    Attributes
    ----------
    horizon_days : int
        Slots further ahead than this cannot be booked [days].
    bound_to_residence : bool
        Customers must use the location assigned to their district (foreigners' affairs).
    tranches : tuple of ReleaseTranche
        Shares sum to 1; earliest release first.
    overbooking_share : float
        Extra bookings per slot desk for expected no-shows.
    no_show_by_lead : tuple of (lead_days, share)
        No-show share against booked lead, linear between the points, flat outside.
    cancelled_share : float
        Share of bookings that are cancelled in time; their slot returns to the book at once.
    """

    area: str
    horizon_days: int
    bound_to_residence: bool
    tranches: tuple[ReleaseTranche, ...]
    overbooking_share: float
    no_show_by_lead: tuple[tuple[float, float], ...]
    cancelled_share: float


@dataclass(frozen=True, slots=True)
class CustomerChoice:
    """How customers search for an appointment (assumed behaviour, DESIGN §3.3).

    Attributes
    ----------
    first_site_only_share : float
        Share of customers who accept their first-choice location only.
    travel_tolerance_minutes : float
        Others accept locations within this travel time of their first choice [min].
    late_wish_share, late_wish_days : float, (low, high)
        Share who wish a date so many days after the earliest they could come.
    notice_days : (low, high)
        Earliest wished day after the request for everybody, uniform [days].
    tolerance_days : (mean, cv)
        Longest acceptable time from earliest wished day to appointment, gamma [days].
    attempts : int
        Searches before a customer gives up looking.
    retry_days : (low, high)
        Days until the next search, uniform.
    last_resort_share : float
        Share of those at their last search who take any free slot within the horizon.
    walk_in_share, phone_share : float
        Of those who give up: share who come without appointment, share who call; the rest is lost.
    """

    first_site_only_share: float
    travel_tolerance_minutes: float
    late_wish_share: float
    late_wish_days: tuple[float, float]
    notice_days: tuple[float, float]
    tolerance_days: tuple[float, float]
    attempts: int
    retry_days: tuple[float, float]
    last_resort_share: float
    walk_in_share: float
    phone_share: float


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a customer waits before leaving.

    Attributes
    ----------
    mean_minutes : float or None
        Mean of the exponential patience [min]; None: waits without limit.
    redial_share : float
        Share of those who left or were turned away who try again (phone).
    redial_minutes : float
        Mean time until the next try, exponential [min].
    max_redials : int
        Tries after the first at the most.
    balk_wait_minutes : float or None
        New customers are turned away when the expected wait exceeds this [min]; None: never.
    """

    location_kind: str
    mean_minutes: float | None
    redial_share: float = 0.0
    redial_minutes: float = 10.0
    max_redials: int = 0
    balk_wait_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class LocationChoice:
    """First-choice location of an origin's customers; shares sum to 1 per origin and area."""

    origin: str
    area: str
    location: str
    share: float


@dataclass(frozen=True, slots=True)
class BookedDay:
    """Appointments of a day that have been booked already.

    Attributes
    ----------
    service : str
        Their service; empty: not known.
    bookings : int
        Number of customers.
    """

    location: str
    day: date
    service: str
    bookings: int


@dataclass(frozen=True, slots=True)
class AppointmentDesks:
    """Desks that take appointments: the nominal staffing behind the bookable slots.

    ``desks`` desks at ``location`` on ``weekday`` (0 Monday) in ``[start_minute, end_minute)``.
    """

    location: str
    weekday: int
    start_minute: int
    end_minute: int
    desks: int
