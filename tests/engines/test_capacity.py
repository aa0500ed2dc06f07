"""Staffing from a roster, a requirement or constant desks; absence at short notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.domain.place import Interval
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.staff import AbsenceModel
from planner.sim.absence import sample_absences
from planner.sim.capacity import (
    constant_staffing,
    house_of,
    staffing_from_requirement,
    staffing_from_roster,
)
from planner.sim.staffing import LocationStaffing
from planner.units import MS_PER_MINUTE
from tests.engines.rosters import BREAK, COUNTER, OFFICE, counter_week, shift


def at(case: PlanningCase, name: str) -> int:
    """Return the code of a location."""
    return [place.id for place in case.locations].index(name)


def pieces(there: LocationStaffing, clerk: str) -> list[tuple[float, float, int, float, bool]]:
    """Return (start, end, mask, pause, stays) of a clerk in minutes."""
    number = there.names.index(clerk)
    columns = there.clerks
    return [
        (
            columns.start[i] / MS_PER_MINUTE,
            columns.end[i] / MS_PER_MINUTE,
            int(columns.mask[i]),
            columns.pause[i] / MS_PER_MINUTE,
            bool(columns.stays[i]),
        )
        for i in range(columns.first[number], columns.first[number + 1])
    ]


def monday(case: PlanningCase, *assignments: Assignment) -> LocationStaffing:
    """Return the staffing of Site North with these shifts."""
    return staffing_from_roster(case, Roster.of(list(assignments))).locations[at(case, "north")]


def test_a_shift_is_cut_to_the_opening_hours(small: PlanningCase) -> None:
    """Counter before opening does not serve; a piece beyond closing stays; the break is kept."""
    day = small.horizon.first_day
    work = shift("N1", day, "north", (450, 720, COUNTER), (720, 750, BREAK), (750, 1110, COUNTER))
    there = monday(small, work)
    assert pieces(there, "N1") == [(480, 720, 3, 30, False), (750, 1080, 3, 0, True)]
    assert there.duty_end.tolist() == [1110 * MS_PER_MINUTE] * 2
    assert there.paid_minutes == 630


def test_back_office_and_breaks_do_not_serve(small: PlanningCase) -> None:
    """Only serving pieces count; back office after a piece is not a break."""
    day = small.horizon.first_day
    work = shift("N1", day, "north", (480, 600, COUNTER), (600, 660, OFFICE), (660, 700, COUNTER))
    there = monday(small, work)
    assert pieces(there, "N1") == [(480, 600, 3, 0, False), (660, 700, 3, 0, False)]
    assert there.back_office_minutes == 60


def test_neighbouring_pieces_with_equal_skills_are_one(small: PlanningCase) -> None:
    """Counter for one skill and then for another is one piece with both skills."""
    parts = (
        Piece(480, 600, COUNTER, "residents"),
        Piece(600, 700, COUNTER, "reception"),
        Piece(700, 730, BREAK),
    )
    work = Assignment("N1", small.horizon.first_day, "north", 480, 730, parts)
    assert pieces(monday(small, work), "N1") == [(480, 700, 3, 30, False)]


def test_reception_and_phone_serve_their_own_skill_only(small: PlanningCase) -> None:
    """The reception clerk holds reception alone; who lacks the skill does not serve at all."""
    parts = (Piece(480, 600, Activity.RECEPTION, "reception"), Piece(600, 700, Activity.PHONE))
    work = Assignment("N1", small.horizon.first_day, "north", 480, 700, parts)
    skills = small.skills_at(small.location("north"))
    mask = 1 << skills.index("reception")
    assert pieces(monday(small, work), "N1") == [(480, 600, mask, 0, False)]


def test_trainees_are_slower(small: PlanningCase) -> None:
    """N6 is in training: half speed."""
    day = small.horizon.first_day
    there = monday(
        small,
        shift("N1", day, "north", (480, 700, COUNTER)),
        shift("N6", day, "north", (480, 700, COUNTER)),
    )
    assert dict(zip(there.names, there.clerks.speed.tolist(), strict=True)) == {
        "N1": 1000,
        "N6": 500,
    }


def test_who_is_absent_does_not_serve(small: PlanningCase) -> None:
    """An absent employee's shift is gone, also from the paid hours of those present."""
    roster = counter_week(small)
    day = small.horizon.first_day
    whole = staffing_from_roster(small, roster).locations[at(small, "north")]
    less = staffing_from_roster(small, roster, frozenset({("N1", day)}))
    there = less.locations[at(small, "north")]
    assert len(there.clerks.start) == len(whole.clerks.start) - 2
    assert there.paid_minutes == whole.paid_minutes - 630


def test_a_lunch_closing_makes_two_pieces_that_stay(small: PlanningCase) -> None:
    """A counter piece across the lunch closing stays until empty twice."""
    hours = ((Interval(480, 720), Interval(780, 960)),) * 5 + ((), ())
    north = small.location("north")
    case = replace(
        small,
        locations=tuple(
            replace(p, opening=replace(p.opening, weekly=hours)) if p is north else p
            for p in small.locations
        ),
    )
    there = monday(case, shift("N1", case.horizon.first_day, "north", (480, 990, COUNTER)))
    assert pieces(there, "N1") == [(480, 720, 3, 0, True), (780, 960, 3, 0, True)]
    house = house_of(case, at(case, "north"), there)
    assert house.remaining[:4].tolist() == [3, 3, 0, 0]


