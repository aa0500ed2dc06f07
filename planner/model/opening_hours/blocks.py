"""Parts of the week that customers wish for, and how much of them a day's hours cover.

Early is before 9:00, late after 17:00 (two hours each count in full), core lies between, and
Saturday counts in full from four hours on.  All of them are counted in minutes.
"""

from __future__ import annotations

from enum import IntEnum

from planner.domain.place import Interval

#: Hours of one day in order; empty: closed.
DayHours = tuple[Interval, ...]

WORK_START, WORK_END = 9 * 60, 17 * 60
WEEKDAYS = 5
SATURDAY = 5
#: Days that are decided: Monday to Saturday.
DAYS = 6


class Block(IntEnum):
    """A part of the week."""

    EARLY = 0
    CORE = 1
    LATE = 2
    SATURDAY = 3


#: Minutes of a block that count, on one day.
FULL_MINUTES = (120, WORK_END - WORK_START, 120, 240)
#: (weekday, block) of the occasions outside 9:00 to 17:00.
OCCASIONS = (
    *((day, Block.EARLY) for day in range(WEEKDAYS)),
    *((day, Block.LATE) for day in range(WEEKDAYS)),
    (SATURDAY, Block.SATURDAY),
)


def minutes(hours: DayHours) -> int:
    """Return the open minutes of a day [min]."""
    return sum(interval.minutes for interval in hours)


def block_minutes(hours: DayHours, weekday: int) -> tuple[int, int, int, int]:
    """Return the open minutes of a day in each block, at most those that count [min]."""
    if weekday == SATURDAY:
        return (0, 0, 0, min(minutes(hours), FULL_MINUTES[Block.SATURDAY]))
    spans = ((0, WORK_START), (WORK_START, WORK_END), (WORK_END, 24 * 60))
    found = [
        sum(max(0, min(i.end_minute, high) - max(i.start_minute, low)) for i in hours)
        for low, high in spans
    ]
    early, core, late = (
        min(value, full) for value, full in zip(found, FULL_MINUTES[:3], strict=True)
    )
    return (early, core, late, 0)


def serves(hours: DayHours, weekday: int, block: Block, least: int) -> bool:
    """Tell whether a day's hours cover at least ``least`` minutes of a block."""
    return block_minutes(hours, weekday)[block] >= max(1, least)
