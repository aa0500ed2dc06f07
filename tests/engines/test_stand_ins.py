"""Stand-ins, sentence by sentence (planner.sim.stand_ins)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.case import PlanningCase
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.sim.stand_ins import with_stand_ins

DAY = date(2024, 4, 16)
COUNTER, BACK = Activity.COUNTER, Activity.BACK_OFFICE


@pytest.fixture
def team(small: PlanningCase) -> PlanningCase:
    """Return the small case with three people of the same skill, the last in training."""
    first = small.employees[0]
    people = tuple(
        replace(first, id=name, skills=("residents",), trainee=name == "C") for name in "ABC"
    )
    return replace(small, employees=people)


def shift(name: str, *pieces: tuple[int, int, Activity], place: str = "north") -> Assignment:
    """Return a shift with its pieces as (start, end, activity)."""
    made = tuple(Piece(s, e, a, "residents" if a is COUNTER else "") for s, e, a in pieces)
    return Assignment(name, DAY, place, made[0].start_minute, made[-1].end_minute, made)


def pieces(roster: Roster, name: str) -> list[tuple[int, int, Activity]]:
    """Return the pieces of one employee as (start, end, activity)."""
    (own,) = [a for a in roster.assignments if a.employee == name]
    return [(p.start_minute, p.end_minute, p.activity) for p in own.pieces]


def test_nobody_absent_changes_nothing(team: PlanningCase) -> None:
    """Without absence the roster is the one given."""
    roster = Roster.of([shift("A", (480, 720, COUNTER))])
    assert with_stand_ins(team, roster, frozenset()) is roster


def test_back_office_is_left_for_the_counter(team: PlanningCase) -> None:
    """S1, S4: the part of the absent piece inside the colleague's back office is served."""
    roster = Roster.of(
        [shift("A", (480, 720, COUNTER)), shift("B", (480, 600, COUNTER), (600, 780, BACK))]
    )
    after = with_stand_ins(team, roster, frozenset({("A", DAY)}))
    assert [a.employee for a in after.assignments] == ["B"]
    assert pieces(after, "B") == [(480, 720, COUNTER), (720, 780, BACK)]


def test_breaks_stay(team: PlanningCase) -> None:
    """S2: nobody gives up a break."""
    roster = Roster.of(
        [
            shift("A", (480, 720, COUNTER)),
            shift("B", (480, 570, BACK), (570, 600, Activity.BREAK), (600, 720, BACK)),
        ]
    )
    after = with_stand_ins(team, roster, frozenset({("A", DAY)}))
    assert pieces(after, "B") == [
        (480, 570, COUNTER),
        (570, 600, Activity.BREAK),
        (600, 720, COUNTER),
    ]


def test_another_location_or_skill_does_not_help(team: PlanningCase) -> None:
    """S2: only the same location and a holder of the skill stand in."""
    people = tuple(replace(e, skills=("reception",)) if e.id == "B" else e for e in team.employees)
    case = replace(team, employees=people)
    roster = Roster.of(
        [
            shift("A", (480, 720, COUNTER)),
            shift("B", (480, 720, BACK)),
            shift("C", (480, 720, BACK), place="south"),
        ]
    )
    after = with_stand_ins(case, roster, frozenset({("A", DAY)}))
    assert pieces(after, "B") == [(480, 720, BACK)]
    assert pieces(after, "C") == [(480, 720, BACK)]


def test_trainees_stand_in_last_and_the_same_goes_on(team: PlanningCase) -> None:
    """S3: people out of training first; who began goes on as long as back office lasts."""
    roster = Roster.of(
        [
            shift("A", (480, 720, COUNTER)),
            shift("B", (480, 600, BACK)),
            shift("C", (480, 780, BACK)),
        ]
    )
    after = with_stand_ins(team, roster, frozenset({("A", DAY)}))
    assert pieces(after, "B") == [(480, 600, COUNTER)]
    assert pieces(after, "C") == [(480, 600, BACK), (600, 720, COUNTER), (720, 780, BACK)]


def test_serving_time_is_never_made_of_nothing(team: PlanningCase) -> None:
    """Paid minutes of those present are as before, whoever stands in."""
    roster = Roster.of(
        [
            shift("A", (480, 720, COUNTER)),
            shift("B", (480, 630, BACK)),
            shift("C", (540, 700, BACK)),
        ]
    )
    after = with_stand_ins(team, roster, frozenset({("A", DAY)}))
    assert {a.employee: a.paid_minutes for a in after.assignments} == {"B": 150, "C": 160}
    for assignment in after.assignments:
        ends = [piece.end_minute for piece in assignment.pieces[:-1]]
        assert ends == [piece.start_minute for piece in assignment.pieces[1:]]
