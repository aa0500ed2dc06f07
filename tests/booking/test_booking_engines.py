"""Two engines, one law: the same row for every request."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.sim.booking_compiled import run_compiled
from planner.sim.booking_law import BookingOutcome, Ending
from planner.sim.booking_simpy import run_simpy
from tests.booking.plain import plain_engine
from tests.booking.random_books import a_random_book, differences

SLIPS = {
    "a cancelled unit is not returned (B13)": (
        "np.int64(codes[0]), 1)",
        "np.int64(codes[0]), 0)",
    ),
    "the morning before cancellations (B3)": (
        "elif top == now and codes[0] < rows:",
        "elif top == now and codes[0] < rows and morning > now:",
    ),
    "releases after searches (B3)": ("if freed == now:", "if freed == now and asking > now:"),
    "new searches before further ones (B3)": (
        "again = top == now  #",
        "again = top == now and asking > now  #",
    ),
    "a cancellation counts as a search (B3)": (
        "int(kind) * rows + int(row))",
        "rows + int(row))",
    ),
    "no minimum notice (B5)": (
        "        if book.bookable[slots, site, first] and _start_slot(",
        "        if book.bookable[slots, site, first] or _start_slot(",
    ),
    "slots across a gap (B4)": ('["run"] < slots:', '["run"] < 1:'),
    "ties to the farther location (B9)": ("site, day, day - 1", "site, day, day"),
    "the day after the tolerance still taken (B8)": (
        "min(limit, np.int64(asked.latest[row]))",
        "min(limit, np.int64(asked.latest[row]) + 1)",
    ),
    "the last start slot instead of the drawn one (B11)": (
        "bound, number)",
        "bound, possible - 1)",
    ),
    "one search too many (B12)": (
        "if asked.attempts[row] >= rules.attempts:",
        "if asked.attempts[row] > rules.attempts:",
    ),
}


@pytest.mark.parametrize("grid_minutes", [0, 1, 60])
@settings(max_examples=25, deadline=None, derandomize=True)
@given(number=st.integers(0, 10_000))
def test_both_engines_give_the_same_rows(grid_minutes, number):
    """Random small books, on continuous times and on grids with mostly ties: no row differs."""
    problem = a_random_book(number, grid_minutes)
    reference = run_simpy(problem)
    assert differences(reference, run_compiled(problem)) == {}
    assert len(reference.ending) > 0


@pytest.fixture(scope="module")
def references() -> list[tuple[int, BookingOutcome]]:
    """Return the reference's outcomes of a few tied books."""
    return [(number, run_simpy(a_random_book(number, 60))) for number in range(16)]


def test_the_loops_run_without_numba(references):
    """Where numba is missing the same loops run as plain Python and give the same rows."""
    engine = plain_engine()
    for number, reference in references:
        assert differences(reference, engine(a_random_book(number, 60))) == {}


def test_the_random_books_reach_every_ending(references):
    """The compared books have bookings, cancellations, further searches and giving up."""
    endings = {int(code) for _number, outcome in references for code in outcome.ending}
    assert endings == {int(ending) for ending in Ending}
    assert any((outcome.cancelled_ms >= 0).any() for _number, outcome in references)
    assert any((outcome.attempts > 1).any() for _number, outcome in references)


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_seeded_slip_is_caught(slip, references):
    """Each of eleven slips in the compiled engine changes a row of the books, or breaks."""
    engine = plain_engine(SLIPS[slip])

    def differs(number: int, reference: BookingOutcome) -> bool:
        try:
            return bool(differences(reference, engine(a_random_book(number, 60))))
        except IndexError:
            return True

    assert any(differs(number, reference) for number, reference in references)
