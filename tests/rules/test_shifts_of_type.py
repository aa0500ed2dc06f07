"""Shifts of a type in a week: by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.domain.roster import Assignment
from planner.domain.rule import Finding, Severity
from planner.rules.shifts_of_type import ShiftsOfType, ShiftType
from tests.rules.cases import (
    ANNA,
    BEN,
    FRIDAY,
    MONDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_case,
    a_requirement,
    roster,
    shift,
)

EARLY = "07:59 counter 12:00"
AT_EIGHT = "08:00 counter 12:00"
LATE = "14:00 counter 18:01"
UNTIL_SIX = "14:00 counter 18:00"
LONG = "08:00 counter 12:00 break 12:30 counter 16:00"
LESS = "08:00 counter 12:00 break 12:30 counter 15:59"
WHOLE = "07:00 counter 12:00 break 13:00 counter 18:30"
early = ShiftType("früh", 0, start_before_minute=480)
late = ShiftType("spät", 0, end_after_minute=1080)
long = ShiftType("lang", 0, min_paid_minutes=450)


def of(rule: ShiftsOfType, *shifts: Assignment, weeks: int = 1) -> list[Finding]:
    """Return what the rule finds."""
    case = a_case(rule, staff=(ANNA, BEN))
    case = replace(case, horizon=replace(case.horizon, days=7 * weeks))
    return list(rule.check(roster(*shifts), case, a_requirement()))


@pytest.mark.parametrize(
    ("kind", "is_of", "not_of"),
    [
        (early, (EARLY, WHOLE), (AT_EIGHT, LATE)),
        (late, (LATE, WHOLE), (UNTIL_SIX, EARLY)),
        (long, (LONG, WHOLE), (LESS, EARLY)),
        (replace(long, end_after_minute=1080), (WHOLE,), (LONG, LATE)),
        (
            replace(early, end_after_minute=1080, min_paid_minutes=630),
            (WHOLE,),
            (EARLY, LATE, LONG),
        ),
        (replace(late, min_paid_minutes=631), (), (WHOLE, LATE)),
    ],
)
def test_a_shift_is_of_a_type_when_it_passes_all_tests(kind, is_of, not_of) -> None:
    """Before and after exclude their minute, the least work includes it; breaks are no work."""
    rule = ShiftsOfType(Severity.HARD, types=(kind,))
    for hours in is_of:
        (found,) = of(rule, shift("ben", MONDAY, hours))
        assert (found.employee, found.day, found.measured, found.limit) == ("ben", MONDAY, 1, 0)
        assert (found.unit, found.penalty, found.severity) == ("shifts", 0.0, Severity.HARD)
    assert [of(rule, shift("ben", MONDAY, hours)) for hours in not_of] == [[]] * len(not_of)


def test_what_is_beyond_the_limit_costs_and_its_first_day_is_named() -> None:
    """Two are allowed: the third, on Thursday, and a fourth cost one price each."""
    rule = ShiftsOfType(Severity.SOFT, price=3.0, types=(replace(late, most=2),))
    days = (THURSDAY, MONDAY, FRIDAY, TUESDAY)
    mine = [shift("ben", day, LATE) for day in days]
    assert of(rule, *mine[:2], shift("ben", WEDNESDAY, UNTIL_SIX)) == []
    (third,) = of(rule, *mine[:2], mine[3])
    assert (third.day, third.measured, third.limit, third.penalty) == (THURSDAY, 3, 2, 3.0)
    (fourth,) = of(rule, *mine, shift("anna", MONDAY, LATE))
    assert (fourth.day, fourth.measured, fourth.penalty) == (THURSDAY, 4, 6.0)
    assert (
        "ben hat in der Woche ab Mo 25.03. 4 Dienste der Art spät (Ende nach 18:00); "
        "erlaubt sind 2, ab Do 28.03. ist es zu viel." in fourth.text_de
    )
    assert (
        "ben has 4 shifts of the type spät (ends after 18:00) in the week from Mon 2024-03-25; "
        "2 are allowed, from Thu 2024-03-28 on it is too many." in fourth.text_en
    )


def test_each_type_each_person_and_each_week_for_itself() -> None:
    """A long late shift counts for both types; Sunday and the Monday after are two weeks."""
    both = ShiftsOfType(Severity.HARD, types=(early, replace(late, most=1), long))
    found = of(both, shift("ben", TUESDAY, WHOLE), shift("anna", MONDAY, LONG))
    assert [(f.employee, f.day, f.limit) for f in found] == [
        ("anna", MONDAY, 0),
        ("ben", TUESDAY, 0),
        ("ben", TUESDAY, 0),
    ]
    once = ShiftsOfType(Severity.HARD, types=(replace(late, most=1),))
    following = MONDAY + timedelta(weeks=1)
    assert of(once, shift("ben", SUNDAY, LATE), shift("ben", following, LATE), weeks=2) == []
    twice = (shift("ben", following, LATE), shift("ben", following + timedelta(days=1), LATE))
    (second,) = of(once, shift("ben", SUNDAY, LATE), *twice, weeks=2)
    assert second.day == following + timedelta(days=1)
    assert "Woche ab Mo 01.04." in second.text_de


def test_types_stand_in_the_statement() -> None:
    """All tests and limits are named in both languages; without types there is a dash."""
    rule = ShiftsOfType(
        types=(replace(early, most=3), replace(late, most=2, min_paid_minutes=450), long)
    )
    assert rule.statement("de") == (
        "So viele Dienste je Art hat eine Woche höchstens: früh (Beginn vor 08:00): 3; "
        "spät (Ende nach 18:00, mindestens 7,5 Stunden Arbeit): 2; "
        "lang (mindestens 7,5 Stunden Arbeit): 0."
    )
    assert rule.statement("en") == (
        "A week has at most so many shifts of each type: früh (starts before 08:00): 3; "
        "spät (ends after 18:00, at least 7.5 hours of work): 2; "
        "lang (at least 7.5 hours of work): 0."
    )
    assert ShiftsOfType().statement("de").endswith("höchstens: –.")
    assert ShiftsOfType().statement("en").endswith("type: –.")
    assert ShiftsOfType().severity is Severity.OFF
