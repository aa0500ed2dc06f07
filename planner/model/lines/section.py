"""Sections: a few employees on a few days, chosen anew while all else stands.

A section of a problem is a problem of the same kind, much smaller: its lines serve the cover rows
of its days only, so that column generation takes a fraction of the time that whole lines take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from planner.model.lines.pricing import Pricer
from planner.model.lines.problem import FloatArray, IntArray, Line, LineProblem


@dataclass(frozen=True, eq=False)
class Section:
    """A part of a problem that stands for itself.

    Attributes
    ----------
    problem : LineProblem
        Of the employees in the section; their costs count whole plans.
    pricer : Pricer
        For the lines of the section.
    standing : tuple of Line
        The lines in the section as they stand.
    rows : int32 array
        Cover rows of the whole that are the first rows of the section, in order.
    whole : callable
        Turns lines of the section into lines of the whole problem.
    """

    problem: LineProblem
    pricer: Pricer
    standing: tuple[Line, ...]
    rows: IntArray
    whole: WholeLines

    def inward(self, duals: FloatArray) -> FloatArray:
        """Return ``duals`` of the whole as duals of the section."""
        own: FloatArray = np.zeros(self.problem.rows)
        own[: len(self.rows)] = duals[self.rows]
        return own


class WholeLines(Protocol):
    """Turns lines of a section into lines of the whole problem."""

    def __call__(self, lines: Sequence[Line]) -> list[Line]:
        """Return the whole lines, in the order of ``lines``."""
        ...


@runtime_checkable
class Sectional(Pricer, Protocol):
    """A pricer whose problem can be cut into sections."""

    @property
    def days(self) -> int:
        """Days of the horizon."""
        ...

    def section(
        self, problem: LineProblem, lines: Sequence[Line], employees: Sequence[int], days: range
    ) -> Section:
        """Return the section of ``employees`` on ``days``.

        Parameters
        ----------
        lines : sequence of Line
            Everybody's line as it stands, by employee.
        """
        ...


def section_problem(
    problem: LineProblem, served: IntArray, rows: IntArray, employees: int
) -> LineProblem:
    """Return the problem of ``rows``, with one row more that costs nothing.

    Parameters
    ----------
    served : int32 array, shape (m,)
        Units given to each cover row from outside the section.
    """
    need = np.append(problem.need[rows] - served[rows], 0).astype(np.int32)
    under, over = np.append(problem.under[rows], 0.0), np.append(problem.over[rows], 0.0)
    return LineProblem(employees, need, under, over, problem.integral)
