"""What the weeks of the ledger leave for this one is what the rules' own checks find in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.domain.case import PlanningCase
from planner.domain.ledger import Duties, LedgerWeek
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import GroupRule, RosterRule, Severity
from planner.model.roster.windows import UNLIMITED, minutes_left, saturdays_beyond
from planner.rules.paid_minutes_in_window import PaidMinutesInWindow
from planner.rules.saturdays_in_window import SaturdaysInWindow
from planner.sim.streams import stream
from tests.rules.cases import ANNA, BEN, MONDAY, SATURDAY, a_case, a_requirement

SOFT = Severity.SOFT
STAFF = (ANNA, replace(BEN, contract_group="own"))


def _case(seed: int, rule: RosterRule, own: RosterRule) -> PlanningCase:
    """Return a case with six weeks of a random ledger, some of them missing."""
    draw = stream(seed, 0, "ledger")
    weeks = [
        LedgerWeek(
            who.id,
            MONDAY - timedelta(weeks=ago),
            Duties(saturdays=float(draw.choice([0.0, 0.5, 1.0, 2.0]))),
            Duties(),
            None,
            0,
            int(draw.integers(0, 3000)),
        )
        for who in STAFF
        for ago in range(1, 7)
        if draw.random() < 0.8
    ]
    draw.shuffle(weeks)
    group = (GroupRule("own", own),)
    return replace(a_case(rule, staff=STAFF), ledger=tuple(weeks), group_rules=group)


def _excess(case: PlanningCase, who: str, rule: RosterRule, *minutes: int) -> float:
    """Return the points at a price of 1 for shifts of so many minutes, the last on Saturday."""
    shifts = [
        Assignment(who, day, "north", 0, length, (Piece(0, length, Activity.BACK_OFFICE),))
        for length, day in zip(reversed(minutes), (SATURDAY, MONDAY), strict=False)
        if length
    ]
    found = rule.check(Roster.of(shifts), case, a_requirement())
    return sum(finding.penalty for finding in found if finding.employee == who)


@pytest.mark.parametrize("seed", range(12))
def test_a_saturday_more(seed: int) -> None:
    """The Saturday costs for everybody what the check says of a roster with it."""
    draw = stream(seed, 1, "rules")
    rules = [
        SaturdaysInWindow(SOFT, 1.0, int(draw.integers(0, 5)), int(draw.integers(1, 6)))
        for _ in range(2)
    ]
    case = _case(seed, *rules)
    worth = [_excess(case, who.id, r, 60) for who, r in zip(STAFF, rules, strict=True)]
    assert saturdays_beyond(case) == worth


@pytest.mark.parametrize("seed", range(12))
def test_hours_that_are_left(seed: int) -> None:
    """As many minutes as are left break nothing, one more is one too many."""
    draw = stream(seed, 1, "rules")
    rules = [
        PaidMinutesInWindow(SOFT, 60.0, int(draw.integers(0, 9000)), int(draw.integers(1, 6)))
        for _ in range(2)
    ]
    case = _case(seed, *rules)
    for who, rule, left in zip(STAFF, rules, minutes_left(case), strict=True):
        assert _excess(case, who.id, rule, left) == 0
        assert _excess(case, who.id, rule, left + 1) == 1


def test_weeks_leave_nothing_or_everything() -> None:
    """More than enough before leaves no minute, and no rule leaves more than a week has."""
    busy = _case(0, PaidMinutesInWindow(SOFT, minutes=1), PaidMinutesInWindow(SOFT, minutes=1))
    assert minutes_left(busy) == [0, 0]
    free = _case(0, SaturdaysInWindow(), PaidMinutesInWindow())
    assert saturdays_beyond(free) == [0.0, 0.0]
    assert minutes_left(free) == [UNLIMITED] * 2
    assert UNLIMITED > 7 * 24 * 60
