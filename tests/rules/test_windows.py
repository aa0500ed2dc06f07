"""Rules over several weeks, by hand: what the ledger knows and what the planned weeks add."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.domain.ledger import Duties, LedgerWeek
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.ledger import carried_on
from planner.rules.paid_minutes_in_window import PaidMinutesInWindow
from planner.rules.saturdays_in_window import SaturdaysInWindow
from tests.rules.cases import (
    ANNA,
    BEN,
    FRIDAY,
    MONDAY,
    SATURDAY,
    a_case,
    a_requirement,
    roster,
    shift,
)

HALF = "08:00 counter 12:00"
WEEK = timedelta(weeks=1)


def past(saturdays: float = 0, minutes: int = 0, ago: int = 1, who: str = "ben") -> LedgerWeek:
    """Return a week of the ledger."""
    done = Duties(saturdays=saturdays)
    return LedgerWeek(who, MONDAY - ago * WEEK, done, Duties(), None, 0, minutes)


def of(rule, worked: Roster, *ledger: LedgerWeek, weeks: int = 1) -> list[Finding]:
    """Return what the rule finds."""
    case = replace(a_case(rule, staff=(ANNA, BEN)), ledger=ledger)
    case = replace(case, horizon=replace(case.horizon, days=7 * weeks))
    return list(rule.check(worked, case, a_requirement()))


SATURDAY_SHIFT = roster(shift("ben", SATURDAY, HALF), shift("anna", FRIDAY, HALF))


def test_saturdays_of_the_ledger_count_within_the_window() -> None:
    """With two Saturdays in the last three weeks the third is too many; a week further, not."""
    rule = SaturdaysInWindow(Severity.SOFT)
    assert of(rule, SATURDAY_SHIFT) == of(rule, SATURDAY_SHIFT, past(1), past(ago=2)) == []
    (third,) = of(rule, SATURDAY_SHIFT, past(1), past(1, ago=3))
    assert (third.employee, third.day, third.measured, third.limit) == ("ben", MONDAY, 3, 2)
    assert third.penalty == 10.0
    assert "dem 3. in 4 Wochen; erlaubt: 2." in third.text_de
    assert "makes 3 in 4 weeks; allowed: 2." in third.text_en
    assert of(rule, SATURDAY_SHIFT, past(1), past(1, ago=4)) == []
    others = (past(1, who="anna"), past(1, ago=2, who="anna"))
    assert of(rule, SATURDAY_SHIFT, *others) == []


def test_what_was_too_much_before_costs_nothing_more() -> None:
    """After four Saturdays in three weeks a free one breaks nothing, one more costs one."""
    rule = SaturdaysInWindow(Severity.SOFT, saturdays=1, weeks=4)
    ledger = (past(2), past(2, ago=2))
    assert of(rule, roster(shift("ben", MONDAY, HALF)), *ledger) == []
    (more,) = of(rule, SATURDAY_SHIFT, *ledger)
    assert (more.measured, more.penalty) == (5, 10.0)
    (half,) = of(rule, SATURDAY_SHIFT, past(0.5))
    assert (half.measured, half.penalty) == (1.5, 5.0)


def test_saturdays_of_planned_weeks_count_too() -> None:
    """Three weeks in one horizon: the third Saturday of the three is one too many, once."""
    rule = SaturdaysInWindow(Severity.HARD, saturdays=2, weeks=3)
    worked = roster(*(shift("ben", SATURDAY + n * WEEK, HALF) for n in range(3)))
    assert [f.day for f in of(rule, worked, weeks=3)] == [MONDAY + 2 * WEEK]
    assert [f.day for f in of(rule, worked, past(1), weeks=3)] == [
        MONDAY + n * WEEK for n in (1, 2)
    ]
    none = SaturdaysInWindow(Severity.HARD, saturdays=0, weeks=1)
    assert len(of(none, worked, weeks=3)) == 3
    twice = roster(shift("ben", SATURDAY, HALF), shift("ben", SATURDAY, "13:00 counter 15:00"))
    assert [f.measured for f in of(none, twice)] == [1]


def test_hours_of_the_ledger_count_within_the_window() -> None:
    """Four hours now and 40 before are 44; beyond what is allowed costs by the hour."""
    worked = roster(shift("ben", MONDAY, HALF))
    rule = PaidMinutesInWindow(Severity.SOFT, minutes=2640, weeks=2)
    assert of(rule, worked, past(minutes=2400)) == []
    (found,) = of(rule, worked, past(minutes=2430))
    assert (found.employee, found.day, found.measured, found.limit) == ("ben", MONDAY, 2670, 2640)
    assert found.penalty == 3.0
    assert "auf 44,5 Stunden in 2 Wochen, erlaubt sind 44." in found.text_de
    assert "ben has 44.5 hours in 2 weeks, 44 are allowed." in found.text_en
    assert of(rule, worked, past(minutes=2430, ago=2)) == []
    assert of(rule, worked, past(minutes=2430, who="anna")) == []
    assert len(of(replace(rule, weeks=3), worked, past(minutes=2430, ago=2))) == 1


def test_hours_that_were_too_many_before_cost_nothing_more() -> None:
    """Who has had 50 of 44 hours pays for the four of this week, and nothing for none."""
    rule = PaidMinutesInWindow(Severity.SOFT, minutes=2640, weeks=2)
    assert of(rule, roster(), past(minutes=3000)) == []
    (found,) = of(rule, roster(shift("ben", MONDAY, HALF)), past(minutes=3000))
    assert (found.measured, found.penalty) == (3240, 24.0)


def test_hours_of_planned_weeks_count_too() -> None:
    """Four hours in each of three weeks are too many in the second and third of windows of two."""
    rule = PaidMinutesInWindow(Severity.HARD, minutes=479, weeks=2)
    worked = roster(*(shift("ben", MONDAY + n * WEEK, HALF) for n in range(3)))
    found = of(rule, worked, weeks=3)
    assert [(f.day, f.measured) for f in found] == [(MONDAY + n * WEEK, 480) for n in (1, 2)]
    one_minute = PaidMinutesInWindow(Severity.SOFT, minutes=239, weeks=1, price=60)
    assert [f.penalty for f in of(one_minute, worked)] == [pytest.approx(1.0)]


def test_the_ledger_carries_the_hours_on() -> None:
    """Paid minutes of each week without breaks; who did not work has none."""
    worked = roster(
        shift("ben", MONDAY, "08:00 counter 12:00 break 12:30 counter 16:00"),
        shift("ben", SATURDAY, HALF),
        shift("ben", MONDAY + WEEK, HALF),
    )
    case = replace(a_case(), horizon=replace(a_case().horizon, days=14))
    minutes = [(w.employee, w.paid_minutes) for w in carried_on(worked, case)]
    assert minutes == [("anna", 0), ("anna", 0), ("ben", 690), ("ben", 240)]


def test_numbers_stand_in_the_statements() -> None:
    """Both rules say how many in how many weeks; the defaults are those of law and literature."""
    assert "in höchstens 2 von 4 Wochen" in SaturdaysInWindow().statement("de")
    assert "at most 2 of 4 weeks" in SaturdaysInWindow().statement("en")
    assert "In 24 Wochen hintereinander höchstens 1152" in PaidMinutesInWindow().statement("de")
    assert "At most 1152 hours of work in 24" in PaidMinutesInWindow().statement("en")
    assert "100,5" in PaidMinutesInWindow(minutes=6030).statement("de")
