"""Randomness as data: customers in columns, each known by name, stored and replayed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import gammaincinv

from planner.domain.case import Area, PlanningCase
from planner.domain.demand import Channel, Patience
from planner.domain.place import Interval
from planner.domain.service import ServiceTime, TimeFamily
from planner.sim.booking_result import NO_TIME
from planner.sim.customer_table import NO_REQUEST, Came, queue_at
from planner.sim.customers import sample_customers
from planner.sim.doors import clip_to_doors, open_doors
from planner.sim.engine import CLASS_SHIFT, ENDLESS
from planner.sim.replicate import Replication, sample_replication
from planner.sim.served import patience_at, served_as, skill_codes
from planner.sim.walk_ins import walk_in_sources
from planner.sim.work_content import draw_patience, draw_work
from planner.units import MS_PER_HOUR, MS_PER_MINUTE, minutes_to_ms


def test_a_customer_takes_at_most_64_bytes(sampled: Replication) -> None:
    """All columns together, callers with three further tries included."""
    assert sampled.customers.nbytes <= 64 * len(sampled.customers) + 64


def test_customers_are_in_order_and_come_when_doors_are_open(
    small: PlanningCase, sampled: Replication
) -> None:
    """Order (location, arrival); everybody arrives in an open interval of the own location."""
    customers = sampled.customers
    assert (np.diff(customers.location) >= 0).all()
    for code, place in enumerate(small.locations):
        arrival = customers.arrival[customers.rows(code)]
        assert len(arrival) > 50
        assert (np.diff(arrival) >= 0).all()
        doors = open_doors(small, place)
        inside = (arrival[:, None] >= doors[:, 0]) & (arrival[:, None] < doors[:, 1])
        assert inside.any(axis=1).all()


def test_kinds_of_customers_have_their_columns(sampled: Replication) -> None:
    """Appointments have a booked time and a request; walk-ins of the day have neither."""
    customers = sampled.customers
    booked = customers.came == Came.APPOINTMENT
    assert (customers.booked[booked] >= 0).all()
    assert (customers.booked[~booked] == NO_TIME).all()
    assert (customers.request[booked] != NO_REQUEST).all()
    assert (customers.request[~booked] == NO_REQUEST).any()
    late = (customers.arrival - customers.booked)[booked] / MS_PER_MINUTE
    assert abs(np.median(late) + 5) < 1.5


def test_equal_seeds_give_equal_customers_and_others_do_not(
    small: PlanningCase, sampled: Replication
) -> None:
    """A replication is known by seed and number."""
    again = sample_replication(small, 1, 0).customers
    np.testing.assert_array_equal(again.work, sampled.customers.work)
    other = sample_replication(small, 1, 1).customers
    assert len(other) != len(again) or (other.work != again.work).any()


def test_a_location_and_a_service_more_leave_the_others_as_they_were(
    small: PlanningCase, sampled: Replication
) -> None:
    """A third site of another field of work with its own service changes no other customer."""
    site = replace(small.location("north"), id="aliens", area="foreigners")
    service = replace(small.services[0], id="a_permit", area="foreigners", skill="permit")
    demand = replace(
        small.demand[0],
        service="a_permit",
        requests_per_year=9_000.0,
        channel_share=((Channel.WALK_IN, 1.0),),
    )
    more = replace(
        small,
        areas=(*small.areas, Area("foreigners", "", "")),
        locations=(site, *small.locations),
        services=(service, *small.services),
        demand=(demand, *small.demand),
    )
    customers = sample_replication(more, 1, 0).customers
    assert len(customers) > len(sampled.customers)
    for code in range(len(small.locations)):
        old, new = sampled.customers.rows(code), customers.rows(code + 1)
        for name in ("arrival", "booked", "work", "patience", "tries", "came", "origin"):
            expected = getattr(sampled.customers, name)[old]
            np.testing.assert_array_equal(expected, getattr(customers, name)[new])


def test_another_booking_leaves_the_people_as_they_are(
    small: PlanningCase, sampled: Replication
) -> None:
    """With every second appointment gone the others keep their work content."""
    kept = sampled.booking.appointments
    fewer = replace(
        sampled.booking,
        appointments=replace(
            kept, **{name: getattr(kept, name)[::2] for name in kept.__dataclass_fields__}
        ),
    )
    customers = sample_customers(small, fewer, 1, 0)
    rest = customers.came == Came.APPOINTMENT
    before = dict(zip(sampled.customers.request, sampled.customers.work, strict=True))
    assert rest.sum() > 50
    assert all(
        before[request] == work
        for request, work in zip(customers.request[rest], customers.work[rest], strict=True)
    )


def test_walk_ins_come_at_the_rate_of_their_source(small: PlanningCase) -> None:
    """Over 30 weeks without busyness the counts lie within 4 standard errors of the rates."""
    calm = replace(small, demand=tuple(replace(d, busyness_cv=0.0) for d in small.demand))
    sources = walk_in_sources(calm)
    booking = sample_replication(calm, 5, 0).booking
    nobody = np.zeros(0, dtype=np.int64)
    empty = replace(
        booking,
        appointments=_without(booking.appointments, nobody),
        extra_walk_ins=_without(booking.extra_walk_ins, nobody),
        extra_calls=_without(booking.extra_calls, nobody),
    )
    weeks = [sample_customers(calm, empty, 5, number, sources) for number in range(30)]
    for source in sources:
        expected = 30 * sum(rate.expected for rate in source.rates)
        counted = sum(
            int(((w.location == source.location) & (w.service == source.service)).sum())
            for w in weeks
        )
        assert abs(counted - expected) < 4 * np.sqrt(expected)


def _without(table, rows):
    return replace(table, **{n: getattr(table, n)[rows] for n in table.__dataclass_fields__})


def test_an_ordinary_week_holds_its_share_of_the_year(small: PlanningCase) -> None:
    """The opening hours move walk-ins, they do not lose them: 12,000 a year by month weight."""
    collection = [s.id for s in small.services].index("collection")
    weekly = sum(
        rate.expected
        for source in walk_in_sources(small)
        if source.service == collection
        for rate in source.rates
    )
    april = small.profile(small.demand[0].walk_in_profile).month[3]
    assert weekly == pytest.approx(12_000 / 365.25 * 7 * april, rel=1e-9)


def test_without_choice_the_locations_share_equally(small: PlanningCase) -> None:
    """Where the case says nothing of first choices both sites get half of the walk-ins."""
    sources = walk_in_sources(replace(small, location_choice=()))
    sums = {}
    for source in sources:
        if small.services[source.service].id == "collection":
            sums[source.location] = sum(rate.expected for rate in source.rates)
    first, second = sums.values()
    assert first == pytest.approx(second, rel=0.05)


def test_a_closed_location_has_no_walk_ins(small: PlanningCase) -> None:
    """Without opening hours there is no rate at all."""
    shut = [
        replace(place, opening=replace(place.opening, weekly=((),) * 7)) if code == 1 else place
        for code, place in enumerate(small.locations)
    ]
    case = replace(small, locations=tuple(shut))
    mine = [source for source in walk_in_sources(case) if source.location == 1]
    assert mine
    assert all(rate.expected == 0 for source in mine for rate in source.rates)


def test_the_discipline_ranks_customers(small: PlanningCase, sampled: Replication) -> None:
    """L3: class, then booked time less bonus or arrival."""
    strict = replace(
        small,
        discipline=replace(small.discipline, appointment_class=0, walk_in_class=1),
    )
    rows = sampled.customers.rows(1)
    queue = queue_at(strict, sampled.customers, 1)
    booked = sampled.customers.came[rows] == Came.APPOINTMENT
    bonus = minutes_to_ms(small.discipline.appointment_bonus_minutes)
    np.testing.assert_array_equal(
        queue.rank[booked], sampled.customers.booked[rows][booked] - bonus
    )
    np.testing.assert_array_equal(queue.rank[~booked], (1 << CLASS_SHIFT) + queue.arrival[~booked])
    np.testing.assert_array_equal(queue.may_balk, ~booked)


def test_further_tries_are_geometric(small: PlanningCase) -> None:
    """Share 0.5, at most 3: half would call again, a quarter twice, an eighth three times."""
    line = [place.id for place in small.locations].index("line")
    tries = np.concatenate(
        [
            customers.tries[customers.rows(line)]
            for customers in (sample_replication(small, 2, n).customers for n in range(6))
        ]
    )
    for number, share in ((1, 0.5), (2, 0.25), (3, 0.125)):
        assert abs((tries >= number).mean() - share) < 4 * np.sqrt(share / len(tries))


def test_callers_are_served_by_the_lines_main_service(small: PlanningCase) -> None:
    """Who asks for an identity card on the phone takes the work content of a call."""
    line = [place.id for place in small.locations].index("line")
    question = [service.id for service in small.services].index("question")
    assert (served_as(small, line) == question).all()
    assert (skill_codes(small, line) == 0).all()


def test_patience_without_entry_is_endless(small: PlanningCase) -> None:
    """Counters have no entry in the small case."""
    codes = {place.id: code for code, place in enumerate(small.locations)}
    assert patience_at(small, codes["north"]).mean_minutes is None
    assert patience_at(small, codes["line"]).mean_minutes == 5
    alone = replace(small, patience=(Patience("mobile", 3.0),))
    assert patience_at(alone, codes["line"]).mean_minutes is None


@pytest.mark.parametrize(
    ("family", "cv"),
    [
        (TimeFamily.EXPONENTIAL, 1.0),
        (TimeFamily.GAMMA, 0.5),
        (TimeFamily.LOGNORMAL, 0.7),
        (TimeFamily.DETERMINISTIC, 0.0),
    ],
)
def test_work_content_has_mean_and_cv(family: TimeFamily, cv: float) -> None:
    """Quantiles at the midpoints of 200,000 cells: mean within 0.1 %, CV within 1 %."""
    uniform = (np.arange(200_000) + 0.5) / 200_000
    work = draw_work(ServiceTime(family, 12.0, cv), uniform) / MS_PER_MINUTE
    assert work.mean() == pytest.approx(12.0, rel=1e-3)
    assert work.std() / work.mean() == pytest.approx(cv, rel=1e-2, abs=1e-6)


@pytest.mark.parametrize("cv", [0.05, 0.5, 1.0, 2.0])
def test_gamma_work_is_the_exact_quantile(cv: float) -> None:
    """The spline gives scipy's inverse of the distribution, 0.01 millisecond of error at most."""
    uniform = np.concatenate((np.linspace(0.0005, 0.9995, 5_000), [2**-53, 1e-9, 1 - 2**-52]))
    work = draw_work(ServiceTime(TimeFamily.GAMMA, 12.0, cv), uniform)
    exact = gammaincinv(cv**-2, uniform) * cv**2 * 12 * MS_PER_MINUTE
    assert np.abs(work - np.maximum(exact, 1)).max() < 0.51


