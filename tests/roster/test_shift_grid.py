"""The shifts of the grid are those that the checks allow, one by one and one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import GroupRule, RosterRule, Severity
from planner.model.roster.arrays import Grid
from planner.model.roster.clockwork import clockwork
from planner.model.roster.shift_grid import night_rule, night_rules, shift_grid, spans_of
from planner.rules.break_minutes import BreakMinutes
from planner.rules.forbidden_succession import ForbiddenSuccession
from planner.rules.late_fairness import LateFairness
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.max_stretch import MaxStretch
from planner.rules.min_rest import MinRest
from planner.rules.shift_lengths import ShiftLengths
from tests.rules.cases import ANNA, MONDAY, SATURDAY, a_case

HARD, WARN, OFF = Severity.HARD, Severity.WARN, Severity.OFF
NOTHING = Requirement(30, (), (), ())
GRID = ShiftRules(30, 240, 630, 450, 1110)


def _shift(start: int, end: int, pause: int = 0, at: int = 0, day: date = MONDAY) -> Assignment:
    """Return Anna's shift with a break of ``pause`` minutes, ``at`` minutes after its start."""
    work, off = Activity.BACK_OFFICE, Activity.BREAK
    pieces = [(start, start + at, work), (start + at, start + at + pause, off)]
    pieces.append((start + at + pause, end, work))
    kept = tuple(Piece(*piece) for piece in pieces if piece[0] < piece[1])
    return Assignment("anna", day, "north", start, end, kept)


def _kept(case: PlanningCase, rules: tuple[RosterRule, ...], *shifts: Assignment) -> bool:
    """Tell whether none of the rules that bind finds anything."""
    roster = Roster.of(list(shifts))
    binding = [rule for rule in rules if rule.severity is HARD]
    return not any(list(rule.check(roster, case, NOTHING)) for rule in binding)


