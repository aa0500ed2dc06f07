"""The booking stage compiled: the law of ``booking_law`` in arrays, row for row as in SimPy.

State is one array of free units by (location, day, slot) and one flag by (length, location, day)
that tells whether a day has a start slot, so that a search runs along a row of bytes.  Whole
numbers are int64 throughout: every other type would compile every function anew.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.sim.booking_arrays import (
    BookArrays,
    LawNumbers,
    PlanArrays,
    RequestArrays,
    book_arrays,
    law_numbers,
    plan_arrays,
    request_arrays,
)
from planner.sim.booking_law import (
    GOLDEN,
    THIRD,
    BookingOutcome,
    BookingProblem,
    Ending,
    blank_outcome,
)
from planner.sim.compiled_heap import compiled_lean, drop, push
from planner.units import DAYS_PER_WEEK, MS_PER_DAY

BOOKED, GAVE_UP = int(Ending.BOOKED), int(Ending.GAVE_UP)
Whole = int | np.int64
COUNT = np.int64(-1)
NONE = np.int64(0)
ONE = np.int64(1)
NEVER = np.iinfo(np.int64).max


def run_compiled(problem: BookingProblem) -> BookingOutcome:
    """Run the book compiled; a booking engine as in ``booking_law.BookingEngine``."""
    outcome = blank_outcome(problem)
    _run(
        book_arrays(problem),
        plan_arrays(problem, outcome),
        law_numbers(problem),
        request_arrays(problem, outcome),
        np.empty((2, len(problem.requests) + 1), np.int64),
    )
    return outcome


@compiled_lean
def _run(
    book: BookArrays,
    plan: PlanArrays,
    rules: LawNumbers,
    asked: RequestArrays,
    heap: NDArray[np.int64],
) -> None:
    """Play all events in the order of B3.

    The heap (instants, codes) holds cancellations (code ``row``) and further searches (code
    ``rows + row``).
    """
    keys, codes = heap[0], heap[1]
    rows = len(asked.requested_ms)
    next_release, next_day, next_row = NONE, NONE, NONE
    size = 0
    while True:
        freed = (
            np.int64(plan.release[next_release, 0]) if next_release < len(plan.release) else NEVER
        )
        top = np.int64(keys[0]) if size else NEVER
        morning = next_day * MS_PER_DAY + rules.morning_ms
        asking = np.int64(asked.requested_ms[next_row]) if next_row < rows else NEVER
        now = min(freed, top, morning, asking)
        if now >= rules.end_ms:
            return
        if freed == now:
            _release(book, plan, next_release)
            next_release += 1
        elif top == now and codes[0] < rows:
            _change(book, asked, np.int64(codes[0]), 1)
            drop(keys, codes, 0, size)
            size -= 1
        elif morning == now:
            _observe(book, plan, rules, next_day)
            next_day += 1
        else:
            again = top == now  # who searches again has a smaller row than who is new
            row = np.int64(codes[0]) - rows if again else next_row
            if again:
                drop(keys, codes, 0, size)
                size -= 1
            else:
                next_row += 1
            instant, kind = _search(book, rules, asked, row, now)
            if kind >= 0:
                push(keys, codes, 0, size, int(instant), int(kind) * rows + int(row))
                size += 1


@compiled_lean
def _search(
    book: BookArrays, rules: LawNumbers, asked: RequestArrays, row: Whole, now: Whole
) -> tuple[Whole, Whole]:
    """One search (B5 to B12).

    Returns (instant, kind) of what it causes: 0 a cancellation, 1 another search, -1 nothing.
    """
    if asked.online[row]:
        return -1, -1
    asked.attempts[row] += 1
    site, day = _choose(book, rules, asked, row, now)
    if day >= 0:
        asked.site[row], asked.day[row] = site, day
        return _take(book, rules, asked, row, now)
    if asked.attempts[row] >= rules.attempts:
        asked.ending[row] = GAVE_UP
        asked.decided_ms[row] = now
        return -1, -1
    turn = np.float64(asked.retry_u[row]) + GOLDEN * asked.attempts[row]
    gap = rules.retry_low_ms + rules.retry_span_ms * (turn - np.floor(turn))
    return now + max(1, int(np.floor(gap))), 1


@compiled_lean
def _choose(
    book: BookArrays, rules: LawNumbers, asked: RequestArrays, row: Whole, now: Whole
) -> tuple[Whole, Whole]:
    """Return the location and day that the customer takes; day -1 if none (B7 to B10)."""
    if asked.first[row] < 0:
        return -1, -1
    limit = np.int64(now // MS_PER_DAY) + np.int64(asked.horizon_days[row])
    bound = now + rules.minimum_notice_ms
    earliest, wished = np.int64(asked.earliest[row]), np.int64(asked.wished[row])
    latest = min(limit, np.int64(asked.latest[row]))
    acceptable = np.int64(asked.acceptable[row])
    wish = np.int64(asked.first[row]), np.int64(asked.slots[row])
    if asked.attempts[row] == 1:
        days = earliest, limit
        asked.offered_day[row] = _first_site(book, wish, acceptable, days, bound)[1]
    days = wished, latest
    site, day = _first_site(book, wish, ONE, days, bound)
    if day < 0 and acceptable > 1:
        site, day = _first_site(book, wish, acceptable, days, bound)
    if day < 0 and asked.last_resort[row] and asked.attempts[row] == rules.attempts:
        everywhere = np.int64(asked.everywhere[row])
        site, day = _first_site(book, wish, everywhere, (earliest, limit), bound)
    return site, day


@compiled_lean
def _first_site(
    book: BookArrays,
    wish: tuple[Whole, Whole],
    count: Whole,
    days: tuple[Whole, Whole],
    bound: Whole,
) -> tuple[Whole, Whole]:
    """Return the first of ``count`` locations with the first day in ``days``, and that day.

    ``wish``: first choice and slots in a row.
    """
    best_site: Whole = -ONE
    best_day: Whole = -ONE
    last = days[1]
    for index in range(count):
        site = np.int64(book.sites[wish[0], index])
        day = _first_day(book, site, wish[1], (days[0], last), bound)
        if day >= 0:
            best_site, best_day, last = site, day, day - 1
    return best_site, best_day


@compiled_lean
def _first_day(
    book: BookArrays, site: Whole, slots: Whole, days: tuple[Whole, Whole], bound: Whole
) -> Whole:
    """Return the first day in ``days`` with a start slot at ``site``, -1 if none (B5)."""
    bound_day = bound // MS_PER_DAY
    first, last = max(days[0], bound_day), days[1]
    if first == bound_day and first <= last:
        if book.bookable[slots, site, first] and _start_slot(
            book, site, first, slots, bound, COUNT
        ):
            return first
        first += 1
    for day in range(first, last + 1):
        if book.bookable[slots, site, day]:
            return day
    return -1


@compiled_lean
def _start_slot(
    book: BookArrays, site: Whole, day: Whole, slots: Whole, bound: Whole, wanted: Whole
) -> Whole:
    """Return start slot number ``wanted`` of a day; for -1 the number of start slots (B5, B11)."""
    weekday = (book.weekday + day) % DAYS_PER_WEEK
    earliest = bound - day * MS_PER_DAY
    seen = 0
    for slot in range(book.free.shape[2]):
        if (
            book.free[site, day, slot] > 0
            and book.grid[site, weekday, slot]["start_ms"] >= earliest
        ):
            if slots > 1 and not _fits(book, site, day, slot, slots):
                continue
            if seen == wanted:
                return slot
            seen += 1
    return seen


@compiled_lean
def _fits(book: BookArrays, site: Whole, day: Whole, slot: Whole, slots: Whole) -> bool:
    """Tell whether ``slots`` slots in a row from ``slot`` on have a free unit (B4)."""
    if book.grid[site, (book.weekday + day) % DAYS_PER_WEEK, slot]["run"] < slots:
        return False
    for other in range(slot, slot + slots):  # noqa: SIM110  # no generators in compiled code
        if book.free[site, day, other] <= 0:
            return False
    return True


@compiled_lean
def _take(
    book: BookArrays, rules: LawNumbers, asked: RequestArrays, row: Whole, now: Whole
) -> tuple[Whole, Whole]:
    """Book a slot of the chosen day; returns the cancellation to come (B11, B13)."""
    site, day, slots = (
        np.int64(asked.site[row]),
        np.int64(asked.day[row]),
        np.int64(asked.slots[row]),
    )
    bound = now + rules.minimum_notice_ms
    possible = _start_slot(book, site, day, slots, bound, COUNT)
    number = min(int(np.floor(np.float64(asked.slot_u[row]) * possible)), possible - 1)
    slot = _start_slot(book, site, day, slots, bound, number)
    asked.slot[row] = slot
    asked.ending[row], asked.decided_ms[row] = BOOKED, now
    _change(book, asked, row, -1)
    if not asked.cancels[row]:
        return -1, -1
    weekday = (book.weekday + day) % DAYS_PER_WEEK
    booked = day * MS_PER_DAY + book.grid[site, weekday, slot]["start_ms"]
    wait = max(1, int(np.floor(np.float64(asked.cancel_u[row]) * (booked - now))))
    asked.cancelled_ms[row] = now + wait
    return now + wait, 0


@compiled_lean
def _change(book: BookArrays, asked: RequestArrays, row: Whole, units: Whole) -> None:
    """Add ``units`` to the slots of a booking; note it where a slot opens or closes (B4, B13)."""
    site, day = np.int64(asked.site[row]), np.int64(asked.day[row])
    first, turned = np.int64(asked.slot[row]), False
    for slot in range(first, first + np.int64(asked.slots[row])):
        before = np.int64(book.free[site, day, slot])
        book.free[site, day, slot] = before + units
        turned = turned or (before > 0) != (before + units > 0)
    if turned:
        _note(book, site, day)


@compiled_lean
def _note(book: BookArrays, site: Whole, day: Whole) -> None:
    """Write down for which lengths the day has a start slot."""
    for slots in range(1, book.bookable.shape[0]):
        book.bookable[slots, site, day] = 0
        for slot in range(book.free.shape[2]):
            if _fits(book, site, day, slot, slots):
                book.bookable[slots, site, day] = 1
                break


@compiled_lean
def _release(book: BookArrays, plan: PlanArrays, number: Whole) -> None:
    """Make the units of a tranche bookable in a field of work on a day (B2)."""
    tranche, area = np.int64(plan.release[number, 1]), np.int64(plan.release[number, 2])
    day = np.int64(plan.release[number, 3])
    for site in range(len(plan.area)):
        if plan.area[site] == area and plan.offers[site]:
            for slot in range(book.free.shape[2]):
                book.free[site, day, slot] += plan.units[tranche, site, day, slot]
            _note(book, site, day)


@compiled_lean
def _observe(book: BookArrays, plan: PlanArrays, rules: LawNumbers, day: Whole) -> None:
    """Observe the days to the third next available unit of every location (B14)."""
    bound = day * MS_PER_DAY + rules.morning_ms + rules.minimum_notice_ms
    for site in range(len(plan.area)):
        if plan.offers[site]:
            last = day + np.int64(plan.horizon_days[plan.area[site]])
            plan.third_next[day, site] = _third_next(book, site, day, last, bound)


@compiled_lean
def _third_next(book: BookArrays, site: Whole, first: Whole, last: Whole, bound: Whole) -> Whole:
    """Return the days from ``first`` to the third free unit, at most ``last - first``."""
    seen = 0
    for day in range(first, last + 1):
        weekday = (book.weekday + day) % DAYS_PER_WEEK
        earliest = bound - day * MS_PER_DAY
        for slot in range(book.free.shape[2]):
            if book.grid[site, weekday, slot]["start_ms"] >= earliest:
                seen += book.free[site, day, slot]
        if seen >= THIRD:
            return day - first
    return last - first