def test_work_and_patience_are_in_range() -> None:
    """No case takes nothing; no mean patience means no limit; the ends of [0, 1) are finite."""
    ends = np.array([0.0, 1.0 - 2**-53])
    for family in TimeFamily:
        work = draw_work(ServiceTime(family, 5.0, 0.5), ends)
        assert work.min() >= 1
        assert work.max() < ENDLESS
    assert (draw_patience(None, ends) == ENDLESS).all()
    assert draw_patience(5.0, ends)[0] == 0


def test_instants_outside_the_doors_move_to_the_nearest_open_one() -> None:
    """Early to the opening, late to the last millisecond, in the lunch hour to the nearer side."""
    doors = np.array([[8, 12], [13, 16]]) * MS_PER_HOUR
    instants = np.array([7.0, 9.0, 12.2, 12.9, 12.0, 17.0]) * MS_PER_HOUR
    moved = clip_to_doors(instants.astype(np.int64), doors)
    last_morning, last = 12 * MS_PER_HOUR - 1, 16 * MS_PER_HOUR - 1
    expected = [
        8 * MS_PER_HOUR,
        9 * MS_PER_HOUR,
        last_morning,
        13 * MS_PER_HOUR,
        last_morning,
        last,
    ]
    assert moved.tolist() == expected
    assert clip_to_doors(np.array([5]), np.empty((0, 2), dtype=np.int64)).tolist() == [5]


def test_a_location_that_is_always_open_closes_once(small: PlanningCase) -> None:
    """Open intervals that touch at midnight are one."""
    day = (Interval(0, 1440),)
    place = replace(
        small.locations[0], opening=replace(small.locations[0].opening, weekly=(day,) * 7)
    )
    assert open_doors(small, place).tolist() == [[0, 7 * 24 * MS_PER_HOUR]]


def test_origins_that_do_not_choose_a_location_do_not_come(small: PlanningCase) -> None:
    """With every first choice at Site South nobody walks into Site North."""
    choice = tuple(
        replace(row, share=float(row.location == "south"))
        for row in small.location_choice
        if row.area == "residents"
    )
    sources = walk_in_sources(replace(small, location_choice=choice))
    named = {small.locations[source.location].id for source in sources}
    assert "south" in named
    assert "north" not in named
