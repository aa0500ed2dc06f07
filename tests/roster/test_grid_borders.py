"""The borders of the grid, quickly: a day of a few minutes, starts off the step, classes of rest.

Every length, break and border of a small day is asked of the checks of the rules of a shift.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.requirement import Requirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import GroupRule, RosterRule, Severity
from planner.model.roster.clockwork import clockwork
from planner.model.roster.shift_grid import Span, night_rule, night_rules, shift_grid, spans_of
from planner.rules.break_minutes import BreakMinutes
from planner.rules.forbidden_succession import ForbiddenSuccession
from planner.rules.late_fairness import LateFairness
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.max_stretch import MaxStretch
from planner.rules.min_rest import MinRest
from planner.rules.shift_lengths import ShiftLengths
from tests.rules.cases import MONDAY, TUESDAY, a_case

OFF, HARD = Severity.OFF, Severity.HARD
NOTHING = Requirement(60, (), (), ())
FROM = 480
#: Breaks of 1 and 3 minutes after 4 and 7 of work; what is shorter than 2 is none.
LAW = BreakMinutes(
    short_after=4,
    short_minutes=1,
    long_after=7,
    long_minutes=3,
    block_minutes=2,
    clear_minutes=0,
)


def _day(step: int, shortest: int, longest: int, *rules: RosterRule) -> PlanningCase:
    """Return the case of a day that is as long as its longest shift."""
    return replace(a_case(*rules), shifts=ShiftRules(step, shortest, longest, FROM, FROM + longest))


#: Days of a few minutes: by the minute or in steps, with and without each rule of a shift.
DAYS: dict[str, PlanningCase] = {
    "breaks anywhere": _day(1, 0, 14, LAW, MaxStretch(OFF), MaxDailyMinutes(OFF)),
    "clear of the ends": _day(
        1, 0, 14, replace(LAW, clear_minutes=2), MaxStretch(minutes=4), MaxDailyMinutes(minutes=8)
    ),
    "stretch alone": _day(1, 3, 12, BreakMinutes(OFF), MaxStretch(minutes=5)),
    "one place for the break": _day(1, 2, 12, LAW, MaxStretch(minutes=4)),
    "long blocks": _day(1, 1, 13, replace(LAW, block_minutes=4), MaxStretch(minutes=6)),
    "in steps": _day(3, 4, 26, replace(LAW, clear_minutes=4), MaxStretch(minutes=11)),
    "coarse steps": _day(4, 0, 30, replace(LAW, clear_minutes=9, long_minutes=7), MaxStretch(OFF)),
}


@pytest.mark.parametrize("name", DAYS)
def test_every_length_of_a_few_minutes(name: str) -> None:
    """The shortest break that counts, from the first to the last place the checks allow."""
    case = DAYS[name]
    expected = [
        span
        for length in range(0, 40, case.shifts.start_step_minutes)
        if (span := _by_the_checks(case, length)) is not None
    ]
    assert spans_of(case) == expected
    grid = shift_grid(case, clockwork(case, replace(NOTHING, slot_minutes=1)))
    parts = (grid.span, grid.pause, grid.pause_first, grid.pause_last)
    cells = [tuple(row) for row in np.array(parts).T.tolist()]
    assert cells == [(s.length, s.pause, s.first, s.last) for s in expected]
    assert grid.paid.tolist() == [s.length - s.pause for s in expected]


def _by_the_checks(case: PlanningCase, length: int) -> Span | None:
    """Return the length with its shortest break as the checks have it, None if they have none.

    Work lies before and after a break; without a break there is no place for one.
    """
    step, block = case.shifts.start_step_minutes, _block(case)
    for pause in (0, *range(max(step, -(-block // step) * step), length, step)):
        places = range(step, length - pause, step) if pause else [0]
        shifts = {at: _shift(length, pause, at) for at in places}
        found = [at for at in places if _kept(case, shifts[at], but=MaxDailyMinutes)]
        if found and _kept(case, shifts[found[0]]):
            assert found == list(range(found[0], found[-1] + 1, step))
            return Span(length, pause, found[0], found[-1]) if pause else Span(length, 0, 0, -1)
        if found:
            return None
    return None


def _block(case: PlanningCase) -> int:
    """Return the shortest break that is one [min]."""
    law = [r for r in case.rules if isinstance(r, BreakMinutes) and r.severity is HARD]
    return law[0].block_minutes if law else 1


def _shift(length: int, pause: int, at: int) -> Assignment:
    """Return a shift from the beginning of the day, with a break ``at`` minutes after it."""
    work, begun = Activity.BACK_OFFICE, FROM + at + pause
    parts = [Piece(FROM, FROM + at, work), Piece(FROM + at, begun, Activity.BREAK)]
    parts.append(Piece(begun, FROM + length, work))
    kept = tuple(piece for piece in parts if piece.minutes)
    return Assignment("anna", MONDAY, "north", FROM, FROM + length, kept)


def _kept(case: PlanningCase, shift: Assignment, but: type | None = None) -> bool:
    """Tell whether the shift exists and no binding rule but one finds anything."""
    if not shift.pieces:
        return False
    rules = [rule for rule in case.rules if rule.severity is HARD and type(rule) is not but]
    roster = Roster((shift,))
    return not any(list(r.check(roster, case, NOTHING)) for r in (*rules, ShiftLengths()))


@pytest.mark.parametrize(("earliest", "latest"), [(450, 1110), (455, 1105), (440, 1120)])
def test_starts_and_ends_lie_on_the_step_within_the_day(earliest: int, latest: int) -> None:
    """A cell finer than the step is a start or an end only if the check of shifts has it so."""
    case = replace(a_case(LateFairness()), shifts=ShiftRules(30, 60, 900, earliest, latest))
    clock = clockwork(case, replace(NOTHING, slot_minutes=20))
    grid = shift_grid(case, clock)
    borders = [clock.minute(c) for c in range(clock.cells + 1)]
    assert (clock.minutes, len(grid.start_on), len(grid.end_on)) == (10, len(borders), len(borders))
    no_end = replace(case, shifts=replace(case.shifts, latest_minute=2000))
    no_start = replace(case, shifts=replace(case.shifts, earliest_minute=0))
    for c, minute in enumerate(borders):
        starts = replace(_shift(90, 0, 0), start_minute=minute, end_minute=minute + 90)
        ends = replace(starts, start_minute=minute - 90, end_minute=minute)
        assert grid.start_on[c] == _exists(no_end, starts)
        assert grid.end_on[c] == _exists(no_start, ends)


def _exists(case: PlanningCase, shift: Assignment) -> bool:
    return not list(ShiftLengths().check(Roster((shift,)), case, NOTHING))


@pytest.mark.parametrize("late_end", [1019, 1020, 1021, 1080])
def test_a_shift_is_late_that_ends_after_the_time_of_the_rule(late_end: int) -> None:
    """The shift that ends at that very minute is not late, as the check has it."""
    rule = LateFairness(per_week=0.0, late_end_minute=late_end)
    case = replace(a_case(rule), shifts=ShiftRules(60, 240, 660, 720, 1140))
    clock = clockwork(case, NOTHING)
    grid, late = shift_grid(case, clock), []
    for c in range(clock.cells + 1):
        end = clock.minute(c)
        shift = replace(_shift(60, 0, 0), start_minute=end - 60, end_minute=end)
        found = list(rule.check(Roster((shift,)), case, NOTHING))
        late.append(bool(found))
    assert grid.end_late[grid.end_class].tolist() == late
    assert set(late) == {True, False}


def test_groups_that_are_late_at_different_times() -> None:
    """More classes of ends than of starts: each group's own check says what may follow."""
    early = 600
    rules = [ForbiddenSuccession(HARD, late, early) for late in (900, 960, 1020, 1080)]
    groups = {f"g{n}" if n else "": rule for n, rule in enumerate(rules)}
    own = tuple(GroupRule(group, rule) for group, rule in groups.items() if group)
    case = replace(a_case(rules[0]), shifts=ShiftRules(60, 240, 660, 540, 1140), group_rules=own)
    clock = clockwork(case, NOTHING)
    grid = shift_grid(case, clock)
    assert len(grid.end_late) > grid.rested.shape[3] + 1
    for group, rule in groups.items():
        r = night_rules(case).index(night_rule(case, group))
        for end, start in np.ndindex(clock.cells + 1, clock.cells + 1):
            before = replace(_shift(60, 0, 0), end_minute=clock.minute(end))
            after = replace(before, day=TUESDAY, start_minute=clock.minute(start))
            found = list(rule.check(Roster((before, after)), case, NOTHING))
            night = grid.end_night[grid.end_class[end]]
            assert grid.rested[r, 1, night, grid.start_class[start]] == (not found)


