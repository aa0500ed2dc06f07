"""How long the book remembers its start: the same customers, from an empty and from a full book.

Two runs with common customers, one from an empty book and one with the first days booked out, show
by the day from which on their leads agree how long the warm-up has to be; as long as they do not,
the start is a part of the answer and has to be the real one.  Coupling from two ends is Propp &
Wilson's (1996) idea; with c slots and r requests a day a book relaxes over about r / (c - r)^2
days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.sim.booking import simulate_booking
from planner.sim.booking_result import BookingResult
from planner.sim.warm_up import daily_lead

WEEK = 7


@dataclass(frozen=True)
class BookMemory:
    """Mean booked lead by day from two starts; arrays (days,).

    Attributes
    ----------
    area : str
        Field of work.
    day : int64
        Day from the first day of the horizon, negative in the warm-up; days with bookings in both.
    from_empty, from_full : float64
        Mean lead of the bookings made that day [days].
    """

    area: str
    day: NDArray[np.int64]
    from_empty: NDArray[np.float64]
    from_full: NDArray[np.float64]

    @property
    def left(self) -> float:
        """How much of the start is left in the last week: mean difference of the leads [days]."""
        return float((self.from_full - self.from_empty)[-WEEK:].mean())

    def forgotten_on(self, tolerance_days: float) -> int | None:
        """Return the day from which on the leads differ by less, or None where they never do."""
        differs = np.flatnonzero(np.abs(self.from_full - self.from_empty) >= tolerance_days)
        if not len(differs):
            return int(self.day[0])
        last = int(differs[-1])
        return int(self.day[last + 1]) if last + 1 < len(self.day) else None


def book_memory(
    case: PlanningCase, seed: int, replication: int = 0, booked_out_days: int = 20
) -> tuple[BookMemory, ...]:
    """Return the memory of the book of every field of work with appointments.

    Parameters
    ----------
    booked_out_days : int
        Days from the first simulated one that are booked out, at least, in the full start.
    """
    empty = simulate_booking(case, seed, replication)
    full = simulate_booking(
        case, seed, replication, backlog=_booked_out(case, empty, booked_out_days)
    )
    codes = {area.id: code for code, area in enumerate(case.areas)}
    return tuple(_memory(policy.area, codes[policy.area], empty, full) for policy in case.booking)


def _booked_out(case: PlanningCase, empty: BookingResult, days: int) -> dict[str, int]:
    units = empty.capacity[:days].sum(axis=0).tolist()
    return {place.id: int(number) for place, number in zip(case.locations, units, strict=True)}


def _memory(area: str, code: int, empty: BookingResult, full: BookingResult) -> BookMemory:
    days, leads = daily_lead(empty, code)
    full_days, full_leads = daily_lead(full, code)
    both, here, there = np.intersect1d(days, full_days, return_indices=True)
    return BookMemory(area, both, leads[here], full_leads[there])
