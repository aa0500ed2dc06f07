"""Measures of the booking stage, and whether its warm-up was long enough."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.sim.booking import simulate_booking
from planner.sim.booking_measures import booking_measures
from planner.sim.booking_memory import BookMemory, book_memory
from planner.sim.booking_result import BookingResult, Fate
from planner.sim.warm_up import daily_lead, mser5
from planner.units import MS_PER_DAY
from tests.booking.cases import Site, a_case, a_fcfs_book
from tests.booking.test_booking_result import a_town

#: Requests a day for which the town's slots do not suffice.
BUSY = 80.0
Values = dict[tuple[str, str, str, str], float]


@pytest.fixture(scope="module")
def town() -> BookingResult:
    """Return one replication of the town."""
    return simulate_booking(a_town(BUSY), seed=4, replication=0)


@pytest.fixture(scope="module")
def values(town) -> Values:
    """Return the measures by (scope, id, area, measure)."""
    rows = booking_measures(a_town(BUSY), town)
    assert {row[3] for row in rows} == {"appointment"}
    found = {(row[0], row[1], row[2], row[4]): row[6] for row in rows}
    assert len(found) == len(rows)
    return found


def test_booked_lead_is_over_the_bookings_of_the_location(town, values):
    """Mean of the whole-day leads of everything booked at a, all in the last 60 days."""
    asked = town.requests
    rows = asked.location == 0
    assert values["location", "a", "residents", "lead_booked_mean"] == pytest.approx(
        asked.booked_lead_days[rows].mean()
    )
    assert values["location", "a", "residents", "cancelled_share"] == pytest.approx(
        (asked.fate[rows] == Fate.CANCELLED).mean()
    )


def test_only_bookings_of_the_last_sixty_days_count():
    """With ten warm-up weeks the bookings of the first two are left out."""
    case = replace(a_town(), simulation=replace(a_town().simulation, booking_weeks=10))
    result = simulate_booking(case, 4, 0)
    rows = (result.requests.location == 0) & (result.requests.decided_ms >= -53 * MS_PER_DAY)
    found = {row[:5]: row[6] for row in booking_measures(case, result)}
    key = ("location", "a", "residents", "appointment", "lead_booked_mean")
    assert found[key] == pytest.approx(result.requests.booked_lead_days[rows].mean())
    assert rows.sum() < (result.requests.location == 0).sum()


def test_offers_are_over_the_first_searches_of_the_week(town, values):
    """By first choice; requests without any offer count with the horizon of ten days."""
    asked = town.requests
    rows = (asked.first_location == 1) & (asked.requested_ms >= 0)
    offered = asked.offered_lead_days[rows]
    none = offered < 0
    key = ("location", "b", "residents")
    assert none.any()
    assert values[*key, "requests"] == rows.sum()
    assert values[*key, "no_offer_share"] == pytest.approx(none.mean())
    assert values[*key, "lead_offered_mean"] == pytest.approx(np.where(none, 10, offered).mean())
    assert values[*key, "lead_within_14_days"] == pytest.approx(1 - none.mean())


def test_endings_no_shows_and_third_next(town, values):
    """Lost of all searches that ended in the week; no-shows of its appointments; slots weigh."""
    asked, kept = town.requests, town.appointments
    ended = (asked.first_location >= 0) & (asked.decided_ms >= 0)
    city = ("city", "city", "residents")
    assert values[*city, "not_served_share"] == pytest.approx(
        (asked.fate[ended] == Fate.LOST).mean()
    )
    assert values[*city, "no_show_share"] == pytest.approx(1 - kept.shows.mean())
    assert values["location", "a", "residents", "lead_third_next"] == town.third_next[0]
    assert values[*city, "lead_third_next"] == pytest.approx(
        (2 * town.third_next[0] + town.third_next[1]) / 3
    )


def test_scopes_add_up_and_the_phone_has_no_rows(values):
    """District and city are there by field of work and for all; a line has no appointments."""
    scopes = {key[:3] for key in values}
    assert ("district", "north", "all") in scopes
    assert ("city", "city", "all") in scopes
    assert not any("line" in key or key[2] == "phone" for key in scopes)
    parts = [values["location", place, "residents", "requests"] for place in ("a", "b")]
    assert values["city", "city", "all", "requests"] == sum(parts)


def test_the_start_backlog_is_not_measured():
    """Bookings that were there before the start count as appointments, not as requests or leads."""
    case = a_town(0.5)
    case = replace(case, simulation=replace(case.simulation, booking_weeks=0))
    with_backlog = booking_measures(case, simulate_booking(case, 1, 0, backlog={"a": 20}))
    without = booking_measures(case, simulate_booking(case, 1, 0))
    requests = [
        {row[:3]: row[6] for row in rows if row[4] == "requests"}
        for rows in (with_backlog, without)
    ]
    assert requests[0] == requests[1]


def test_nothing_asked_for_has_no_rows():
    """A case without requests has only the third next slot."""
    case = a_case(sites=(Site("a", ((480, 600, 1),)),), demand=())
    names = {row[4] for row in booking_measures(case, simulate_booking(case, 1, 0))}
    assert names == {"lead_third_next"}


def test_mser5_finds_the_end_of_a_transient():
    """A decaying start of 40 observations before noise is cut off to within a batch or two."""
    draw = np.random.default_rng(5)
    series = 5.0 + draw.normal(0, 0.5, 300)
    series[:40] += np.linspace(8, 0.5, 40)
    found = mser5(series)
    assert found.settled
    assert 25 <= found.truncated <= 60
    assert found.mean == pytest.approx(5.0, abs=0.15)


def test_mser5_says_when_a_series_has_not_settled():
    """A series that rises to its end is not settled."""
    assert not mser5(np.linspace(0, 10, 100) ** 2).settled


def test_mser5_keeps_a_steady_series_and_refuses_a_short_one():
    """White noise is kept (nearly) whole; fewer than three batches are refused."""
    assert mser5(np.random.default_rng(1).normal(0, 1, 500)).truncated <= 50
    assert mser5(np.arange(17.0)[::-1] * 0 + 2.0).mean == 2.0
    with pytest.raises(ValueError, match="at least 15"):
        mser5(np.zeros(14))


def test_daily_lead_shows_the_book_filling_up():
    """In an overloaded book (22 for 20) the offered lead grows by a tenth of a day a day.

    The backlog is a random walk with standard deviation sqrt(22) / 20 days a day; the slope of a
    line through n days of it has the standard deviation sqrt(6 / 5 / n) times that.  The mean of
    16 replications lies within three standard errors.
    """
    case, slopes = a_fcfs_book(20, 22.0, days=200), []
    for number in range(16):
        result = simulate_booking(case, seed=1, replication=number)
        days, lead = daily_lead(result, area=2)
        slopes.append(np.polyfit(days, lead, 1)[0])
    assert days.tolist() == list(range(200))
    error = np.sqrt(6 / 5 / 200 * 22 / 16) / 20
    assert np.mean(slopes) == pytest.approx(0.1, abs=3 * error)
    offered_days, offered = daily_lead(result, area=2, kind="offered")
    assert offered_days.tolist() == days.tolist()
    assert offered == pytest.approx(lead)
    assert not mser5(lead).settled


def test_daily_lead_starts_in_the_warm_up(town):
    """Days are counted from the horizon; the mean of a day is that of its bookings."""
    days, lead = daily_lead(town, area=2)
    assert days.min() == -14
    asked = town.requests
    rows = (asked.decided_ms // MS_PER_DAY == -3) & (asked.booked_lead_days >= 0)
    assert lead[days == -3] == pytest.approx(asked.booked_lead_days[rows].mean())


def test_a_quiet_book_forgets_a_full_start():
    """16 requests for 20 slots: ten booked-out days are gone after some 50 days, and for good."""
    (memory,) = book_memory(a_fcfs_book(20, 16.0, days=120), seed=1, booked_out_days=10)
    forgotten = memory.forgotten_on(0.1)
    assert memory.from_full[0] > 9.0
    assert forgotten is not None
    assert 30 <= forgotten <= 80
    assert memory.left == pytest.approx(0.0, abs=1e-9)


def test_a_full_book_does_not_forget_its_start():
    """20 requests for 20 slots: the booked-out days are still there at the end."""
    (memory,) = book_memory(a_fcfs_book(20, 20.0, days=60), seed=1, booked_out_days=10)
    assert memory.forgotten_on(0.1) is None
    assert memory.left > 3.0


def test_equal_starts_are_forgotten_at_once():
    """Where the leads never differ the first day is the day of forgetting."""
    lead = np.ones(9)
    assert BookMemory("residents", np.arange(-2, 7), lead, lead).forgotten_on(0.5) == -2
