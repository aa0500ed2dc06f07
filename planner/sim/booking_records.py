"""What the compiled booking engine works on: arrays of the book and requests as records.

Requests are records (one array instead of twenty: every array handed to a compiled function costs a
count).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.sim.booking_law import BookingOutcome, BookingProblem

REQUEST = np.dtype(
    [
        ("requested_ms", np.int64),
        ("cancelled_ms", np.int64),
        ("decided_ms", np.int64),
        ("earliest", np.int32),
        ("wished", np.int32),
        ("latest", np.int32),
        ("retry_u", np.float32),
        ("slot_u", np.float32),
        ("cancel_u", np.float32),
        ("first", np.int16),
        ("acceptable", np.int16),
        ("everywhere", np.int16),
        ("horizon_days", np.int16),
        ("slots", np.int16),
        ("site", np.int16),
        ("day", np.int16),
        ("slot", np.int16),
        ("offered_day", np.int16),
        ("attempts", np.int8),
        ("ending", np.int8),
        ("last_resort", np.bool_),
        ("cancels", np.bool_),
        ("online", np.bool_),
    ],
    align=True,
)
GRID = np.dtype([("start_ms", np.int64), ("run", np.int64)])


class BookArrays(NamedTuple):
    """Free units, start-slot flags, slot grid and the weekday of the first day."""

    free: NDArray[np.int16]
    bookable: NDArray[np.uint8]
    grid: NDArray[np.void]
    weekday: int


class PlanArrays(NamedTuple):
    """What is known beforehand: units, releases, and each location's field and horizon."""

    units: NDArray[np.int16]
    release: NDArray[np.int64]
    area: NDArray[np.int16]
    offers: NDArray[np.bool_]
    horizon_days: NDArray[np.int16]
    third_next: NDArray[np.int16]


class LawNumbers(NamedTuple):
    """Numbers of the law."""

    attempts: int
    retry_low_ms: float
    retry_span_ms: float
    minimum_notice_ms: int
    morning_ms: int
    end_ms: int


def book_arrays(problem: BookingProblem) -> BookArrays:
    """Return the book with nothing released yet."""
    layout = problem.layout
    longest = int(problem.requests.slots.max(initial=1))
    grid = np.zeros(layout.start_ms.shape, GRID)
    grid["start_ms"], grid["run"] = layout.start_ms, layout.run
    return BookArrays(
        free=np.zeros(layout.units.shape[1:], np.int16),
        bookable=np.zeros((longest + 1, *layout.units.shape[1:3]), np.uint8),
        grid=grid,
        weekday=int(layout.weekday[0]),
    )


def plan_arrays(problem: BookingProblem, outcome: BookingOutcome) -> PlanArrays:
    """Return what is known beforehand; the observations are written into ``outcome``."""
    layout = problem.layout
    return PlanArrays(
        units=layout.units,
        release=layout.release,
        area=layout.area,
        offers=layout.offers,
        horizon_days=layout.horizon_days,
        third_next=outcome.third_next,
    )


def law_numbers(problem: BookingProblem) -> LawNumbers:
    """Return the numbers of the law."""
    rules = problem.rules
    return LawNumbers(
        rules.attempts,
        float(rules.retry_low_ms),
        float(rules.retry_span_ms),
        rules.minimum_notice_ms,
        rules.morning_ms,
        problem.end_ms,
    )


def request_records(problem: BookingProblem, outcome: BookingOutcome) -> NDArray[np.void]:
    """Return the requests as records, with nothing happened yet."""
    asked, sites = problem.requests, problem.sites
    records = np.zeros(len(asked), REQUEST)
    for source in (outcome, asked):
        for name in REQUEST.names or ():
            if hasattr(source, name):
                records[name] = getattr(source, name)
    earliest, wished, latest = asked.days
    records["earliest"], records["wished"], records["latest"] = earliest, wished, latest
    records["first"] = asked.first_location
    records["acceptable"] = np.where(asked.flexible, sites.near[asked.first_location], 1)
    records["everywhere"] = sites.everywhere[asked.first_location]
    records["horizon_days"] = problem.layout.horizon_days[asked.area]
    return records
