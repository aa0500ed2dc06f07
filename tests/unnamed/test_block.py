"""A group's day by counts allows what some shifts give, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement as multisets
from itertools import product

import numpy as np
import pytest

from planner.model.roster.unnamed.block import CROWDED, Work, add_block
from planner.model.roster.unnamed.programme import Programme
from tests.unnamed.plain_weeks import LONGEST, SHORTEST, random_plain_week

WEEK = random_plain_week(1)
#: A day that is open from cell 1 to cell 7.
GROUP, DAY, FIRST, LAST = 0, 0, 1, 7
SHIFTS = [
    (start, end)
    for start, end in product(range(FIRST, LAST), range(FIRST, LAST + 1))
    if SHORTEST <= end - start <= LONGEST
]


def _until(cells: tuple[int, ...], first: int, last: int) -> dict[int, int]:
    """Return how many of ``cells`` lie at or before each cell."""
    return {cell: sum(one <= cell for one in cells) for cell in range(first, last + 1)}


def _price(
    started: dict[int, int],
    ended: dict[int, int],
    need: np.ndarray,
    times: tuple[int | None, ...],
    settled: bool = False,
) -> float | None:
    """Return the price by the block's rows for given numbers; None if they are refused.

    One worker for each of ``times``, who works so many cells, or anything where it is None.
    """
    week = replace(WEEK, need=need)
    programme = Programme()
    workers = [Work(programme.column(1, least=1), programme.column(LONGEST)) for _ in times]
    for work, time in zip(workers, times, strict=True):
        programme.row([(work.time, 1.0)], time or SHORTEST, time or LONGEST)
    block = add_block(programme, week, (GROUP, DAY), workers, settled)
    assert list(block.starts) == list(range(FIRST, LAST - SHORTEST + 1))
    assert list(block.ends) == list(range(FIRST + SHORTEST, LAST + 1))
    for by_cell, numbers in ((block.starts, started), (block.ends, ended)):
        for cell, column in by_cell.items():
            programme.row([(column, 1.0)], numbers[cell], numbers[cell])
    point = programme.best(10.0)
    return None if point is None else float(point @ programme.prices)


def _least_missing(
    starts: tuple[int, ...], ends: tuple[int, ...], need: np.ndarray, settled: bool = False
) -> float | None:
    """Return the price of starts and ends; None if they are refused."""
    last = LAST - SHORTEST
    started, ended = _until(starts, FIRST, last), _until(ends, FIRST + SHORTEST, LAST)
    return _price(started, ended, need, (None,) * len(starts), settled)


def test_counts_that_are_allowed_are_those_of_shifts() -> None:
    """Starts and ends of two shifts are allowed if and only if some pairing has lawful lengths."""
    lawful = {
        (tuple(sorted(s for s, _ in pair)), tuple(sorted(e for _, e in pair)))
        for pair in multisets(SHIFTS, 2)
    }
    need = np.zeros_like(WEEK.need)
    starts = multisets(range(FIRST, LAST - SHORTEST + 1), 2)
    ends = list(multisets(range(FIRST + SHORTEST, LAST + 1), 2))
    seen = 0
    for begin, over in product(starts, ends):
        allowed = _least_missing(begin, over, need) is not None
        assert allowed == ((begin, over) in lawful), (begin, over)
        seen += allowed
    assert seen == len(lawful)


def test_what_is_missing_is_counted_by_cell() -> None:
    """The price is that of people missing, whoever has which shift."""
    need = np.zeros_like(WEEK.need)
    need[GROUP, DAY] = [0, 1, 2, 2, 1, 1, 1]
    # from 1 to 3 and from 2 to 6: one person short in cells 3 and 6, none beyond
    missing = _least_missing((1, 2), (3, 6), need)
    assert missing == (10.0 + 1.0) * 2


def test_people_who_start_or_end_together_cost_a_little_if_settled() -> None:
    """Three start together and two end together: three beyond the first, a thousandth each."""
    need = np.zeros_like(WEEK.need)
    assert _least_missing((2, 2, 2), (4, 5, 5), need) == 0.0
    price = _least_missing((2, 2, 2), (4, 5, 5), need, settled=True)
    assert price == pytest.approx(3 * CROWDED * (10.0 + 1.0))
    assert _least_missing((1, 2, 3), (3, 4, 5), need, settled=True) == 0.0
    assert pytest.approx(0.001) == CROWDED


def test_numbers_never_fall() -> None:
    """Nobody who has started is there no more; nobody who has ended comes back."""
    need = np.zeros_like(WEEK.need)
    falls = {1: 1, 2: 0, 3: 1, 4: 1, 5: 1}
    assert _price(falls, _until((5,), 3, 7), need, (None,)) is None
    back = {3: 1, 4: 0, 5: 1, 6: 1, 7: 1}
    assert _price(_until((1,), 1, 5), back, need, (None,)) is None
    two = {1: 2, 2: 1, 3: 2, 4: 2, 5: 2}
    assert _price(two, _until((5, 5), 3, 7), need, (None, None)) is None


def test_as_many_start_and_end_as_work() -> None:
    """Neither more nor fewer shifts than people."""
    need = np.zeros_like(WEEK.need)
    for starts, ends in (((1, 1), (3, 3)), ((1,), (3,)), ((1, 1, 1), (3, 3, 3))):
        started, ended = _until(starts, 1, 5), _until(ends, 3, 7)
        assert (_price(started, ended, need, (None, None)) is not None) == (len(starts) == 2)


def test_times_are_the_cells_worked() -> None:
    """The cells between starts and ends are those of people's times, no more and no fewer."""
    need = np.zeros_like(WEEK.need)
    for time in (2, 3, 4):
        found = _price(_until((2,), 1, 5), _until((5,), 3, 7), need, (time,))
        assert (found is not None) == (time == 3)


def test_settled_numbers_are_whole() -> None:
    """Half a shift early and half a late one would miss less: not if numbers are whole."""
    need = np.zeros_like(WEEK.need)
    week = replace(WEEK, need=need)
    for settled in (False, True):
        programme = Programme()
        work = Work(programme.column(1, least=1), programme.column(LONGEST))
        block = add_block(programme, week, (GROUP, DAY), [work], settled)
        for column in (block.starts[1], block.ends[3]):
            programme.row([(column, 1.0)], 0.25, 0.75)
        assert (programme.best(10.0) is None) == settled
