"""Rules of contract groups in the audit, and what is looser than the law of working time."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.rule import GroupRule, Severity
from planner.results.finding_frames import rules_frame
from planner.rules.audit import audit
from planner.rules.break_minutes import BreakMinutes
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.min_rest import MinRest
from planner.rules.no_sunday_or_holiday import NoSundayOrHoliday
from planner.rules.wishes import Wishes
from planner.rules.working_time_law import loosened
from tests.rules.cases import ANNA, BEN, MONDAY, a_case, a_requirement, roster, shift

NINE_HOURS = "08:00 counter 13:00 break 13:30 counter 17:30"
YOUNG = replace(BEN, contract_group="youth")


def test_a_group_has_its_own_limit_and_nobody_else_has() -> None:
    """Nine hours are one too many for the group of eight hours; the others keep ten."""
    both = roster(shift("anna", MONDAY, NINE_HOURS), shift("ben", MONDAY, NINE_HOURS))
    case = replace(
        a_case(MaxDailyMinutes(), staff=(ANNA, YOUNG)),
        group_rules=(GroupRule("youth", MaxDailyMinutes(minutes=480)),),
    )
    (finding,) = audit(both, case, a_requirement())
    assert (finding.employee, finding.limit) == ("ben", 480)
    table = rules_frame(case, (finding,))
    assert table[["group", "findings"]].to_numpy().tolist() == [["", 0], ["youth", 1]]


def test_a_rule_can_bind_a_group_alone_or_spare_it() -> None:
    """Off for all but a group, and off for a group alone."""
    both = roster(shift("anna", MONDAY, NINE_HOURS), shift("ben", MONDAY, NINE_HOURS))
    strict, off = MaxDailyMinutes(minutes=480), MaxDailyMinutes(Severity.OFF)
    case = a_case(off, staff=(ANNA, YOUNG))
    bound = replace(case, group_rules=(GroupRule("youth", strict),))
    assert [f.employee for f in audit(both, bound, a_requirement())] == ["ben"]
    spared = replace(case, rules=(strict,), group_rules=(GroupRule("youth", off),))
    assert [f.employee for f in audit(both, spared, a_requirement())] == ["anna"]


def test_a_group_has_its_own_price_and_severity() -> None:
    """A refused wish costs the group's price, and nothing where it is only told."""
    early = roster(shift("ben", MONDAY, "08:00 counter 12:00"))
    for rule, penalty in ((Wishes(price=3.0), 3.0), (Wishes(Severity.WARN), 0.0)):
        case = replace(
            a_case(Wishes(), staff=(ANNA, YOUNG)), group_rules=(GroupRule("youth", rule),)
        )
        (finding,) = audit(early, case, a_requirement())
        assert (finding.penalty, finding.severity) == (penalty, rule.severity)


def test_looser_than_the_law_is_told_with_its_paragraph() -> None:
    """Every kind of loosening has a warning; stricter settings have none."""
    rules = (
        MaxDailyMinutes(minutes=660),
        MinRest(Severity.OFF),
        NoSundayOrHoliday(Severity.WARN),
        BreakMinutes(short_minutes=15, long_minutes=60),
    )
    case = replace(a_case(*rules), group_rules=(GroupRule("youth", MinRest(hours=9)),))
    told = [(one.rule, one.group, one.paragraph) for one in loosened(case)]
    assert told == [
        ("max_daily_minutes", "", 3),
        ("min_rest", "", 5),
        ("no_sunday_or_holiday", "", 9),
        ("break_minutes", "", 4),
        ("min_rest", "youth", 5),
    ]
    assert all(f"§ {one.paragraph} ArbZG" in one.text_de for one in loosened(case))
    assert all(f"§ {one.paragraph} ArbZG" in one.text_en for one in loosened(case))
    strict = a_case(MaxDailyMinutes(minutes=480), MinRest(hours=12), BreakMinutes(short_after=270))
    assert loosened(strict) == ()
    assert loosened(a_case()) == ()
