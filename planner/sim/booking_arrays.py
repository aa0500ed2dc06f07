"""What the compiled booking engine works on: arrays of the book, of the requests, and numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.sim.booking_law import BookingOutcome, BookingProblem

GRID = np.dtype([("start_ms", np.int64), ("run", np.int64)])


class BookArrays(NamedTuple):
    """Free units, start-slot flags, slot grid, site lists and the weekday of the first day."""

    free: NDArray[np.int16]
    bookable: NDArray[np.uint8]
    grid: NDArray[np.void]
    sites: NDArray[np.int16]
    weekday: int


class RequestArrays(NamedTuple):
    """The requests: what the customers bring along, then what becomes of them (the outcome)."""

    requested_ms: NDArray[np.int64]
    earliest: NDArray[np.int32]
    wished: NDArray[np.int32]
    latest: NDArray[np.int32]
    first: NDArray[np.int16]
    acceptable: NDArray[np.int16]
    everywhere: NDArray[np.int16]
    horizon_days: NDArray[np.int16]
    slots: NDArray[np.int16]
    online: NDArray[np.bool_]
    last_resort: NDArray[np.bool_]
    cancels: NDArray[np.bool_]
    retry_u: NDArray[np.float32]
    slot_u: NDArray[np.float32]
    cancel_u: NDArray[np.float32]
    ending: NDArray[np.int8]
    site: NDArray[np.int16]
    day: NDArray[np.int16]
    slot: NDArray[np.int16]
    decided_ms: NDArray[np.int64]
    cancelled_ms: NDArray[np.int64]
    attempts: NDArray[np.int8]
    offered_day: NDArray[np.int16]


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
        sites=problem.sites.site,
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


def request_arrays(problem: BookingProblem, outcome: BookingOutcome) -> RequestArrays:
    """Return the requests; what becomes of them is written into ``outcome``."""
    asked, sites = problem.requests, problem.sites
    earliest, wished, latest = (day.astype(np.int32) for day in asked.days)
    found = {
        "earliest": earliest,
        "wished": wished,
        "latest": latest,
        "first": asked.first_location,
        "acceptable": np.where(asked.flexible, sites.near[asked.first_location], 1),
        "everywhere": sites.everywhere[asked.first_location],
        "horizon_days": problem.layout.horizon_days[asked.area],
    }
    columns = [
        found.get(name, getattr(outcome, name, getattr(asked, name, None)))
        for name in RequestArrays._fields
    ]
    return RequestArrays(*(np.require(column, requirements=["C", "W"]) for column in columns))
