"""The first-come book against exact values (``tests/data/tables/README.md``).

All tabulated rows and the coverage of every book: ``python -m tests.benchmarks.book_theory``.

One site, Poisson requests a day, c slots a day, first bookable day the next one.  Steady state by
Spitzer's identity, transient by the exact chain; the simulation is the booking stage itself.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy import stats

from planner.domain.case import PlanningCase
from planner.sim.booking import simulate_booking
from planner.sim.booking_result import BookingResult
from planner.units import MS_PER_DAY
from tests.benchmarks.steady_books import overnight_backlogs
from tests.booking.cases import a_fcfs_book

TABLES = Path(__file__).parent.parent / "data" / "tables"
STEADY = pd.read_csv(TABLES / "appointment_book_fcfs.csv")
TRANSIENT = pd.read_csv(TABLES / "appointment_book_transient.csv")
#: Books of 12,000 days, and batches of all their days.
BOOKS, BATCHES = 4, 120
Days = NDArray[np.float64]


def batch_interval(total: NDArray[np.float64], count: NDArray[np.float64]) -> tuple[float, float]:
    """Return ratio and standard error by batch means of the days' ratios (total / count)."""
    size = len(total) // BATCHES * BATCHES
    totals = total[:size].reshape(BATCHES, -1).sum(axis=1)
    counts = count[:size].reshape(BATCHES, -1).sum(axis=1)
    ratio = totals.sum() / counts.sum()
    spread = (totals - ratio * counts).std(ddof=1) / counts.mean() / np.sqrt(BATCHES)
    return float(ratio), float(spread)


def daily(result: BookingResult, values: NDArray[np.float64], since: int) -> NDArray[np.float64]:
    """Return the sum of ``values`` by day of booking, from day ``since`` on."""
    day = result.requests.decided_ms // MS_PER_DAY
    sums = np.bincount(day, weights=values, minlength=result.last_day)[since:]
    return sums.astype(np.float64)


def steady_scores(case: PlanningCase, exact: pd.Series, since: int) -> dict[str, float]:
    """Return (simulated - exact) / standard error of every measure of a steady book.

    Leads of more than two days come in bunches, some dozens a book; so four books are put end to
    end.
    """
    books = [steady_days(simulate_booking(case, 11, number), since) for number in range(BOOKS)]
    found = {
        name: batch_interval(*(np.concatenate(days) for days in zip(*series, strict=True)))
        for name, series in {name: [book[name] for book in books] for name in books[0]}.items()
    }
    return {name: (value - exact[name]) / (error + 1e-12) for name, (value, error) in found.items()}


def steady_days(result: BookingResult, since: int) -> dict[str, tuple[Days, Days]]:
    """Return the total and the count of every measure by day."""
    lead = result.requests.booked_lead_days.astype(np.float64)
    count = daily(result, np.ones(len(lead)), since)
    backlog = overnight_backlogs(result)[since:, 0]
    mornings = result.third_next_by_day[since:, 0].astype(np.float64)
    ones = np.ones(len(backlog))
    one, two = ((lead <= days).astype(np.float64) for days in (1, 2))
    return {
        "mean_lead_working_days": (daily(result, lead, since), count),
        "share_lead_le_1": (daily(result, one, since), count),
        "share_lead_le_2": (daily(result, two, since), count),
        "mean_backlog_overnight": (backlog, ones),
        "p_empty_book_overnight": ((backlog == 0).astype(np.float64), ones),
        "mean_tnaa_start_of_day": (mornings, ones),
    }


@pytest.mark.parametrize(("slots", "requests"), [(5, 4.0), (10, 9.0), (20, 18.0), (40, 38.0)])
def test_the_steady_book_has_the_exact_leads(slots, requests):
    """Six measures of 48,000 days lie within 3 standard errors (120 batches) of the truth."""
    exact = STEADY[
        (STEADY.slots_per_day == slots) & (STEADY.requests_per_day_poisson == requests)
    ].iloc[0]
    scores = steady_scores(a_fcfs_book(slots, requests, days=12_300), exact, since=300)
    assert max(map(abs, scores.values())) < 3, scores


