"""A pricer over lines that are simply listed, and small random problems to solve with it."""

from __future__ import annotations

import itertools

import numpy as np

from planner.model.lines.chance import Chance
from planner.model.lines.pricing import Priced
from planner.model.lines.problem import FloatArray, Line, LineProblem


class ListedPricer:
    """Exact pricing by looking at every line of a short list."""

    def __init__(self, lines: list[list[Line]]) -> None:
        self.lines = lines

    def price(self, employee: int, duals: FloatArray, exact: bool) -> Priced:
        """Return the three best lines and the least value."""
        ranked = sorted(
            (line.cost - float(duals[line.rows].sum()), k)
            for k, line in enumerate(self.lines[employee])
        )
        best = [self.lines[employee][k] for _, k in ranked[:3]]
        return Priced(best, ranked[0][0] if ranked else float("inf"))


def random_problem(
    seed: int, employees: int = 5, rows: int = 6
) -> tuple[LineProblem, ListedPricer]:
    """Return a problem in which each employee serves any two or three of the rows."""
    chance = Chance(seed)
    shifts = [c for n in (2, 3) for c in itertools.combinations(range(rows), n)]
    lines = [
        [
            Line(e, float(chance.below(7)), np.array(c, np.int32), c)
            for c in chance.shuffled(shifts)[:12]
        ]
        for e in range(employees)
    ]
    problem = LineProblem(
        employees,
        np.array([chance.below(4) for _ in range(rows)], np.int32),
        np.array([5.0 + chance.below(20) for _ in range(rows)]),
        np.array([1.0 + chance.below(3) for _ in range(rows)]),
        integral=True,
    )
    return problem, ListedPricer(lines)


def best_by_enumeration(problem: LineProblem, pricer: ListedPricer) -> float:
    """Return the least value over all choices of one line each (all of them side by side)."""
    cost, served = np.zeros(1), np.zeros((1, problem.rows), np.int64)
    for own in pricer.lines:
        units = np.array([np.bincount(line.rows, minlength=problem.rows) for line in own])
        cost = (cost[:, None] + [line.cost for line in own]).ravel()
        served = (served[:, None, :] + units).reshape(-1, problem.rows)
    surplus = served - problem.need
    cover = np.maximum(-surplus, 0) @ problem.under + np.maximum(surplus, 0) @ problem.over
    return float((cost + cover).min())
