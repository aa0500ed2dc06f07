"""The exact appointment book in the long run: books that settle, and books begun settled.

A book that relaxes quickly starts empty, settles, and is measured from then on.  One that relaxes
over weeks or years, or has very many slots, would have to be played for decades; it starts in the
exact distribution of its backlog instead, which a book with the right transitions keeps from day to
day.  Either way a book, with all its days, is one unit, and books are played until the interval of
every measure is narrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.queueing.appointment_book import SteadyBook, relaxation_days
from planner.sim.booking import simulate_booking
from planner.sim.booking_result import BookingResult
from planner.sim.streams import stream
from planner.units import MS_PER_DAY
from tests.benchmarks.intervals import (
    AGAIN,
    NARROW,
    SETS,
    Cell,
    Floats,
    RatioSums,
    coverage,
    covers,
)
from tests.booking.cases import a_fcfs_book

#: Books of different rows have different customers: one seed would give all of them the same luck.
SEED = 17_000_000
#: Books of a draw.
SITES = 100
#: Books of an interval of the coverage: forty settled ones (of ten, intervals of a ratio cover too
#: seldom: 177 to 191 of 200, on average 184), or 250 that are played for a few days only (their
#: leads are skewed by 2.3: resampled, intervals of 100 cover 94.0 %, of 250 94.5 %).
COVERED, COVERED_BEGUN = 40, 250
#: Books at the most; an empty book overnight of 20 slots and 19.8 requests needs 221,000.
MOST_BOOKS = 400_000
#: Longest relaxation [days] and most slots of a book that settles by itself; days to settle.
RELAXES, MOST_SLOTS, SETTLE = 20, 40, 200
#: Days measured of a book that has settled: at least so many, and so many relaxations (means of
#: fewer are skewed).
LEAST_DAYS, RELAXATIONS = 300, 30
#: Days played of a book begun settled: at least so many, and so many customers.
DAYS, CUSTOMERS = 5, 200
COLUMNS = {
    "lead": "mean_lead_working_days",
    "lead <= 1": "share_lead_le_1",
    "lead <= 2": "share_lead_le_2",
    "backlog": "mean_backlog_overnight",
    "empty": "p_empty_book_overnight",
    "third next": "mean_tnaa_start_of_day",
}
#: A share nearer to 0 or 1, and a mean of days nearer to the least of 1, has too few cases for an
#: interval of means: they come in clusters.
RARE = 1e-4
Whole = NDArray[np.int64]
SHARES = frozenset({"lead <= 1", "lead <= 2", "empty"})
#: Name of a book, its measures, and how many of 200 intervals contain the exact value.
Found = tuple[str, list[Cell], float]
#: Sum and count of every measure by book; (measures, sites) each.
Counted = tuple[Floats, Floats]


def seed_of(slots: int, requests: float, start: int = 0) -> int:
    """Return the seed of a tabulated book."""
    return SEED + 100_000 * start + 1_000 * slots + round(10 * requests)


def steady_book(exact: dict[str, str]) -> Found:
    """Play a tabulated book until all six measures are known narrowly."""
    slots, requests = int(exact["slots_per_day"]), float(exact["requests_per_day_poisson"])
    settles = relaxation_days(slots, requests) <= RELAXES and slots <= MOST_SLOTS
    drawn = _settled(slots, requests) if settles else _begun_settled(slots, requests)
    name = f"steady {requests:g} of {slots}" + ("" if settles else ", begun settled")
    books = _Books(name, exact, COVERED if settles else COVERED_BEGUN)
    for draw in drawn:
        books.add(draw)
        if books.enough():
            break
    return name, books.cells(), books.covering()


@dataclass
class _Books:
    """What the books of all draws gave so far, and the mean leads of those for the coverage."""

    name: str
    exact: dict[str, str]
    books_an_interval: int
    intervals: int = SETS
    sums: list[RatioSums] = field(default_factory=lambda: [RatioSums() for _ in COLUMNS])
    leads: list[Counted] = field(default_factory=list)

    def add(self, draw: Counted) -> None:
        for sums, totals, counts in zip(self.sums, *draw, strict=True):
            sums.add(totals, counts)
        if len(self.leads) * SITES < self.intervals * self.books_an_interval:
            self.leads.append((draw[0][0], draw[1][0]))

    def enough(self) -> bool:
        played = self.sums[-1].units
        if played < self.intervals * self.books_an_interval:
            return False
        if self.intervals == SETS and not covers(self.covering()):
            self.intervals = AGAIN * SETS
            return False
        return max(cell.width for cell in self.cells()) <= NARROW or played >= MOST_BOOKS

    def cells(self) -> list[Cell]:
        return [
            sums.cell(f"{self.name} {measure}", float(self.exact[column]))
            for sums, (measure, column) in zip(self.sums, COLUMNS.items(), strict=True)
            if not _rare(measure, float(self.exact[column]))
        ]

    def covering(self) -> float:
        """Return how many intervals contain the exact lead, of 200."""
        totals, counts = (np.concatenate(part) for part in zip(*self.leads, strict=True))
        means = np.divide(totals, counts, out=np.zeros_like(totals), where=counts > 0)
        lead = float(self.exact["mean_lead_working_days"])
        return coverage(means, lead, self.intervals, counts) * SETS / self.intervals


def _rare(measure: str, exact: float) -> bool:
    if measure in SHARES:
        return min(exact, 1.0 - exact) < RARE
    return measure == "third next" and exact - 1.0 < RARE


def _settled(slots: int, requests: float) -> Iterator[Counted]:
    """Yield books that began empty, after they have settled."""
    measured_days = max(LEAST_DAYS, round(RELAXATIONS * relaxation_days(slots, requests)))
    case = a_fcfs_book(slots, requests, days=SETTLE + measured_days, sites=SITES)
    for number in range(MOST_BOOKS // SITES):
        yield _counted(simulate_booking(case, seed_of(slots, requests), number), SETTLE)


def _begun_settled(slots: int, requests: float) -> Iterator[Counted]:
    """Yield books whose backlog on the first morning is drawn from its exact distribution."""
    backlog = SteadyBook(slots, requests).backlog
    days = max(DAYS, CUSTOMERS // slots)
    longest = len(backlog) // slots + 2 * days
    case = a_fcfs_book(slots, requests, days=days, sites=SITES, longest=longest)
    cumulated, seed = np.cumsum(backlog), seed_of(slots, requests)
    for number in range(MOST_BOOKS // SITES):
        chances = stream(seed, number, "first backlog").random(SITES) * cumulated[-1]
        first = np.searchsorted(cumulated, chances, side="right").tolist()
        start = {place.id: booked for place, booked in zip(case.locations, first, strict=True)}
        yield _counted(simulate_booking(case, seed, number, backlog=start), 0)


def _counted(result: BookingResult, settle: int) -> Counted:
    """Return what a draw counted from a day on."""
    requests, sites = result.requests, result.third_next_by_day.shape[1]
    counted = (requests.decided_ms >= settle * MS_PER_DAY) & (requests.location >= 0)
    counted[: result.backlog_rows] = False
    site, lead = requests.location[counted], requests.booked_lead_days[counted]
    count = np.bincount(site, minlength=sites).astype(np.float64)
    backlog = overnight_backlogs(result)[settle:]
    days = np.full(sites, float(len(backlog)))
    totals = [
        *(np.bincount(site, part, sites) for part in (lead, lead <= 1, lead <= 2)),
        backlog.sum(axis=0),
        (backlog == 0).sum(axis=0),
        result.third_next_by_day[settle:].sum(axis=0),
    ]
    return np.array(totals, np.float64), np.array([count] * 3 + [days] * 3)


def overnight_backlogs(result: BookingResult) -> Floats:
    """Return the bookings at each day's end that the next day's slots do not serve, (days, sites).

    Bookings of the backlog that was there at the beginning count too.
    """
    requests, days = result.requests, result.last_day
    booked = requests.location >= 0
    site = requests.location[booked].astype(np.int64)
    booked_on = requests.decided_ms[booked] // MS_PER_DAY
    served_on = requests.booked_ms[booked] // MS_PER_DAY - 1
    shape = (days, result.third_next_by_day.shape[1])
    change = _by_day(booked_on, site, shape) - _by_day(served_on, site, shape)
    return np.cumsum(change, axis=0).astype(np.float64)


def _by_day(day: Whole, site: Whole, shape: tuple[int, int]) -> Whole:
    """Count by (day, site); later days are left out."""
    days, sites = shape
    inside = day < days
    counts = np.bincount(day[inside] * sites + site[inside], minlength=days * sites)
    return counts.reshape(shape)
