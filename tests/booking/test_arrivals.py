"""Arrivals: rates, inversion, busyness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from planner.domain.demand import Profile
from planner.domain.horizon import Holiday
from planner.domain.place import Interval, OpeningHours
from planner.sim.arrivals import DayRate, busyness, is_quiet, profile_rate
from tests.booking.cases import FLAT, MONDAY, Site, a_case, a_demand

BUSY = Profile(
    "busy",
    tuple(0.5 + month / 11 for month in range(12)),
    (2.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0),
    (((480, 600, 1.0), (600, 720, 3.0)),) * 6 + ((),),
)


def test_flat_profiles_give_the_yearly_volume_over_8766_hours():
    """A year's 8,766 requests are one an hour, at every hour of every day."""
    rate = profile_rate(FLAT, MONDAY, 8766.0)
    assert rate.expected == pytest.approx(24.0)
    assert rate.within((Interval(600, 660),)).expected == pytest.approx(1.0)


def test_month_weekday_and_time_of_day_multiply():
    """April's weight times Monday's share of the week, spread 1 : 3 over the two pieces."""
    rate = profile_rate(BUSY, MONDAY, 365.25)
    expected = BUSY.month[3] * 2.0 / 7.0 * 7.0
    assert rate.expected == pytest.approx(expected)
    assert [piece[2] for piece in rate.pieces] == pytest.approx([expected / 4, expected * 3 / 4])


@pytest.mark.parametrize("days", [5, 6])
def test_days_without_weight_or_pieces_have_no_requests(days):
    """Saturday has weight 0, Sunday no pieces: no rate."""
    rate = profile_rate(BUSY, MONDAY + timedelta(days=days), 1000.0)
    assert (rate.expected, rate.pieces) == (0, ())


def test_rates_are_cut_to_intervals_and_scaled():
    """Inside 9:00 to 11:00 remain half of each two-hour piece; twice the rate is twice as many."""
    rate = DayRate(((480, 600, 4.0), (600, 720, 8.0))).within((Interval(540, 660),))
    assert rate.pieces == ((540, 600, 2.0), (600, 660, 4.0))
    assert rate.scaled(2.0).expected == pytest.approx(12.0)


def test_busyness_has_mean_one_and_the_given_spread():
    """Over 3,000 days mean 1 and CV 0.3 within five standard errors; 0 means always 1."""
    demand = a_demand("card", 1.0, cv=0.3)
    days = [MONDAY + timedelta(days=number) for number in range(3_000)]
    factors = busyness([demand], 1, 0, days)[0]
    assert abs(factors.mean() - 1.0) < 5 * 0.3 / np.sqrt(len(days))
    assert factors.std() == pytest.approx(0.3, rel=0.1)
    even = replace(demand, service="even", busyness_cv=0.0)
    some = busyness([even, demand], 1, 0, days[5:9])
    assert some.tolist() == [[1.0] * 4, factors[5:9].tolist()]
    assert busyness([demand], 1, 1, days)[0].tolist() != factors.tolist()


def test_a_holiday_is_quiet_unless_a_location_of_the_field_opens():
    """On a public holiday nobody asks, unless some location of the field has an exception."""
    holiday = date(2024, 5, 1)
    case = a_case()
    case = replace(case, horizon=replace(case.horizon, holidays=(Holiday(holiday, "May Day"),)))
    assert is_quiet(case, "residents", holiday)
    assert not is_quiet(case, "residents", MONDAY)
    hours = OpeningHours(((),) * 7, exceptions=((holiday, (Interval(480, 600),)),))
    opened = a_case(sites=(Site("a", (), opening=hours),))
    opened = replace(opened, horizon=case.horizon)
    assert not is_quiet(opened, "residents", holiday)
