"""Search for the cheapest months: first with the hardest scenarios set aside, then with all.

Setting the hardest scenarios aside gives a plan within seconds; from it the whole problem is
searched, which may set others aside and proves the bound.  Whatever the solver says, a plan is
priced and judged by playing its book forward (``planner.model.capacity.book``).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from planner.domain.outcome import SolveStatus
from planner.model.capacity.book import BookYears, cost, kept, no_recourse, play, staff
from planner.model.capacity.months_model import MonthsModel
from planner.model.capacity.problem import Floats, MonthsProblem, Recourse

#: Relative gap at which the search ends: a thousandth of the pay, less than a post.
GAP = 1e-3
#: Share of the time for the first plan.
_FIRST_SHARE = 0.3
_LISTEN_SECONDS = 0.1
#: With a plan at hand, heuristics that solve smaller MIPs only take time from the bound.
_PROOF = "\n".join(
    f"heuristics/{name}/freq = -1" for name in ("alns", "rins", "crossover", "localbranching")
)


@dataclass(frozen=True)
class Effort:
    """How long to search [s]; ``stop`` is asked from time to time whether to keep the best."""

    seconds: float = 60.0
    stop: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class MonthsPlan:
    """The cheapest plan found.

    Attributes
    ----------
    status : SolveStatus
        ``OPTIMAL``: within ``GAP`` of the bound.
    hires, heads, posts : float64 arrays (groups, months)
        Decided hires; people paid; productive posts.
    recourse : Recourse
        Overtime and loans by scenario.
    years : BookYears
        Slots, book and lead by scenario.
    held : float
        Share of the scenarios that keep the promise in every group and month.
    cost, bound : float
        Cost of the plan and the proven bound on any plan's [cent].
    """

    status: SolveStatus
    problem: MonthsProblem
    hires: Floats
    heads: Floats
    posts: Floats
    recourse: Recourse
    years: BookYears
    held: float
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        """``(cost - bound) / cost``; 0 when nothing costs anything."""
        return max(0.0, (self.cost - self.bound) / self.cost) if self.cost else 0.0


def plan_months(problem: MonthsProblem, effort: Effort) -> MonthsPlan | SolveStatus:
    """Return the cheapest hires that keep the promise, or how the search ended without any."""
    return _Search(problem, effort).run()


def can_keep(problem: MonthsProblem) -> bool:
    """Tell whether hires in parts of people keep the promise with the hardest scenarios set aside.

    A yes is a plan (up to whole hires); a no is none for this choice of scenarios only.
    """
    model = MonthsModel(problem, linear=True)
    model.set_aside(_hardest(problem))
    return bool(model.solver.Solve() == pywraplp.Solver.OPTIMAL)


class _Search:
    def __init__(self, problem: MonthsProblem, effort: Effort) -> None:
        self._problem, self._effort = problem, effort
        self._model = MonthsModel(problem)
        self._stopped = self._whole = False

    def run(self) -> MonthsPlan | SolveStatus:
        """Search in two steps; the second starts from the plan of the first."""
        started = time.monotonic()
        self._model.set_aside(_hardest(self._problem))
        first = self._solve(self._effort.seconds * _FIRST_SHARE)
        if self._stopped:
            return self._ended(first)
        values = self._values() if first in _FOUND else None
        self._model.set_free()
        self._whole = True
        if values is not None:
            self._model.solver.SetHint(self._model.solver.variables(), values)
            self._model.solver.SetSolverSpecificParametersAsString(_PROOF)
        return self._ended(self._solve(self._effort.seconds - (time.monotonic() - started)))

    def _ended(self, status: int) -> MonthsPlan | SolveStatus:
        outcome = _OUTCOMES.get(status, SolveStatus.OUT_OF_TIME)
        if self._stopped:
            outcome = SolveStatus.INTERRUPTED
        return self._plan(outcome) if status in _FOUND else outcome

    def _solve(self, seconds: float) -> int:
        """Solve in a thread of its own, so that a wish to stop is heard."""
        solver = self._model.solver
        solver.SetTimeLimit(max(1, int(seconds * 1000)))
        parameters = pywraplp.MPSolverParameters()
        parameters.SetDoubleParam(parameters.RELATIVE_MIP_GAP, GAP)
        with ThreadPoolExecutor(1) as pool:
            search = pool.submit(solver.Solve, parameters)
            while True:
                try:
                    return int(search.result(_LISTEN_SECONDS))
                except NotYet:
                    if self._effort.stop() and not self._stopped:
                        self._stopped = solver.InterruptSolve()

    def _values(self) -> list[float]:
        return [variable.solution_value() for variable in self._model.solver.variables()]

    def _plan(self, status: SolveStatus) -> MonthsPlan:
        problem, hires, recourse = self._problem, self._model.hires(), self._model.recourse()
        heads, posts = staff(problem.people, hires)
        years = play(problem, posts, recourse)
        waiting = problem.prices.waiting * float(years.book.sum()) / problem.scenarios
        # Stopped in the first step, the bound holds for the scenarios set aside only.
        bound = self._model.solver.Objective().BestBound() if self._whole else 0.0
        return MonthsPlan(
            status=status,
            problem=problem,
            hires=hires,
            heads=heads,
            posts=posts,
            recourse=recourse,
            years=years,
            held=float(kept(problem, years).mean()),
            cost=cost(problem, heads, hires, recourse) + waiting,
            bound=bound if math.isfinite(bound) else 0.0,
        )


def _hardest(problem: MonthsProblem) -> frozenset[int]:
    """Return the scenarios whose books are furthest beyond the promise, as many as may fail."""
    years = play(problem, problem.people.initial_posts, no_recourse(problem))
    months = slice(problem.limits.promise_from, None)
    allowed = problem.limits.lead_days / problem.days[months] * years.slots[:, :, months]
    beyond = np.maximum(years.book[:, :, months] - allowed, 0.0)
    score = beyond.max(axis=2, initial=0.0).sum(axis=1)
    order = np.argsort(-score, kind="stable")
    return frozenset(order[: problem.may_fail].tolist())


_OUTCOMES = {
    pywraplp.Solver.OPTIMAL: SolveStatus.OPTIMAL,
    pywraplp.Solver.FEASIBLE: SolveStatus.FEASIBLE,
    pywraplp.Solver.INFEASIBLE: SolveStatus.INFEASIBLE,
}
_FOUND = (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE)
