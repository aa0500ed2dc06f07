"""Minutes and cells: borders found by looking at all of them, duties as the rule has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.place import Interval, OpeningHours
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Roster
from planner.domain.rule import Severity
from planner.model.roster.clockwork import Clockwork, clockwork, duties
from planner.model.roster.names import activity_for
from planner.rules.opening_closing_duty import OpeningClosingDuty
from tests.rules.cases import MONDAY, a_case

NOTHING = Requirement(30, (), (), ())
DAY = Clockwork(30, 450, 22)
BORDERS = [450 + 30 * n for n in range(23)]


def test_borders_before_and_after() -> None:
    """The first border not before a minute and the last not after it; the day's edge beyond."""
    assert [DAY.minute(n) for n in range(23)] == BORDERS
    for minute in range(0, 1440, 5):
        after = [n for n, border in enumerate(BORDERS) if border >= minute]
        before = [n for n, border in enumerate(BORDERS) if border <= minute]
        assert DAY.at_or_after(minute) == min(after, default=22)
        assert DAY.at_or_before(minute) == max(before, default=0)


def test_what_lies_outside_the_day() -> None:
    """Every interval on the borders is covered by cells, but for its minutes outside the day."""
    for start in range(0, 1440, 30):
        for end in range(start + 30, 1441, 30):
            first, last, outside = DAY.covered(Interval(start, end))
            cells = [n for n in range(22) if start <= BORDERS[n] < end]
            assert list(range(first, last)) == cells
            assert outside == end - start - 30 * len(cells)


def _with(case: PlanningCase, shifts: ShiftRules, **changes: object) -> PlanningCase:
    first, second = case.locations
    place = replace(first, **changes)  # type: ignore[arg-type]
    return replace(case, shifts=shifts, locations=(place, second))


GRID = ShiftRules(30, 240, 630, 450, 1110)


@pytest.mark.parametrize(
    ("shifts", "changes", "slot", "expected"),
    [
        (GRID, {}, 30, Clockwork(30, 450, 22)),
        (GRID, {}, 20, Clockwork(10, 450, 66)),
        (GRID, {"staffed_before_minutes": 15}, 30, Clockwork(15, 450, 44)),
        (GRID, {"staffed_after_minutes": 20}, 30, Clockwork(10, 450, 66)),
        (replace(GRID, earliest_minute=455, latest_minute=1105), {}, 30, Clockwork(30, 450, 22)),
        (replace(GRID, earliest_minute=480, latest_minute=1080), {}, 60, Clockwork(30, 480, 20)),
        (GRID, {"staffed_before_minutes": 15, "minimum_presence": 0}, 30, Clockwork(30, 450, 22)),
    ],
)
def test_the_greatest_step_on_which_every_border_lies(shifts, changes, slot, expected) -> None:
    """Shifts, slots and duties share the cells; the day begins and ends with the shifts' day."""
    case = _with(a_case(), shifts, **changes)
    assert clockwork(case, replace(NOTHING, slot_minutes=slot)) == expected


OPEN = Interval(480, 960)


@pytest.mark.parametrize(
    ("changes", "doors", "expected"),
    [
        ({}, (OPEN,), [Interval(450, 480), Interval(960, 990)]),
        ({}, (Interval(480, 600), Interval(700, 800)), [Interval(450, 480), Interval(800, 830)]),
        ({}, (), []),
        ({"staffed_before_minutes": 0}, (OPEN,), [Interval(960, 990)]),
        ({"staffed_before_minutes": 1}, (OPEN,), [Interval(479, 480), Interval(960, 990)]),
        ({"staffed_after_minutes": 0}, (OPEN,), [Interval(450, 480)]),
        ({"staffed_after_minutes": 10}, (OPEN,), [Interval(450, 480), Interval(960, 970)]),
        ({"staffed_before_minutes": 90}, (OPEN,), [Interval(450, 480), Interval(960, 990)]),
        ({"minimum_presence": 0}, (OPEN,), []),
        ({"constant_desks": 2}, (OPEN,), []),
    ],
)
def test_duties_are_those_of_the_rule(changes, doors, expected) -> None:
    """Before opening and after closing; nobody there costs what the rule's check says."""
    place = replace(a_case().locations[0], opening=OpeningHours((doors,) * 7), **changes)
    case = replace(a_case(), locations=(place,))
    assert list(duties(case, place, doors)) == expected
    found = OpeningClosingDuty().check(Roster(), case, NOTHING)
    price = sum(f.penalty for f in found if f.day == MONDAY)
    assert price == pytest.approx(15 * sum(duty.minutes for duty in expected) / 30)


def test_no_duties_where_the_rule_is_only_told() -> None:
    """A rule that costs nothing asks nothing of the cells."""
    rules = (OpeningClosingDuty(Severity.WARN),)
    case = a_case(*rules)
    assert duties(case, case.locations[0], (OPEN,)) == ()


def test_skills_are_served_where_they_belong() -> None:
    """Reception and phone have activities of their own, everything else is at the counters."""
    assert activity_for("reception") is Activity.RECEPTION
    assert activity_for("phone") is Activity.PHONE
    assert activity_for("residents") is Activity.COUNTER
