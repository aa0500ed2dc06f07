"""Rules about the days of the week: a set of days costs the same in the model and by the checks.

A week has 128 sets of worked days, so each setting is tried on all of them; lines of shifts follow
in ``test_day_rules_in_the_search.py``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from math import inf

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.domain.horizon import Holiday
from planner.domain.roster import Roster
from planner.domain.rule import GroupRule, RosterRule, Severity
from planner.domain.staff import Employee
from planner.model.roster.day_sets import fold, set_prices
from planner.model.roster.model import build
from planner.rules.audit import audit, lawful
from planner.rules.days_together import DaysTogether
from planner.rules.min_days_off_in_a_row import MinDaysOffInARow
from planner.sim.streams import stream
from tests.roster.miniature import Shift, a_mini, a_need, a_worker, as_assignment

HARD, SOFT = Severity.HARD, Severity.SOFT
MONDAY = date(2024, 4, 8)
FREE = Shift("north", 480, 720, None)
EVERY_DAY = {"contract_minutes": 2400, "max_days": 7, "weekdays": (0, 1, 2, 3, 4, 5, 6)}
SATURDAY_BEFORE = datetime(2024, 4, 6, 14)  # noqa: DTZ001  # local civil time

#: Rules, and what is special about the person.
SETTINGS: dict[str, tuple[tuple[RosterRule, ...], dict[str, object]]] = {
    "two days": ((DaysTogether(HARD, days=((0, 1),)),), {}),
    "two days at a price": ((DaysTogether(SOFT, days=((0, 1),)),), {}),
    "a whole week or nothing": ((DaysTogether(HARD, days=((0, 1, 2, 3, 4, 5, 6),)),), {}),
    "two groups that share a day": ((DaysTogether(SOFT, days=((0, 1, 2), (2, 5))),), {}),
    "four days at a price": ((DaysTogether(SOFT, price=3, days=((0, 2, 4, 6), (1, 3))),), {}),
    "complete weekends": ((DaysTogether(HARD, days=((5, 6),)),), {}),
    "a day of leave": (
        (DaysTogether(HARD, days=((0, 1, 2), (3, 4))),),
        {"absent": (MONDAY, MONDAY + timedelta(days=3))},
    ),
    "days outside the pattern": ((DaysTogether(HARD, days=((0, 1, 6),)),), {"weekdays": (0, 1, 4)}),
    "two days off": ((MinDaysOffInARow(HARD),), {}),
    "three days off at a price": ((MinDaysOffInARow(SOFT, days=3),), {}),
    "off since Saturday": ((MinDaysOffInARow(HARD, days=3),), {"last_end": SATURDAY_BEFORE}),
    "off since long ago": (
        (MinDaysOffInARow(SOFT, days=4),),
        {"last_end": SATURDAY_BEFORE - timedelta(days=9)},
    ),
    "worked until midnight": (
        (MinDaysOffInARow(SOFT),),
        {"last_end": datetime(2024, 4, 8)},  # noqa: DTZ001
    ),
    "worked until midnight on Saturday": (
        (MinDaysOffInARow(SOFT, days=3),),
        {"last_end": datetime(2024, 4, 7)},  # noqa: DTZ001
    ),
    "ill on Sunday": (
        (MinDaysOffInARow(HARD, days=3),),
        {"last_end": SATURDAY_BEFORE, "absent": (MONDAY - timedelta(days=1),)},
    ),
    "ill within the week": ((MinDaysOffInARow(SOFT, days=3),), {"absent": (date(2024, 4, 10),)}),
    "both": (
        (MinDaysOffInARow(SOFT), DaysTogether(HARD, days=((0, 1), (4, 5)))),
        {"last_end": SATURDAY_BEFORE},
    ),
    "both at a price": (
        (MinDaysOffInARow(SOFT, days=3), DaysTogether(SOFT, days=((0, 2), (1, 5, 6)))),
        {"last_end": SATURDAY_BEFORE + timedelta(days=1)},
    ),
}


def a_week(name: str, first_day: date = MONDAY, days: int = 7) -> tuple[PlanningCase, Employee]:
    """Return a case with these rules alone, for one person, with a holiday on Thursday."""
    rules, changes = SETTINGS[name]
    who = a_worker(**{**EVERY_DAY, **changes})
    case = replace(a_mini(first_day, days, who), rules=rules)
    holiday = Holiday(date(2024, 4, 11), "Feiertag")
    return replace(case, horizon=replace(case.horizon, holidays=(holiday,))), who


def audited(case: PlanningCase, worked: tuple[bool, ...]) -> float:
    """Return the price of working on these days by the checks, infinite where unlawful."""
    days = zip(worked, case.horizon.dates, strict=True)
    shifts = [as_assignment(FREE, "w1", day, 0) for works, day in days if works]
    findings = audit(Roster.of(shifts), case, a_need(case))
    return sum(f.penalty for f in findings) if lawful(findings) else inf


@pytest.mark.parametrize(
    ("first_day", "days"), [(MONDAY, 7), (MONDAY + timedelta(days=3), 7), (MONDAY, 3)]
)
@pytest.mark.parametrize("name", SETTINGS)
def test_every_set_of_days_costs_what_the_checks_say(name: str, first_day: date, days: int) -> None:
    """All sets of days of a week, of one from Thursday on, and of three days."""
    case, who = a_week(name, first_day, days)
    if who.last_end is not None and who.last_end.date() < MONDAY:
        who = replace(who, last_end=who.last_end + (first_day - MONDAY))
        case = replace(case, employees=(who,))
    own = build(case, a_need(case)).week.staff
    prices = set_prices(case, who)
    for worked in product((False, True), repeat=days):
        expected = audited(case, worked)
        number = sum(1 << d for d, works in enumerate(worked) if works)
        assert prices[number] == pytest.approx(expected), worked
        assert (
            walked(own.trail_next[own.trail[0]], own.trail_cost[own.trail[0]], worked)
            == (prices[number])
        )
    assert prices[0] == 0.0


def walked(step: np.ndarray, cost: np.ndarray, worked: tuple[bool, ...]) -> float:
    """Return the price at the end of the way through the states."""
    state = 0
    for d, works in enumerate(worked):
        state = int(step[d, state, int(works)])
        if state < 0:
            return inf
    return float(cost[state])


@pytest.mark.parametrize("seed", range(6))
def test_folding_keeps_the_prices_with_the_fewest_states(seed: int) -> None:
    """Every set keeps its random price; after each day, days that have the same future are one."""
    draw = stream(seed, 0, "prices")
    days = 1 + seed
    prices = draw.integers(0, 3, 2**days).astype(float)
    prices[draw.random(2**days) < 0.3] = inf
    prices[0] = 0.0
    step, cost, alive = fold(prices)
    for worked in product((False, True), repeat=days):
        number = sum(1 << d for d, works in enumerate(worked) if works)
        assert walked(step, cost, worked) == prices[number]
    for d in range(days + 1):
        futures = {tuple(prices[start :: 2**d]) for start in range(2**d)}
        assert alive[d] == sum(min(future) < inf for future in futures)
        assert step.shape == (days, int(alive.max()), 2)


def test_who_is_not_asked_has_one_state() -> None:
    """Groups differ, people with the same prices share a trail, everybody else has the first."""
    staff = [a_worker(id=f"w{n}", contract_group="own" if n % 2 else "standard") for n in range(5)]
    case = a_mini(MONDAY, 7, *staff)
    free = build(case, a_need(case)).week.staff
    assert free.trail_next.shape == (1, 7, 1, 2)
    assert not free.trail_next.any()
    pair = GroupRule("own", DaysTogether(HARD, days=((0, 1),)))
    own = build(replace(case, group_rules=(pair,)), a_need(case)).week.staff
    assert own.trail.tolist() == [0, 1, 0, 1, 0]
    assert own.trail_count.tolist() == [[1] * 8, [1, 2, 1, 1, 1, 1, 1, 1]]
    told = GroupRule("own", DaysTogether(Severity.WARN, days=((0, 1),)))
    quiet = build(replace(case, group_rules=(told,)), a_need(case)).week.staff
    assert quiet.trail.tolist() == [0] * 5
