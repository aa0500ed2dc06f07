"""Rules about days and over several weeks: lines, pricing and search against checks and lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.ledger import Duties, LedgerWeek
from planner.domain.roster import Roster
from planner.domain.rule import GroupRule, RosterRule, Severity
from planner.domain.staff import SATURDAY
from planner.model.roster.effort import Effort
from planner.model.roster.model import build
from planner.model.roster.optimise import optimise
from planner.rules.audit import audit, lawful
from planner.rules.days_together import DaysTogether
from planner.rules.ledger import carried_on
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from planner.rules.min_days_off_in_a_row import MinDaysOffInARow
from planner.rules.paid_minutes_in_window import PaidMinutesInWindow
from planner.rules.saturdays_in_window import SaturdaysInWindow
from planner.rules.weekly_average import WeeklyAverage
from tests.roster.miniature import (
    TUESDAY,
    Shift,
    a_mini,
    a_need,
    a_roster,
    a_worker,
    accepts,
    some_weeks,
)
from tests.roster.test_pricing import _best_of_all

HARD, SOFT = Severity.HARD, Severity.SOFT
MONDAY = date(2024, 4, 8)
WEEK = timedelta(weeks=1)
FREE = {"contract_minutes": 5600, "max_days": 7, "band_minutes": 120}
SIX_HOURS = ShiftRules(60, 360, 360, 480, 1080)
SHAPES = [
    Shift("north", 420, 840, 600),
    Shift("south", 780, 1200, 1020),
    Shift("north", 840, 1140, None),
]

#: Rules of the second person's group, what is special there, and where three days begin.
SETTINGS: dict[str, tuple[tuple[RosterRule, ...], dict[str, object], date]] = {
    "days together": ((DaysTogether(HARD, days=((1, 2),)),), {}, TUESDAY),
    "days together at a price": ((DaysTogether(SOFT, days=((1, 2, 3),)),), {}, TUESDAY),
    "with days in a row": (
        (DaysTogether(HARD, days=((1, 3),)), MaxConsecutiveDays(days=2)),
        {"days_in_row": 1, "last_end": datetime.combine(TUESDAY, time(14)) - timedelta(days=1)},
        TUESDAY,
    ),
    "days off in a row": ((MinDaysOffInARow(HARD),), {}, TUESDAY),
    "days off since last week": (
        (MinDaysOffInARow(HARD, days=3),),
        {"last_end": datetime.combine(TUESDAY, time(20)) - timedelta(days=2)},
        TUESDAY,
    ),
    "a Saturday too many": ((SaturdaysInWindow(HARD, saturdays=1),), {}, date(2024, 4, 11)),
    "a Saturday at a price": ((SaturdaysInWindow(SOFT, saturdays=1),), {}, date(2024, 4, 11)),
    "hours over weeks": ((PaidMinutesInWindow(HARD, minutes=2480, weeks=3),), {}, TUESDAY),
    "hours over weeks at a price": (
        (PaidMinutesInWindow(SOFT, minutes=2400, weeks=3), WeeklyAverage(minutes=1200)),
        {},
        TUESDAY,
    ),
}
#: In the window of three or four weeks: two Saturdays, and 29 hours.
BEFORE = (("w2", 1, 1.0, 1000), ("w2", 2, 1.0, 740), ("w2", 4, 1.0, 5000), ("w1", 1, 3.0, 5000))


def two_groups(name: str) -> PlanningCase:
    """Return three days with one person of each group; the second has rules of its own."""
    own, changes, first_day = SETTINGS[name]
    staff = (a_worker(**FREE), a_worker(**{"id": "w2", "contract_group": "own", **FREE, **changes}))
    ledger = tuple(
        LedgerWeek(
            who, first_day - ago * WEEK, Duties(saturdays=saturdays), Duties(), None, 0, minutes
        )
        for who, ago, saturdays, minutes in BEFORE
    )
    return replace(
        a_mini(first_day, 3, *staff),
        group_rules=tuple(GroupRule("own", rule) for rule in own),
        ledger=ledger,
    )


@pytest.mark.parametrize("name", SETTINGS)
def test_lawful_lines_are_the_same_for_model_and_checks(name: str) -> None:
    """No unlawful line of either person is accepted and no lawful one refused."""
    case = two_groups(name)
    need, accepted = a_need(case), []
    model = build(case, need)
    for e, who in enumerate(("w1", "w2")):
        yes = set()
        for days in some_weeks(SHAPES, 3):
            takes = accepts(model.week, e, days, model)
            assert takes == lawful(audit(a_roster(days, case, model, who), case, need)), days
            yes |= {days} if takes else set()
        accepted.append(yes)
    priced = any(rule.severity is SOFT for rule in SETTINGS[name][0])
    assert priced or accepted[1] < accepted[0]
    assert (None, None, None) in accepted[1]


@pytest.mark.parametrize("name", SETTINGS)
def test_search_and_audit_agree_on_every_point(name: str) -> None:
    """The search ends with a lawful roster whose price the audit confirms, above its bound."""
    _solved(two_groups(name), 0.1)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", SETTINGS)
def test_pricing_finds_the_best_of_all_lines(name: str, seed: int) -> None:
    """The best line at random prices is the best of all lines, one by one (shifts of 6 hours)."""
    case = two_groups(name)
    _best_of_all(replace(case, shifts=SIX_HOURS), seed)


def _solved(case: PlanningCase, seconds: float) -> Roster:
    """Return the roster of a short search, confirmed by the audit."""
    need = a_need(case)
    effort = Effort(seconds=seconds, jobs=1, seed=1, repeatable=True)
    outcome = optimise(case, need, effort, lambda _: None, lambda: False)
    assert outcome.roster is not None
    assert outcome.bound is not None
    assert outcome.objective is not None
    findings = audit(outcome.roster, case, need)
    assert lawful(findings)
    assert outcome.objective == pytest.approx(sum(f.penalty for f in findings))
    assert outcome.bound <= outcome.objective + 1e-6
    return outcome.roster


STAFF = tuple(
    a_worker(id=f"w{n}", contract_minutes=1800, max_days=5, home="south", skills=skills)
    for n, skills in enumerate((("reception", "residents"), ("residents",), ("residents",)))
)


def a_week(monday: date, *rules: RosterRule) -> PlanningCase:
    """Return a week of three people, open every day, with other rules than the default ones."""
    case = a_mini(monday, 7, *STAFF, off=("no_sunday_or_holiday",))
    case = replace(case, shifts=SIX_HOURS)
    other = {rule.id: rule for rule in rules}
    return replace(case, rules=tuple(other.get(rule.id, rule) for rule in case.rules))


@pytest.fixture(scope="module")
def unasked() -> Roster:
    """Return the roster of the week with the default rules."""
    return _solved(a_week(MONDAY), 0.1)


@pytest.mark.parametrize(
    "rule",
    [
        DaysTogether(HARD, days=((0, 1), (5, 6))),
        MinDaysOffInARow(HARD, days=3),
        DaysTogether(SOFT, days=((0, 1), (5, 6)), price=200.0),
    ],
    ids=["days together", "days off in a row", "at a price that nobody pays"],
)
def test_a_week_obeys_and_would_not_have_without(rule: RosterRule, unasked: Roster) -> None:
    """Over seven days the roster keeps the rule; the roster without the rule breaks it."""
    kept = a_week(MONDAY, rule)
    need = a_need(kept)
    assert list(rule.check(_solved(kept, 0.1), kept, need)) == []
    assert list(rule.check(unasked, kept, need)) != []


def test_weeks_in_turn_keep_saturdays_and_hours_over_several_weeks() -> None:
    """Three weeks one after the other, counted by plain loops over all of them."""
    rules = (
        SaturdaysInWindow(HARD, saturdays=1, weeks=3),
        PaidMinutesInWindow(HARD, minutes=3600, weeks=3),
    )
    ledger: tuple[LedgerWeek, ...] = ()
    shifts = []
    for number in range(3):
        case = replace(a_week(MONDAY + number * WEEK, *rules), ledger=ledger)
        roster = _solved(case, 0.1)
        shifts += list(roster.assignments)
        ledger = carried_on(roster, case)
    every = Roster.of(shifts).by_employee()
    saturdays = {who: sum(s.day.weekday() == SATURDAY for s in own) for who, own in every.items()}
    hours = {who: sum(s.paid_minutes for s in own) / 60 for who, own in every.items()}
    assert set(saturdays.values()) == {1}
    assert max(hours.values()) <= 60 < 3 * 28
    assert min(hours.values()) > 50


def test_a_saturday_that_is_left_may_be_worked() -> None:
    """Two Saturdays in the window: with three allowed the next is free, with two it is not."""
    case = two_groups("a Saturday too many")
    for saturdays, free in ((3, True), (2, False)):
        rule = GroupRule("own", SaturdaysInWindow(HARD, saturdays=saturdays))
        week = build(replace(case, group_rules=(rule,)), a_need(case)).week
        assert bool(week.staff.free[1, 2]) == free
        assert week.staff.free[0].all()
