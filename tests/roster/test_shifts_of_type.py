"""Shifts of a type: letters, counts, lines, pricing and search against checks and lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import inf

import numpy as np
import pytest

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import GroupRule, RosterRule, Severity
from planner.model.roster.day_sets import Trail, fold
from planner.model.roster.model import build
from planner.model.roster.type_counts import counted, joined
from planner.model.roster.type_letters import TypeTest, letters, types_by_letter
from planner.rules.audit import audit, lawful
from planner.rules.days_together import DaysTogether
from planner.rules.min_days_off_in_a_row import MinDaysOffInARow
from planner.rules.min_rest import MinRest
from planner.rules.shifts_of_type import ShiftsOfType, ShiftType
from planner.sim.streams import stream
from tests.roster.miniature import (
    TUESDAY,
    Shift,
    a_mini,
    a_need,
    a_roster,
    a_worker,
    accepts,
    letter_of,
    some_weeks,
)
from tests.roster.test_day_rules_in_the_search import FREE, SIX_HOURS, _solved, a_week
from tests.roster.test_pricing import _best_of_all

HARD, SOFT = Severity.HARD, Severity.SOFT
_ONE = np.ones((1, 1), np.int64)
MONDAY = TUESDAY.replace(day=8)
EARLY = ShiftType("early", 1, start_before_minute=480)
LATE = ShiftType("late", 1, end_after_minute=1050)
LONG = ShiftType("long", 0, min_paid_minutes=360)
AT_ALL = ShiftType("at all", 2, min_paid_minutes=1)
#: Early and long, long and late, late, none of them.
SHAPES = [
    Shift("north", 420, 840, 600),
    Shift("south", 780, 1200, 1020),
    Shift("north", 840, 1140, None),
    Shift("north", 600, 960, None),
]

#: Rules of everybody, and of the second person's group.
SETTINGS: dict[str, tuple[tuple[RosterRule, ...], tuple[RosterRule, ...]]] = {
    "late shifts": ((), (ShiftsOfType(HARD, types=(LATE,)),)),
    "late shifts at a price": ((), (ShiftsOfType(SOFT, price=3.0, types=(LATE,)),)),
    "three types": ((), (ShiftsOfType(HARD, types=(EARLY, LATE, LONG)),)),
    "three types at a price": ((), (ShiftsOfType(SOFT, types=(EARLY, LATE, LONG)),)),
    "other numbers for some": (
        (ShiftsOfType(HARD, types=(replace(LATE, most=2), AT_ALL)),),
        (ShiftsOfType(HARD, types=(replace(EARLY, most=0), replace(LATE, end_after_minute=1170))),),
    ),
    "a price for some": (
        (ShiftsOfType(HARD, types=(replace(LONG, most=1),)),),
        (ShiftsOfType(SOFT, price=0.5, types=(replace(LONG, end_after_minute=900), AT_ALL)),),
    ),
    "nobody else": ((ShiftsOfType(HARD, types=(EARLY,)),), (ShiftsOfType(types=(LATE,)),)),
    "with days together": (
        (DaysTogether(SOFT, price=4.0, days=((1, 2),)),),
        (ShiftsOfType(HARD, types=(LATE, EARLY)), DaysTogether(HARD, days=((2, 3),))),
    ),
    "with days off in a row at a price": (
        (ShiftsOfType(SOFT, price=2.0, types=(replace(LATE, most=0),)),),
        (ShiftsOfType(SOFT, types=(LATE,)), MinDaysOffInARow(SOFT, price=1.5)),
    ),
}


def two_groups(name: str) -> PlanningCase:
    """Return three days with one person of each group."""
    rules, own = SETTINGS[name]
    staff = (a_worker(**FREE), a_worker(**{"id": "w2", "contract_group": "own", **FREE}))
    case = a_mini(TUESDAY, 3, *staff)
    other = {rule.id: rule for rule in rules}
    return replace(
        case,
        rules=tuple(other.get(rule.id, rule) for rule in case.rules),
        group_rules=tuple(GroupRule("own", rule) for rule in own),
    )


@pytest.mark.parametrize("name", SETTINGS)
def test_lawful_lines_are_the_same_for_model_and_checks(name: str) -> None:
    """No unlawful line is accepted, no lawful one refused; the trail has the price of the rules."""
    case = two_groups(name)
    need, refused = a_need(case), []
    model = build(case, need)
    ours = {rule.id for rules in SETTINGS[name] for rule in rules}
    for e, who in enumerate(("w1", "w2")):
        trail = model.week.staff.trail[e]
        ways, cost = model.week.staff.trail_next[trail], model.week.staff.trail_cost[trail]
        for days in some_weeks(SHAPES, 3):
            findings = audit(a_roster(days, case, model, who), case, need)
            takes = accepts(model.week, e, days, model)
            assert takes == lawful(findings), days
            word = [letter_of(model.week, shift, model) for shift in days]
            priced = sum(f.penalty for f in findings if f.rule in ours)
            against = any(f.rule in ours and f.severity is HARD for f in findings)
            assert walked(ways, cost, word) == pytest.approx(inf if against else priced)
            refused += [against]
    assert any(refused) == any(r.severity is HARD for both in SETTINGS[name] for r in both)


def walked(step: np.ndarray, cost: np.ndarray, word: list[int]) -> float:
    """Return the price at the end of the way of a word through the states."""
    state = 0
    for d, letter in enumerate(word):
        state = int(step[d, state, letter])
        if state < 0:
            return inf
    return float(cost[state])


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


@pytest.mark.parametrize("severity", [HARD, SOFT])
def test_a_week_obeys_and_would_not_have_without(severity: Severity) -> None:
    """Over seven days the roster keeps the rule; the roster without the rule breaks it."""
    types = (replace(LATE, end_after_minute=960), replace(EARLY, start_before_minute=540, most=2))
    rule = ShiftsOfType(severity, price=200.0, types=types)
    kept = a_week(MONDAY, rule)
    need = a_need(kept)
    assert list(rule.check(_solved(kept, 0.1), kept, need)) == []
    assert list(rule.check(_solved(a_week(MONDAY), 0.1), kept, need)) != []


def _words(letters: int, days: int) -> Iterator[tuple[int, ...]]:
    yield from product(range(letters), repeat=days)


BY_LETTER: list[list[tuple[int, ...]]] = [
    [(), (), (0,)],
    [(), (0,), (1,), (0, 1)],
    [(), (0, 1), (1, 2)],
]


@pytest.mark.parametrize("severity", [HARD, SOFT])
@pytest.mark.parametrize("most", [(0, 1, 2), (1, 2, 0), (2, 2, 1), (9, 3, 1)])
@pytest.mark.parametrize("by_letter", BY_LETTER)
def test_counts_cost_what_counting_says(severity, most, by_letter) -> None:
    """Every word of five days costs what counting says; days with the same future are one."""
    rule = ShiftsOfType(severity, price=7.0, types=tuple(replace(LATE, most=m) for m in most))
    trail, days = counted(rule, by_letter, 5), 5
    prices = {word: _price(rule, by_letter, word) for word in _words(len(by_letter), days)}
    _is_smallest(trail, prices, len(by_letter))


def _price(rule: ShiftsOfType, by_letter: list[tuple[int, ...]], word: tuple[int, ...]) -> float:
    """Return the price of a word by counting."""
    seen = [n for letter in word for n in by_letter[letter]]
    over = sum(max(0, seen.count(n) - kind.most) for n, kind in enumerate(rule.types))
    return inf if over and rule.severity is HARD else rule.price * over


def _is_smallest(trail: Trail, prices: dict[tuple[int, ...], float], letters: int) -> None:
    """Assert that the trail has these prices, and as many states as there are futures."""
    days = len(trail.step)
    for word, price in prices.items():
        assert walked(trail.step, trail.cost, list(word)) == price
    for d in range(days + 1):
        ends = list(_words(letters, days - d))
        futures = {tuple(prices[begin + end] for end in ends) for begin in _words(letters, d)}
        assert trail.alive[d] == sum(min(future) < inf for future in futures)
    assert trail.step.shape == (days, int(trail.alive.max()), letters)


@pytest.mark.parametrize("seed", range(4))
def test_days_and_counts_together_have_both_prices(seed: int) -> None:
    """A word costs what its set of days and its counts cost, with the fewest states."""
    draw = stream(seed, 0, "prices")
    days, by_letter = 4, BY_LETTER[seed % 3]
    sets = draw.integers(0, 3, 2**days).astype(float)
    sets[draw.random(2**days) < 0.2] = inf
    sets[0] = 0.0
    rule = ShiftsOfType(SOFT if seed < 3 else HARD, price=4.0, types=(EARLY, LATE, LONG))
    trail = joined(fold(sets), counted(rule, by_letter, days))
    prices = {}
    for word in _words(len(by_letter), days):
        number = sum(1 << d for d, letter in enumerate(word) if letter)
        prices[word] = float(sets[number]) + _price(rule, by_letter, word)
    _is_smallest(trail, prices, len(by_letter))


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_letters_tell_the_types_of_every_shift(off: int) -> None:
    """Each start and end of every length is of the types that the check finds, to the minute.

    Ends at 17:00 are a class of their own: too late for a start at 7:00, not of the type.
    """
    types = (
        replace(EARLY, most=0, start_before_minute=540 + off),
        replace(LATE, most=0, end_after_minute=1020 + off),
        replace(LONG, most=0, min_paid_minutes=480 + off),
        replace(LONG, most=0, end_after_minute=900, start_before_minute=600 + off),
    )
    rules = [ShiftsOfType(HARD, types=(kind,)) for kind in types]
    rest = MinRest(hours=15)
    case = replace(a_mini(MONDAY, 2, a_worker()), rules=(replace(rules[0], types=types), rest))
    case = replace(case, shifts=ShiftRules(60, 240, 600, 420, 1200))
    model = build(case, a_need(case))
    grid, clock = model.week.grid, model.clock
    of = types_by_letter(types, clock, grid)
    kinds, seen = grid.letter.reshape(len(grid.span), len(grid.end_late), -1), set()
    for start, s in product(range(grid.cells), range(len(grid.span))):
        end = start + int(grid.span[s])
        if end > grid.cells:
            continue
        paid = int(grid.paid[s]) * clock.minutes
        worked = Roster((_shift(clock.minute(start), clock.minute(end), paid),))
        found = [n for n, r in enumerate(rules) if list(r.check(worked, case, a_need(case)))]
        letter = int(kinds[s, grid.end_class[end], grid.start_class[start]])
        assert list(of[letter]) == found
        seen.add(letter)
    assert of[0] == ()
    assert len(seen) > 5
    assert len(set(of[1:])) == len(of) - 1 == grid.letter.max()


def _shift(start: int, end: int, paid: int) -> Assignment:
    pieces = (
        Piece(start, start + paid, Activity.BACK_OFFICE),
        Piece(start + paid, end, Activity.BREAK),
    )
    return Assignment("w1", MONDAY, "north", start, end, tuple(p for p in pieces if p.minutes))


def test_where_nobody_asks_all_is_as_before() -> None:
    """Off, told only, without effect: one letter of work, one state, no other class of shifts."""
    case = two_groups("late shifts")
    free = build(replace(case, group_rules=()), a_need(case)).week
    assert set(free.grid.letter.tolist()) == {1}
    assert free.staff.trail_next.shape == (1, 3, 1, 2)
    kinds = len(free.grid.span) * len(free.grid.end_late) * free.grid.rested.shape[3]
    assert len(free.grid.letter) == kinds
    for rule in (ShiftsOfType(types=(LATE,)), ShiftsOfType(Severity.WARN, types=(LATE,))):
        told = build(replace(case, group_rules=(GroupRule("own", rule),)), a_need(case)).week
        for part, as_before in zip(
            (*told.grid, *told.staff), (*free.grid, *free.staff), strict=True
        ):
            assert np.array_equal(np.asarray(part), np.asarray(as_before))
    enough = ShiftsOfType(HARD, types=(replace(LATE, most=3), replace(EARLY, most=9)))
    wide = build(replace(case, group_rules=(GroupRule("own", enough),)), a_need(case)).week.staff
    assert letters((TypeTest(540, -1, 0),), [], _ONE, _ONE).tolist() == []
    assert wide.trail.tolist() == [0, 0]
    assert wide.trail_next.shape[:3] == (1, 3, 1)
    assert not wide.trail_next.any()


def test_people_with_the_same_prices_share_a_trail() -> None:
    """Two groups with one limit have one trail, another price or limit has another."""
    rules = [
        ShiftsOfType(SOFT, types=(LATE,)),
        ShiftsOfType(SOFT, types=(replace(LATE, name="other"),)),
        ShiftsOfType(SOFT, types=(LATE,), price=1.0),
        ShiftsOfType(SOFT, types=(replace(LATE, most=2),)),
        ShiftsOfType(Severity.OFF),
        ShiftsOfType(HARD, types=(LATE,)),
        ShiftsOfType(HARD, types=(replace(LATE, most=0),)),
    ]
    staff = [a_worker(id=f"w{n}", contract_group=f"g{n}") for n in range(7)]
    own = tuple(GroupRule(f"g{n}", rule) for n, rule in enumerate(rules))
    case = replace(a_mini(MONDAY, 7, *staff), group_rules=own)
    assert build(case, a_need(case)).week.staff.trail.tolist() == [1, 1, 2, 3, 0, 4, 5]
