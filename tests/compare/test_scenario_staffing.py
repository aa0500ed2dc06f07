"""Who serves: the rule of the frozen roster, and the ways of staffing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planner.domain.case import PlanningCase
from planner.domain.place import OpeningHours
from planner.domain.roster import Roster
from planner.plan.scenario_staffing import (
    Staffed,
    StaffingEffort,
    frozen_roster,
    has_roster,
    scenario_staff,
)
from planner.scenario.loading import load_case
from tests.engines.rosters import counter_week

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def small() -> PlanningCase:
    """Return the small case."""
    return load_case(SCENARIOS / "small" / "base.yaml")


def own_roster(case: PlanningCase) -> Roster:
    """Return a roster of everybody who is not known to be absent."""
    absent = {(e.id, day) for e in case.employees for day in e.absent}
    rostered = counter_week(case).assignments
    return Roster(tuple(a for a in rostered if (a.employee, a.day) not in absent))


def closed(case: PlanningCase, name: str) -> PlanningCase:
    """Return the case with a location that never opens."""
    never = OpeningHours(((),) * 7)
    places = tuple(replace(p, opening=never) if p.id == name else p for p in case.locations)
    return replace(case, locations=places)


def test_nothing_changes_where_nothing_changed(small: PlanningCase) -> None:
    """The base's own roster stays as it is."""
    roster = own_roster(small)
    assert frozen_roster(roster, small, small) == roster


def test_shifts_of_a_closed_site_go_to_the_nearest_open_one(small: PlanningCase) -> None:
    """South is closed: its people work the same shifts at North; the phone stays."""
    roster = own_roster(small)
    moved = frozen_roster(roster, closed(small, "south"), small)
    assert len(moved.assignments) == len(roster.assignments)
    assert not [a for a in moved.assignments if a.location == "south"]
    before = {(a.employee, a.day): a for a in roster.assignments}
    for assignment in moved.assignments:
        was = before[assignment.employee, assignment.day]
        assert (assignment.start_minute, assignment.end_minute) == (
            was.start_minute,
            was.end_minute,
        )
        assert assignment.location == ("north" if was.location == "south" else was.location)


def test_without_an_open_site_and_without_the_person_the_shift_falls_out(
    small: PlanningCase,
) -> None:
    """Both sites closed leaves the phone only; a person who is gone or absent leaves nothing."""
    roster = counter_week(small)
    nobody = frozen_roster(roster, closed(closed(small, "south"), "north"), small)
    assert {a.location for a in nobody.assignments} <= {"line"}
    gone = replace(small, employees=tuple(e for e in small.employees if e.id != "N1"))
    assert "N1" not in {a.employee for a in frozen_roster(roster, gone, small).assignments}
    day = next(a.day for a in roster.assignments if a.employee == "N2")
    sick = replace(
        small,
        employees=tuple(replace(e, absent=(day,)) if e.id == "N2" else e for e in small.employees),
    )
    kept = {(a.employee, a.day) for a in frozen_roster(roster, sick, small).assignments}
    assert ("N2", day) not in kept


def test_a_queue_has_nobody_to_roster() -> None:
    """Constant desks need neither roster nor requirement."""
    queue = load_case(SCENARIOS / "queue" / "mmc.yaml")
    assert not has_roster(queue)
    found = scenario_staff(queue, Staffed.REPLANNED, StaffingEffort())
    assert found.roster is None
    assert found.requirement is None


def test_requirement_without_people(small: PlanningCase) -> None:
    """Desks come back and no roster, and the desks serve."""
    found = scenario_staff(small, Staffed.REQUIREMENT, StaffingEffort(design_weeks=1))
    assert found.roster is None
    assert found.source.requirement is found.requirement
    assert found.requirement is not None
    assert found.requirement.desk_hours("north") > 10


def test_new_people_work_a_plain_pattern_at_home(small: PlanningCase) -> None:
    """Contract and days are kept, within the doors; early and late in turn, with a break."""
    born = {"N1", "S1"}
    old = replace(small, employees=tuple(e for e in small.employees if e.id not in born))
    added = frozen_roster(Roster(), small, old).by_employee()
    assert set(added) == born
    for name, shifts in added.items():
        employee = small.employee(name)
        assert len(shifts) <= employee.max_days
        for shift in shifts:
            doors = small.location(shift.location).opening.on(shift.day, small.horizon)
            assert shift.location == employee.home
            assert doors[0].start_minute <= shift.start_minute
            assert shift.end_minute <= doors[-1].end_minute
            assert [pause.minutes for pause in shift.breaks] == [30]
