"""The ledger of fairness by hand: counts, shares, balances, last days, and the week after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from planner.domain.case import PlanningCase
from planner.domain.ledger import Duties, LedgerWeek
from planner.domain.rule import Severity
from planner.rules.audit import audit
from planner.rules.forbidden_succession import ForbiddenSuccession
from planner.rules.late_fairness import LateFairness
from planner.rules.ledger import KEPT_WEEKS, carried_on
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from planner.rules.min_rest import MinRest
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

LATE = "14:00 counter 18:00"
EARLY = "08:00 counter 12:00"
EVEN = {
    name: replace(one, travel_balance=0.0, refused_balance=0.0, saturday_balance=0.0)
    for name, one in (("anna", ANNA), ("ben", BEN))
}


def two(**changes: object) -> PlanningCase:
    """Return the case with even balances; ``changes`` are Anna's."""
    return a_case(staff=(replace(EVEN["anna"], **changes), EVEN["ben"]))  # type: ignore[arg-type]


def by_name(weeks: tuple[LedgerWeek, ...]) -> dict[str, LedgerWeek]:
    """Return one week of everybody by name."""
    return {week.employee: week for week in weeks}


def test_counts_and_shares_by_hand() -> None:
    """Anna is due 500 of 1500 minutes (absent on one day of three, and Good Friday), Ben 960."""
    worked = roster(
        shift("anna", MONDAY, LATE),
        shift("anna", THURSDAY, LATE, "south"),
        shift("ben", SATURDAY, EARLY),
    )
    case = two()
    due = {e.id: e.target_minutes(case.horizon) for e in case.employees}
    assert due == {"anna": 500, "ben": 960}
    ledger = by_name(carried_on(worked, case))
    assert ledger["anna"].done == Duties(late=2, saturdays=0, travel_hours=0.5, refused=2.0)
    assert ledger["ben"].done == Duties(late=0, saturdays=1, travel_hours=0, refused=0)
    anna, ben = ledger["anna"].balance, ledger["ben"].balance
    assert anna.late == pytest.approx(2 - 2 * 500 / 1460)
    assert ben.late == pytest.approx(-2 * 960 / 1460)
    assert anna.saturdays == pytest.approx(-500 / 1460)
    assert ben.saturdays == pytest.approx(500 / 1460)
    assert anna.travel_hours == pytest.approx(0.5 - 0.5 * 500 / 1460)
    # Wishes: Anna made 1 + 2, Ben 1; two were refused, both hers.
    assert (anna.refused, ben.refused) == (2 - 2 * 3 / 4, -2 * 1 / 4)


def test_balances_are_carried_and_add_up_to_nothing() -> None:
    """The balance after is the balance before and what the week moved; the sum stays."""
    worked = roster(shift("anna", MONDAY, LATE), shift("ben", MONDAY, LATE))
    case = two(late_balance=1.5)
    ledger = by_name(carried_on(worked, case))
    assert sum(week.balance.late for week in ledger.values()) == pytest.approx(1.5)
    assert ledger["anna"].balance.late == pytest.approx(1.5 + 1 - 2 * 500 / 1460)


def test_who_is_away_has_no_share() -> None:
    """A person who is absent all week neither gains nor loses."""
    week = tuple(MONDAY + timedelta(days=n) for n in range(7))
    case = two(absent=week, late_balance=0.7)
    ledger = by_name(carried_on(roster(shift("ben", MONDAY, LATE)), case))
    assert ledger["anna"].balance.late == pytest.approx(0.7)
    assert ledger["ben"].balance.late == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("days", "before", "in_row"),
    [
        ((MONDAY, SUNDAY), 3, 1),
        ((FRIDAY, SATURDAY, SUNDAY), 3, 3),
        ((MONDAY, FRIDAY), 3, 0),
        ((), 3, 0),
        ((TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY), 3, 6),
        ((MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY), 3, 10),
    ],
)
def test_days_in_a_row_go_on(days: tuple[date, ...], before: int, in_row: int) -> None:
    """Only a whole week of work goes on with what was before."""
    worked = roster(*(shift("anna", day, LATE) for day in days))
    anna = by_name(carried_on(worked, two(days_in_row=before)))["anna"]
    assert anna.days_in_row == in_row
    last = datetime.combine(days[-1], datetime.min.time()) if days else None
    assert anna.last_end == (last + timedelta(hours=18) if last else None)


