"""The table of requests: causes, and who is left alone when something is added."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import numpy as np
import pytest

from planner.domain.demand import LocationChoice
from planner.domain.horizon import Holiday
from planner.sim.book_layout import book_layout
from planner.sim.book_sites import site_lists
from planner.sim.booking_result import Fate
from planner.sim.requests import RequestTable, sample_requests
from planner.units import MS_PER_DAY
from tests.booking.cases import FREE_POLICY, MONDAY, PATIENT, Site, a_case, a_demand, a_service

TWO_SITES = (Site("a", ((480, 600, 2),)), Site("c", ((480, 600, 2),)))
CHOOSY = replace(
    PATIENT,
    first_site_only_share=0.6,
    late_wish_share=0.25,
    late_wish_days=(5.0, 20.0),
    notice_days=(0.0, 2.0),
    tolerance_days=(14.0, 0.6),
    last_resort_share=0.4,
    walk_in_share=0.3,
    phone_share=0.2,
)


def table(case, seed=1, replication=0) -> RequestTable:
    """Return the requests of a case."""
    return sample_requests(case, book_layout(case), seed, replication)


def columns(
    requests: RequestTable, rows=slice(None), leave_out: tuple[str, ...] = ()
) -> list[list[float]]:
    """Return the columns as lists, for comparison."""
    names = [field.name for field in fields(RequestTable) if field.name not in leave_out]
    return [getattr(requests, name)[rows].tolist() for name in names]


def test_another_service_leaves_the_others_customers_as_they_were():
    """With a service more, the rows of the first service are the same, but for its code."""
    alone = table(a_case(choice=CHOOSY))
    services = (a_service("aaa"), a_service("card"))
    both = table(
        a_case(
            services=services, demand=(a_demand("aaa", 9.0), a_demand("card", 5.0)), choice=CHOOSY
        )
    )
    mine = both.service == 1
    assert 0 < mine.sum() < len(both)
    assert columns(both, mine, ("service",)) == columns(alone, leave_out=("service",))


def test_another_location_takes_customers_over_and_moves_nobody_else():
    """With a location more, a customer keeps the first choice or turns to the new one."""
    demand = (a_demand("card", 60.0),)
    before = table(a_case(sites=TWO_SITES, demand=demand, choice=CHOOSY))
    after_case = a_case(sites=(*TWO_SITES, Site("b", ())), demand=demand, choice=CHOOSY)
    after = table(after_case)
    leave_out = ("first_location",)
    assert columns(before, leave_out=leave_out) == columns(after, leave_out=leave_out)
    renamed = np.array([0, 2])[before.first_location]
    moved = after.first_location != renamed
    assert (after.first_location[moved] == 1).all()
    assert moved.mean() == pytest.approx(1 / 3, abs=5 * np.sqrt(2 / 9 / len(moved)))


def test_a_longer_warm_up_leaves_the_customers_of_a_date_as_they_were():
    """Streams belong to dates: with four warm-up weeks the last three weeks are the same."""
    case = a_case(choice=CHOOSY)
    longer = replace(case, simulation=replace(case.simulation, booking_weeks=4))
    short, long = table(case), table(longer)
    later = long.requested_ms >= 14 * MS_PER_DAY
    assert (long.requested_ms[later] - 14 * MS_PER_DAY).tolist() == short.requested_ms.tolist()
    assert columns(long, later, ("requested_ms",)) == columns(short, leave_out=("requested_ms",))


def test_replications_and_seeds_differ():
    """Another replication or another seed has other customers."""
    case = a_case()
    first = table(case).requested_ms.tolist()
    assert first != table(case, replication=1).requested_ms.tolist()
    assert first != table(case, seed=2).requested_ms.tolist()


def test_shares_and_days_are_as_the_case_says():
    """Means of 20,000 requests lie within five standard errors of the case's numbers."""
    case = a_case(demand=(a_demand("card", 1_000.0, online=0.1),), choice=CHOOSY)
    asked = table(case)
    size = len(asked)
    shares = {
        0.1: asked.online,
        0.4: asked.flexible,
        0.25: asked.late_days > 0,
        0.4000001: asked.last_resort,
        0.3: asked.fallback == Fate.WALK_IN,
        0.2: asked.fallback == Fate.CALLED,
        0.6: asked.origin == 0,
    }
    for share, found in shares.items():
        assert abs(found.mean() - share) < 5 * np.sqrt(share * (1 - share) / size)
    assert sorted(set(asked.notice_days.tolist())) == [0, 1, 2]
    assert set(asked.late_days[asked.late_days > 0].tolist()) == set(range(5, 21))
    assert abs(asked.tolerance_days.mean() + 0.5 - 14.0) < 5 * 8.4 / np.sqrt(size) + 0.02
    assert (asked.first_location[asked.online] == -1).all()
    assert size == pytest.approx(21_000, abs=5 * np.sqrt(21_000))
    per_row = sum(getattr(asked, field.name).itemsize for field in fields(RequestTable))
    assert per_row <= 64


def test_days_of_the_customer_are_counted_from_the_request():
    """Earliest day, wished day and latest day add up (B6)."""
    asked = table(a_case(choice=CHOOSY))
    earliest, wished, latest = asked.days
    assert (earliest - asked.requested_ms // MS_PER_DAY == asked.notice_days).all()
    assert (wished - earliest == asked.late_days).all()
    assert (latest - wished == asked.tolerance_days).all()


def test_requests_come_in_order_and_not_on_quiet_days():
    """Rows are in order of time; a public holiday has none."""
    case = a_case(demand=(a_demand("card", 30.0),))
    holiday = Holiday(MONDAY + timedelta(days=2), "made up")
    case = replace(case, horizon=replace(case.horizon, holidays=(holiday,)))
    asked = table(case)
    days = asked.requested_ms // MS_PER_DAY
    assert (np.diff(asked.requested_ms) >= 0).all()
    assert 16 not in days
    assert {15, 17} <= set(days.tolist())


def test_where_residence_binds_nobody_goes_elsewhere():
    """In a bound field of work nobody is flexible and only the first choice is looked at."""
    policy = replace(FREE_POLICY, bound_to_residence=True)
    choice = replace(CHOOSY, first_site_only_share=0.0, travel_tolerance_minutes=60.0)
    case = a_case(sites=TWO_SITES, choice=choice, policies=(policy,))
    assert not table(case).flexible.any()
    assert site_lists(case).everywhere.tolist() == [1, 1]
    free = site_lists(replace(case, booking=(FREE_POLICY,)))
    assert free.site[0, :2].tolist() == [0, 1]
    assert free.near.tolist() == [2, 2]


def test_first_choices_follow_the_shares_of_the_origin():
    """Three quarters of the north choose a, the south goes to c alone; five standard errors."""
    case = a_case(sites=TWO_SITES, demand=(a_demand("card", 300.0),))
    shares = (("north", "a", 0.75), ("north", "c", 0.25), ("south", "c", 1.0))
    case = replace(
        case,
        location_choice=tuple(LocationChoice(o, "residents", place, s) for o, place, s in shares),
    )
    asked = table(case)
    north = asked.first_location[asked.origin == 0]
    assert abs((north == 0).mean() - 0.75) < 5 * np.sqrt(0.1875 / len(north))
    assert (asked.first_location[asked.origin == 1] == 1).all()


def test_without_online_demand_the_table_is_empty():
    """A case whose demand is none has no rows, and all columns are empty."""
    assert len(table(a_case(demand=()))) == 0
    assert len(table(a_case(demand=(a_demand("card", 0.0),)))) == 0
