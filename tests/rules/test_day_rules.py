"""Days that stay together, and days off in a row: by hand, week by week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from planner.domain.rule import Finding, Severity
from planner.rules.days_together import DaysTogether
from planner.rules.min_days_off_in_a_row import MinDaysOffInARow
from tests.rules.cases import (
    ANNA,
    BEN,
    FRIDAY,
    MONDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_case,
    a_requirement,
    roster,
    shift,
)

HALF = "08:00 counter 12:00"
#: Somebody who can work every day but the holiday.
CLEO = replace(BEN, id="cleo", weekdays=(0, 1, 2, 3, 4, 5, 6))
PAIR = DaysTogether(Severity.SOFT, days=((0, 1),))


def of(rule, *days: date, person=CLEO, weeks: int = 1) -> list[Finding]:
    """Return what the rule finds when the person works on ``days``."""
    case = a_case(rule, staff=(person, ANNA))
    case = replace(case, horizon=replace(case.horizon, days=7 * weeks))
    worked = roster(*(shift(person.id, day, HALF) for day in days))
    return list(rule.check(worked, case, a_requirement()))


def test_both_or_neither() -> None:
    """One of two days is torn, both and none are whole; other days do not matter."""
    assert of(PAIR) == of(PAIR, MONDAY, TUESDAY) == of(PAIR, WEDNESDAY) == []
    for day in (MONDAY, TUESDAY):
        (torn,) = of(PAIR, day, WEDNESDAY)
        assert (torn.employee, torn.day, torn.severity) == ("cleo", MONDAY, Severity.SOFT)
        assert (torn.measured, torn.limit, torn.penalty) == (1, 2, 10.0)


def test_a_torn_group_costs_the_days_that_would_have_to_change() -> None:
    """Of four days one or three cost one day, two cost two; the sentence names both sides."""
    four = DaysTogether(Severity.SOFT, price=3.0, days=((0, 1, 2, 3),))
    days = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)
    assert [sum(f.penalty for f in of(four, *days[:n])) for n in range(5)] == [0, 3, 6, 3, 0]
    (torn,) = of(four, *days[:3])
    assert (torn.measured, torn.limit) == (3, 4)
    assert (
        "cleo arbeitet am Mo 25.03., Di 26.03., Mi 27.03., aber nicht am Do 28.03." in torn.text_de
    )
    assert "but not on Thu 2024-03-28" in torn.text_en


def test_groups_are_judged_one_by_one_and_by_the_week() -> None:
    """Two torn groups are two findings; a group is whole within a calendar week or not at all."""
    both = DaysTogether(Severity.HARD, days=((0, 1), (2, 3)))
    assert [f.day for f in of(both, TUESDAY, THURSDAY)] == [MONDAY, WEDNESDAY]
    assert all(f.penalty == 0.0 for f in of(both, TUESDAY, THURSDAY))
    following = MONDAY + timedelta(weeks=1)
    assert [f.day for f in of(PAIR, TUESDAY, following, weeks=2)] == [MONDAY, following]
    third = MONDAY + timedelta(weeks=2)
    assert [f.day for f in of(PAIR, TUESDAY, third, weeks=3)] == [MONDAY, third]
    weekend = DaysTogether(Severity.HARD, days=((5, 6),))
    assert [f.day for f in of(weekend, SUNDAY)] == [SATURDAY]
    assert of(weekend, SATURDAY, SUNDAY) == []


def test_days_on_which_nobody_can_work_are_left_out() -> None:
    """Absence, holiday, another weekday and the end of the planned days take nothing away."""
    absent = replace(CLEO, absent=(TUESDAY,))
    assert of(PAIR, MONDAY, person=absent) == of(PAIR, person=absent) == []
    assert of(PAIR, MONDAY, person=replace(CLEO, weekdays=(0, 2))) == []
    thursdays = DaysTogether(Severity.HARD, days=((3, 4, 5),))
    assert of(thursdays, THURSDAY, SATURDAY) == []  # Good Friday between
    (torn,) = of(thursdays, THURSDAY)
    assert (torn.measured, torn.limit) == (1, 2)
    case = a_case(PAIR, staff=(CLEO,))
    from_tuesday = replace(case, horizon=replace(case.horizon, first_day=TUESDAY, days=3))
    alone = roster(shift("cleo", TUESDAY, HALF))
    assert list(PAIR.check(alone, from_tuesday, a_requirement())) == []


def test_everybody_is_judged_by_the_own_days() -> None:
    """Anna's Monday does not make Cleo's Tuesday whole."""
    case = a_case(PAIR, staff=(replace(ANNA, absent=()), CLEO))
    worked = roster(shift("anna", MONDAY, HALF), shift("cleo", TUESDAY, HALF))
    assert [f.employee for f in PAIR.check(worked, case, a_requirement())] == ["anna", "cleo"]


def test_groups_stand_in_the_statement() -> None:
    """The days are named in both languages; without any there is a dash."""
    rule = DaysTogether(days=((0, 1), (4, 5)))
    assert "(Mo+Di, Fr+Sa)" in rule.statement("de")
    assert "(Mon+Tue, Fri+Sat)" in rule.statement("en")
    assert "(–)" in DaysTogether().statement("de")


@pytest.mark.parametrize(
    ("days", "least", "short"),
    [
        ((MONDAY, TUESDAY), 2, []),
        ((MONDAY, WEDNESDAY), 2, [(TUESDAY, 1)]),
        ((MONDAY, WEDNESDAY), 1, []),
        ((MONDAY, THURSDAY), 2, []),
        ((MONDAY, THURSDAY), 3, [(TUESDAY, 2)]),
        ((MONDAY, WEDNESDAY, SATURDAY), 2, [(TUESDAY, 1)]),
        ((TUESDAY, THURSDAY, SUNDAY), 3, [(WEDNESDAY, 1)]),
        ((THURSDAY, SATURDAY), 2, []),
        ((WEDNESDAY,), 7, []),
        ((), 7, []),
    ],
)
def test_days_off_between_working_days(days, least: int, short) -> None:
    """A row of days off that is too short is found at its first day; the holiday excuses."""
    rule = MinDaysOffInARow(Severity.SOFT, days=least)
    found = of(rule, *days)
    assert [(f.day, f.measured) for f in found] == short
    assert all(f.limit == least for f in found)
    assert sum(f.penalty for f in found) == sum(5.0 * (least - row) for _, row in short)


def test_an_absence_among_the_days_off_excuses_them() -> None:
    """Who is ill on a Tuesday alone is not asked to stay away longer."""
    rule = MinDaysOffInARow(Severity.HARD, days=3)
    for day, excused in ((TUESDAY, True), (WEDNESDAY, True), (MONDAY, False), (FRIDAY, False)):
        found = of(rule, MONDAY, THURSDAY, person=replace(CLEO, absent=(day,)))
        assert bool(found) is not excused
    (row,) = of(rule, MONDAY, THURSDAY)
    assert "nur 2 von mindestens 3 Tagen hintereinander frei: Di 26.03., Mi 27.03." in row.text_de
    assert "only 2 of at least 3 days off in a row: Tue 2024-03-26, Wed" in row.text_en


def test_the_last_shift_before_the_week_counts() -> None:
    """Saturday evening and Monday leave one day off; a shift until midnight is of its own day."""
    rule = MinDaysOffInARow(Severity.HARD)
    saturday = datetime.combine(MONDAY - timedelta(days=2), time(18))
    ends = {
        saturday: [MONDAY - timedelta(days=1)],
        saturday + timedelta(days=1): [],
        saturday - timedelta(days=1): [],
        datetime.combine(MONDAY, time()): [],
        datetime.combine(MONDAY - timedelta(days=1), time()): [MONDAY - timedelta(days=1)],
        datetime.combine(MONDAY - timedelta(days=1), time(0, 1)): [],
        None: [],
    }
    for end, expected in ends.items():
        found = of(rule, MONDAY, person=replace(CLEO, last_end=end))
        assert [f.day for f in found] == expected
        assert of(rule, person=replace(CLEO, last_end=end)) == []
    before = replace(CLEO, last_end=saturday, absent=(MONDAY - timedelta(days=1),))
    assert of(rule, MONDAY, person=before) == []
    assert "mindestens 4" in MinDaysOffInARow(days=4).statement("de")
    assert "at least 4" in MinDaysOffInARow(days=4).statement("en")