def many_books(requests: float, backlog: int, days: int, replications: int) -> NDArray[np.float64]:
    """Return the overnight backlogs of many independent books of 20 slots, (books, days).

    A hundred locations whose customers go nowhere else are a hundred independent books.
    """
    case = a_fcfs_book(20, requests, days=days, sites=100)
    start = {place.id: backlog for place in case.locations if backlog}
    results = [simulate_booking(case, 3, number, backlog=start) for number in range(replications)]
    return np.concatenate([overnight_backlogs(result).T for result in results])


@pytest.mark.parametrize(("requests", "backlog"), [(19, 400), (22, 0), (20, 0)])
def test_the_transient_book_has_the_exact_backlog(requests, backlog):
    """From a given backlog, mean and spread over 300 books fit after 5, 20 and 60 days.

    Means within 3 standard errors; standard deviations within 15 % (3.7 standard errors).
    """
    found = many_books(requests, backlog, days=60, replications=3)
    exact = TRANSIENT.query(
        "slots_per_day == 20 and requests_per_day_poisson == @requests"
        " and initial_backlog == @backlog and working_day <= 60"
    )
    columns = exact[["working_day", "mean_backlog", "sd_backlog"]].to_numpy()
    assert len(columns) == 3
    for day, mean, spread in columns:
        sample = found[:, int(day) - 1]
        assert abs(sample.mean() - mean) < 3 * spread / np.sqrt(len(sample))
        assert sample.std(ddof=1) == pytest.approx(spread, rel=0.15)


def test_intervals_cover_the_exact_value_as_often_as_they_say():
    """Of 200 intervals at 95 % (ten books each), 190 +- 9 contain the exact mean backlog."""
    exact = TRANSIENT.query("initial_backlog == 400 and slots_per_day == 20 and working_day == 20")
    mean = float(exact.mean_backlog[exact.requests_per_day_poisson == 19].iloc[0])
    samples = many_books(19, 400, days=20, replications=20)[:, 19].reshape(200, 10)
    width = stats.t.ppf(0.975, 9) * samples.std(axis=1, ddof=1) / np.sqrt(10)
    inside = int((np.abs(samples.mean(axis=1) - mean) <= width).sum())
    assert abs(inside - 190) <= 9


def test_a_split_book_with_customers_who_go_anywhere_is_the_pooled_book():
    """Twenty sites whose customers take the first day anywhere book the days of one large site."""
    split = a_fcfs_book(20, 19.0, days=150, sites=20)
    anywhere = replace(
        split.choice,
        first_site_only_share=0.0,
        travel_tolerance_minutes=10_000.0,
        tolerance_days=(0.0, 0.0),
        last_resort_share=1.0,
    )
    split = replace(split, choice=anywhere)
    pooled = a_fcfs_book(400, 380.0, days=150)
    one = simulate_booking(split, seed=2, replication=0).requests
    other = simulate_booking(pooled, seed=2, replication=0).requests
    assert one.requested_ms.tolist() == other.requested_ms.tolist()
    assert one.booked_lead_days.tolist() == other.booked_lead_days.tolist()


def test_separate_books_are_worse_than_the_pooled_book():
    """Customers who stay at their own site wait as in a book of 20 slots, not as in one of 400.

    The mean of 20 sites over 400 settled days lies within 3 standard errors (between sites).
    """
    asked = simulate_booking(a_fcfs_book(20, 19.0, days=600, sites=20), 2, 0).requests
    exact = STEADY.query("slots_per_day == 20 and load == 0.95").mean_lead_working_days.iloc[0]
    mature = asked.decided_ms > 200 * MS_PER_DAY
    means = np.array(
        [asked.booked_lead_days[mature & (asked.location == site)].mean() for site in range(20)]
    )
    error = means.std(ddof=1) / np.sqrt(20)
    assert abs(means.mean() - exact) < 3 * error
    assert means.mean() - 1.00625 > 3 * error
