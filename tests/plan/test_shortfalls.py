"""Shortfalls of hand-made rosters against hand-made requirements."""

from __future__ import annotations

from datetime import timedelta

from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.plan.shortfalls import shortfalls
from tests.requirement.cases import MONDAY, case

TUESDAY = MONDAY + timedelta(days=1)


def _requirement(*slots: tuple[int, int], skill: str = "cases") -> Requirement:
    """Return Monday's requirement at the hall from (start minute, desks)."""
    rows = tuple(SlotRequirement("hall", MONDAY, start, skill, desks) for start, desks in slots)
    return Requirement(30, rows, (("hall", 600),), ())


def _shift(employee: str, *pieces: Piece) -> Assignment:
    ends = (pieces[0].start_minute, pieces[-1].end_minute)
    return Assignment(employee, MONDAY, "hall", *ends, pieces)


ANNA = _shift(
    "anna",
    Piece(480, 555, Activity.COUNTER, "cases"),
    Piece(555, 585, Activity.BREAK, ""),
    Piece(585, 660, Activity.COUNTER, "cases"),
    Piece(660, 720, Activity.BACK_OFFICE, ""),
)


def test_a_covered_requirement_has_no_shortfall() -> None:
    """One desk in the slots that Anna fills."""
    assert shortfalls(case(), _requirement((480, 1), (510, 1), (600, 1)), Roster.of([ANNA])) == ()


def test_partly_filled_slots_and_back_office_do_not_count() -> None:
    """The break takes the slots 9:00 and 9:30 whole, back office is no desk."""
    wanted = _requirement(*((start, 1) for start in range(480, 720, 30)))
    found = shortfalls(case(), wanted, Roster.of([ANNA]))
    assert [(s.start_minute, s.end_minute, s.people) for s in found] == [
        (540, 600, 1),
        (660, 720, 1),
    ]


def test_equal_neighbours_are_one_span_and_unequal_are_two() -> None:
    """Two and one missing are told apart; a gap parts spans, too."""
    wanted = _requirement((480, 2), (510, 3), (540, 1), (600, 1), (630, 1))
    found = shortfalls(case(), wanted, Roster())
    assert [(s.start_minute, s.end_minute, s.people) for s in found] == [
        (480, 510, 2),
        (510, 540, 3),
        (540, 570, 1),
        (600, 660, 1),
    ]


def test_reason_skill() -> None:
    """Three desks and two people who hold the skill: too few with the skill."""
    found = shortfalls(case(), _requirement((480, 3)), Roster.of([ANNA]))
    assert (found[0].staff_that_day, found[0].most_required) == (2, 3)
    assert found[0].reason == "skill"
    nobody = shortfalls(case(), _requirement((480, 1), skill="magic"), Roster())
    assert (nobody[0].staff_that_day, nobody[0].reason) == (0, "skill")


def test_reason_times() -> None:
    """Two people with hours to spare, yet nobody there: a matter of times."""
    found = shortfalls(case(), _requirement((480, 2)), Roster.of([ANNA]))
    assert found[0].reason == "times"
    assert found[0].hours_at_hand == 3510 / 60
    assert found[0].hours_required == 11.0


def test_reason_hours() -> None:
    """More desk hours than two contracts hold."""
    days = (MONDAY + timedelta(days=offset) for offset in range(4))
    rows = [
        SlotRequirement("hall", day, start, "cases", 2)
        for day in days
        for start in range(480, 960, 30)
    ]
    found = shortfalls(case(), Requirement(30, tuple(rows), (("hall", 600),), ()), Roster())
    assert found[0].hours_required == 4 * 8 * 2 + 10
    assert {s.reason for s in found} == {"hours"}
