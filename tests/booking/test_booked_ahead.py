"""The list of today's bookings: who has a date keeps it, and everybody else comes as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.domain.demand import BookedDay
from planner.model.requirement_lead import counter_hours
from planner.queueing.appointment_book import slots_to_clear
from planner.scenario.loading import load_case
from planner.sim.booking import booking_problem, simulate_booking
from planner.sim.booking_measures import booking_measures
from planner.sim.booking_result import Fate
from planner.sim.replicate import SimulationRun, StaffingSource, replications
from planner.sim.scenario_replications import Option, replicate_options
from planner.units import MS_PER_DAY
from tests.booking.cases import MONDAY, a_case, a_demand, a_service

SMALL = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
#: A week before the planned one; one site with 8 units a day.
LISTED_ON = MONDAY - timedelta(days=7)


def a_listed_case(*booked: BookedDay, per_day: float = 0.0001) -> PlanningCase:
    """Return a case with hardly any request but those listed a week before the planned days."""
    case = a_case(
        services=(a_service("card"), a_service("pass", slots=2)),
        demand=(a_demand("card", per_day),),
    )
    depth = replace(case.simulation, booked_on=LISTED_ON)
    return replace(case, booked=booked, simulation=depth)


def listed(day: int, bookings: int, service: str = "") -> BookedDay:
    """Return bookings a number of days after the day of the list."""
    return BookedDay("a", LISTED_ON + timedelta(days=day), service, bookings)


def days_of(case: PlanningCase) -> list[int]:
    """Return the number of appointments by day, from the day of the list on."""
    result = simulate_booking(case, 1, 0)
    rows = slice(0, result.backlog_rows)
    assert (result.requests.location[rows] == 0).all()
    day = result.requests.booked_ms[rows] // MS_PER_DAY - result.first_day
    return [int(number) for number in np.bincount(day, minlength=12)]


def test_listed_appointments_stand_on_their_days() -> None:
    """Three today, eight (all units) on the fourth day, one in the planned week; no other day."""
    case = a_listed_case(listed(9, 1), listed(0, 3), listed(3, 8))
    assert days_of(case) == [3, 0, 0, 8, 0, 0, 0, 0, 0, 1, 0, 0]


def test_what_a_day_cannot_take_goes_to_the_next() -> None:
    """Ten on a day of eight units, and one on the day after: two and one stand there."""
    assert days_of(a_listed_case(listed(2, 10), listed(3, 1)))[:5] == [0, 0, 8, 3, 0]


def test_known_services_are_kept_and_take_their_slots() -> None:
    """Four passes of two slots each fill a day; a card goes to the next."""
    case = a_listed_case(listed(1, 4, "pass"), listed(1, 1, "card"))
    problem, number = booking_problem(case, 1, 0)
    assert number == 5
    assert sorted(problem.requests.service[:5].tolist()) == [0, 1, 1, 1, 1]
    assert sum(days_of(case)) == 5
    assert days_of(case)[1] < 5


@pytest.mark.parametrize("backlog", [{}, {"a": 4}])
def test_both_engines_agree_and_others_come_as_without_the_list(backlog: dict[str, int]) -> None:
    """The reference gives the same rows; the random columns of all others are unmoved."""
    case = a_listed_case(listed(0, 5), listed(8, 6), per_day=6.0)
    one, other = (simulate_booking(case, 2, 0, engine, backlog) for engine in ("simpy", "compiled"))
    assert one.requests.booked_ms.tolist() == other.requests.booked_ms.tolist()
    assert one.requests.fate.tolist() == other.requests.fate.tolist()
    assert one.backlog_rows == 11 + backlog.get("a", 0)
    alone, none = booking_problem(replace(case, booked=()), 2, 0)
    joined, number = booking_problem(case, 2, 0, backlog)
    assert none == 0
    assert joined.requests.slot_u[number:].tolist() == alone.requests.slot_u.tolist()
    assert joined.requests.requested_ms[number:].tolist() == alone.requests.requested_ms.tolist()


def test_the_book_begins_on_the_day_of_the_list() -> None:
    """Not with the warm-up; bookings listed are served in the planned week, but not made in it."""
    case = a_listed_case(listed(8, 5))
    assert case.book_opens == LISTED_ON
    assert replace(case, simulation=replace(case.simulation, booked_on=None)).book_opens == (
        MONDAY - timedelta(weeks=case.simulation.booking_weeks)
    )
    result = simulate_booking(case, 1, 0)
    assert result.first_day == -7
    assert len(result.appointments) == 5
    assert (result.requests.fate[:5] == Fate.SHOWS).all()
    assert not [row for row in booking_measures(case, result) if row[4] == "lead_booked_mean"]


def test_a_comparison_and_a_simulation_start_from_the_same_list() -> None:
    """The replication of an option is the one that simulating its case gives; and it shows."""
    case = load_case(SMALL)
    day = case.horizon.first_day
    depth = replace(case.simulation, booked_on=day)
    case = replace(case, booked=(BookedDay("north", day, "id_card", 30),), simulation=depth)
    source = StaffingSource()
    compared = replicate_options((Option.of(case, source),), 5, "compiled", 2)[case.name]
    [(alone, _frame)] = replications(case, source, SimulationRun(5, 1), [2])
    assert set(alone) <= set(compared)
    empty = replace(case, booked=())
    [(unlisted, _frame)] = replications(empty, source, SimulationRun(5, 1), [2])
    assert not set(alone) <= set(unlisted)


def test_a_backlog_is_cleared_in_time_by_the_slots_of_the_fluid_limit() -> None:
    """Played day by day: 300 booked, 20 requests and these slots a day, 25 days: a wait of 5."""
    slots = slots_to_clear(300.0, 20.0, 25.0, 5.0)
    backlog = 300.0
    for _ in range(25):
        backlog += 20.0 - slots
    assert backlog / slots == pytest.approx(5.0)
    assert slots_to_clear(5.0 * 20.0, 20.0, 25.0, 5.0) == pytest.approx(20.0)


def test_counter_hours_clear_a_long_list_and_ignore_a_short_one() -> None:
    """What is booked within the target asks for nothing; 2,000 bookings ask for slots to clear."""
    case = load_case(SMALL)
    usual = {row.location: row.slots_per_week for row in counter_hours(case)}
    day = case.horizon.first_day - timedelta(days=28)

    def slots(bookings: int) -> float:
        listed_case = replace(
            case,
            booked=(BookedDay("north", day, "id_card", bookings),),
            simulation=replace(case.simulation, booked_on=day),
        )
        found = {row.location: row.slots_per_week for row in counter_hours(listed_case)}
        assert found["south"] == usual["south"]
        return found["north"]

    assert slots(10) == usual["north"]
    assert slots(2_000) > slots(1_500) > usual["north"]


def test_a_scenario_lists_its_bookings(tmp_path: Path) -> None:
    """The table is read, sorted, written and read again; rows of nobody are left out."""
    text = (
        f"extends: {SMALL}\nname: listed\nsimulation: {{booked_on: 2024-04-08}}\n"
        "tables:\n  bookings:\n"
        "    - {location: south, date: 2024-04-09, bookings: 3}\n"
        "    - {location: north, date: 2024-04-15, service: id_card, bookings: 2}\n"
        "    - {location: north, date: 2024-04-08, bookings: 0}\n"
    )
    (tmp_path / "listed.yaml").write_text(text, encoding="utf-8")
    case = load_case(tmp_path / "listed.yaml")
    assert case.booked == (
        BookedDay("north", date(2024, 4, 15), "id_card", 2),
        BookedDay("south", date(2024, 4, 9), "", 3),
    )
    assert case.book_opens == date(2024, 4, 8)
