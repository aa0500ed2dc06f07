"""The law of the book, sentence by sentence (``planner.sim.booking_law``), in both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.demand import ReleaseTranche
from planner.sim.booking_compiled import run_compiled
from planner.sim.booking_law import BookingEngine, BookingOutcome, Ending
from planner.sim.booking_simpy import run_simpy
from planner.units import MS_PER_DAY, MS_PER_MINUTE
from tests.booking.cases import FREE_POLICY, PATIENT, Site, a_case
from tests.booking.scripted import Asker, a_script

#: One desk, two slots a day, 8:00 and 8:30; requests are made at 9:00, after the day's slots.
ONE_DESK = (Site("a", ((480, 540, 1),)),)
TWO_SITES = (*ONE_DESK, Site("b", ((480, 540, 1),)), Site("c", ((480, 540, 1),)))
NINE = 540 * MS_PER_MINUTE


@pytest.fixture(params=[run_simpy, run_compiled], ids=["simpy", "compiled"])
def engine(request) -> BookingEngine:
    """Return each engine in turn."""
    engine: BookingEngine = request.param
    return engine


def days(outcome: BookingOutcome) -> list[int]:
    """Return the booked days."""
    return [int(day) for day in outcome.day]


def test_b2_a_unit_is_bookable_from_its_release_on(engine):
    """With release at 7:00 of the day a request at 6:59 finds nothing, one at 7:00 the day."""
    policy = replace(FREE_POLICY, tranches=(ReleaseTranche(1.0, 0, 420),))
    case = a_case(sites=(Site("a", ((600, 660, 5),)),), policies=(policy,))
    outcome = engine(a_script(case, Asker(minute=419), Asker(minute=420), Asker(day=1)))
    assert days(outcome) == [-1, 0, 1]


def test_b3_a_cancelled_unit_is_back_for_a_search_of_the_same_instant(engine):
    """The first cancels halfway; who searches at that very instant gets the slot."""
    booked_after = 2 * MS_PER_DAY - 60 * MS_PER_MINUTE
    halfway = NINE + booked_after // 2
    day, minute = divmod(halfway // MS_PER_MINUTE, 1440)
    script = a_script(
        a_case(sites=ONE_DESK),
        Asker(notice=2, cancel_u=0.5),
        Asker(notice=2),
        Asker(day=day, minute=minute, notice=1),
        Asker(day=day, minute=minute, notice=1),
    )
    outcome = engine(script)
    assert outcome.cancelled_ms[0] == halfway
    assert days(outcome) == [2, 2, 2, 3]


def test_b3_searches_of_an_instant_go_by_row(engine):
    """Of three requests of one instant the first two rows get tomorrow, the third the day after."""
    outcome = engine(a_script(a_case(sites=ONE_DESK), Asker(), Asker(), Asker()))
    assert days(outcome) == [1, 1, 2]


def test_b4_a_long_service_takes_slots_that_follow_each_other(engine):
    """Two slots need 8:00 and 8:30 free; a slot after a gap does not follow."""
    gap = (Site("a", ((480, 510, 1), (540, 570, 1))),)
    outcome = engine(a_script(a_case(sites=gap), Asker(slots=2), Asker()))
    assert days(outcome) == [-1, 1]
    script = a_script(a_case(sites=ONE_DESK), Asker(), Asker(slots=2), Asker(), Asker())
    outcome = engine(script)
    assert days(outcome) == [1, 2, 1, 3]


def test_b5_a_slot_needs_an_hour_of_notice(engine):
    """At 7:00 the slot of 8:00 can be booked, at 7:01 that of 8:30, at 7:31 none of the day."""
    script = a_script(
        a_case(sites=(Site("a", ((480, 540, 3),)),)),
        Asker(minute=420),
        Asker(minute=421),
        Asker(minute=451),
    )
    outcome = engine(script)
    assert days(outcome) == [0, 0, 1]
    assert outcome.slot.tolist() == [0, 1, 0]


def test_b5_nothing_beyond_the_booking_horizon_is_seen(engine):
    """With a horizon of three days the seventh customer of the day finds nothing."""
    policy = replace(FREE_POLICY, horizon_days=3)
    outcome = engine(a_script(a_case(sites=ONE_DESK, policies=(policy,)), *[Asker()] * 7))
    assert days(outcome) == [1, 1, 2, 2, 3, 3, -1]
    assert outcome.ending[6] == Ending.GAVE_UP


def test_b6_wished_and_latest_day_bind(engine):
    """Notice 1 and late wish 2 from day 0: day 3 at the earliest, with tolerance 0 not day 4."""
    wish = Asker(notice=1, late=2, tolerance=0)
    outcome = engine(a_script(a_case(sites=ONE_DESK), wish, wish, wish))
    assert days(outcome) == [3, 3, -1]


def test_b7_the_offer_of_the_first_search_ignores_wish_and_tolerance(engine):
    """Who wishes day 4 is offered day 2; a flexible one the first day at an acceptable site."""
    case = a_case(sites=TWO_SITES, choice=replace(PATIENT, travel_tolerance_minutes=10.0))
    script = a_script(case, Asker(), Asker(), Asker(late=4), Asker(late=4, flexible=True))
    outcome = engine(script)
    assert outcome.offered_day.tolist() == [1, 1, 2, 1]
    assert days(outcome) == [1, 1, 4, 4]


def test_b8_the_first_choice_comes_first(engine):
    """Within tolerance a flexible customer stays at the first choice, though b is earlier."""
    case = a_case(sites=TWO_SITES, choice=replace(PATIENT, travel_tolerance_minutes=10.0))
    outcome = engine(a_script(case, Asker(), Asker(), Asker(flexible=True, tolerance=2)))
    assert (days(outcome)[2], outcome.site[2]) == (2, 0)


def test_b9_a_flexible_customer_goes_to_the_nearest_acceptable_site(engine):
    """Beyond the tolerance of the first choice, b before c on equal days, never beyond reach."""
    case = a_case(sites=TWO_SITES, choice=replace(PATIENT, travel_tolerance_minutes=20.0))
    mover = Asker(flexible=True, tolerance=1)
    outcome = engine(a_script(case, Asker(), Asker(), mover, mover, mover, mover, mover))
    assert outcome.site.tolist() == [0, 0, 1, 1, 2, 2, -1]
    near = a_case(sites=TWO_SITES, choice=replace(PATIENT, travel_tolerance_minutes=10.0))
    outcome = engine(a_script(near, Asker(), Asker(), mover, mover, mover))
    assert outcome.site.tolist() == [0, 0, 1, 1, -1]


def test_b10_the_last_resort_takes_any_site_however_late(engine):
    """At the last search: the first day anywhere in the field, beyond tolerance and reach."""
    desperate = Asker(tolerance=0, last_resort=True)
    outcome = engine(a_script(a_case(sites=TWO_SITES), *[Asker()] * 4, *[desperate] * 3))
    assert days(outcome) == [1, 1, 2, 2, 1, 1, 1]
    assert outcome.site.tolist() == [0, 0, 0, 0, 1, 1, 2]


def test_b11_the_slot_is_drawn_from_the_free_ones_of_the_day(engine):
    """Number floor(u m) of the m start slots; a draw of (nearly) 1 takes the last."""
    case = a_case(sites=(Site("a", ((480, 600, 1),)),))
    draws = [Asker(slot_u=0.5), Asker(slot_u=0.99), Asker(slot_u=0.34), Asker(slot_u=1.0)]
    outcome = engine(a_script(case, *draws))
    assert outcome.slot.tolist() == [2, 3, 0, 1]


def test_b12_searches_again_and_gives_up_after_the_last_attempt(engine):
    """Three searches two days apart, then the customer gives up at the instant of the third."""
    choice = replace(PATIENT, attempts=3, retry_days=(2.0, 2.0))
    case = a_case(sites=(Site("a", ()),), choice=choice)
    outcome = engine(a_script(case, Asker()))
    assert outcome.attempts.tolist() == [3]
    assert outcome.decided_ms.tolist() == [NINE + 4 * MS_PER_DAY]
    assert outcome.ending.tolist() == [Ending.GAVE_UP]


def test_b12_the_time_between_searches_turns_with_the_number_of_searches(engine):
    """Low + (high - low) frac(u + 0.618 n): after u = 0.5 and one search 0.118 of the span."""
    choice = replace(PATIENT, attempts=2, retry_days=(1.0, 4.0))
    case = a_case(sites=(Site("a", ()),), choice=choice)
    outcome = engine(a_script(case, Asker(retry_u=0.5)))
    gap = MS_PER_DAY * (1.0 + 3.0 * (0.5 + 0.6180339887498949 - 1.0))
    assert outcome.decided_ms.tolist() == [NINE + int(gap)]


def test_b13_a_cancelled_unit_is_bookable_at_once(engine):
    """A slot of tomorrow cancelled a millisecond after booking goes to the next customer."""
    script = a_script(
        a_case(sites=ONE_DESK), Asker(cancel_u=0.0), Asker(), Asker(minute=541), Asker(minute=542)
    )
    outcome = engine(script)
    assert outcome.cancelled_ms.tolist() == [NINE + 1, -1, -1, -1]
    assert days(outcome) == [1, 1, 1, 2]


def test_b14_mornings_observe_the_third_next_unit(engine):
    """Two units a day, today's too late: two days ahead, three after four bookings, then two."""
    script = a_script(a_case(sites=(*ONE_DESK, Site("b", ()))), *[Asker()] * 4)
    third = engine(script).third_next
    assert third[:3, 0].tolist() == [2, 3, 2]
    assert (third[:, 1] == -1).all()


