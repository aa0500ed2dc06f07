"""The planned week: its days, slots and public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from planner.units import MINUTES_PER_DAY, day_offset


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday: no one works and no site opens."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days that are planned, from ``first_day`` on, in local civil time.

    Attributes
    ----------
    first_day : date
        First planned day; a Monday for weekly rosters.
    days : int
        Number of planned days (7 for a week).
    zone : str
        IANA time zone, e.g. ``Europe/Berlin``.
    slot_minutes : int
        Length of a requirement slot [min]; divides 1440.
    holidays : tuple of Holiday
        Public holidays from a year before to a year after the horizon, in order of date.
    """

    first_day: date
    days: int
    zone: str
    slot_minutes: int
    holidays: tuple[Holiday, ...] = ()

    @property
    def dates(self) -> tuple[date, ...]:
        """The planned days in order."""
        return tuple(self.first_day + timedelta(days=offset) for offset in range(self.days))

    @property
    def slots_per_day(self) -> int:
        """Number of slots in a day of 24 hours."""
        return MINUTES_PER_DAY // self.slot_minutes

    def is_holiday(self, day: date) -> bool:
        """Tell whether ``day`` is a public holiday."""
        return any(holiday.day == day for holiday in self.holidays)

    def offset(self, day: date) -> int:
        """Return the number of days from the first planned day to ``day``."""
        return day_offset(self.first_day, day)
