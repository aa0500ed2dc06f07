"""The empty book: slots, overbooking, release shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planner.domain.demand import ReleaseTranche
from planner.domain.horizon import Holiday
from planner.domain.place import Interval, OpeningHours
from planner.sim.book_layout import book_layout
from planner.units import MS_PER_DAY, MS_PER_MINUTE
from tests.booking.cases import FREE_POLICY, MONDAY, Site, a_case

WEEK = 14


def test_slots_are_laid_from_the_start_of_a_run_of_windows():
    """Overlapping windows add their desks; a gap starts a new run; a broken slot is left out."""
    site = Site("a", ((480, 570, 2), (540, 600, 1), (605, 655, 1)), slot_minutes=30)
    layout = book_layout(a_case(sites=(site,)))
    assert (layout.start_ms[0, 0] // MS_PER_MINUTE).tolist() == [480, 510, 540, 570, 605]
    assert layout.run[0, 0].tolist() == [4, 3, 2, 1, 1]
    assert layout.units[0, 0, WEEK].tolist() == [2, 2, 3, 1, 1]


def test_slots_lie_inside_the_opening_hours_of_the_date():
    """A holiday has no slots, an exception those inside its hours, other days those of the week."""
    opening = OpeningHours(
        weekly=((Interval(480, 600),),) * 7,
        exceptions=((date(2024, 4, 17), (Interval(510, 570),)), (date(2024, 4, 18), ())),
    )
    case = a_case(sites=(Site("a", ((480, 600, 1),), opening=opening),))
    holidays = (
        Holiday(date(2024, 4, 16), "made up"),
        Holiday(date(2024, 4, 17), "open all the same"),
    )
    case = replace(case, horizon=replace(case.horizon, holidays=holidays))
    per_day = book_layout(case).capacity[WEEK : WEEK + 5, 0]
    assert per_day.tolist() == [4, 0, 2, 0, 4]


def test_the_book_covers_the_warm_up_the_horizon_and_the_booking_horizon():
    """Two warm-up weeks, one planned week, 30 bookable days after the last, itself not counted."""
    layout = book_layout(a_case())
    assert (layout.first_day, layout.simulated_days, layout.days) == (-14, 21, 52)
    assert layout.weekday[:8].tolist() == [0, 1, 2, 3, 4, 5, 6, 0]


def test_overbooking_adds_its_share_of_units():
    """With 15 % overbooking every day has the share to one unit, and the mean over days fits."""
    policy = replace(FREE_POLICY, overbooking_share=0.15)
    layout = book_layout(a_case(sites=(Site("a", ((480, 600, 3),)),), policies=(policy,)))
    wanted = 4 * 3 * 1.15
    assert set(layout.capacity[:, 0].tolist()) <= {13, 14}
    assert layout.capacity[:, 0].mean() == pytest.approx(wanted, abs=0.1)
    assert layout.units.max() <= 4


def test_tranches_share_the_units_of_a_day():
    """Release shares hold to two units on every day and to one per cent over the days."""
    tranches = (
        ReleaseTranche(0.7, 30, 0),
        ReleaseTranche(0.2, 0, 420),
        ReleaseTranche(0.1, 0, 600),
    )
    policy = replace(FREE_POLICY, tranches=tranches, horizon_days=300)
    layout = book_layout(a_case(sites=(Site("a", ((480, 720, 5),)),), policies=(policy,)))
    by_day = layout.units[:, 0].sum(axis=2)
    assert (by_day.sum(axis=0) == 40).all()
    assert np.abs(by_day - np.array([[28], [8], [4]])).max() <= 2
    assert by_day.mean(axis=1) / 40 == pytest.approx([0.7, 0.2, 0.1], abs=0.01)


def test_releases_are_in_order_and_not_before_the_start():
    """A tranche of 3 days before at 7:00 is released at 7:00 three days before, or at the start."""
    policy = replace(FREE_POLICY, tranches=(ReleaseTranche(1.0, 3, 420),))
    release = book_layout(a_case(policies=(policy,))).release
    instants = {int(day): int(instant) for instant, _tranche, _area, day in release}
    assert instants[0] == instants[2] == 0
    assert instants[3] == 420 * MS_PER_MINUTE
    assert instants[10] == 7 * MS_PER_DAY + 420 * MS_PER_MINUTE
    assert (np.diff(release[:, 0]) >= 0).all()


def test_a_location_without_booking_policy_or_desks_offers_nothing():
    """Desks in a field of work without policy, or no desks at all, give no slots."""
    sites = (Site("a", ((480, 600, 1),)), Site("b", ((480, 600, 1),), area="phone"), Site("c", ()))
    layout = book_layout(a_case(sites=sites))
    assert layout.offers.tolist() == [True, False, False]
    assert MONDAY.weekday() == 0
