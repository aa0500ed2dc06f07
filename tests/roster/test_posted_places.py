"""What places need and allow, in cells, is what the checks count by minutes."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from planner.domain.place import Interval, OpeningHours
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import Severity
from planner.model.roster.model import build
from planner.model.roster.place_arrays import NO_LIMIT
from planner.rules.building_hours import BuildingHours
from planner.rules.desks_not_exceeded import DesksNotExceeded
from tests.roster.priced import a_need, a_week

NOTHING = Requirement(60, (), (), ())
WARN = Severity.WARN


@pytest.mark.parametrize(("before", "after"), [(0, 300), (30, 45), (100, 0), (300, 60)])
def test_when_a_building_is_staffed(before: int, after: int) -> None:
    """Every shift on the cells of every day: inside the staffed time or not, as the check says."""
    case = a_week()
    doors = OpeningHours(((Interval(490, 700), Interval(780, 1010)),) * 6 + ((),))
    places = [replace(place, opening=doors) for place in case.locations]
    places[0] = replace(places[0], staffed_before_minutes=before, staffed_after_minutes=after)
    case = replace(case, locations=tuple(places))
    model = build(case, NOTHING)
    week, clock = model.week, model.clock
    for place, (d, day) in product((0, 1), enumerate(case.horizon.dates)):
        for start, end in product(range(clock.cells), range(1, clock.cells + 1)):
            if start < end:
                inside = start >= week.places.first[place, d] and end <= week.places.last[place, d]
                at, until = clock.minute(start), clock.minute(end)
                pieces = (Piece(at, until, Activity.BACK_OFFICE),)
                shift = Assignment("a", day, model.names.locations[place], at, until, pieces)
                found = list(BuildingHours().check(Roster((shift,)), case, NOTHING))
                assert inside == (found == [])
    assert (week.places.first <= week.places.last).all()


def test_a_building_that_is_never_closed() -> None:
    """Where the rule is only told, the whole day is open."""
    model = build(a_week((BuildingHours(WARN),)), NOTHING)
    assert (model.week.places.first == 0).all()
    assert (model.week.places.last == model.clock.cells).all()


def test_a_building_whose_day_is_not_the_shifts() -> None:
    """Staffed only before the first shift or after the last: nobody is there on any cell."""
    case = a_week()
    for doors in (Interval(60, 240), Interval(1260, 1380)):
        opening = OpeningHours(((doors,),) * 7)
        places = tuple(replace(one, opening=opening) for one in case.locations)
        week = build(replace(case, locations=places), NOTHING).week
        assert (week.places.first == week.places.last).all()


def test_desks() -> None:
    """As many as there are, or no limit where the rule is only told."""
    assert build(a_week(), NOTHING).week.places.desks.tolist() == [2, 1]
    told = build(a_week((DesksNotExceeded(WARN),)), NOTHING)
    assert told.week.places.desks.tolist() == [NO_LIMIT] * 2
    assert NO_LIMIT > 1000


@pytest.mark.parametrize("slot", [60, 30, 20])
def test_people_required_in_every_minute(slot: int) -> None:
    """Row by row and minute by minute the requirement's slots, as far as the day has cells."""
    case = a_week()
    need = a_need(case, slot)
    model = build(case, need)
    clock, names, places = model.clock, model.names, model.week.places
    for k, (place, skill) in enumerate(names.rows):
        assert places.row_place[k] == place
        for (d, day), c in product(enumerate(names.days), range(clock.cells)):
            minute = clock.minute(c)
            people = [
                s.desks
                for s in need.slots
                if (s.location, s.day, s.skill) == (names.locations[place], day, skill)
                and s.start_minute <= minute < s.start_minute + slot
            ]
            assert places.need[k, d, c] == sum(people)
    assert places.back_need.tolist() == [500 / clock.minutes, 130 / clock.minutes]
    assert places.present_need.shape == (2, 2, 4, clock.cells)


def test_a_place_without_work_behind_the_counters() -> None:
    """What the requirement does not name needs nothing."""
    need = replace(a_need(a_week()), back_office_minutes=(("south", 90),))
    assert build(a_week(), need).week.places.back_need.tolist() == [0.0, 3.0]
