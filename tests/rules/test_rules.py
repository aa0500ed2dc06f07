"""Every rule against its examples, and what holds for all of them."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

import planner.rules
from planner.domain.rule import RosterRule, Severity
from planner.rules.audit import audit, lawful, penalty_by_rule
from planner.rules.contract_hours import ContractHours
from planner.rules.counter_stretch import CounterStretch
from planner.rules.late_fairness import LateFairness
from planner.rules.opening_closing_duty import OpeningClosingDuty
from planner.rules.permitted import permitted_severities, why_not_otherwise
from planner.rules.registry import RULES, default_rules
from planner.rules.saturday_fairness import SaturdayFairness
from planner.rules.time_account import TimeAccount
from planner.rules.titles import TITLES, rule_title
from planner.rules.trainee_beside_experienced import TraineeBesideExperienced
from planner.rules.travel import Travel
from planner.rules.travel_fairness import TravelFairness
from planner.rules.weekday_pattern import WeekdayPattern
from planner.rules.weekly_average import WeeklyAverage
from planner.rules.weeks import weeks_of
from tests.rules.cases import (
    ANNA,
    BEN,
    FRIDAY,
    MONDAY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_case,
    a_requirement,
    roster,
    shift,
    with_severity,
)
from tests.rules.examples import BROKEN, ELSEWHERE, HALF, KEPT, LIMITS, PRICES, Broken

DEFAULTS = {rule.id: rule for rule in default_rules()}
NOT_RULES = {
    "titles",
    *("__init__", "audit", "ledger", "permitted", "presence_count", "registry", "weeks"),
    *("wording", "working_time_law"),
}


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, kept in KEPT.items() for n in range(len(kept))]
)
def test_kept_rules_find_nothing(name: str, number: int) -> None:
    """A roster that keeps a rule gives no finding."""
    found = list(DEFAULTS[name].check(KEPT[name][number], a_case(), a_requirement()))
    assert found == []


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, bad in BROKEN.items() for n in range(len(bad))]
)
def test_broken_rules_say_what_and_how_much(name: str, number: int) -> None:
    """A roster that breaks a rule gives one finding with its measure and price."""
    rule, broken = DEFAULTS[name], BROKEN[name][number]
    findings = [
        f
        for f in rule.check(broken.roster, a_case(), a_requirement())
        if _about(f.employee, broken)
    ]
    assert len(findings) == 1
    (finding,) = findings
    assert finding.measured == pytest.approx(broken.measured)
    assert finding.limit == LIMITS.get(name, (0,) * 9)[number]
    assert finding.penalty == pytest.approx(broken.excess * getattr(rule, "price", 0.0))
    assert (finding.rule, finding.severity) == (rule.id, rule.severity)
    assert finding.text_de != finding.text_en


def _about(employee: str, broken: Broken) -> bool:
    """Tell whether a finding is about somebody in the roster (others may lack hours)."""
    return employee in {"", *(a.employee for a in broken.roster.assignments)}


def test_every_rule_has_examples() -> None:
    """No rule without a kept and a broken roster."""
    names = {rule.id for rule in RULES}
    assert set(KEPT) == set(BROKEN) == names
    assert {name for name in names if not KEPT[name] or not BROKEN[name]} == ELSEWHERE


def test_default_prices() -> None:
    """Prices are those that the documents name; rules without one cannot be soft."""
    assert "17:30" in DEFAULTS["late_fairness"].statement("de")
    assert "16:00" in DEFAULTS["wishes"].statement("de")
    assert {n: r.price for n, r in DEFAULTS.items() if hasattr(r, "price")} == PRICES
    for rule in RULES:
        assert Severity.SOFT not in permitted_severities(rule) or rule.id in PRICES


def test_travel_counts_beyond_what_is_free() -> None:
    """Half an hour of way with 20 minutes free costs ten minutes, with 30 nothing."""
    south = roster(shift("anna", MONDAY, HALF, "south"))
    (found,) = Travel(free_minutes=20).check(south, a_case(), a_requirement())
    assert (found.measured, found.limit) == (30, 20)
    assert found.penalty == pytest.approx(4 * 10 / 60)
    assert list(Travel(free_minutes=30).check(south, a_case(), a_requirement())) == []
    nowhere = replace(a_case(), travel_minutes=())
    assert list(Travel().check(south, nowhere, a_requirement())) == []
    assert list(TravelFairness().check(south, nowhere, a_requirement())) == []
    next_door = replace(a_case(), travel_minutes=(("north", "south", 0.5),))
    assert len(list(TravelFairness().check(south, next_door, a_requirement()))) == 1


def test_every_minute_with_customers_beyond_the_stretch_has_a_price() -> None:
    """Two stretches of four and a half and of five hours: one and a half hours beyond."""
    hours = "07:00 counter 11:30 back_office 12:00 counter 17:00"
    rule = CounterStretch(Severity.SOFT, price=6.0)
    (found,) = rule.check(roster(shift("anna", MONDAY, hours)), a_case(), a_requirement())
    assert (found.measured, found.limit, found.penalty) == (300, 240, 9.0)


def test_an_hour_of_a_trainee_alone_has_a_price_where_it_is_soft() -> None:
    """Half a shift of four hours alone at 12 points an hour; told only, it costs nothing."""
    worked = roster(shift("ben", MONDAY, HALF), shift("anna", MONDAY, "10:00 counter 14:00"))
    rule = TraineeBesideExperienced(Severity.SOFT, price=12.0)
    (found,) = rule.check(worked, a_case(), a_requirement())
    assert (found.measured, found.penalty) == (120, 24.0)
    (told,) = TraineeBesideExperienced().check(worked, a_case(), a_requirement())
    assert (told.severity, told.penalty) == (Severity.WARN, 0.0)


def test_the_weekly_average_is_kept_in_every_week() -> None:
    """Fifty hours in the second week of two are found under its Monday."""
    case, second = a_case(), MONDAY + timedelta(days=7)
    long = replace(case, horizon=replace(case.horizon, days=14))
    hours = "07:00 counter 12:00 break 13:00 counter 18:00"
    worked = roster(*(shift("anna", second + timedelta(days=n), hours) for n in range(5)))
    (found,) = WeeklyAverage().check(worked, long, a_requirement())
    assert (found.day, found.measured) == (second, 3000)


def test_agreements_at_a_price_cost_what_is_beyond() -> None:
    """Three hours beyond the band at 20 points, and one day outside the pattern at 20."""
    long = "07:30 counter 12:00 break 12:30 counter 18:00"
    hours = roster(*(shift("ben", day, long) for day in (MONDAY, TUESDAY)))
    (beyond,) = ContractHours(Severity.SOFT).check(hours, a_case(), a_requirement())
    assert (beyond.measured, beyond.limit, beyond.penalty) == (1200, 1020, 60.0)
    friday = roster(shift("ben", FRIDAY, HALF))
    (outside,) = WeekdayPattern(Severity.SOFT).check(friday, a_case(), a_requirement())
    assert (outside.severity, outside.penalty) == (Severity.SOFT, 20.0)


def test_every_file_is_in_the_registry() -> None:
    """Each file of the folder holds the rule of its name, and the registry has them all."""
    folder = Path(planner.rules.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - NOT_RULES
    assert files == {rule.id for rule in RULES}
    assert [rule.__module__ for rule in RULES] == [f"planner.rules.{rule.id}" for rule in RULES]


@pytest.mark.parametrize("rule", default_rules(), ids=lambda rule: str(rule.id))
def test_rules_state_themselves(rule: RosterRule) -> None:
    """A rule speaks both languages, carries a severity and is a rule by its type."""
    assert rule.statement("de") != rule.statement("en")
    assert rule.statement("de").endswith(".")
    assert isinstance(rule, RosterRule)
    assert "severity" in {field.name for field in fields(rule)}  # type: ignore[arg-type]
    assert rule.severity in permitted_severities(type(rule))


def test_numbers_stand_in_the_statement() -> None:
    """The statement follows the numbers of the rule."""
    assert "9,5" in replace(DEFAULTS["min_rest"], hours=9.5).statement("de")  # type: ignore[type-var]


def test_law_is_never_priced_and_some_rule_of_each_kind_is_there() -> None:
    """The law of working time is hard, told or off; coverage and hours due are never law."""
    quiet = {Severity.WARN, Severity.OFF}
    allowed = {rule.id: set(permitted_severities(rule)) for rule in RULES}
    law = ("max_daily_minutes", "weekly_average", "break_minutes", "max_stretch", "min_rest")
    for name in (*law, "no_sunday_or_holiday", "max_consecutive_days", "absence"):
        assert allowed[name] == quiet | {Severity.HARD}
    for name in ("coverage_short", "minimum_presence", "contract_minimum", "back_office"):
        assert allowed[name] == quiet | {Severity.SOFT}
    for name in ("contract_hours", "weekday_pattern", "travel", "wishes", "time_account"):
        assert allowed[name] == quiet | {Severity.HARD, Severity.SOFT}
    assert all(quiet <= severities for severities in allowed.values())


def test_what_cannot_be_says_why() -> None:
    """A rule without some severity has a reason, one with all of them has none."""
    for rule in RULES:
        assert bool(why_not_otherwise(rule)) == (len(permitted_severities(rule)) < 4)


def test_opening_and_closing_need_somebody() -> None:
    """Nobody half an hour before opening or after closing costs one slot each, by site and day."""
    rule = OpeningClosingDuty()
    day = "07:30 counter 11:30 break 12:00 counter 16:30"
    both = roster(shift("anna", MONDAY, day))
    late = roster(shift("anna", MONDAY, "08:00 counter 12:00 break 12:30 counter 16:30"))
    half = roster(shift("anna", MONDAY, "07:45 counter 12:00 break 12:30 counter 16:30"))

    def price(one) -> list[float]:
        return [
            f.penalty
            for f in rule.check(one, a_case(), a_requirement())
            if (f.location, f.day) == ("north", MONDAY)
        ]

    assert price(both) == []
    assert price(late) == [15.0]
    assert price(half) == [7.5]
    assert price(roster()) == [15.0, 15.0]


def test_duty_ends_where_the_building_does() -> None:
    """A shorter staffed time shortens the duty; no minimum presence or a constant crew, no duty."""
    rule, case = OpeningClosingDuty(), a_case()
    short, none = case.locations
    shapes = {
        1: replace(short, staffed_before_minutes=0),
        0: replace(none, minimum_presence=0),
        2: none,
    }
    for duties, place in shapes.items():
        found = list(rule.check(roster(), replace(case, locations=(place,)), a_requirement()))
        assert len(found) == duties * 5
    early = replace(none, staffed_before_minutes=0, staffed_after_minutes=15)
    (first, *others) = rule.check(roster(), replace(case, locations=(early,)), a_requirement())
    assert (first.penalty, len(others)) == (7.5, 4)
    assert "30 Minuten" in rule.statement("de")
    constant = replace(case, locations=(replace(none, constant_desks=2),))
    assert list(rule.check(roster(), constant, a_requirement())) == []


def test_balances_move_the_fair_share() -> None:
    """A balance above the share makes each late shift cost; one below gives room."""
    rule, late = LateFairness(), "14:00 counter 18:00"
    shifts = roster(*(shift("anna", day, late) for day in (MONDAY, WEDNESDAY, THURSDAY)))
    for balance, excess in ((0.0, 1.0), (3.0, 3.0), (-1.0, 0.0), (1.5, 2.5)):
        case = a_case(staff=(replace(ANNA, late_balance=balance), BEN))
        assert sum(f.penalty for f in rule.check(shifts, case, a_requirement())) == excess * 2.0
    saturday = roster(shift("anna", SATURDAY, HALF))
    for balance in (-1.0, -0.75):
        owed = a_case(staff=(replace(ANNA, saturday_balance=balance), BEN))
        assert list(SaturdayFairness().check(saturday, owed, a_requirement())) == []


def test_weeks_are_blocks_of_seven_days() -> None:
    """Ten days are a week and a part of one, and each week has its own target."""
    case = a_case()
    weeks = weeks_of(replace(case.horizon, days=10))
    assert [(week.first_day, week.days) for week in weeks] == [
        (MONDAY, 7),
        (MONDAY.replace(month=4, day=1), 3),
    ]
    long = replace(case, horizon=replace(case.horizon, days=14))
    second = roster(*(shift("ben", d, HALF) for d in (MONDAY.replace(month=4, day=1),)))
    assert list(TimeAccount().check(second, long, a_requirement())) == []


def test_audit_sorts_and_leaves_out_what_is_off() -> None:
    """Hard findings come first, then the dearest; rules that are off say nothing."""
    shifts = roster(shift("anna", TUESDAY, HALF), shift("ben", MONDAY, HALF))
    findings = audit(shifts, a_case(), a_requirement())
    ranks = [f.severity for f in findings]
    assert ranks == sorted(ranks, key=[Severity.HARD, Severity.SOFT, Severity.WARN].index)
    soft = [f.penalty for f in findings if f.severity is Severity.SOFT]
    assert soft == sorted(soft, reverse=True)
    assert not lawful(findings)
    totals = penalty_by_rule(findings)
    assert sum(totals.values()) == pytest.approx(sum(soft))
    quiet = a_case(*(with_severity(rule, Severity.OFF) for rule in default_rules()))
    assert audit(shifts, quiet, a_requirement()) == ()
    told = a_case(*(with_severity(rule, Severity.WARN) for rule in default_rules()))
    warned = audit(shifts, told, a_requirement())
    assert {f.severity for f in warned} == {Severity.WARN}
    assert lawful(warned)
    assert sum(f.penalty for f in warned) == 0.0


def test_every_rule_has_a_short_name_of_its_own_in_both_languages() -> None:
    """No title is missing, none is left over, and no two rules share one."""
    assert set(TITLES) == {rule.id for rule in RULES}
    for language in ("de", "en"):
        names = {rule_title(rule.id, language) for rule in RULES}
        assert len(names) == len(RULES)
    assert rule_title("phone_casework", "de") == "phone_casework"


def test_findings_of_a_rule_come_by_day_before_they_come_by_name() -> None:
    """Ben's Monday stands before Anna's Tuesday."""
    long = "08:00 counter 15:00"
    there = roster(shift("anna", TUESDAY, long), shift("ben", MONDAY, long))
    findings = audit(there, a_case(), a_requirement())
    told = [(one.employee, one.day) for one in findings if one.rule == "max_stretch"]
    assert told == [("ben", MONDAY), ("anna", TUESDAY)]
