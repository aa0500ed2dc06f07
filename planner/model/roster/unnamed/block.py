"""A block: what one group gives on one day, by how many have started and ended by each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from planner.model.roster.unnamed.plain_week import PlainWeek
from planner.model.roster.unnamed.programme import ANY, Programme

#: Price of two people starting, or ending, at the same cell, as a share of a missing person's:
#: starts and ends that differ can be exchanged in many ways (``compiled_exchange``).
CROWDED = 1e-3


@dataclass(frozen=True)
class Block:
    """Columns of a group's day.

    Attributes
    ----------
    starts, ends : dict of int to int
        Cell to the column of how many have started at or before it, ended at or before it.
    """

    starts: dict[int, int]
    ends: dict[int, int]


@dataclass(frozen=True)
class Work:
    """Columns of one employee's day in a group.

    Attributes
    ----------
    works, time : int
        Columns: 1 if e works there on that day, and the length of the shift [cells].
    """

    works: int
    time: int


def add_block(
    programme: Programme,
    plain: PlainWeek,
    key: tuple[int, int],
    workers: Sequence[Work],
    settled: bool,
) -> Block:
    """Add the rows of a group's day and return its columns.

    First to come, first to go: the k-th start is paired with the k-th end, and if any pairing has
    lengths between the shortest and the longest shift, this one has.  So with S and E the numbers
    started and ended, E(c + shortest) <= S(c) <= E(c + longest); people present in cell c are
    S(c) - E(c), and over the day they are the cells worked.

    Parameters
    ----------
    settled : bool
        Whether numbers must be whole; then starts and ends are also spread.
    """
    group, day = key
    first, last = int(plain.first[group, day]), int(plain.last[group, day])
    price = float(plain.short[group] + plain.over[group])
    latest, soonest, most = last - plain.shortest, first + plain.shortest, len(workers)
    block = Block(
        {c: programme.column(most, whole=settled) for c in range(first, latest + 1)},
        {c: programme.column(most, whole=settled) for c in range(soonest, last + 1)},
    )
    for by_cell in (block.starts, block.ends):
        _add_growth(programme, by_cell, CROWDED * price if settled else 0.0)
        gone = [(work.works, -1.0) for work in workers]
        programme.row([(by_cell[max(by_cell)], 1.0), *gone], 0.0, 0.0)
    for cell, started in block.starts.items():
        programme.row([(started, 1.0), (block.ends[cell + plain.shortest], -1.0)], 0.0, ANY)
        if cell + plain.longest <= last:
            programme.row([(block.ends[cell + plain.longest], 1.0), (started, -1.0)], 0.0, ANY)
    _add_cover(programme, plain, key, block, [work.time for work in workers])
    return block


def _add_growth(programme: Programme, by_cell: dict[int, int], crowded: float) -> None:
    """Post that numbers never fall, and what it costs if they rise by more than one."""
    before: list[tuple[int, float]] = []
    for column in by_cell.values():
        programme.row([(column, 1.0), *before], 0.0, ANY)
        if crowded:
            beyond = programme.column(ANY, crowded)
            less = [(number, -factor) for number, factor in before]
            programme.row([(beyond, 1.0), (column, -1.0), *less], -1.0, ANY)
        before = [(column, -1.0)]


def _add_cover(
    programme: Programme,
    plain: PlainWeek,
    key: tuple[int, int],
    block: Block,
    times: Sequence[int],
) -> None:
    """Post what is missing in each cell, and that people's times are the cells worked."""
    group, day = key
    worked: Counter[int] = Counter()
    price = float(plain.short[group] + plain.over[group])
    latest = max(block.starts)
    for cell in range(int(plain.first[group, day]), int(plain.last[group, day])):
        present = [(block.starts[min(cell, latest)], 1.0)]
        if cell in block.ends:
            present.append((block.ends[cell], -1.0))
        for column, factor in present:
            worked[column] += int(factor)
        need = float(plain.need[group, day, cell])
        if need > 0:
            missing = programme.column(need, price)
            programme.row([*present, (missing, 1.0)], need, ANY)
    cells = [(column, float(factor)) for column, factor in worked.items()]
    programme.row([*cells, *((time, -1.0) for time in times)], 0.0, 0.0)
