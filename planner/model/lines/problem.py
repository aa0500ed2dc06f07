"""The nouns: cover rows, lines, and the value of one line per employee."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planner.errors import ModelError

IntArray = NDArray[np.int32]
FloatArray = NDArray[np.float64]

#: A unit beyond a hard cap costs this many times the dearest finite price while the search runs.
BREACH_FACTOR = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """All that one employee does over the horizon.

    Attributes
    ----------
    employee : int
        Index of the employee in the problem.
    cost : float
        Price of the line by itself (wishes, travel, …) [points].
    rows : int32 array, shape (any,)
        Cover rows that the line serves; a row named twice is served twice.
    payload : bytes or tuple of int
        The caller's own description of the line; never looked into here.
    """

    employee: int
    cost: float
    rows: IntArray
    payload: bytes | tuple[int, ...] = b""

    @property
    def key(self) -> tuple[int, bytes]:
        """What the line is to the master: lines of equal key differ in cost and payload only."""
        return self.employee, self.rows.tobytes()


@dataclass(frozen=True, eq=False)
class LineProblem:
    """One line for each employee, least cost of lines and of cover missed or exceeded.

    Attributes
    ----------
    employees : int
        Number of employees n.
    need : int32 array, shape (m,)
        Units wanted in each cover row.
    under, over : float64 array, shape (m,)
        Price of each unit missing and of each unit beyond [points]; ``over`` may be infinite
        (a hard cap).  Both at least 0.
    integral : bool
        True when every cost and price is a whole number, so that bounds may be rounded up.
    """

    employees: int
    need: IntArray
    under: FloatArray
    over: FloatArray
    integral: bool = False

    def __post_init__(self) -> None:
        """Check shapes and signs.

        Raises
        ------
        ModelError
            If the arrays differ in length or a price is negative or an ``under`` price infinite.
        """
        if not len(self.need) == len(self.under) == len(self.over):
            raise ModelError("need, under and over must have one entry per cover row")
        if not (np.all(np.isfinite(self.under)) and np.all(self.under >= 0)):
            raise ModelError("under prices must be finite and at least 0")
        if not np.all(self.over >= 0):
            raise ModelError("over prices must be at least 0 (infinite for a hard cap)")

    @property
    def rows(self) -> int:
        """Number of cover rows m."""
        return len(self.need)

    @cached_property
    def over_price(self) -> FloatArray:
        """``over`` with each hard cap priced finitely, far above all else [points per unit]."""
        finite = self.over[np.isfinite(self.over)]
        dearest = max([1.0, *finite.tolist(), *self.under.tolist()])
        return np.where(np.isfinite(self.over), self.over, BREACH_FACTOR * dearest)

    def served(self, lines: Iterable[Line]) -> IntArray:
        """Return the units that ``lines`` give to each cover row (int32, shape (m,))."""
        served = np.zeros(self.rows, np.int32)
        for line in lines:
            np.add.at(served, line.rows, 1)
        return served

    def cover_cost(self, served: IntArray) -> float:
        """Return the price of the units missing and beyond, hard caps priced finitely [points]."""
        surplus = served - self.need
        under = self.under @ np.maximum(-surplus, 0)
        return float(under + self.over_price @ np.maximum(surplus, 0))

    def value(self, lines: Sequence[Line]) -> float:
        """Return the whole price of one line per employee [points]."""
        return sum(line.cost for line in lines) + self.cover_cost(self.served(lines))

    def breaches(self, lines: Sequence[Line]) -> int:
        """Return the units beyond hard caps (0 for a lawful choice)."""
        surplus = np.maximum(self.served(lines) - self.need, 0)
        return int(surplus[~np.isfinite(self.over)].sum())

    def marginal(self, served: IntArray) -> FloatArray:
        """Return what one unit more saves in each row [points], given ``served`` by the others.

        Positive while units are missing, minus the over price from there on.
        """
        return np.where(served < self.need, self.under, -self.over_price)
