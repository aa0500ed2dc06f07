"""From a case to the result: fates, appointments, those who gave up, backlog, refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.domain.demand import Channel, Profile
from planner.domain.place import Interval, LocationKind, OpeningHours
from planner.errors import EngineError
from planner.sim.booking import booking_problem, booking_result, simulate_booking
from planner.sim.booking_compiled import run_compiled
from planner.sim.booking_result import BOOKED_FATES, NO_TIME, BookingResult, Fate
from planner.units import MS_PER_DAY, MS_PER_MINUTE
from tests.booking.cases import ALWAYS, FREE_POLICY, PATIENT, Site, a_case, a_demand, a_service

WEEKDAYS = OpeningHours(weekly=((Interval(480, 720),),) * 5 + ((),) * 2)


def a_town(per_day: float = 40.0) -> PlanningCase:
    """Return a town in which everything happens: two sites, a phone line, three services."""
    choice = replace(
        PATIENT,
        first_site_only_share=0.5,
        travel_tolerance_minutes=10.0,
        notice_days=(0.0, 2.0),
        tolerance_days=(4.0, 0.6),
        attempts=3,
        retry_days=(1.0, 3.0),
        last_resort_share=0.3,
        walk_in_share=0.4,
        phone_share=0.3,
    )
    policy = replace(
        FREE_POLICY,
        horizon_days=10,
        no_show_by_lead=((3.0, 0.1), (8.0, 0.4)),
        cancelled_share=0.1,
    )
    sites = (
        Site("a", ((480, 720, 2),), opening=WEEKDAYS),
        Site("b", ((480, 720, 1),), opening=WEEKDAYS),
        Site("line", (), area="phone", kind=LocationKind.PHONE, opening=WEEKDAYS),
    )
    demand = (a_demand("card", per_day, online=0.1), a_demand("title", per_day / 8))
    services = (a_service("card"), a_service("title", slots=2))
    return a_case(sites, services, demand, choice, (policy,))


@pytest.fixture(scope="module")
def town() -> BookingResult:
    """Return one replication of the town, booked beyond its capacity."""
    return simulate_booking(a_town(), seed=4, replication=0)


def test_every_request_has_exactly_one_fate(town):
    """All eight fates occur, and they are consistent with the other columns."""
    asked = town.requests
    assert set(asked.fate.tolist()) == {int(fate) for fate in Fate}
    booked = np.isin(asked.fate, BOOKED_FATES)
    assert (booked == (asked.location >= 0)).all()
    assert (booked == (asked.booked_ms != NO_TIME)).all()
    assert ((asked.fate == Fate.CANCELLED) == (asked.cancelled_ms != NO_TIME)).all()
    assert ((asked.fate == Fate.SEARCHING) == (asked.decided_ms == NO_TIME)).all()
    assert ((asked.fate == Fate.ONLINE) == (asked.attempts == 0)).all()
    assert (np.diff(asked.requested_ms) >= 0).all()
    assert len(asked) == sum((asked.fate == fate).sum() for fate in Fate)


def test_bookings_lie_between_search_and_horizon(town):
    """Appointments are an hour to ten days after the booking; cancellations before them."""
    asked = town.requests
    rows = np.isin(asked.fate, BOOKED_FATES)
    ahead = asked.booked_ms[rows] - asked.decided_ms[rows]
    assert ahead.min() >= 60 * MS_PER_MINUTE
    lead = asked.booked_ms[rows] // MS_PER_DAY - asked.decided_ms[rows] // MS_PER_DAY
    assert lead.tolist() == asked.booked_lead_days[rows].tolist()
    assert lead.max() <= 10
    gone = asked.fate == Fate.CANCELLED
    assert (asked.cancelled_ms[gone] < asked.booked_ms[gone]).all()
    assert (asked.cancelled_ms[gone] > asked.decided_ms[gone]).all()


def test_no_slot_is_booked_beyond_its_desks(town):
    """At no instant do bookings that are not cancelled yet exceed the desks of a slot."""
    case, asked = a_town(), town.requests
    rows = np.flatnonzero(np.isin(asked.fate, BOOKED_FATES))
    for code, desks in ((0, 2), (1, 1)):
        changes = []
        for row in rows[asked.location[rows] == code].tolist():
            slots = case.services[int(asked.service[row])].slots
            until = int(asked.cancelled_ms[row]) if asked.fate[row] == Fate.CANCELLED else None
            for slot in range(slots):
                start = int(asked.booked_ms[row]) + slot * 30 * MS_PER_MINUTE
                changes.append((start, int(asked.decided_ms[row]), +1))
                if until is not None:
                    changes.append((start, until, -1))
        load, slot = 0, -1
        for start, _instant, change in sorted(changes):
            load, slot = (load if start == slot else 0) + change, start
            assert load <= desks


def test_appointments_are_the_kept_bookings_of_the_horizon(town):
    """Shows and no-shows with a time in the week, by location and time; nobody is left out."""
    asked, kept = town.requests, town.appointments
    within = (asked.booked_ms >= 0) & (asked.booked_ms < 7 * MS_PER_DAY)
    wanted = np.flatnonzero(within & np.isin(asked.fate, (Fate.SHOWS, Fate.NO_SHOW)))
    assert sorted(kept.row.tolist()) == wanted.tolist()
    assert kept.shows.tolist() == (asked.fate[kept.row] == Fate.SHOWS).tolist()
    order = list(zip(kept.location.tolist(), kept.booked_ms.tolist(), strict=True))
    assert order == sorted(order)
    assert kept.slots.tolist() == [[1, 2][service] for service in kept.service.tolist()]
    assert len(kept) == len(kept.row)


def test_no_shows_rise_with_the_lead():
    """Up to three days 10 % stay away, from eight days on 40 %; five standard errors."""
    case = replace(a_town(30.0), simulation=replace(a_town().simulation, booking_weeks=60))
    asked = simulate_booking(case, seed=1, replication=0).requests
    kept = np.isin(asked.fate, (Fate.SHOWS, Fate.NO_SHOW))
    for rows, share in (
        (kept & (asked.booked_lead_days <= 3), 0.1),
        (kept & (asked.booked_lead_days >= 8), 0.4),
    ):
        missed = (asked.fate[rows] == Fate.NO_SHOW).mean()
        assert abs(missed - share) < 5 * np.sqrt(share * (1 - share) / rows.sum())


def test_those_who_gave_up_come_on_the_next_open_day(town):
    """Walk-ins come to their first choice, callers to the line, in the opening hours, once each."""
    for extra, fate, places in (
        (town.extra_walk_ins, Fate.WALK_IN, {0, 1}),
        (town.extra_calls, Fate.CALLED, {2}),
    ):
        asked = town.requests
        assert len(extra) > 0
        assert set(extra.location.tolist()) <= places
        day, clock = np.divmod(extra.arrival_ms, MS_PER_DAY)
        assert ((day >= 0) & (day < 5)).all()
        assert ((clock >= 480 * MS_PER_MINUTE) & (clock < 720 * MS_PER_MINUTE)).all()
        assert (asked.fate[extra.row] == fate).all()
        gave_up = asked.decided_ms[extra.row] // MS_PER_DAY
        weekday = np.mod(gave_up, 7)
        wait = np.select([weekday == 4, weekday == 5], [3, 2], 1)
        assert (day - gave_up).tolist() == wait.tolist()
        assert len(set(extra.row.tolist())) == len(extra)
        expected = np.flatnonzero((asked.fate == fate) & (asked.decided_ms >= -3 * MS_PER_DAY))
        in_week = asked.decided_ms[expected] // MS_PER_DAY
        come = [d for d in in_week.tolist() if d < 4]
        assert len(extra) == len(come)


def test_fallback_visits_follow_the_walk_in_profile_or_the_doors():
    """Where the profile has nothing inside the opening hours, arrivals are even over them."""
    night = Profile("flat", (1.0,) * 12, (1.0,) * 7, (((0, 60, 1.0),),) * 7)
    case = replace(a_town(), profiles=(night,))
    extra = simulate_booking(case, seed=4, replication=0).extra_walk_ins
    clock = np.mod(extra.arrival_ms, MS_PER_DAY)
    assert len(extra) > 0
    assert ((clock >= 480 * MS_PER_MINUTE) & (clock < 720 * MS_PER_MINUTE)).all()


def test_without_phone_line_or_open_doors_nobody_arrives():
    """No phone line: no calls; a site closed for good: no visits; both stay counted as fates."""
    shut = OpeningHours(weekly=((),) * 7)
    town = a_town()
    sites = tuple(
        replace(place, opening=shut) for place in town.locations if place.area == "residents"
    )
    result = simulate_booking(replace(town, locations=sites), seed=4, replication=0)
    assert (len(result.extra_calls), len(result.extra_walk_ins)) == (0, 0)
    assert {Fate.CALLED, Fate.WALK_IN} <= set(result.requests.fate.tolist())
    assert np.isnan(result.third_next).all()


def test_open_bookings_obey_littles_law():
    """The bookings open at midnight, summed over the midnights, are the sum of the leads."""
    case = replace(a_town(10.0), booking=(replace(a_town().booking[0], cancelled_share=0.0),))
    asked = simulate_booking(case, seed=2, replication=0).requests
    rows = np.isin(asked.fate, BOOKED_FATES)
    decided, booked = asked.decided_ms[rows], asked.booked_ms[rows]
    midnights = np.arange(-14, 18)[:, None] * MS_PER_DAY
    open_bookings = ((decided < midnights) & (booked >= midnights)).sum()
    assert open_bookings == asked.booked_lead_days[rows].sum()
    assert open_bookings > 100


def test_the_two_engines_give_the_same_result():
    """By name, ``simpy`` and ``compiled`` give equal tables."""
    one = simulate_booking(a_town(), 1, 0, engine="simpy")
    other = simulate_booking(a_town(), 1, 0)
    assert one.requests.fate.tolist() == other.requests.fate.tolist()
    assert one.requests.booked_ms.tolist() == other.requests.booked_ms.tolist()
    assert one.third_next_by_day.tolist() == other.third_next_by_day.tolist()


def test_a_backlog_fills_the_first_slots():
    """30 bookings ahead at a (8 units a day) take its first days; they are the first rows."""
    case = replace(a_town(0.0), horizon=replace(a_town().horizon, days=14))
    case = replace(case, demand=(a_demand("card", 0.001),))
    case = replace(case, simulation=replace(case.simulation, booking_weeks=0))
    result = simulate_booking(case, 1, 0, backlog={"a": 30})
    first = slice(0, result.backlog_rows)
    assert result.backlog_rows == 30
    assert (result.requests.location[first] == 0).all()
    days = result.requests.booked_ms[first] // MS_PER_DAY
    assert np.bincount(days).tolist() == [16, 14]
    assert len(set(result.requests.requested_ms[first].tolist())) == 30
    assert result.requests.origin[0] == 0


def test_backlog_rows_draw_services_by_volume_and_come_before_everybody():
    """Services of the backlog follow the yearly appointments; requests of the start come later."""
    case = replace(a_town(), simulation=replace(a_town().simulation, booking_weeks=0))
    problem, rows = booking_problem(case, 1, 0, {"a": 400, "b": 5})
    asked = problem.requests
    assert rows == 405
    share = (asked.service[:rows] == 0).mean()
    wanted = 36 / 41
    assert abs(share - wanted) < 5 * np.sqrt(wanted * (1 - wanted) / rows)
    assert (np.diff(asked.requested_ms) >= 0).all()
    assert asked.requested_ms[rows:].min() >= rows
    result = booking_result(case, problem, run_compiled(problem), rows)
    assert set(result.requests.attempts[:5].tolist()) == {1}


def test_a_backlog_needs_appointments_in_its_field():
    """A backlog at the phone line, whose field takes no appointments, is refused by name."""
    case = a_town()
    policies = (*case.booking, replace(FREE_POLICY, area="phone"))
    with pytest.raises(EngineError, match="backlog at 'line'"):
        simulate_booking(replace(case, booking=policies), 1, 0, backlog={"line": 3})


def test_unknown_engines_and_missing_policies_are_refused_by_name():
    """The message says what was asked for, what there is, and what to do."""
    with pytest.raises(EngineError, match="'ciw': must be one of simpy, compiled"):
        simulate_booking(a_town(), 1, 0, engine="ciw")
    with pytest.raises(EngineError, match="'card' takes appointments, but area 'residents'"):
        simulate_booking(replace(a_town(), booking=()), 1, 0)


def test_a_case_without_appointments_gives_an_empty_result():
    """A queue as a scenario has no booking stage: no rows, no appointments, no policies needed."""
    demand = replace(a_demand("card", 5.0), channel_share=((Channel.WALK_IN, 1.0),))
    case = a_case(sites=(Site("a", (), opening=ALWAYS),), demand=(demand,), policies=())
    result = simulate_booking(case, 1, 0)
    assert (len(result.requests), len(result.appointments), len(result.extra_walk_ins)) == (0, 0, 0)
    assert np.isnan(result.third_next).all()
    assert case.horizon.first_day + timedelta(days=result.first_day) < case.horizon.first_day
