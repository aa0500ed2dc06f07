"""A group's day by counts allows what some shifts give, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement as multisets
from itertools import product

import numpy as np

from planner.model.roster.unnamed.block import Work, add_block
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


def _least_missing(starts: tuple[int, ...], ends: tuple[int, ...], need: np.ndarray):
    """Return the price by the block's rows for given starts and ends; None if they are refused."""
    week = replace(WEEK, need=need)
    programme = Programme()
    workers = [Work(programme.column(1, least=1), programme.column(LONGEST)) for _ in starts]
    for work in workers:
        programme.row([(work.time, 1.0)], SHORTEST, LONGEST)
    block = add_block(programme, week, (GROUP, DAY), workers, settled=False)
    for by_cell, cells in ((block.starts, starts), (block.ends, ends)):
        for cell, column in by_cell.items():
            count = float(sum(one <= cell for one in cells))
            programme.row([(column, 1.0)], count, count)
    point = programme.best(10.0)
    return None if point is None else float(point @ programme.prices)


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
