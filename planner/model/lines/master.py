"""The restricted master: the linear programme over the lines known so far.

    min  Σ c_l x_l + Σ u_r short_r + Σ o_r over_r
    s.t. Σ a_rl x_l + short_r − over_r = need_r − fixed_r      for each cover row r   (dual π_r)
         Σ_{l of e} x_l = 1                                    for each employee e    (dual σ_e)

(Lübbecke and Desrosiers 2005, §2.1.)  GLOP keeps its basis between solves, so that a round after
new lines costs a few pivots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from planner.errors import ModelError
from planner.model.lines.problem import FloatArray, IntArray, Line, LineProblem


class MasterFailed(ModelError):
    """The linear programme was given up; the same search can go on elsewhere."""


@dataclass(frozen=True, slots=True)
class MasterPoint:
    """Optimum of the restricted master.

    Attributes
    ----------
    value : float
        Value of the linear programme, fixed lines included [points].
    duals : float64 array, shape (m,)
        π: worth of a unit in each cover row [points].
    shares : dict of int to float
        σ by employee: least cost less duals among the known lines [points].
    """

    value: float
    duals: FloatArray
    shares: dict[int, float]


class RestrictedMaster:
    """Linear programme over known lines of some employees, all others standing still.

    Parameters
    ----------
    employees : sequence of int
        Those whose lines are chosen here.
    fixed : sequence of Line
        Lines of everybody else.
    """

    def __init__(
        self, problem: LineProblem, employees: Sequence[int], fixed: Sequence[Line] = ()
    ) -> None:
        self.problem = problem
        self.employees = tuple(employees)
        self.lines: list[Line] = []
        self._known: dict[tuple[int, bytes], float] = {}
        self._columns: list[pywraplp.Variable] = []
        self._frozen: dict[int, Line] = {}
        #: Cost of the lines standing still [points], and what the cover rows still need.
        self.fixed_cost = sum(line.cost for line in fixed)
        self.residual: IntArray = problem.need - problem.served(fixed)
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._cover = self._cover_rows()
        self._one = {e: self._solver.Constraint(1.0, 1.0) for e in self.employees}

    @property
    def free(self) -> list[int]:
        """Employees whose line is not frozen."""
        return [e for e in self.employees if e not in self._frozen]

    @property
    def frozen_lines(self) -> list[Line]:
        """Lines of the frozen employees."""
        return list(self._frozen.values())

    def add(self, lines: Iterable[Line]) -> int:
        """Add the lines that are new (or cheaper than a known twin); return how many were."""
        added = 0
        for line in lines:
            if line.cost < self._known.get(line.key, np.inf) - 1e-9:
                self._known[line.key] = line.cost
                self._append(line)
                added += 1
        return added

    def freeze(self, line: Line) -> None:
        """Fix the employee of ``line`` to it."""
        self.add([line])
        self._frozen[line.employee] = line
        for other, column in zip(self.lines, self._columns, strict=True):
            if other.employee == line.employee:
                chosen = other.key == line.key and other.cost <= line.cost
                column.SetUb(1.0 if chosen else 0.0)

    def solve(self) -> MasterPoint:
        """Solve over the lines known so far.

        Raises
        ------
        ModelError
            If an employee has no line yet.
        MasterFailed
            If GLOP gives up for numerical reasons, from its basis and from nothing.
        """
        if not {line.employee for line in self.lines}.issuperset(self.employees):
            raise ModelError("restricted master has no optimum: an employee without a line")
        if not self._solved():
            raise MasterFailed("restricted master: no optimum for numerical reasons")
        duals = np.fromiter((row.dual_value() for row in self._cover), float, len(self._cover))
        shares = {e: row.dual_value() for e, row in self._one.items()}
        return MasterPoint(self._solver.Objective().Value() + self.fixed_cost, duals, shares)

    def weights(self) -> list[tuple[float, Line]]:
        """Return (x_l, line) of the lines in use at the last optimum, heaviest first."""
        values = [(column.solution_value(), k) for k, column in enumerate(self._columns)]
        used = sorted(((x, k) for x, k in values if x > 1e-6), key=lambda pair: (-pair[0], pair[1]))
        return [(x, self.lines[k]) for x, k in used]

    def reduced_costs(self) -> FloatArray:
        """Return the reduced cost of each known line at the last optimum [points]."""
        return np.fromiter((c.reduced_cost() for c in self._columns), float, len(self._columns))

    def _solved(self) -> bool:
        """Solve from the last basis, then from nothing; return whether either gave an optimum."""
        anew = pywraplp.MPSolverParameters()
        anew.SetIntegerParam(
            pywraplp.MPSolverParameters.INCREMENTALITY,
            pywraplp.MPSolverParameters.INCREMENTALITY_OFF,
        )
        for way in ((), (anew,)):
            ended = self._solver.Solve(*way)
            if ended == pywraplp.Solver.OPTIMAL:
                return True
        return False

    def _cover_rows(self) -> list[pywraplp.Constraint]:
        """Add the cover rows with their priced slack; lines come later."""
        rows, objective = [], self._solver.Objective()
        for row, need in enumerate(self.residual.tolist()):
            constraint = self._solver.Constraint(float(need), float(need))
            prices = (1.0, self.problem.under[row]), (-1.0, self.problem.over_price[row])
            for sign, price in prices:
                slack = self._solver.NumVar(0.0, self._solver.infinity(), "")
                constraint.SetCoefficient(slack, sign)
                objective.SetCoefficient(slack, float(price))
            rows.append(constraint)
        objective.SetMinimization()
        return rows

    def _append(self, line: Line) -> None:
        column = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self._solver.Objective().SetCoefficient(column, line.cost)
        self._one[line.employee].SetCoefficient(column, 1.0)
        rows, counts = np.unique(line.rows, return_counts=True)
        for row, count in zip(rows.tolist(), counts.tolist(), strict=True):
            self._cover[row].SetCoefficient(column, float(count))
        self.lines.append(line)
        self._columns.append(column)
