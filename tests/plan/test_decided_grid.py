"""The decided grid on the small case: as many slots as asked for, and a scenario that has them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from planner.domain.case import PlanningCase
from planner.domain.demand import AppointmentDesks
from planner.errors import PlannerError
from planner.model.requirement_lead import counter_hours
from planner.plan.decided_grid import DecidedGrid, decided_grid, present_slots, with_grid
from planner.scenario.loading import load_case
from planner.sim.workload import workloads
from planner.workflow.grid import SlotCount, changed_desks, decide_grid
from planner.workflow.options import CaseOptions, RunOptions, Watch

SMALL = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return the small case."""
    return load_case(SMALL)


@pytest.fixture(scope="module")
def grid(case: PlanningCase) -> DecidedGrid:
    """Return the grid with as many slots as today."""
    return decided_grid(case, workloads(case, 1, 2), present_slots(case, counter_hours(case)))


def test_there_are_as_many_slots_as_today(case: PlanningCase, grid: DecidedGrid) -> None:
    """There are as many slots as today."""
    today = Counter[str]()
    for row in case.appointment_desks:
        minutes = row.desks * (row.end_minute - row.start_minute)
        today[row.location] += minutes // case.location(row.location).slot_minutes
    offered = Counter[str]()
    for slot in grid.rows:
        offered[slot.location] += slot.slots - slot.overbooked
    assert offered == today
    assert sum(day.wanted for day in grid.days) == today.total()


def test_deciding_the_times_never_costs_shifts(grid: DecidedGrid) -> None:
    """Deciding the times never costs shifts."""
    assert all(day.bound_hours == pytest.approx(day.decided_hours) for day in grid.days)
    assert all(day.decided_hours <= day.given_hours for day in grid.days)
    assert sum(day.decided_hours for day in grid.days) < sum(day.given_hours for day in grid.days)


def test_lead_targets_ask_for_their_own_number(case: PlanningCase) -> None:
    """Lead targets ask for their own number."""
    hours = counter_hours(case)
    found = decided_grid(case, workloads(case, 1, 2), hours)
    wanted = {row.location: round(row.slots_per_week) for row in hours}
    offered = Counter[str]()
    for slot in found.rows:
        offered[slot.location] += slot.slots - slot.overbooked
    assert dict(offered) == wanted


def test_no_more_begin_at_once_than_there_are_desks(case: PlanningCase) -> None:
    """No more slots begin at once than there are desks, however many are asked for."""
    many = tuple(
        replace(row, slots_per_week=20.0 * row.slots_per_week) for row in counter_hours(case)
    )
    found = decided_grid(case, workloads(case, 1, 2), many)
    at_once = Counter[tuple[str, str, str]]()
    for slot in found.rows:
        at_once[slot.location, slot.date, slot.time] += slot.slots - slot.overbooked
    assert max(at_once.values()) == max(place.desks for place in case.locations)
    assert all(count <= case.location(key[0]).desks for key, count in at_once.items())
    assert any(day.placed < day.wanted for day in found.days)


def test_the_case_has_the_grid_and_nothing_else_changed(
    case: PlanningCase, grid: DecidedGrid
) -> None:
    """The case has the grid and nothing else changed."""
    assert replace(grid.case, appointment_desks=case.appointment_desks) == case
    assert with_grid(case, ()) == replace(
        case,
        appointment_desks=tuple(
            sorted(case.appointment_desks, key=lambda r: (r.location, r.weekday, r.start_minute))
        ),
    )


def test_a_stop_keeps_the_desks_of_places_not_yet_decided(case: PlanningCase) -> None:
    """A stop keeps the desks of places not yet decided."""
    hours = counter_hours(case)
    found = decided_grid(case, workloads(case, 1, 2), hours, stop=lambda: True)
    decided = {day.location for day in found.days}
    assert len(decided) == 1
    kept = {row for row in case.appointment_desks if row.location not in decided}
    assert kept
    assert kept <= set(found.case.appointment_desks)


def test_touching_windows_leave_no_row_behind(case: PlanningCase) -> None:
    """Touching windows leave no row behind."""
    place = case.appointment_desks[0].location
    halves = (AppointmentDesks(place, 0, 480, 600, 1), AppointmentDesks(place, 0, 600, 720, 1))
    before = replace(case, appointment_desks=halves)
    same = replace(case, appointment_desks=(AppointmentDesks(place, 0, 480, 720, 1),))
    more = replace(case, appointment_desks=(AppointmentDesks(place, 0, 480, 720, 2),))
    assert changed_desks(before, same) == {}
    assert changed_desks(before, more) == {
        f"{place}/mon/08:00": {"end": "12:00", "desks": 2},
        f"{place}/mon/10:00": None,
    }


def test_the_command_writes_a_scenario_that_offers_the_grid(tmp_path: Path) -> None:
    """The command writes a scenario that offers the grid."""
    run = RunOptions(1, 2, "compiled", 1, tmp_path / "run", "en", ())
    summary = decide_grid(
        CaseOptions(SMALL), run, SlotCount.GIVEN, Watch(lambda _p, _s, _d: None, lambda: False)
    )
    assert summary.directory is not None
    written = load_case(summary.directory / "options" / "grid.yaml")
    case = load_case(SMALL)
    assert changed_desks(case, written)
    assert changed_desks(written, case)
    minutes = [
        sum(row.desks * (row.end_minute - row.start_minute) for row in one.appointment_desks)
        for one in (case, written)
    ]
    assert minutes[0] == minutes[1]
    for name in ("appointments.csv", "grid_days.csv", "option_measures.csv", "report.html"):
        assert (summary.directory / name).stat().st_size > 0


def test_without_appointments_there_is_nothing_to_decide(tmp_path: Path) -> None:
    """Without appointments there is nothing to decide."""
    shares = 'demand.parking.channel_share={"appointment": 0.0}'
    options = CaseOptions(SMALL, (shares,))
    run = RunOptions(1, 2, "compiled", 1, tmp_path / "run", "en", ())
    with pytest.raises(PlannerError):
        decide_grid(options, run, SlotCount.GIVEN, Watch(lambda _p, _s, _d: None, lambda: False))
