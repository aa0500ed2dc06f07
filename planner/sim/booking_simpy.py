"""The booking stage in SimPy: the readable reference of the law in ``booking_law``.

One merged source plays the releases, the mornings and the first searches; cancellations and
further searches are timeouts.  Whatever falls on one instant is gathered first and then done in the
order of B3.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterator
from enum import IntEnum
from itertools import groupby
from math import floor

import simpy

from planner.sim.book import Book
from planner.sim.booking_law import (
    GOLDEN,
    THIRD,
    BookingOutcome,
    BookingProblem,
    Ending,
    blank_outcome,
)
from planner.units import MS_PER_DAY

Entry = tuple[int, int]


class Kind(IntEnum):
    """What happens; in the order of one instant (B3)."""

    RELEASE = 0
    CANCELLATION = 1
    MORNING = 2
    SEARCH = 3


def run_simpy(problem: BookingProblem) -> BookingOutcome:
    """Run the book with SimPy; a booking engine as in ``booking_law.BookingEngine``."""
    return _BookingOffice(problem).run()


class _BookingOffice:
    """The book, its clock and the customers who search."""

    def __init__(self, problem: BookingProblem) -> None:
        self.problem = problem
        self.requests = problem.requests
        self.rules = problem.rules
        self.outcome = blank_outcome(problem)
        self.lengths: list[int] = sorted({1, *self.requests.slots.tolist()})
        self.book = Book(problem.layout, self.lengths)
        self.horizon_days: list[int] = problem.layout.horizon_days.tolist()
        self.offers: list[bool] = problem.layout.offers.tolist()
        self.sites: list[list[int]] = problem.sites.site.tolist()
        self.env = simpy.Environment()
        self.entries: list[Entry] = []

    def run(self) -> BookingOutcome:
        self.env.process(self.source())
        self.env.run(until=self.problem.end_ms)
        return self.outcome

    @property
    def now(self) -> int:
        """The instant [ms after the first simulated midnight]."""
        return int(self.env.now)

    def source(self) -> Generator[simpy.Event, None, None]:
        """Play releases, mornings and first searches in order of time."""
        for instant, group in groupby(self.agenda(), key=lambda item: item[0]):
            if instant > self.now:
                yield self.env.timeout(instant - self.now)
            self.enter([(kind, index) for _instant, kind, index in group])
        yield self.env.event()  # ends with the run; an end at this instant would hide its peers

    def agenda(self) -> Iterator[tuple[int, int, int]]:
        """Merge (instant, kind, index) of what is known beforehand."""
        release = self.problem.layout.release
        rows = (~self.requests.online).nonzero()[0]
        times: list[int] = self.requests.requested_ms[rows].tolist()
        return heapq.merge(
            ((t, int(Kind.RELEASE), i) for i, t in enumerate(release[:, 0].tolist())),
            (
                (day * MS_PER_DAY + self.rules.morning_ms, int(Kind.MORNING), day)
                for day in range(self.problem.layout.simulated_days)
            ),
            ((t, int(Kind.SEARCH), row) for t, row in zip(times, rows.tolist(), strict=True)),
        )

    def later(self, delay: int, kind: Kind, row: int) -> None:
        """Enter ``row`` after ``delay`` [ms]."""
        timeout = self.env.timeout(delay, value=(int(kind), row))
        timeout.callbacks.append(lambda event: self.enter([event.value]))

    def enter(self, entries: list[Entry]) -> None:
        """Gather what falls on this instant; do it when nothing else is to come (B3)."""
        self.entries += entries
        if self.env.peek() > self.now:
            due, self.entries = sorted(self.entries), []
            for kind, index in due:
                self.act(Kind(kind), index)

    def act(self, kind: Kind, index: int) -> None:
        if kind is Kind.RELEASE:
            self.release(index)
        elif kind is Kind.CANCELLATION:
            self.cancel(index)
        elif kind is Kind.MORNING:
            self.observe(index)
        else:
            self.search(index)

    def release(self, index: int) -> None:
        _instant, tranche, area, day = self.problem.layout.release[index].tolist()
        for site, site_area in enumerate(self.problem.layout.area.tolist()):
            if site_area == area:
                self.book.release(tranche, site, day)

    def cancel(self, row: int) -> None:
        out = self.outcome
        place = int(out.site[row]), int(out.day[row]), int(out.slot[row])
        self.book.give_back(*place, int(self.requests.slots[row]))

    def observe(self, day: int) -> None:
        bound = self.now + self.rules.minimum_notice_ms
        for site, area in enumerate(self.problem.layout.area.tolist()):
            horizon = self.horizon_days[area]
            if self.offers[site]:
                third = self.book.third_next(site, (day, day + horizon), bound, THIRD)
                self.outcome.third_next[day, site] = third - day if third >= 0 else horizon

    def search(self, row: int) -> None:
        """One search of a customer: book, search again later or give up (B5 to B12)."""
        out = self.outcome
        out.attempts[row] += 1
        site, day = self.choose(row)
        if day >= 0:
            self.take(row, site, day)
        elif out.attempts[row] >= self.rules.attempts:
            out.ending[row] = Ending.GAVE_UP
            out.decided_ms[row] = self.now
        else:
            self.later(self.retry_gap(row), Kind.SEARCH, row)

    def choose(self, row: int) -> tuple[int, int]:
        """Return the location and day that the customer takes; day -1 if none (B7 to B10)."""
        asked, rules, out = self.requests, self.rules, self.outcome
        first = int(asked.first_location[row])
        if first < 0:
            return -1, -1
        sites = self.sites[first]
        acceptable = sites[: self.problem.sites.near[first]] if asked.flexible[row] else sites[:1]
        earliest, wished, latest = (int(days[row]) for days in asked.days)
        if out.attempts[row] == 1:
            out.offered_day[row] = self.first_day(row, acceptable, earliest)[1]
        for looked_at in (sites[:1], acceptable):
            site, day = self.first_day(row, looked_at, wished)
            if 0 <= day <= latest:
                return site, day
        if asked.last_resort[row] and out.attempts[row] == rules.attempts:
            return self.first_day(row, sites[: self.problem.sites.everywhere[first]], earliest)
        return -1, -1

    def first_day(self, row: int, sites: list[int], start: int) -> tuple[int, int]:
        """Return the location of ``sites`` with the first day from ``start`` on, and that day."""
        length = int(self.requests.slots[row])
        last = self.now // MS_PER_DAY + self.horizon_days[self.requests.area[row]]
        bound = self.now + self.rules.minimum_notice_ms
        best_site, best_day = -1, -1
        for site in sites:
            day = self.book.first_day(site, length, (start, last), bound)
            if day >= 0:
                best_site, best_day, last = site, day, day - 1
        return best_site, best_day

    def take(self, row: int, site: int, day: int) -> None:
        """Book a slot of ``day`` and plan the cancellation (B11, B13)."""
        asked, out, now = self.requests, self.outcome, self.now
        length = int(asked.slots[row])
        slots = self.book.start_slots(site, day, length, now + self.rules.minimum_notice_ms)
        slot = slots[min(floor(float(asked.slot_u[row]) * len(slots)), len(slots) - 1)]
        self.book.take(site, day, slot, length)
        out.ending[row], out.decided_ms[row] = Ending.BOOKED, now
        out.site[row], out.day[row], out.slot[row] = site, day, slot
        if asked.cancels[row]:
            weekday = int(self.problem.layout.weekday[day])
            booked_ms = day * MS_PER_DAY + self.book.starts_ms[site][weekday][slot]
            wait = max(1, floor(float(asked.cancel_u[row]) * (booked_ms - now)))
            out.cancelled_ms[row] = now + wait
            self.later(wait, Kind.CANCELLATION, row)

    def retry_gap(self, row: int) -> int:
        """Return the time to the next search [ms] (B12)."""
        turn = float(self.requests.retry_u[row]) + GOLDEN * int(self.outcome.attempts[row])
        gap = self.rules.retry_low_ms + self.rules.retry_span_ms * (turn - floor(turn))
        return max(1, floor(gap))
