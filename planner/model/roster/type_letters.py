"""Posting of the rule about types of shift, first part: the letter of every kind of shift.

A letter is a set of types: shifts that pass the same tests of all types that the case counts for
anybody have the same letter, from 1 on; 0 is a day off.  Where no case counts, every shift has
letter 1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.domain.case import PlanningCase
from planner.model.roster.arrays import Bools, Grid, Ints
from planner.model.roster.clockwork import Clockwork
from planner.model.roster.postings import posted_anywhere
from planner.rules.shifts_of_type import ShiftsOfType, ShiftType

_DAY = 1_440


class TypeTest(NamedTuple):
    """Start before ``early``, end after ``late``, ``paid`` minutes of work at least [min]."""

    early: int
    late: int
    paid: int


def type_test(kind: ShiftType) -> TypeTest:
    """Return the test of a type; what is not asked is passed by every shift."""
    early, late, paid = kind.start_before_minute, kind.end_after_minute, kind.min_paid_minutes
    return TypeTest(
        2 * _DAY if early is None else early,
        -1 if late is None else late,
        0 if paid is None else paid,
    )


def type_tests(case: PlanningCase) -> tuple[TypeTest, ...]:
    """Return the test of every type that is counted for somebody, in one order."""
    rules = posted_anywhere(case, ShiftsOfType)
    return tuple(sorted({type_test(kind) for rule in rules for kind in rule.types}))


def early_tests(tests: tuple[TypeTest, ...], borders: Ints) -> Bools:
    """Return which starts pass each test; bool (borders, tests)."""
    early = np.array([test.early for test in tests], np.int64)
    return borders[:, None] < early


def late_tests(tests: tuple[TypeTest, ...], borders: Ints) -> Bools:
    """Return which ends pass each test; bool (borders, tests)."""
    late = np.array([test.late for test in tests], np.int64)
    return borders[:, None] > late


def letters(tests: tuple[TypeTest, ...], paid: list[int], ends: Ints, starts: Ints) -> Ints:
    """Return the letter of every kind.

    Parameters
    ----------
    paid : list of int
        Paid minutes of the spans.
    ends, starts : int64 (classes, tests)
        Whether the classes of ends and starts pass the tests.
    """
    kinds = len(paid) * len(ends) * len(starts)
    if not tests or not kinds:
        return np.ones(kinds, np.int64)
    least = np.array([test.paid for test in tests])
    long = np.array(paid)[:, None] >= least
    passed = long[:, None, None] & (ends[:, None] & starts[None, :]).astype(np.bool_)
    _, letter = np.unique(passed.reshape(kinds, -1), axis=0, return_inverse=True)
    return 1 + letter.astype(np.int64).reshape(-1)


def types_by_letter(
    types: tuple[ShiftType, ...], clock: Clockwork, grid: Grid
) -> list[tuple[int, ...]]:
    """Return which of ``types`` a day of each letter is of, the day off first."""
    found: list[tuple[int, ...]] = [()]
    shape = len(grid.span), len(grid.end_late), int(grid.rested.shape[3])
    _, kinds = np.unique(grid.letter, return_index=True)
    for s, end, start in zip(*np.unravel_index(kinds, shape), strict=True):
        ends = clock.minute(int(np.argmax(grid.end_class == end)))
        starts = clock.minute(int(np.argmax(grid.start_class == start)))
        paid = int(grid.paid[s]) * clock.minutes
        found.append(tuple(n for n, kind in enumerate(types) if _is_of(kind, starts, ends, paid)))
    return found


def _is_of(kind: ShiftType, start: int, end: int, paid: int) -> bool:
    test = type_test(kind)
    return start < test.early and end > test.late and paid >= test.paid
