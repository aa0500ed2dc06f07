"""Phone line 115 with the staff of 2019 comes out as published for 2019 (T1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement, SlotRequirement
from planner.sim.replicate import SimulationRun, StaffingSource, simulate

LINE = "phone-115"
OPEN_HOURS = 60


@pytest.fixture(scope="module")
def line(case: PlanningCase) -> PlanningCase:
    """Return the Hamburg case with nothing but the phone line."""
    return replace(
        case,
        areas=tuple(area for area in case.areas if area.id == "phone"),
        locations=(case.location(LINE),),
        services=(case.service("call"),),
        demand=tuple(demand for demand in case.demand if demand.service == "call"),
        location_choice=tuple(row for row in case.location_choice if row.area == "phone"),
        travel_minutes=(),
        booking=(),
        appointment_desks=(),
        targets=(),
        simulation=replace(case.simulation, booking_weeks=0),
    )


def _people_on_the_phone(case: PlanningCase) -> int:
    """Return how many are on the phone at any time when presence is spread evenly."""
    staff = [employee for employee in case.employees if employee.home == LINE]
    paid = sum(employee.target_minutes(case.horizon) for employee in staff) / 60
    present = paid * (1 - case.absence.rate)
    return round(present * (1 - case.location(LINE).back_office_share) / OPEN_HOURS)


def _evenly(case: PlanningCase, people: int) -> Requirement:
    slots = tuple(
        SlotRequirement(LINE, day, start, "phone", people)
        for day in case.horizon.dates[:5]
        for start in range(420, 1140, case.horizon.slot_minutes)
    )
    return Requirement(case.horizon.slot_minutes, slots, (), ())


def test_reachability_and_wait_of_2019(line: PlanningCase):
    """About 67 % are answered after 101 s on average (accepted: 62-72 %, 81-123 s).

    Forty weeks: the busyness of days moves a single week's share by 2.7 points.
    """
    people = _people_on_the_phone(line)
    source = StaffingSource(requirement=_evenly(line, people))
    measures = simulate(line, source, SimulationRun(seed=1, replications=40)).measures
    value = measures[measures.scope == "phone"].set_index(["channel", "measure"])["value"]
    assert 30 <= people <= 40
    assert 0.62 <= value["phone", "reachability"] <= 0.72
    assert 1.35 <= value["phone", "wait_mean"] <= 2.05
    assert value["phone", "reachability"] == pytest.approx(0.668, abs=0.01)
