"""Units of time and money and their conversions, stated once.

Roster arithmetic is in whole minutes after local midnight, the simulation clock in int64
milliseconds after the local midnight of its first day, money in cents.  Local civil days are
24 hours long on both axes: offices are closed when the clock changes (DESIGN §3.1); only
rest periods look at zoned time.
"""

from __future__ import annotations

from datetime import date, time

MS_PER_SECOND = 1_000
MS_PER_MINUTE = 60 * MS_PER_SECOND
MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 24
MINUTES_PER_DAY = HOURS_PER_DAY * MINUTES_PER_HOUR
MS_PER_HOUR = MINUTES_PER_HOUR * MS_PER_MINUTE
MS_PER_DAY = MINUTES_PER_DAY * MS_PER_MINUTE
DAYS_PER_WEEK = 7
WEEKS_PER_YEAR = 365.25 / DAYS_PER_WEEK


def minutes_to_ms(minutes: float) -> int:
    """Return ``minutes`` [min] as whole milliseconds, rounded to the nearest."""
    return round(minutes * MS_PER_MINUTE)


def ms_to_minutes(milliseconds: float) -> float:
    """Return ``milliseconds`` [ms] as minutes [min]."""
    return milliseconds / MS_PER_MINUTE


def clock_to_minute(clock: time) -> int:
    """Return a local clock time as whole minutes after midnight [min]."""
    return clock.hour * MINUTES_PER_HOUR + clock.minute


def minute_to_clock(minute: int) -> str:
    """Return whole minutes after midnight [min] as ``HH:MM`` (``24:00`` for the end of the day)."""
    return f"{minute // MINUTES_PER_HOUR:02d}:{minute % MINUTES_PER_HOUR:02d}"


def day_offset(first_day: date, day: date) -> int:
    """Return the whole days from ``first_day`` to ``day`` (negative before it)."""
    return (day - first_day).days
