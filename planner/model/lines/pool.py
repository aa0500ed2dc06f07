"""The lines seen so far, by employee: a memory for neighbourhoods."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from planner.model.lines.problem import FloatArray, Line, LineProblem


class LinePool:
    """Distinct lines of each employee, the newest and the best kept.

    Parameters
    ----------
    keep : int
        Lines remembered per employee; the oldest are forgotten first.
    """

    def __init__(self, problem: LineProblem, keep: int = 2000) -> None:
        self._keep = keep
        self._lines: list[dict[tuple[int, bytes], Line]] = [{} for _ in range(problem.employees)]
        #: Whether any line of the employee ever served the row (bool, shape (n, m)).
        self.reach = np.zeros((problem.employees, problem.rows), np.bool_)

    def __len__(self) -> int:
        """Return the number of lines remembered."""
        return sum(len(lines) for lines in self._lines)

    def add(self, lines: Iterable[Line]) -> None:
        """Remember ``lines``; of twins the cheaper."""
        for line in lines:
            own = self._lines[line.employee]
            self.reach[line.employee, line.rows] = True
            known = own.pop(line.key, line)
            own[line.key] = line if line.cost <= known.cost else known
            if len(own) > self._keep:
                del own[next(iter(own))]

    def best(self, employee: int, duals: FloatArray, count: int) -> list[Line]:
        """Return the ``count`` lines of ``employee`` with the least cost less duals."""
        own = list(self._lines[employee].values())
        if len(own) <= count:
            return own
        worth = [line.cost - float(duals[line.rows].sum()) for line in own]
        order = np.argsort(worth, kind="stable")[:count]
        return [own[k] for k in order.tolist()]
