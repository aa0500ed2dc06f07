"""Rules about days and over weeks in repairs and explanations: against every roster there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from planner.domain.ledger import Duties, LedgerWeek
from planner.domain.roster import Roster
from planner.domain.rule import RosterRule, Severity
from planner.model.explain.reach import OTHER_SHIFTS, Asked, contradiction, line_through
from planner.model.repair.original import original
from planner.model.repair.repair_week import repair_week
from planner.model.repair.repairing import mend
from planner.model.repair.search import RepairLimits
from planner.model.roster.model import build
from planner.rules.audit import audit, lawful
from planner.rules.days_together import DaysTogether
from planner.rules.min_days_off_in_a_row import MinDaysOffInARow
from planner.rules.paid_minutes_in_window import PaidMinutesInWindow
from planner.rules.saturdays_in_window import SaturdaysInWindow
from planner.rules.shifts_of_type import ShiftsOfType, ShiftType
from tests.repair.enumerated import (
    DAYS,
    NO_WORK_PRICE,
    Office,
    an_office,
    enumerate_repairs,
    lawful_lines,
    shifts,
    wanted,
)
from tests.roster.miniature import a_mini, a_worker

LIMITS = RepairLimits(10.0, 1, lambda: False)
HARD, SOFT = Severity.HARD, Severity.SOFT
PAIR = DaysTogether(HARD, days=((1, 2),))
LATE = ShiftsOfType(HARD, types=(ShiftType("late", 1, end_after_minute=960),))
NEVER_EARLY = ShiftsOfType(HARD, types=(ShiftType("early", 0, start_before_minute=600),))
SUNDAY_EVENING = datetime(2024, 4, 7, 18)  # noqa: DTZ001  # local civil time


def with_rule(office: Office, rule: RosterRule) -> Office:
    """Return the office with ``rule``; who broke it before has another line.

    One with work on the first day: who is ill then must change, and owes the hours of the law.
    """
    rules = tuple(rule if one.id == rule.id else one for one in office.case.rules)
    case = replace(office.case, rules=rules)
    lines = []
    for person, line in zip(case.employees, office.before, strict=True):
        possible = lawful_lines(case, person)
        there = [other for other in possible if other[0] is not None] or possible
        lines.append(line if line in possible else there[len(there) // 2])
    return replace(office, case=case, before=tuple(lines))


@pytest.mark.parametrize("seed", [0, 12, 43, 101])
@pytest.mark.parametrize("severity", [HARD, SOFT])
@pytest.mark.parametrize("rule", [PAIR, LATE, NEVER_EARLY], ids=lambda rule: str(rule.id))
def test_repairs_with_rules_of_days_are_the_cheapest(rule, severity: Severity, seed: int) -> None:
    """Price and people touched are those of the best among all rosters that keep the rule."""
    office = with_rule(an_office(seed), replace(rule, severity=severity, price=7.0))
    case = office.without(DAYS[0])
    mended = mend(case, office.requirement, wanted(office), frozenset(), LIMITS)
    every = enumerate_repairs(office, case, NO_WORK_PRICE)
    best = np.unravel_index(int(every.value.argmin()), every.value.shape)
    assert mended.value == pytest.approx(every.value[best])
    assert lawful(audit(mended.roster, case, office.requirement))
    as_good = every.cover <= every.cover[best] + 1e-9
    assert len(mended.touched) == every.touched[as_good].min()


def test_who_broke_the_rule_before_may_go_on_so() -> None:
    """Only whose days are whole is held to the rule; the price is a share of the roster's."""
    office = an_office(0)
    people = office.case.employees
    lines = ((None, None), (480, 840), (480, None), (None, 600))
    pair = replace(
        office.case, rules=tuple(PAIR if r.id == PAIR.id else r for r in office.case.rules)
    )
    worked = Roster.of(
        [s for p, line in zip(people, lines, strict=True) for s in shifts(p.id, line)]
    )
    model = build(pair, office.requirement)
    order = replace(wanted(office), before=worked)
    staff = repair_week(model, original(model, order), NO_WORK_PRICE).week.staff
    whole = [set(line) == {None} or None not in line for line in lines]
    assert (staff.trail != 0).tolist() == whole
    soft = build(replace(pair, rules=(replace(PAIR, severity=SOFT),)), office.requirement)
    cheap = repair_week(soft, original(soft, order), NO_WORK_PRICE).week.staff
    assert cheap.trail_cost.max() == 10.0 * NO_WORK_PRICE.own_share


