"""One service day of one office, a question: which shifts hold the target at least cost."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.place import Interval


@dataclass(frozen=True, slots=True)
class DayShift:
    """A shift on offer: its span of the day, its breaks away from the counter, and what it costs.

    ``cost`` is in any unit; paid hours where the scenario does not say otherwise.
    """

    span: Interval
    breaks: tuple[Interval, ...]
    cost: float

    def covers(self, start_minute: int, end_minute: int) -> bool:
        """Tell whether someone on the shift serves throughout ``[start, end)``."""
        there = self.span.start_minute <= start_minute and end_minute <= self.span.end_minute
        away = any(
            pause.start_minute < end_minute and start_minute < pause.end_minute
            for pause in self.breaks
        )
        return there and not away


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """An office with one queue, exponential service and a target for every period of its day.

    Attributes
    ----------
    id : str
        As told to people.
    first_minute, period_minutes : int
        Opening, and the length of a period: arrivals, counters and the target change by period.
    arrivals_per_hour : tuple of float
        Arrival rate by period [1/h].
    service_minutes, threshold_minutes : float
        Mean service time; a customer who waits longer than the threshold is late [min].
    late_limit : float
        Tolerated share of late customers among the arrivals of every period.
    counters, least : tuple of int
        Most and least people who serve, by period.
    shifts : tuple of DayShift
        Shifts on offer.
    """

    id: str
    first_minute: int
    period_minutes: int
    arrivals_per_hour: tuple[float, ...]
    service_minutes: float
    threshold_minutes: float
    late_limit: float
    counters: tuple[int, ...]
    least: tuple[int, ...]
    shifts: tuple[DayShift, ...]

    def period(self, number: int) -> Interval:
        """Return the span of a period."""
        start = self.first_minute + number * self.period_minutes
        return Interval(start, start + self.period_minutes)
