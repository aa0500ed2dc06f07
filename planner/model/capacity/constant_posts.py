"""Constant posts that hold the promise: exact, group by group.

Without overtime and loans the groups touch each other only in which scenarios may be broken.  In
one scenario a group's lead falls with its posts, so bisection finds its least whole posts; which
scenarios are broken is then a small covering problem (at most so many left out, the posts of a
group cover all the others).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from planner.domain.outcome import SolveStatus
from planner.model.capacity.book import TOLERANCE_DAYS, no_recourse, play
from planner.model.capacity.problem import MonthsProblem

#: Posts of a group beyond which the search gives up.
MOST_POSTS = 4096

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class ConstantPosts:
    """The fewest posts.

    Attributes
    ----------
    posts : int64 array (groups,)
        Filled posts.
    least : float
        Proven lower bound on their sum.
    held : float
        Share of the scenarios that keep the promise in every group and month.
    """

    status: SolveStatus
    posts: Counts
    least: float
    held: float


def least_posts(problem: MonthsProblem) -> Counts:
    """Return the least posts that keep the promise, int64 array (scenarios, groups).

    ``initial_posts`` over ``initial_heads`` is the productive part of a filled post; what
    ``MOST_POSTS`` cannot keep has ``MOST_POSTS``.
    """
    ratio = problem.people.initial_posts / problem.people.initial_heads
    shape = problem.asked.shape[:2]
    low, high = np.zeros(shape, np.int64), np.full(shape, MOST_POSTS, np.int64)
    while (low < high).any():
        middle = (low + high) // 2
        enough = _kept(problem, middle, ratio)
        high = np.where(enough, middle, high)
        low = np.where(enough, low, np.minimum(middle + 1, high))
    return high


def constant_posts(problem: MonthsProblem, seconds: float = 30.0) -> ConstantPosts | SolveStatus:
    """Return the fewest posts, kept filled, that keep the promise; overtime and loans are left out.

    Returns
    -------
    ConstantPosts or SolveStatus
        How the search ended where it found nothing.
    """
    needed = least_posts(problem)
    solver = pywraplp.Solver.CreateSolver("SCIP")
    broken = [solver.BoolVar("") for _ in range(problem.scenarios)]
    solver.Add(sum(broken) <= problem.may_fail)
    posts = []
    for group in range(len(problem.groups)):
        # However the broken ones are chosen, one of the may_fail + 1 hardest is kept.
        floor = int(np.sort(needed[:, group])[::-1][problem.may_fail])
        variable = solver.IntVar(float(floor), solver.infinity(), "")
        for scenario in np.flatnonzero(needed[:, group] > floor).tolist():
            more = int(needed[scenario, group]) - floor
            solver.Add(variable >= floor + more * (1 - broken[scenario]))
        posts.append(variable)
    solver.Minimize(sum(posts))
    solver.SetTimeLimit(int(seconds * 1000))
    status = solver.Solve()
    if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return SolveStatus.OUT_OF_TIME
    found = np.array([round(variable.solution_value()) for variable in posts], np.int64)
    if (found >= MOST_POSTS).any():
        return SolveStatus.INFEASIBLE
    proven = status == pywraplp.Solver.OPTIMAL
    return ConstantPosts(
        status=SolveStatus.OPTIMAL if proven else SolveStatus.FEASIBLE,
        posts=found,
        least=float(solver.Objective().BestBound()),
        held=float((needed <= found).all(axis=1).mean()),
    )


def _kept(problem: MonthsProblem, posts: Counts, ratio: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return whether each scenario and group keeps the promise with these posts."""
    working = posts[:, :, None] * ratio
    years = play(problem, working, no_recourse(problem))
    lead = years.lead[:, :, problem.limits.promise_from :]
    inside = lead <= problem.limits.lead_days + TOLERANCE_DAYS
    return np.asarray(np.all(inside, axis=2), dtype=np.bool_)