def test_without_staying_nobody_remains_at_closing(small: PlanningCase) -> None:
    """stay_until_empty false: no piece stays, so the closing empties the queue."""
    case = replace(small, discipline=replace(small.discipline, stay_until_empty=False))
    there = monday(case, shift("N1", case.horizon.first_day, "north", (480, 1080, COUNTER)))
    assert pieces(there, "N1") == [(480, 1080, 3, 0, False)]
    assert house_of(case, at(case, "north"), there).remaining.tolist() == [0] * 5


def test_required_desks_become_nested_clerks(small: PlanningCase) -> None:
    """Desks 1, 2, 2, 1 over four half hours: one clerk for all of it, one for the middle."""
    day = small.horizon.first_day
    slots = tuple(
        SlotRequirement("north", day, 480 + 30 * number, "residents", desks)
        for number, desks in enumerate((1, 2, 2, 1))
    )
    requirement = Requirement(30, slots, (), ())
    there = staffing_from_requirement(small, requirement).locations[at(small, "north")]
    mask = 1 << small.skills_at(small.location("north")).index("residents")
    assert pieces(there, "residents 1") == [(480, 600, mask, 0, False)]
    assert pieces(there, "residents 2") == [(510, 570, mask, 0, False)]
    assert there.paid_minutes == 180


def test_constant_desks_win_over_roster_and_requirement(small: PlanningCase) -> None:
    """A location with constant desks has them whenever it is open, whatever the source."""
    north = small.location("north")
    case = replace(
        small,
        locations=tuple(replace(p, constant_desks=2) if p is north else p for p in small.locations),
    )
    code = at(case, "north")
    empty = Requirement(30, (), (), ())
    for staffing in (
        constant_staffing(case),
        staffing_from_roster(case, Roster()),
        staffing_from_requirement(case, empty),
    ):
        there = staffing.locations[code]
        assert there.names == ("desk 1", "desk 2")
        assert there.desks == 2
        assert pieces(there, "desk 1")[0] == (480, 1080, 3, 0, True)
        assert np.isnan(there.back_office_minutes)
    assert constant_staffing(small).locations[code].names == ()


def test_the_house_knows_the_mean_work_by_skill(small: PlanningCase) -> None:
    """Weighted by volume; a skill without volume has the plain mean; balking as the case says."""
    code = at(small, "north")
    there = constant_staffing(small).locations[code]
    house = house_of(small, code, there)
    skills = small.skills_at(small.location("north"))
    means = dict(zip(skills, (house.mean_work / MS_PER_MINUTE).tolist(), strict=True))
    assert means == {"reception": 4.0, "residents": 14.0}
    assert house.balk == -1
    idle = tuple(replace(demand, requests_per_year=0.0) for demand in small.demand)
    without = house_of(replace(small, demand=idle), code, there)
    np.testing.assert_array_equal(without.mean_work, house.mean_work)
    line = at(small, "line")
    balking = replace(
        small, patience=tuple(replace(p, balk_wait_minutes=2.0) for p in small.patience)
    )
    assert house_of(balking, line, there).balk == 2 * MS_PER_MINUTE


def test_absence_has_its_rate_and_its_correlation(small: PlanningCase) -> None:
    """Rate 20 %, correlation 0.3 within a site and day, none between sites; 400 weeks."""
    case = replace(small, absence=AbsenceModel(0.2, 0.3))
    roster = counter_week(case)
    days = [case.horizon.first_day + timedelta(days=n) for n in range(5)]
    absent = np.array(
        [
            [[(name, day) in out for name in ("N1", "N2", "S1")] for day in days]
            for out in (sample_absences(case, roster, 3, n) for n in range(400))
        ]
    ).reshape(-1, 3)
    assert absent.mean() == pytest.approx(0.2, abs=0.02)
    correlation = np.corrcoef(absent.T)
    assert correlation[0, 1] == pytest.approx(0.3, abs=0.08)
    assert abs(correlation[0, 2]) < 0.08


def test_absence_of_one_does_not_depend_on_the_others(small: PlanningCase) -> None:
    """A roster with half of the people has the same absences among them."""
    case = replace(small, absence=AbsenceModel(0.3, 0.3))
    roster = counter_week(case)
    half = Roster(tuple(a for a in roster.assignments if a.employee in ("N1", "N2", "S1")))
    everybody = sample_absences(case, roster, 1, 0)
    expected = {(name, day) for name, day in everybody if name in ("N1", "N2", "S1")}
    assert sample_absences(case, half, 1, 0) == expected
    assert expected


def test_absence_without_correlation_or_at_all(small: PlanningCase) -> None:
    """Correlation 0 is independent, rate 0 nobody, rate 1 everybody."""
    roster = counter_week(small)
    for rate, share in ((0.0, 0.0), (1.0, 1.0)):
        case = replace(small, absence=AbsenceModel(rate, 0.3))
        assert len(sample_absences(case, roster, 1, 0)) == share * len(roster.assignments)
    case = replace(small, absence=AbsenceModel(0.5, 0.0))
    found = sum(len(sample_absences(case, roster, 1, n)) for n in range(20))
    assert found / 20 / len(roster.assignments) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(("rule", "loss"), [("finish", 0), ("hand_back", 1)])
def test_the_house_knows_what_a_lost_desk_does(small: PlanningCase, rule: str, loss: int) -> None:
    """L19 where the case says hand_back, else L5."""
    case = replace(small, discipline=replace(small.discipline, busy_at_desk_loss=rule))
    assert house_of(case, 0, constant_staffing(case).locations[0]).desk_loss == loss