def test_old_weeks_are_dropped() -> None:
    """The ledger keeps half a year."""
    old = [
        LedgerWeek("anna", MONDAY - timedelta(weeks=n), Duties(), Duties(), None, 0)
        for n in range(1, 60)
    ]
    weeks = carried_on(roster(), replace(two(), ledger=tuple(old)))
    kept = [week for week in weeks if week.employee == "anna"]
    assert KEPT_WEEKS == 26
    assert [week.first_day for week in kept] == [
        MONDAY - timedelta(weeks=n) for n in range(25, -1, -1)
    ]


def test_late_is_after_the_hour_of_the_rule() -> None:
    """A shift that ends on the hour of the rule is not late, whatever the rule's severity."""
    hours = ("13:00 counter 17:30", "13:00 counter 18:00")
    for hour, late in zip(hours, (0.0, 1.0), strict=True):
        case = a_case(LateFairness(Severity.OFF), staff=(EVEN["anna"], EVEN["ben"]))
        done = by_name(carried_on(roster(shift("ben", MONDAY, hour)), case))["ben"].done
        assert done.late == late


def test_saturdays_are_shared_by_those_who_could_work_then() -> None:
    """Who has no Saturday in the pattern has no share; where nobody has, all have the same."""
    worked = roster(shift("ben", SATURDAY, EARLY))
    shares = {
        (True, True): (-500 / 1460, 500 / 1460),
        (False, True): (0.0, 0.0),
        (True, False): (-1.0, 1.0),
        (False, False): (-0.5, 0.5),
    }
    for could, expected in shares.items():
        staff = tuple(
            replace(one, weekdays=(0, 1, 2, 3, 5) if yes else (0, 1, 2, 3, 6))
            for one, yes in zip(EVEN.values(), could, strict=True)
        )
        staff = (replace(staff[0], weekdays=(*staff[0].weekdays, 4)), staff[1])
        ledger = by_name(carried_on(worked, a_case(staff=staff)))
        found = (ledger["anna"].balance.saturdays, ledger["ben"].balance.saturdays)
        assert found == pytest.approx(expected)


def test_a_single_wish_refused_is_nobody_elses_share() -> None:
    """Whoever made the only wish has the whole share of its refusal: the balance stays."""
    case = a_case(staff=(replace(EVEN["anna"], wishes=()), EVEN["ben"]))
    ledger = by_name(carried_on(roster(shift("ben", MONDAY, EARLY)), case))
    assert ledger["ben"].done.refused == 1.0
    assert (ledger["anna"].balance.refused, ledger["ben"].balance.refused) == (0.0, 0.0)


def test_rest_and_days_in_a_row_count_across_the_week() -> None:
    """The first shift after a late one, and the seventh day in a row, are found."""
    sunday = datetime.combine(MONDAY, datetime.min.time()) - timedelta(hours=2)
    early = roster(*(shift("anna", day, EARLY) for day in (MONDAY, WEDNESDAY)))
    for end, broken in ((sunday, True), (sunday - timedelta(hours=1), False), (None, False)):
        case = a_case(MinRest(), staff=(replace(ANNA, last_end=end), BEN))
        found = audit(early, case, a_requirement())
        assert [(f.day, f.measured) for f in found] == ([(MONDAY, 10.0)] if broken else [])
    for before, broken in ((6, True), (5, False)):
        case = a_case(MaxConsecutiveDays(), staff=(replace(ANNA, days_in_row=before), BEN))
        found = audit(early, case, a_requirement())
        assert [(f.day, f.measured) for f in found] == ([(MONDAY, 7.0)] if broken else [])
        assert all(f.severity is Severity.HARD for f in found)


def test_a_late_shift_before_the_week_forbids_an_early_monday() -> None:
    """Late is after half past five in the afternoon; the finding says until when it was."""
    rule = ForbiddenSuccession(Severity.HARD)
    early = roster(shift("anna", MONDAY, "08:00 counter 12:00"))
    sunday = datetime.combine(MONDAY, time()) - timedelta(days=1)
    told = {}
    for clock in ((17, 30), (17, 31), (20, 0)):
        end = sunday.replace(hour=clock[0], minute=clock[1])
        case = a_case(rule, staff=(replace(ANNA, last_end=end), BEN))
        told[clock] = [one.text_en for one in rule.check(early, case, a_requirement())]
    assert told[17, 30] == []
    assert ["until 17:31" in text for text in told[17, 31]] == [True]
    assert ["until 20:00" in text for text in told[20, 0]] == [True]
