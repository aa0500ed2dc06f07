"""What management asks: how many posts, how long to clear, what does absence cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.model.capacity.book import TOLERANCE_DAYS, no_recourse, play, staff
from planner.model.capacity.problem import Floats, MonthsProblem
from planner.queueing.workforce import SteadyWorkforce


@dataclass(frozen=True)
class Clearing:
    """How long the book is beyond the promise after ``hires`` in the first month.

    Attributes
    ----------
    by_group : int64 array (groups,)
        Where the hires go.
    months : float64 array (scenarios,)
        Months until every group keeps the promise for the rest of the period; infinite where the
        last month still breaks it.
    """

    hires: int
    by_group: NDArray[np.int64]
    months: Floats

    def quantile(self, share: float) -> float:
        """Return the months within which this share of the scenarios is clear."""
        return float(np.quantile(self.months, share, method="higher"))


def posts_question(problem: MonthsProblem) -> MonthsProblem:
    """Return the problem whose constant posts hold the promise in every month.

    Posts are kept filled: those who leave are replaced, and the share of people in training is the
    one of a steady workforce.  The book starts within the promise; nobody works overtime or is
    lent.
    """
    people, limits = problem.people, problem.limits
    ones = np.ones((len(problem.groups), problem.months))
    force = SteadyWorkforce(1.0, people.attrition, people.ramp) if people.attrition else None
    ratio = 1.0 / force.headcount if force else 1.0
    allowed = problem.asked[:, :, 0].mean(axis=0) / problem.days[0] * limits.lead_days
    return replace(
        problem,
        book=np.minimum(problem.book, allowed),
        people=replace(people, initial_heads=ones, initial_posts=ratio * ones),
        limits=replace(limits, promise_from=0, overtime_share=0.0, lent_share=0.0),
    )


def clearing(problem: MonthsProblem, hires: int) -> Clearing:
    """Return how long the book takes to clear with ``hires`` decided in the first month.

    Each hire goes to the group that is furthest beyond the promise by then (in the mean over the
    scenarios); no overtime, nobody lent, nobody hired later.
    """
    plan = np.zeros((len(problem.groups), problem.months))
    for _ in range(hires):
        plan[int(np.argmax(_beyond(problem, plan))), 0] += 1
    _heads, posts = staff(problem.people, plan)
    years = play(problem, posts, no_recourse(problem))
    beyond = years.lead > problem.limits.lead_days + TOLERANCE_DAYS
    late = np.asarray(np.any(beyond, axis=1), dtype=np.bool_)
    months = np.where(late.any(axis=1), problem.months - np.argmax(late[:, ::-1], axis=1), 0)
    cleared = np.where(late[:, -1], np.inf, months)
    return Clearing(hires, plan[:, 0].astype(np.int64), cleared.astype(np.float64))


def _beyond(problem: MonthsProblem, plan: Floats) -> Floats:
    """Return the slots that a group's book is beyond the promise in its worst month."""
    _heads, posts = staff(problem.people, plan)
    years = play(problem, posts, no_recourse(problem))
    later = slice(min(problem.people.start_lead, problem.months - 1), None)
    allowed = problem.limits.lead_days / problem.days * years.slots
    return np.asarray((years.book - allowed).mean(axis=0)[:, later].max(axis=1), np.float64)
