"""The booking stage compiled: the law of ``booking_law`` in arrays, row for row as in SimPy.

State is one array of free units by (location, day, slot) and one flag by (length, location, day)
that tells whether a day has a start slot, so that a search runs along a row of bytes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.sim.booking_law import (
    GOLDEN,
    THIRD,
    BookingOutcome,
    BookingProblem,
    Ending,
    blank_outcome,
)
from planner.sim.compiled_heap import compiled, drop, push
from planner.units import MS_PER_DAY

BOOKED, GAVE_UP = int(Ending.BOOKED), int(Ending.GAVE_UP)
NEVER = np.iinfo(np.int64).max


class _Book(NamedTuple):
    """The book: layout, free units and start-slot flags."""

    start_ms: NDArray[np.int64]
    run: NDArray[np.int16]
    weekday: NDArray[np.int8]
    units: NDArray[np.int16]
    area: NDArray[np.int16]
    horizon_days: NDArray[np.int16]
    free: NDArray[np.int16]
    bookable: NDArray[np.uint8]
    lengths: NDArray[np.int64]


class _Asked(NamedTuple):
    """Columns of the requests and the lists of locations."""

    rows: NDArray[np.int64]
    requested_ms: NDArray[np.int64]
    area: NDArray[np.int16]
    first: NDArray[np.int16]
    flexible: NDArray[np.bool_]
    slots: NDArray[np.int16]
    length: NDArray[np.int8]
    notice_days: NDArray[np.int16]
    late_days: NDArray[np.int16]
    tolerance_days: NDArray[np.int16]
    last_resort: NDArray[np.bool_]
    cancels: NDArray[np.bool_]
    retry_u: NDArray[np.float32]
    slot_u: NDArray[np.float32]
    cancel_u: NDArray[np.float32]
    near_start: NDArray[np.int32]
    near_site: NDArray[np.int16]
    all_start: NDArray[np.int32]
    all_site: NDArray[np.int16]


class _Rules(NamedTuple):
    """Numbers of the law."""

    attempts: int
    retry_low_ms: float
    retry_span_ms: float
    minimum_notice_ms: int
    morning_ms: int
    end_ms: int


class _Result(NamedTuple):
    """Columns of the outcome."""

    ending: NDArray[np.int8]
    site: NDArray[np.int16]
    day: NDArray[np.int16]
    slot: NDArray[np.int16]
    decided_ms: NDArray[np.int64]
    cancelled_ms: NDArray[np.int64]
    attempts: NDArray[np.int8]
    offered_day: NDArray[np.int16]
    third_next: NDArray[np.int16]


def run_compiled(problem: BookingProblem) -> BookingOutcome:
    """Run the book compiled; a booking engine as in ``booking_law.BookingEngine``."""
    outcome = blank_outcome(problem)
    asked, rules = problem.requests, problem.rules
    lengths = np.unique(np.concatenate(([1], asked.slots.astype(np.int64))))
    numbers = _Rules(
        rules.attempts,
        float(rules.retry_low_ms),
        float(rules.retry_span_ms),
        rules.minimum_notice_ms,
        rules.morning_ms,
        problem.end_ms,
    )
    _run(
        _book(problem, lengths),
        _asked(problem, lengths),
        numbers,
        problem.layout.release,
        _Result(**vars(outcome)),
    )
    return outcome


def _book(problem: BookingProblem, lengths: NDArray[np.int64]) -> _Book:
    layout = problem.layout
    sites, days = layout.units.shape[1:3]
    return _Book(
        start_ms=layout.start_ms,
        run=layout.run,
        weekday=layout.weekday,
        units=layout.units,
        area=layout.area,
        horizon_days=layout.horizon_days,
        free=np.zeros(layout.units.shape[1:], np.int16),
        bookable=np.zeros((len(lengths), sites, days), np.uint8),
        lengths=lengths,
    )


def _asked(problem: BookingProblem, lengths: NDArray[np.int64]) -> _Asked:
    asked, near, everywhere = problem.requests, problem.near, problem.everywhere
    return _Asked(
        rows=np.flatnonzero(~asked.online),
        requested_ms=asked.requested_ms,
        area=asked.area,
        first=asked.first_location,
        flexible=asked.flexible,
        slots=asked.slots,
        length=np.searchsorted(lengths, asked.slots).astype(np.int8),
        notice_days=asked.notice_days,
        late_days=asked.late_days,
        tolerance_days=asked.tolerance_days,
        last_resort=asked.last_resort,
        cancels=asked.cancels,
        retry_u=asked.retry_u,
        slot_u=asked.slot_u,
        cancel_u=asked.cancel_u,
        near_start=near.start,
        near_site=near.site,
        all_start=everywhere.start,
        all_site=everywhere.site,
    )


@compiled
def _run(
    book: _Book,
    asked: _Asked,
    rules: _Rules,
    release: NDArray[np.int64],
    out: _Result,
) -> None:
    """Play all events in the order of B3.

    The heap holds cancellations (key ``row``) and further searches (key ``rows + row``).
    """
    rows = len(asked.requested_ms)
    keys, codes = np.empty(rows + 1, np.int64), np.empty(rows + 1, np.int64)
    size, next_release, next_day, next_row = 0, 0, 0, 0
    while True:
        freed = release[next_release, 0] if next_release < len(release) else NEVER
        top = keys[0] if size else NEVER
        morning = next_day * MS_PER_DAY + rules.morning_ms
        asking = asked.requested_ms[asked.rows[next_row]] if next_row < len(asked.rows) else NEVER
        now = min(freed, top, morning, asking)
        if now >= rules.end_ms:
            return
        if freed == now:
            _release(book, release[next_release])
            next_release += 1
        elif top == now and codes[0] < rows:
            _give_back(book, asked, out, codes[0])
            drop(keys, codes, 0, size)
            size -= 1
        elif morning == now:
            _observe(book, rules, next_day, out)
            next_day += 1
        else:
            row = codes[0] - rows if top == now else rows
            if asking == now and asked.rows[next_row] < row:
                row = asked.rows[next_row]
                next_row += 1
            else:
                drop(keys, codes, 0, size)
                size -= 1
            instant, code = _search(book, asked, rules, out, row, now)
            if code >= 0:
                push(keys, codes, 0, size, instant, code)
                size += 1


@compiled
def _search(
    book: _Book, asked: _Asked, rules: _Rules, out: _Result, row: int, now: int
) -> tuple[int, int]:
    """One search (B5 to B12); returns (instant, heap code) of what it causes, code -1 if none."""
    out.attempts[row] += 1
    site, day = _choose(book, asked, rules, out, row, now)
    if day >= 0:
        return _take(book, asked, rules, out, row, now, site, day)
    if out.attempts[row] >= rules.attempts:
        out.ending[row] = GAVE_UP
        out.decided_ms[row] = now
        return -1, -1
    turn = np.float64(asked.retry_u[row]) + GOLDEN * out.attempts[row]
    gap = rules.retry_low_ms + rules.retry_span_ms * (turn - np.floor(turn))
    return now + max(1, int(np.floor(gap))), len(asked.requested_ms) + row


@compiled
def _choose(
    book: _Book, asked: _Asked, rules: _Rules, out: _Result, row: int, now: int
) -> tuple[int, int]:
    """Return the location and day that the customer takes; day -1 if none (B7 to B10)."""
    first = asked.first[row]
    if first < 0:
        return -1, -1
    sites = asked.near_site[asked.near_start[first] : asked.near_start[first + 1]]
    if not asked.flexible[row]:
        sites = sites[:1]
    length = asked.length[row]
    limit = now // MS_PER_DAY + book.horizon_days[asked.area[row]]
    bound = now + rules.minimum_notice_ms
    earliest = asked.requested_ms[row] // MS_PER_DAY + asked.notice_days[row]
    wished = earliest + asked.late_days[row]
    latest = min(limit, wished + asked.tolerance_days[row])
    if out.attempts[row] == 1:
        out.offered_day[row] = _first_site(book, sites, length, earliest, limit, bound)[1]
    site, day = _first_site(book, sites[:1], length, wished, latest, bound)
    if day < 0 and len(sites) > 1:
        site, day = _first_site(book, sites, length, wished, latest, bound)
    if day < 0 and asked.last_resort[row] and out.attempts[row] == rules.attempts:
        sites = asked.all_site[asked.all_start[first] : asked.all_start[first + 1]]
        site, day = _first_site(book, sites, length, earliest, limit, bound)
    return site, day


@compiled
def _first_site(
    book: _Book, sites: NDArray[np.int16], length: int, start: int, last: int, bound: int
) -> tuple[int, int]:
    """Return the location with the first day in [start, last], and that day; -1, -1 if none."""
    best_site, best_day = -1, -1
    for index in range(len(sites)):
        site = sites[index]
        day = _first_day(book, site, length, start, last, bound)
        if day >= 0:
            best_site, best_day, last = site, day, day - 1
    return best_site, best_day


@compiled
def _first_day(book: _Book, site: int, length: int, start: int, last: int, bound: int) -> int:
    """Return the first day in [start, last] with a start slot at ``site``, -1 if none (B5)."""
    bound_day = bound // MS_PER_DAY
    first = max(start, bound_day)
    flags = book.bookable[length, site]
    if first == bound_day and first <= last:
        if flags[first] and _starts(book, site, first, length, bound, -1) > 0:
            return first
        first += 1
    for day in range(first, last + 1):
        if flags[day]:
            return day
    return -1


@compiled
def _starts(book: _Book, site: int, day: int, length: int, bound: int, wanted: int) -> int:
    """Count the start slots of a day, or return start slot number ``wanted`` (if not negative)."""
    weekday = book.weekday[day]
    earliest = bound - day * MS_PER_DAY
    slots = book.lengths[length]
    free, run, starts = book.free[site, day], book.run[site, weekday], book.start_ms[site, weekday]
    seen = 0
    for slot in range(len(free)):
        if (
            free[slot] > 0
            and run[slot] >= slots
            and starts[slot] >= earliest
            and _all_free(free, slot, slots)
        ):
            if seen == wanted:
                return slot
            seen += 1
    return seen


@compiled
def _all_free(free: NDArray[np.int16], slot: int, slots: int) -> bool:
    """Tell whether each of ``slots`` slots from ``slot`` on has a free unit."""
    for other in range(slot + 1, slot + slots):  # noqa: SIM110  # no generators in compiled code
        if free[other] <= 0:
            return False
    return True


@compiled
def _take(  # noqa: PLR0913  # compiled code has no parameter objects with methods
    book: _Book,
    asked: _Asked,
    rules: _Rules,
    out: _Result,
    row: int,
    now: int,
    site: int,
    day: int,
) -> tuple[int, int]:
    """Book a slot of ``day``; returns the cancellation to come (B11, B13)."""
    length = asked.length[row]
    bound = now + rules.minimum_notice_ms
    possible = _starts(book, site, day, length, bound, -1)
    number = min(int(np.floor(np.float64(asked.slot_u[row]) * possible)), possible - 1)
    slot = _starts(book, site, day, length, bound, number)
    _change(book, site, day, slot, asked.slots[row], -1)
    out.ending[row], out.decided_ms[row] = BOOKED, now
    out.site[row], out.day[row], out.slot[row] = site, day, slot
    if not asked.cancels[row]:
        return -1, -1
    booked = day * MS_PER_DAY + book.start_ms[site, book.weekday[day], slot]
    wait = max(1, int(np.floor(np.float64(asked.cancel_u[row]) * (booked - now))))
    out.cancelled_ms[row] = now + wait
    return now + wait, row


@compiled
def _give_back(book: _Book, asked: _Asked, out: _Result, row: int) -> None:
    """Return the units of a cancelled booking (B13)."""
    _change(book, out.site[row], out.day[row], out.slot[row], asked.slots[row], 1)


@compiled
def _change(book: _Book, site: int, day: int, slot: int, slots: int, units: int) -> None:
    """Add ``units`` to the free units of ``slots`` slots; note it where a slot opens or closes."""
    turned = False
    for index in range(slot, slot + slots):
        before = book.free[site, day, index]
        book.free[site, day, index] = before + units
        turned = turned or (before > 0) != (before + units > 0)
    if turned:
        _note(book, site, day)


@compiled
def _note(book: _Book, site: int, day: int) -> None:
    """Write down for which lengths the day has a start slot."""
    free, run = book.free[site, day], book.run[site, book.weekday[day]]
    for length in range(len(book.lengths)):
        slots = book.lengths[length]
        found = False
        for slot in range(len(free)):
            if free[slot] > 0 and run[slot] >= slots and _all_free(free, slot, slots):
                found = True
                break
        book.bookable[length, site, day] = found


@compiled
def _release(book: _Book, release: NDArray[np.int64]) -> None:
    """Make the units of a tranche bookable in a field of work on a day (B2)."""
    tranche, area, day = release[1], release[2], release[3]
    for site in range(len(book.area)):
        if book.area[site] == area:
            for slot in range(book.free.shape[2]):
                book.free[site, day, slot] += book.units[tranche, site, day, slot]
            _note(book, site, day)


@compiled
def _observe(book: _Book, rules: _Rules, day: int, out: _Result) -> None:
    """Observe the days to the third next available unit of every location (B14)."""
    bound = day * MS_PER_DAY + rules.morning_ms + rules.minimum_notice_ms
    for site in range(len(book.area)):
        horizon = book.horizon_days[book.area[site]]
        if horizon >= 0 and book.units[:, site].any():
            out.third_next[day, site] = _third_next(book, site, day, day + horizon, bound)


@compiled
def _third_next(book: _Book, site: int, first: int, last: int, bound: int) -> int:
    """Return the days from ``first`` to the third free unit, at most ``last - first``."""
    seen = 0
    for day in range(first, last + 1):
        starts = book.start_ms[site, book.weekday[day]]
        earliest = bound - day * MS_PER_DAY
        for slot in range(len(starts)):
            if starts[slot] >= earliest:
                seen += book.free[site, day, slot]
        if seen >= THIRD:
            return day - first
    return last - first
