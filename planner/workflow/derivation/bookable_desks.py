"""Spread a site's bookable desk hours over its opening hours, as whole desks by the hour.

The nominal staffing behind the appointment book is stated as desk hours a week per location
(``derivation/bookable_hours.csv``); here it becomes the rows of ``appointment_desks``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BLOCK_MINUTES = 60


@dataclass(frozen=True, slots=True)
class DeskBlock:
    """``desks`` bookable desks on ``weekday`` (0 Monday) in ``[start, end)`` [min]."""

    weekday: int
    start: int
    end: int
    desks: int


def spread_desks(
    intervals: Sequence[tuple[int, int, int]], hours: float, most: int, edge: float
) -> list[DeskBlock]:
    """Return whole desks by block whose desk hours sum to ``hours`` within half a desk.

    Parameters
    ----------
    intervals : sequence of (weekday, start, end)
        Open intervals of the week [min], in order.
    hours : float
        Bookable desk hours a week [h].
    most : int
        Desks of the location that may take appointments.
    edge : float
        Weight of the first and the last block of an interval against the others.

    Notes
    -----
    The fraction of a desk is carried over from block to block, so that no hour of the week is
    systematically rounded down.
    """
    blocks = [block for interval in intervals for block in _blocks(interval, edge)]
    weight_hours = sum(weight * (end - start) / 60 for _, start, end, weight in blocks)
    spread: list[DeskBlock] = []
    carried = 0.0
    for weekday, start, end, weight in blocks:
        exact = hours * weight / weight_hours + carried
        desks = min(most, max(0, round(exact)))
        carried = max(-1.0, min(1.0, exact - desks))
        spread.append(DeskBlock(weekday, start, end, desks))
    return merged(spread)


def merged(blocks: Sequence[DeskBlock]) -> list[DeskBlock]:
    """Join blocks that follow each other with the same desks; drop blocks without a desk."""
    joined: list[DeskBlock] = []
    for block in blocks:
        if joined and _continues(joined[-1], block):
            last = joined.pop()
            block = DeskBlock(last.weekday, last.start, block.end, last.desks)
        joined.append(block)
    return [block for block in joined if block.desks > 0]


def _continues(last: DeskBlock, block: DeskBlock) -> bool:
    return (last.weekday, last.end, last.desks) == (block.weekday, block.start, block.desks)


def _blocks(interval: tuple[int, int, int], edge: float) -> list[tuple[int, int, int, float]]:
    weekday, start, end = interval
    starts = list(range(start, end, BLOCK_MINUTES))
    rims = {starts[0], starts[-1]}
    return [
        (weekday, at, min(end, at + BLOCK_MINUTES), edge if at in rims else 1.0) for at in starts
    ]
