"""What the readable reference keeps: clerks with their pieces of shifts, outcomes by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.sim.engine import (
    NEVER,
    NO_CLERK,
    NOT_CALLED,
    Clerks,
    Fate,
    Hand,
    House,
    Outcomes,
    empty_outcomes,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a shift in which customers are served.

    ``limit``: when it ends at the latest; ``hands``: what becomes of a case in hand (``Hand``).
    """

    start: int
    end: int
    limit: int
    skills: frozenset[int]
    pause: int
    hands: int


@dataclass(eq=False, slots=True)
class Clerk:
    """A clerk with the pieces of shifts still to come, the present one first.

    ``until``: when the present duty ends; ``order``: of call within the location (L4); ``row``: the
    customer served last, kept where cases are handed on.
    """

    number: int
    speed: int
    pieces: list[Piece]
    finish: Any = None
    ready: int = -NEVER
    alarm: int = -NEVER
    until: int = -NEVER
    on_duty: bool = False
    busy: bool = False
    skills: frozenset[int] = frozenset()
    order: int = 0
    row: int = -1


class Rows:
    """The outcomes as lists, a row a customer: plain Python is faster one by one.

    Everybody makes a first try, at the arrival.
    """

    def __init__(self, arrival: NDArray[np.int64]) -> None:
        size = len(arrival)
        self.call = [NOT_CALLED] * size
        self.finish = [NOT_CALLED] * size
        self.clerk = [NO_CLERK] * size
        self.fate = [int(Fate.NOT_SERVED)] * size
        self.tries = [1] * size
        self.refused = [0] * size
        self.last: list[int] = arrival.tolist()

    def outcomes(self) -> Outcomes:
        """Return the rows as columns."""
        columns = empty_outcomes(len(self.call))
        for name, values in vars(self).items():
            getattr(columns, name)[:] = values
        return columns


def read_clerks(clerks: Clerks) -> Iterator[Clerk]:
    """Yield the clerks in order of index."""
    columns = (clerks.start, clerks.end, clerks.mask, clerks.pause, clerks.stays, clerks.hands)
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    bounds = clerks.first.tolist()
    for number, speed in enumerate(clerks.speed.tolist()):
        own = rows[bounds[number] : bounds[number + 1]]
        starts = [row[0] for row in own[1:]] + [NEVER]
        pieces = [
            Piece(start, end, max(end, following), _skills(mask), pause, Hand.FINISH)
            if stays
            else Piece(start, end, end, _skills(mask), pause, hands)
            for (start, end, mask, pause, stays, hands), following in zip(own, starts, strict=False)
        ]
        yield Clerk(number, speed, pieces)


def read_doors(house: House) -> list[tuple[int, int, int]]:
    """Return (opening, closing, skills remaining at the closing) of every open interval."""
    columns = (house.opening, house.closing, house.remaining)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@cache
def _skills(mask: int) -> frozenset[int]:
    return frozenset(bit for bit in range(mask.bit_length()) if mask >> bit & 1)
