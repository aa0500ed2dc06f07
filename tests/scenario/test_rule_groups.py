"""Rules of contract groups, change prices and the ledger, as a scenario states them."""

from __future__ import annotations

from datetime import date, datetime

from planner.domain.change import ChangePrices
from planner.domain.ledger import Duties, LedgerWeek
from planner.domain.rule import GroupRule, RuleOrigin, Severity
from planner.rules.days_together import DaysTogether
from planner.rules.late_fairness import LateFairness
from planner.rules.min_rest import MinRest
from planner.rules.shifts_of_type import ShiftsOfType, ShiftType
from tests.scenario.spoiling import Copy

YOUNG = "employees.N1.contract_group=young"


def test_a_group_changes_what_it_says_and_keeps_the_rest(copy: Copy) -> None:
    """The group's rest is its own; what it leaves out is as for everybody, not the default."""
    case = copy.load(
        "base.yaml",
        YOUNG,
        "rules.min_rest.groups.young.hours=12",
        "rules.late_fairness.price=5",
        "rules.late_fairness.groups.young={severity: hard}",
    )
    assert case.group_rules == (
        GroupRule("young", MinRest(hours=12)),
        GroupRule("young", LateFairness(Severity.HARD, price=5)),
    )
    assert next(rule for rule in case.rules if rule.id == "min_rest") == MinRest(hours=11)
    assert case.employee("N1").contract_group == "young"
    assert case.employee("N2").contract_group == "standard"


def test_origins_are_told_for_what_is_set(copy: Copy) -> None:
    """The file and line of a setting, the command line by its words, defaults not at all."""
    setting = "rules.min_rest.groups.young.hours=12"
    case = copy.load("base.yaml", YOUNG, setting)
    assert case.rule_origins == (
        RuleOrigin("min_rest", "", "base.yaml:70"),
        RuleOrigin("min_rest", "young", f"--set {setting}"),
    )


def test_group_rules_count_in_the_fingerprint(copy: Copy) -> None:
    """Another rest of a group is another case."""
    prints = {
        copy.load("base.yaml", YOUNG, *more).fingerprint
        for more in ((), ("rules.min_rest.groups.young.hours=12",))
    }
    assert len(prints) == 2


def test_days_together_by_group_are_read_as_weekdays(copy: Copy) -> None:
    """Groups are lists or words joined by ;, in any order, each day once; off for the others."""
    days = "days_together.groups.young={severity: hard, days: [[tue, mon, mon], fri;sat]}"
    case = copy.load("base.yaml", YOUNG, f"rules.{days}")
    own = DaysTogether(Severity.HARD, days=((0, 1), (4, 5)))
    assert case.group_rules == (GroupRule("young", own),)
    assert next(rule for rule in case.rules if rule.id == "days_together") == DaysTogether()


def test_types_of_shift_are_read_and_a_group_has_its_own(copy: Copy) -> None:
    """Everybody's types, in order; those of a group take the place of them all."""
    case = copy.load(
        "base.yaml",
        YOUNG,
        "rules.shifts_of_type={severity: soft, price: 3, types: [{name: late, most: 2, "
        "end_after_minute: 1080}, {name: long, most: 0, min_paid_minutes: 480, "
        "start_before_minute: 1440}]}",
        "rules.shifts_of_type.groups.young={severity: hard, types: "
        "[{name: early, most: 1, start_before_minute: 480}]}",
    )
    late = ShiftType("late", 2, end_after_minute=1080)
    long = ShiftType("long", 0, start_before_minute=1440, min_paid_minutes=480)
    everybody = ShiftsOfType(Severity.SOFT, price=3, types=(late, long))
    assert next(rule for rule in case.rules if rule.id == "shifts_of_type") == everybody
    early = ShiftType("early", 1, start_before_minute=480)
    own = ShiftsOfType(Severity.HARD, price=3, types=(early,))
    assert case.group_rules == (GroupRule("young", own),)


def test_hours_of_the_ledger_are_read(copy: Copy) -> None:
    """Paid minutes and Saturdays of a week before come with the case."""
    row = "tables.history=[{employee: N1, week: 2024-04-08, saturdays: 1, paid_minutes: 2340}]"
    (week,) = copy.load("base.yaml", row, "rules.paid_minutes_in_window={severity: soft}").ledger
    assert (week.done.saturdays, week.paid_minutes) == (1.0, 2340)


def test_prices_of_changes(copy: Copy) -> None:
    """What is set holds, the rest are the defaults."""
    assert copy.load("base.yaml").changes == ChangePrices()
    case = copy.load("base.yaml", "repair={published: 4, near_days: 5}")
    assert case.changes == ChangePrices(published=4.0, near_days=5)


def test_the_latest_week_of_the_ledger_counts(copy: Copy) -> None:
    """Balances of the latest week; the last days if it is the week before; others are passed."""
    rows = (
        "tables.history=[{employee: N1, week: 2024-04-01, late_balance: 9, days_in_row: 6},"
        "{employee: N1, week: 2024-04-08, late: 2, late_balance: 1.5, travel_balance: -0.5,"
        ' last_end: "2024-04-14 24:00", days_in_row: 2},'
        "{employee: N2, week: 2024-04-01, refused_balance: 2, days_in_row: 6},"
        "{employee: gone, week: 2024-04-08, late_balance: 3}]"
    )
    case = copy.load("base.yaml", rows)
    first, second = case.employee("N1"), case.employee("N2")
    assert (first.late_balance, first.travel_balance, first.days_in_row) == (1.5, -0.5, 2)
    assert first.last_end == datetime(2024, 4, 15)  # noqa: DTZ001  # local civil time
    assert (second.refused_balance, second.days_in_row, second.last_end) == (2.0, 0, None)
    assert len(case.ledger) == 4
    assert case.ledger[1] == LedgerWeek(
        "N1",
        date(2024, 4, 8),
        Duties(late=2),
        Duties(late=1.5, travel_hours=-0.5),
        first.last_end,
        2,
    )
