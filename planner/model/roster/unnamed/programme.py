"""A linear or mixed-integer programme, column by column and row by row, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy import optimize, sparse

from planner.model.roster.arrays import Floats

Terms = Iterable[tuple[int, float]]
ANY = np.inf


class Programme:
    """Minimise the price of columns under rows ``low <= terms <= high``."""

    def __init__(self) -> None:
        self._price: list[float] = []
        self._least: list[float] = []
        self._most: list[float] = []
        self._whole: list[int] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._row: list[int] = []
        self._column: list[int] = []
        self._factor: list[float] = []

    @property
    def prices(self) -> Floats:
        """Prices of the columns, in order."""
        return np.array(self._price)

    def column(
        self, most: float, price: float = 0.0, whole: bool = False, least: float = 0.0
    ) -> int:
        """Add a column between ``least`` and ``most``; return its number."""
        self._price.append(price)
        self._least.append(least)
        self._most.append(most)
        self._whole.append(int(whole))
        return len(self._price) - 1

    def row(self, terms: Terms, low: float, high: float) -> None:
        """Add a row."""
        for column, factor in terms:
            self._row.append(len(self._low))
            self._column.append(column)
            self._factor.append(factor)
        self._low.append(low)
        self._high.append(high)

    def relaxed(self, seconds: float) -> Floats | None:
        """Return a basic optimum of the linear relaxation; None if it takes longer.

        By the interior point method with crossover: prices are nearly all zero and optima many,
        where the simplex method takes ten times as long.
        """
        matrix = self._matrix()
        low, high = np.array(self._low), np.array(self._high)
        fixed = low == high
        upper, lower = np.isfinite(high) & ~fixed, np.isfinite(low) & ~fixed
        found = optimize.linprog(  # type: ignore[call-overload]  # the stubs know no sparse rows
            self.prices,
            A_ub=sparse.vstack([matrix[upper], -matrix[lower]]),
            b_ub=np.concatenate([high[upper], -low[lower]]),
            A_eq=matrix[fixed],
            b_eq=low[fixed],
            bounds=np.column_stack([self._least, self._most]),
            method="highs-ipm",
            options={"time_limit": max(seconds, 0.01)},
        )
        return None if found.x is None or found.status else np.asarray(found.x)

    def best(self, seconds: float, gap: float = 0.0) -> Floats | None:
        """Return the best point found in time, within ``gap`` of the bound; None if none was."""
        rows = optimize.LinearConstraint(self._matrix(), np.array(self._low), np.array(self._high))
        found = optimize.milp(
            self.prices,
            constraints=rows,
            bounds=optimize.Bounds(np.array(self._least), np.array(self._most)),
            integrality=np.array(self._whole),
            options={"time_limit": max(seconds, 0.01), "mip_rel_gap": gap},
        )
        return None if found.x is None else np.asarray(found.x)

    def _matrix(self) -> sparse.csr_matrix:
        shape = (len(self._low), len(self._price))
        return sparse.csr_matrix((self._factor, (self._row, self._column)), shape=shape)
