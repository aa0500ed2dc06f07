"""Weekly counter hours for the lead-time targets."""

from __future__ import annotations

import pytest

from planner.domain.demand import BookingPolicy, ReleaseTranche
from planner.domain.target import Sense
from planner.model.requirement_lead import CounterHours, counter_hours
from planner.queueing.appointment_book import surplus_for_mean, surplus_for_share
from planner.units import WEEKS_PER_YEAR
from tests.requirement.cases import case, target

SLOTS = 8_000.0 / WEEKS_PER_YEAR


def _hours(*targets: object, **changes: object) -> CounterHours:
    (found,) = counter_hours(case(targets=targets, **changes))
    return found


def test_without_a_target_the_book_offers_what_is_asked_for() -> None:
    """Four fifths of 10,000 requests a year, 8 % of the slots used twice, a quarter hour each."""
    found = _hours()
    assert found.location == "hall"
    assert found.requests_per_week == pytest.approx(SLOTS)
    assert found.slots_per_week == pytest.approx(SLOTS * 0.92)
    assert found.needed_hours == pytest.approx(SLOTS * 0.92 / 4)
    assert found.nominal_hours == 4 * 8 * 3
    assert found.missing_hours == pytest.approx(found.needed_hours - 96)


def test_mean_leads_leave_out_what_customers_wish() -> None:
    """Fourteen days less notice and late wishes, on four of seven days."""
    booked = target("lead_booked_mean", Sense.AT_MOST, 14.0, channel="appointment")
    offered = target("lead_offered_mean", Sense.AT_MOST, 14.0, channel="appointment")
    wished = 1.5 + 0.2 * 14.0
    by_booked = SLOTS * 0.92 + 4 * surplus_for_mean((14 - wished) * 4 / 7)
    by_offered = SLOTS * 0.92 + 4 * surplus_for_mean((14 - 1.5) * 4 / 7)
    assert _hours(booked).slots_per_week == pytest.approx(by_booked)
    assert _hours(offered).slots_per_week == pytest.approx(by_offered)


def test_share_within_two_weeks() -> None:
    """The share target asks for its own surplus; the tighter of two targets decides."""
    within = target("lead_within_14_days", Sense.AT_LEAST, 0.8, channel="appointment", area="all")
    loose = target("lead_offered_mean", Sense.AT_MOST, 30.0)
    surplus = surplus_for_share((14 - 1.5) * 4 / 7, 0.8)
    found = _hours(within, loose)
    assert found.slots_per_week == pytest.approx(SLOTS * 0.92 + 4 * surplus)


def test_impossible_leads_ask_for_the_least_lead() -> None:
    """A mean lead shorter than the wishes is planned as the shortest that capacity can give."""
    tight = target("lead_booked_mean", Sense.AT_MOST, 1.0)
    assert _hours(tight).slots_per_week == pytest.approx(SLOTS * 0.92 + 4 * 1.0)


def test_overbooking_saves_hours_and_other_fields_have_none() -> None:
    """A tenth overbooked needs a tenth fewer slots; a target of another field adds nothing."""
    policy = BookingPolicy(
        "residents", 60, False, (ReleaseTranche(1.0, 60, 0),), 0.1, ((3, 0.1),), 0.08
    )
    other = target("lead_offered_mean", Sense.AT_MOST, 3.0, area="foreigners")
    found = _hours(other, booking=(policy,))
    assert found.slots_per_week == pytest.approx(SLOTS * 0.92 / 1.1)
    assert counter_hours(case(booking=())) == ()
