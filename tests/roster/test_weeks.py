"""Two weeks one after the other: rest, days in a row and balances hold across the boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from planner.domain.case import PlanningCase
from planner.domain.ledger import LedgerWeek
from planner.domain.roster import Roster
from planner.model.roster.effort import Effort
from planner.model.roster.optimise import optimise
from planner.rules.ledger import carried_on
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from tests.roster.miniature import a_mini, a_need, a_worker

MONDAY = date(2024, 4, 8)
MOST = 4
STAFF = tuple(
    a_worker(
        id=f"w{i}",
        contract_minutes=2400,
        max_days=6,
        locations=("south", "north") if i else ("north",),
        home="south" if i else "north",
    )
    for i in range(3)
)


def a_week(monday: date, days: int = 7) -> PlanningCase:
    """Return a week in which people work on Sundays too, with few days in a row."""
    case = a_mini(monday, days, *STAFF, off=("no_sunday_or_holiday",))
    rules = tuple(
        MaxConsecutiveDays(days=MOST) if isinstance(rule, MaxConsecutiveDays) else rule
        for rule in case.rules
    )
    return replace(case, rules=rules)


def solved(case: PlanningCase) -> Roster:
    """Return the roster of a short search."""
    effort = Effort(seconds=0.4, jobs=1, seed=1, repeatable=True)
    outcome = optimise(case, a_need(case), effort, lambda _: None, lambda: False)
    assert outcome.roster is not None
    return outcome.roster


def after(case: PlanningCase, ledger: tuple[LedgerWeek, ...]) -> PlanningCase:
    """Return ``case`` with what the ledger says of the week before."""
    before = {week.employee: week for week in ledger}
    staff = tuple(
        replace(
            e,
            late_balance=before[e.id].balance.late,
            last_end=before[e.id].last_end,
            days_in_row=before[e.id].days_in_row,
        )
        for e in case.employees
    )
    return replace(case, employees=staff, ledger=ledger)


@pytest.fixture(scope="module")
def weeks() -> tuple[PlanningCase, Roster, PlanningCase, Roster]:
    """Return two weeks and their rosters, the second knowing the first."""
    first = a_week(MONDAY)
    roster = solved(first)
    second = after(a_week(MONDAY + timedelta(days=7)), carried_on(roster, first))
    return first, roster, second, solved(second)


def test_rest_and_days_in_a_row_hold_across_the_boundary(weeks) -> None:
    """Counted by plain loops over both weeks; without memory of the first they would not hold."""
    _, first, second, following = weeks
    assert _broken(first, following) == []
    assert any(e.days_in_row for e in second.employees)
    forgetful = solved(a_week(MONDAY + timedelta(days=7)))
    assert _broken(first, forgetful) != []


def _broken(first: Roster, second: Roster) -> list[str]:
    """Return who has too little rest or too many days in a row over both weeks."""
    found = []
    both = Roster.of([*first.assignments, *second.assignments])
    for who, shifts in both.by_employee().items():
        run = 1
        for one, other in pairwise(shifts):
            run = run + 1 if other.day == one.day + timedelta(days=1) else 1
            rest = _time(other.day, other.start_minute) - _time(one.day, one.end_minute)
            if rest < timedelta(hours=11) or run > MOST:
                found.append(f"{who} {other.day}")
    return found


def _time(day: date, minute: int) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)


def test_balances_move_and_add_up(weeks) -> None:
    """Balances after one week follow from plain counts; after two weeks they add up to nothing."""
    _, first, second, following = weeks
    ledger = carried_on(following, second)
    latest = {week.employee: week for week in ledger}
    assert len(ledger) == 2 * len(STAFF)
    for home in ("north", "south"):
        people = [e.id for e in second.employees if e.home == home]
        assert sum(latest[who].balance.late for who in people) == pytest.approx(0.0)
        counts = [sum(s.end_minute > 1050 for s in first.by_employee()[who]) for who in people]
        own = [e.late_balance for e in second.employees if e.home == home]
        assert own == pytest.approx([count - sum(counts) / len(counts) for count in counts])
    assert any(e.late_balance > 0 for e in second.employees)
    done = {week.employee: week.done.late for week in ledger if week.first_day > MONDAY}
    assert sum(done.values()) == sum(s.end_minute > 1050 for s in following.assignments) > 0