def test_who_had_too_many_of_a_type_may_go_on_so() -> None:
    """Two late shifts or one early one before: only who had neither is held to the rule."""
    office = an_office(0)
    both = replace(LATE, types=(*LATE.types, *NEVER_EARLY.types))
    rules = tuple(both if r.id == both.id else r for r in office.case.rules)
    lines = ((840, 840), (840, 600), (480, None), (None, None))
    people = zip(office.case.employees, lines, strict=True)
    worked = Roster.of([s for p, line in people for s in shifts(p.id, line)])
    model = build(replace(office.case, rules=rules), office.requirement)
    order = replace(wanted(office), before=worked)
    staff = repair_week(model, original(model, order), NO_WORK_PRICE).week.staff
    assert (staff.trail != 0).tolist() == [False, True, False, True]


@pytest.mark.parametrize(
    ("first_day", "rule", "changes", "line", "named"),
    [
        (DAYS[0], PAIR, {}, (None, None), ()),
        (DAYS[0], PAIR, {"absent": (DAYS[1],)}, (None, None), ()),
        (DAYS[0], PAIR, {"max_days": 1}, (None, None), ("max_days_per_week", "days_together")),
        (
            *(DAYS[0], MinDaysOffInARow(HARD), {"last_end": SUNDAY_EVENING}, (None, None)),
            ("min_days_off_in_a_row",),
        ),
        (
            *(DAYS[0], MinDaysOffInARow(HARD, days=1), {"last_end": SUNDAY_EVENING}, (None, None)),
            (),
        ),
        (DAYS[0], NEVER_EARLY, {}, (None, None), ()),
        (
            *(DAYS[0], replace(LATE, types=(replace(LATE.types[0], end_after_minute=600),)), {}),
            *((None, 840), ("shifts_of_type", OTHER_SHIFTS)),
        ),
        (date(2024, 4, 13), SaturdaysInWindow(HARD), {}, (None, None), ("saturdays_in_window",)),
        (date(2024, 4, 13), SaturdaysInWindow(HARD, weeks=2), {}, (None, None), ()),
        (
            *(DAYS[0], PaidMinutesInWindow(HARD, minutes=2100, weeks=2), {}, (None, None)),
            ("paid_minutes_in_window",),
        ),
        (
            *(DAYS[0], PaidMinutesInWindow(HARD, minutes=2300, weeks=2), {}, (None, 840)),
            ("paid_minutes_in_window", OTHER_SHIFTS),
        ),
    ],
)
def test_the_rule_is_named_as_the_reason(first_day, rule, changes, line, named) -> None:
    """Who cannot serve the slot because of the rule is told so; without it the slot is free."""
    person = a_worker(
        **{"locations": ("north",), "contract_minutes": 4200, "band_minutes": 900, **changes}
    )
    case = a_mini(first_day, 2, person, off=("no_sunday_or_holiday",))
    case = replace(
        case,
        rules=tuple(rule if one.id == rule.id else one for one in case.rules),
        ledger=tuple(
            LedgerWeek(person.id, first_day - timedelta(weeks=n), Duties(saturdays=1), Duties(),
                       None, 0, 2000)
            for n in (1, 2)
        ),
    )  # fmt: skip
    asked = Asked("north", first_day, 600, "residents", 60)
    roster = Roster.of(shifts(person.id, line))
    assert contradiction(case, person, roster, asked) == named
    for member in named:
        given_up = frozenset({member})
        assert line_through(case, person, roster, asked, given_up) is not None
