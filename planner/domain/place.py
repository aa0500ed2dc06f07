"""Districts, locations and their opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.horizon import Horizon


class LocationKind(StrEnum):
    """How customers reach a location."""

    COUNTER = "counter"
    MOBILE = "mobile"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A span of local time within one day: ``[start_minute, end_minute)`` after midnight [min]."""

    start_minute: int
    end_minute: int

    @property
    def minutes(self) -> int:
        """Length of the interval [min]."""
        return self.end_minute - self.start_minute


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When the doors (or the lines) are open.

    Attributes
    ----------
    weekly : tuple of 7 tuples of Interval
        Open intervals by weekday, Monday first, in order and disjoint.
    exceptions : tuple of (date, tuple of Interval)
        Days with other hours than their weekday's (empty: closed that day).
    """

    weekly: tuple[tuple[Interval, ...], ...]
    exceptions: tuple[tuple[date, tuple[Interval, ...]], ...] = ()

    def on(self, day: date, horizon: Horizon) -> tuple[Interval, ...]:
        """Return the open intervals of ``day``; none on public holidays without an exception."""
        for exception_day, intervals in self.exceptions:
            if exception_day == day:
                return intervals
        if horizon.is_holiday(day):
            return ()
        return self.weekly[day.weekday()]

    @property
    def minutes_per_week(self) -> int:
        """Open minutes of an ordinary week [min]."""
        return sum(interval.minutes for day in self.weekly for interval in day)


@dataclass(frozen=True, slots=True)
class District:
    """A district (Bezirk) and its residents."""

    id: str
    name: str
    population: int


@dataclass(frozen=True, slots=True)
class Location:
    """A place where customers are served: a site, a mobile team or a phone line.

    Attributes
    ----------
    area : str
        Field of work, e.g. ``residents``, ``foreigners``, ``phone``; services name the same.
    desks : int
        Places at which customers can be served at once, reception included.
    staffed_before_minutes, staffed_after_minutes : int
        How long before opening and after closing staff may be present [min].
    minimum_presence : int
        People who must be present whenever the doors are open.
    slot_minutes : int
        Length of an appointment slot [min].
    back_office_share : float
        Share of the location's present working time that is deferrable back-office work.
    constant_desks : int or None
        A number of always-staffed desks instead of a roster ("A queue as a scenario").
    """

    id: str
    name: str
    district: str
    area: str
    kind: LocationKind
    latitude: float
    longitude: float
    desks: int
    opening: OpeningHours
    staffed_before_minutes: int = 30
    staffed_after_minutes: int = 30
    minimum_presence: int = 2
    slot_minutes: int = 15
    back_office_share: float = 0.0
    constant_desks: int | None = None