@pytest.mark.parametrize(
    "rules",
    [
        (MinRest(OFF),),
        (MinRest(),),
        (MinRest(), LateFairness()),
        (MinRest(OFF), ForbiddenSuccession(HARD)),
    ],
)
def test_each_class_is_there_for_some_shift(rules: tuple[RosterRule, ...]) -> None:
    """Nights are a day off and one for each class of ends, or the day off alone; none is idle."""
    case = replace(a_case(*rules), shifts=ShiftRules(60, 240, 660, 360, 1320))
    grid = shift_grid(case, clockwork(case, NOTHING))
    rests, days, nights, starts = grid.rested.shape
    assert (rests, days) == (len(night_rules(case)), 7)
    assert {0, *grid.end_night.tolist()} == set(range(nights))
    assert set(grid.start_class.tolist()) == set(range(starts))
    assert set(grid.end_class.tolist()) == set(range(len(grid.end_late)))
    assert len(grid.end_night) == len(grid.end_late)
    assert len(grid.start_class) == len(grid.end_class) == grid.cells + 1
    seen = {
        (bool(late), *grid.rested[:, :, night].reshape(-1).tolist())
        for late, night in zip(grid.end_late, grid.end_night, strict=True)
    }
    assert len(seen) == len(grid.end_late)