def test_b14_the_booking_horizon_where_fewer_than_three_units_are_in_sight(engine):
    """With one bookable day of two units the third next is out of sight: the horizon is noted."""
    policy = replace(FREE_POLICY, horizon_days=1)
    third = engine(a_script(a_case(sites=ONE_DESK, policies=(policy,)), Asker())).third_next
    assert set(third[:, 0].tolist()) == {1}


def test_b15_what_would_happen_after_the_end_does_not(engine):
    """A customer who would search again after the horizon is still searching."""
    choice = replace(PATIENT, attempts=2, retry_days=(1.0, 1.0))
    case = a_case(sites=(Site("a", ()),), choice=choice)
    outcome = engine(a_script(case, Asker(day=20), Asker(day=20, online=True)))
    assert outcome.ending.tolist() == [Ending.SEARCHING, Ending.ONLINE]
    assert outcome.attempts.tolist() == [1, 0]
    assert outcome.decided_ms[0] == -1


def test_without_any_location_of_the_field_a_customer_searches_in_vain(engine):
    """A request without first choice gets no offer and gives up."""
    outcome = engine(a_script(a_case(sites=ONE_DESK), Asker(first=-1)))
    assert (outcome.ending.tolist(), outcome.offered_day.tolist()) == ([Ending.GAVE_UP], [-1])
