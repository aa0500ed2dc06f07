"""The integer phase: the best choice among known lines, by CP-SAT on the restricted master."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from planner.model.lines.budget import Budget
from planner.model.lines.problem import IntArray, Line, LineProblem

#: Prices that are not whole numbers are rounded to this many parts of a point.
PARTS = 1000


@dataclass(frozen=True, slots=True)
class IntegerLimits:
    """How long one integer phase may take.

    Attributes
    ----------
    work : float
        Deterministic time of CP-SAT (about seconds of one core).
    jobs : int
        Workers; 1 is repeatable.
    seed : int
        Seed of the search.
    seconds : float
        Wall time at the most [s]; infinite for a repeatable search.
    """

    work: float = 2.0
    jobs: int = 1
    seed: int = 0
    seconds: float = float("inf")

    def within(self, budget: Budget) -> IntegerLimits:
        """Return these limits within what is left of ``budget``, if that goes by the clock."""
        return self if budget.repeatable else replace(self, seconds=max(0.1, budget.left))


@dataclass(frozen=True, slots=True)
class Choice:
    """Lines chosen, one per employee, and whether no better ones are among the candidates."""

    lines: Sequence[Line]
    proven: bool


def best_choice(
    problem: LineProblem,
    lines: Sequence[Line],
    residual: IntArray,
    incumbent: Sequence[Line],
    limits: IntegerLimits,
) -> Choice:
    """Return the best lines of the employees in ``lines`` that were found in time.

    Parameters
    ----------
    lines : sequence of Line
        Candidates; those of ``incumbent`` among them.
    residual : int32 array, shape (m,)
        Units that the cover rows still need from these employees (may be negative).
    incumbent : sequence of Line
        A choice to start from; never answered with a worse one.
    """
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in lines]
    _one_line_each(model, lines, chosen)
    scale = PARTS
    standing = {line.key for line in incumbent}
    cost = [round(scale * line.cost) + (line.key in standing) for line in lines]
    slack, prices = _cover(model, problem, lines, chosen, residual, scale)
    model.minimize(
        cp_model.LinearExpr.weighted_sum(chosen, cost)
        + cp_model.LinearExpr.weighted_sum(slack, prices)
    )
    for line, variable in zip(lines, chosen, strict=True):
        model.add_hint(variable, line.key in standing)
    solver = _solver(limits)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Choice(incumbent, proven=False)
    best = [line for line, x in zip(lines, chosen, strict=True) if solver.boolean_value(x)]
    return Choice(best, proven=status == cp_model.OPTIMAL)


def _one_line_each(
    model: cp_model.CpModel, lines: Sequence[Line], chosen: Sequence[cp_model.IntVar]
) -> None:
    own: dict[int, list[cp_model.IntVar]] = {}
    for line, variable in zip(lines, chosen, strict=True):
        own.setdefault(line.employee, []).append(variable)
    for variables in own.values():
        model.add_exactly_one(variables)


def _cover(
    model: cp_model.CpModel,
    problem: LineProblem,
    lines: Sequence[Line],
    chosen: Sequence[cp_model.IntVar],
    residual: IntArray,
    scale: int,
) -> tuple[list[cp_model.IntVar], list[int]]:
    """Add the cover rows that these lines can touch; return their slack and its prices."""
    serving: dict[int, list[tuple[cp_model.IntVar, int]]] = {}
    for line, variable in zip(lines, chosen, strict=True):
        rows, counts = np.unique(line.rows, return_counts=True)
        for row, count in zip(rows.tolist(), counts.tolist(), strict=True):
            serving.setdefault(row, []).append((variable, count))
    slack: list[cp_model.IntVar] = []
    prices: list[int] = []
    for row, terms in sorted(serving.items()):
        need, most = int(residual[row]), sum(count for _, count in terms)
        short = model.new_int_var(0, max(0, need), "")
        over = model.new_int_var(max(0, -need), max(0, most - need), "")
        given = cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [c for _, c in terms])
        model.add(given + short - over == need)
        slack += [short, over]
        prices += [round(scale * problem.under[row]), round(scale * problem.over_price[row])]
    return slack, prices


def _solver(limits: IntegerLimits) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = limits.jobs
    solver.parameters.catch_sigint_signal = False  # an interrupt is the caller's
    solver.parameters.random_seed = limits.seed
    solver.parameters.max_deterministic_time = limits.work
    if limits.seconds < float("inf"):
        solver.parameters.max_time_in_seconds = limits.seconds
    solver.parameters.interleave_search = limits.jobs > 1
    return solver
