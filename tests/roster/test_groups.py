"""Two contract groups in one case: each has its own lawful rosters, in model and checks alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from planner.domain.case import PlanningCase
from planner.domain.rule import GroupRule, Severity
from planner.domain.staff import Wish, WishKind
from planner.model.roster.effort import Effort
from planner.model.roster.model import build
from planner.model.roster.optimise import optimise
from planner.rules.audit import audit, lawful
from planner.rules.contract_hours import ContractHours
from planner.rules.forbidden_succession import ForbiddenSuccession
from planner.rules.home_location import HomeLocation
from planner.rules.late_fairness import LateFairness
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.min_rest import MinRest
from planner.rules.saturday_fairness import SaturdayFairness
from planner.rules.time_account import TimeAccount
from planner.rules.travel import Travel
from planner.rules.weekday_pattern import WeekdayPattern
from planner.rules.wishes import Wishes
from tests.roster.miniature import (
    SATURDAY,
    TUESDAY,
    Shift,
    a_mini,
    a_need,
    a_roster,
    a_worker,
    accepts,
    some_weeks,
)

HARD, SOFT, OFF = Severity.HARD, Severity.SOFT, Severity.OFF
SHAPES = [
    Shift("north", 420, 840, 600),
    Shift("south", 360, 720, None),
    Shift("south", 840, 1200, None),
    Shift("north", 840, 1140, None),
]
EVENING = datetime.combine(TUESDAY, time(20)) - timedelta(days=1)
FREE = {"max_days": 3, "contract_minutes": 4200}

#: Name: what the group has otherwise, and how its person differs from the other one.
SETTINGS: dict[str, tuple[tuple[object, ...], dict[str, object]]] = {
    "shorter days and more rest": ((MaxDailyMinutes(minutes=300), MinRest(hours=14)), {}),
    "no rest asked for": ((MinRest(OFF),), {}),
    "longer rest after last week": ((MinRest(hours=13),), {"last_end": EVENING}),
    "no early after late": ((ForbiddenSuccession(HARD),), {}),
    "late last week": ((ForbiddenSuccession(HARD), MinRest(hours=9)), {"last_end": EVENING}),
    "days in a row": ((MaxConsecutiveDays(days=2),), {}),
    "days in a row before the week": ((MaxConsecutiveDays(days=4),), {"days_in_row": 2}),
    "a day off is due": ((MaxConsecutiveDays(days=3),), {"days_in_row": 3}),
    "pattern and hours at a price": (
        (WeekdayPattern(SOFT), ContractHours(SOFT)),
        {"weekdays": (2,), "contract_minutes": 840},
    ),
    "home or nothing": ((HomeLocation(HARD),), {}),
    "no long way": ((Travel(HARD, free_minutes=20),), {}),
    "a short way is none": ((Travel(HARD, free_minutes=30),), {}),
    "wishes that count": (
        (Wishes(HARD),),
        {
            "wishes": (
                Wish(TUESDAY, WishKind.EARLY),
                Wish(TUESDAY + timedelta(days=1), WishKind.LATE),
                Wish(TUESDAY + timedelta(days=2), WishKind.DAY_OFF),
            )
        },
    ),
    "one late shift": ((LateFairness(HARD, per_week=1),), {}),
    "late shifts owed": ((LateFairness(HARD, per_week=1),), {"late_balance": -1.0}),
    "no hour beyond": ((TimeAccount(HARD),), {"contract_minutes": 1500}),
}


def two_groups(name: str) -> PlanningCase:
    """Return three days with one person of each group; the second has rules of its own."""
    own, changes = SETTINGS[name]
    staff = (a_worker(**FREE), a_worker(**{"id": "w2", "contract_group": "own", **FREE, **changes}))
    rules = tuple(GroupRule("own", rule) for rule in own)  # type: ignore[arg-type]
    return replace(a_mini(TUESDAY, 3, *staff), group_rules=rules)


@pytest.mark.parametrize("name", SETTINGS)
def test_lawful_rosters_are_the_same_for_model_and_checks(name: str) -> None:
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
    alike = name in ("a short way is none", "pattern and hours at a price")
    assert (accepted[0] == accepted[1]) == alike
    assert (None, None, None) in accepted[1]


@pytest.mark.parametrize("name", SETTINGS)
def test_search_and_audit_agree_on_every_point(name: str) -> None:
    """The search ends with a lawful roster whose price the audit confirms, above its bound."""
    case = two_groups(name)
    need = a_need(case)
    effort = Effort(seconds=0.2, jobs=1, seed=1, repeatable=True)
    outcome = optimise(case, need, effort, lambda _: None, lambda: False)
    assert outcome.roster is not None
    assert outcome.bound is not None
    assert outcome.objective is not None
    findings = audit(outcome.roster, case, need)
    assert lawful(findings)
    assert outcome.objective == pytest.approx(sum(f.penalty for f in findings))
    assert outcome.bound <= outcome.objective + 1e-6


def test_saturday_that_is_one_too_many() -> None:
    """Where the share of Saturdays is law, who has had it stays at home; who has not works."""
    staff = [a_worker(id=f"w{i}", saturday_balance=b, **FREE) for i, b in enumerate((0.0, -1.0))]
    case = a_mini(SATURDAY, 1, *staff, off=("no_sunday_or_holiday",))
    rules = tuple(
        SaturdayFairness(HARD) if isinstance(rule, SaturdayFairness) else rule
        for rule in case.rules
    )
    case = replace(case, rules=rules)
    need = a_need(case)
    model = build(case, need)
    for e, allowed in ((0, False), (1, True)):
        days = (SHAPES[0],)
        assert accepts(model.week, e, days, model) is allowed
        assert lawful(audit(a_roster(days, case, model, f"w{e}"), case, need)) is allowed
