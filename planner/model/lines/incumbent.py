"""The best choice of lines so far, with its cover, kept up to date line by line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.model.lines.problem import IntArray, Line, LineProblem


class Incumbent:
    """One line per employee and what they serve.

    Attributes
    ----------
    lines : list of Line
        By employee.
    served : int32 array, shape (m,)
        Units given to each cover row.
    value : float
        Whole price [points].
    """

    def __init__(self, problem: LineProblem, lines: Sequence[Line]) -> None:
        self.problem = problem
        self.lines = sorted(lines, key=lambda line: line.employee)
        self.served: IntArray = problem.served(self.lines)
        self.value = problem.value(self.lines)

    def others(self, free: Sequence[int]) -> list[Line]:
        """Return the lines of all employees but ``free``."""
        away = set(free)
        return [line for line in self.lines if line.employee not in away]

    def gain(self, lines: Sequence[Line]) -> float:
        """Return by how much ``lines`` for their employees' would lower the value [points]."""
        before = sum(self.lines[line.employee].cost for line in lines)
        after = sum(line.cost for line in lines)
        cover = self.problem.cover_cost
        return before - after + cover(self.served) - cover(self._served_with(lines))

    def replace(self, lines: Sequence[Line]) -> None:
        """Put ``lines`` in place of their employees' lines."""
        gain = self.gain(lines)
        self.served = self._served_with(lines)
        for line in lines:
            self.lines[line.employee] = line
        self.value -= gain

    def _served_with(self, lines: Sequence[Line]) -> IntArray:
        served = self.served.copy()
        for line in lines:
            np.add.at(served, self.lines[line.employee].rows, -1)
            np.add.at(served, line.rows, 1)
        return served