#: Times of shifts and the rules of a single shift.
SHAPES: dict[str, tuple[ShiftRules, tuple[RosterRule, ...]]] = {
    "as usual": (GRID, (BreakMinutes(), MaxStretch(), MaxDailyMinutes())),
    "long days": (
        replace(GRID, max_minutes=780, latest_minute=1320),
        (BreakMinutes(), MaxStretch(), MaxDailyMinutes(minutes=660)),
    ),
    "short days": (
        replace(GRID, min_minutes=100, max_minutes=500),
        (BreakMinutes(), MaxStretch(), MaxDailyMinutes(minutes=420)),
    ),
    "any length": (
        replace(GRID, min_minutes=0, start_step_minutes=60),
        (BreakMinutes(), MaxStretch(WARN), MaxDailyMinutes(OFF)),
    ),
    "no breaks": (GRID, (BreakMinutes(OFF), MaxStretch(OFF), MaxDailyMinutes())),
    "stretch alone": (GRID, (BreakMinutes(WARN), MaxStretch(minutes=240), MaxDailyMinutes())),
    "quarter hours": (
        ShiftRules(15, 240, 630, 480, 1140),
        (BreakMinutes(clear_minutes=40), MaxStretch(minutes=330), MaxDailyMinutes()),
    ),
    "long blocks": (
        ShiftRules(15, 235, 640, 480, 1140),
        (BreakMinutes(block_minutes=40, clear_minutes=0), MaxStretch(), MaxDailyMinutes()),
    ),
    "short stretches": (
        GRID,
        (BreakMinutes(clear_minutes=30), MaxStretch(minutes=150), MaxDailyMinutes()),
    ),
    "coarse and narrow": (
        ShiftRules(20, 240, 640, 460, 1120),
        (BreakMinutes(short_after=300, long_after=400), MaxStretch(minutes=270)),
    ),
    "clear of both ends": (
        ShiftRules(60, 240, 600, 480, 1140),
        (BreakMinutes(clear_minutes=150), MaxStretch(), MaxDailyMinutes()),
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_lengths_and_breaks(name: str) -> None:
    """Each length has the shortest break that the checks allow, wherever they allow it."""
    shifts, rules = SHAPES[name]
    case = replace(a_case(*rules), shifts=shifts)
    step, expected = shifts.start_step_minutes, []
    pauses = [0, *range(-(-_least(rules) // step) * step, 400, step)]
    within = (*(r for r in rules if not isinstance(r, MaxDailyMinutes)), ShiftLengths())
    for length in range(step, 800, step):
        start = (shifts.latest_minute - length) // step * step  # as late as it may be
        found = next(filter(None, (_places(case, within, start, length, p) for p in pauses)), [])
        if found and _kept(case, rules, _shift(start, start + length, *found[0])):
            expected.append((length, found))
    spans = [
        (s.length, [(s.pause, at) for at in range(s.first, s.last + 1, step)] or [(0, 0)])
        for s in spans_of(case)
    ]
    assert spans == expected
    assert len(spans) > 3


def _least(rules: tuple[RosterRule, ...]) -> int:
    """Return the shortest break: a block, if there is such a rule (a shorter one is none)."""
    law = [r for r in rules if isinstance(r, BreakMinutes) and r.severity is HARD]
    return law[0].block_minutes if law else 1


def _places(
    case: PlanningCase, rules: tuple[RosterRule, ...], start: int, length: int, pause: int
) -> list[tuple[int, int]]:
    """Return the break with every place where the rules allow it, in minutes after the start."""
    step = case.shifts.start_step_minutes
    places = range(step, length - pause, step) if pause else [0]
    shifts = {at: _shift(start, start + length, pause, at) for at in places}
    return [(pause, at) for at, shift in shifts.items() if _kept(case, rules, shift)]


def test_a_group_with_longer_days_keeps_long_shifts_in_the_grid() -> None:
    """A length that anybody may work exists; each person's own limit is elsewhere."""
    case = a_case(BreakMinutes(), MaxStretch(), MaxDailyMinutes(minutes=300))
    assert spans_of(case)[-1].length == 300
    for rule, most in ((MaxDailyMinutes(minutes=360), 390), (MaxDailyMinutes(OFF), 630)):
        grouped = replace(case, group_rules=(GroupRule("own", rule),))
        assert spans_of(grouped)[-1].length == most


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("slot", [30, 20])
def test_every_shift_of_the_day(name: str, slot: int) -> None:
    """On cells finer than the step too: a shift is in the grid if the checks allow it, else not."""
    shifts, rules = SHAPES[name]
    case = replace(a_case(*rules), shifts=shifts)
    clock = clockwork(case, replace(NOTHING, slot_minutes=slot))
    grid = shift_grid(case, clock)
    spans = {span.length: span for span in spans_of(case)}
    for first, last in product(range(clock.cells + 1), repeat=2):
        start, end = clock.minute(first), clock.minute(last)
        span = spans.get(end - start)
        lawful = span is not None and _kept(
            case, (ShiftLengths(),), _shift(start, end, span.pause, span.first)
        )
        there = grid.start_on[first] and grid.end_on[last] and last - first in grid.span
        assert bool(there) == lawful
    sizes = [(s.length, s.length - s.pause, s.pause, s.first, s.last) for s in spans.values()]
    parts = (grid.span, grid.paid, grid.pause, grid.pause_first, grid.pause_last)
    for size, *cells in zip(sizes, *parts, strict=True):
        *lengths, latest = [cell * clock.minutes for cell in cells]
        assert (*lengths, latest) == size or size[4] == -1 == cells[4]
    steps = [clock.minute(c) % shifts.start_step_minutes == 0 for c in range(clock.cells + 1)]
    assert grid.pause_on.tolist() == steps
    assert (grid.days, grid.cells) == (7, clock.cells)


#: What holds between two days, for everybody and for a group of its own.
NIGHTS: dict[str, tuple[tuple[RosterRule, ...], tuple[RosterRule, ...]]] = {
    "as usual": ((MinRest(),), ()),
    "longer for some": ((MinRest(),), (MinRest(hours=14.5),)),
    "none for some": ((MinRest(),), (MinRest(OFF),)),
    "only told": ((MinRest(WARN), ForbiddenSuccession()), ()),
    "no early after late": ((MinRest(hours=9.0), ForbiddenSuccession(HARD)), ()),
    "by the clock alone": (
        (MinRest(OFF), ForbiddenSuccession(HARD, late_end_minute=1020, early_start_minute=570)),
        (ForbiddenSuccession(HARD, late_end_minute=960, early_start_minute=600), MinRest()),
    ),
}


@pytest.mark.parametrize("name", NIGHTS)
@pytest.mark.parametrize("first_day", [SATURDAY, date(2024, 10, 25)])
def test_what_may_follow_what(name: str, first_day: date) -> None:
    """Every end before every start, as the checks have it, also when the clock changes."""
    rules, own = NIGHTS[name]
    case = a_case(*rules, LateFairness(per_week=0.0), staff=(ANNA,))
    case = replace(
        case,
        horizon=replace(case.horizon, first_day=first_day, days=3),
        shifts=ShiftRules(60, 240, 660, 360, 1320),
        group_rules=tuple(GroupRule("own", rule) for rule in own),
    )
    clock = clockwork(case, replace(NOTHING, slot_minutes=60))
    grid, nights = shift_grid(case, clock), night_rules(case)
    days = case.horizon.dates
    for group, d in product(("", "own"), range(3)):
        r = nights.index(night_rule(case, group))
        binding = own if group and own else rules
        here = (*binding, *(x for x in rules if type(x) not in map(type, binding)))
        for end, start in product(range(clock.cells + 1), repeat=2):
            if not d:
                assert _may_follow(grid, r, d, end, start)
                continue
            before = _shift(clock.minute(end) - 60, clock.minute(end), day=days[d - 1])
            after = _shift(clock.minute(start), clock.minute(start) + 60, day=days[d])
            assert _may_follow(grid, r, d, end, start) == _kept(case, here, before, after)
    assert grid.rested[:, :, 0].all()
    for end in range(clock.cells + 1):
        late = bool(grid.end_late[grid.end_class[end]])
        found = LateFairness(per_week=0.0).check(
            Roster((_shift(360, clock.minute(end), day=days[0]),)), case, NOTHING
        )
        assert late == any(finding.measured for finding in found)


def _may_follow(grid: Grid, r: int, d: int, end: int, start: int) -> bool:
    night = grid.end_night[grid.end_class[end]]
    return bool(grid.rested[r, d, night, grid.start_class[start]])


def test_nights_without_rules_are_one_class() -> None:
    """Where nothing lies between two days, pricing has no night to remember."""
    case = a_case(MinRest(OFF), LateFairness())
    grid = shift_grid(case, clockwork(case, NOTHING))
    assert grid.rested.shape == (1, 7, 1, 1)
    assert grid.rested.all()
    assert grid.end_night.tolist() == [0, 0]
    assert sorted(grid.end_late.tolist()) == [False, True]
    told = shift_grid(a_case(MinRest(OFF)), clockwork(case, NOTHING))
    assert not np.any(told.end_late)
    assert case.horizon.dates[1] == MONDAY + timedelta(days=1)


def test_lawful_numbers_in_the_order_of_night_rules() -> None:
    """Each distinct pair of rest and succession once, whatever groups it has."""
    own = (GroupRule("a", MinRest(hours=14.0)), GroupRule("b", MinRest(hours=14.0)))
    case = replace(a_case(MinRest(), ForbiddenSuccession(HARD)), group_rules=own)
    assert night_rules(case) == ((11.0, 1050, 540), (14.0, 1050, 540))
    assert night_rule(case, "b") == (14.0, 1050, 540)
    assert night_rule(a_case(LateFairness()), "")[0::2] == (0.0, 0)
