"""Schedules by slopes: what one more person in a slot would give, as linear cuts of the master.

A proposal that misses a target is played again with one more person in every slot, the customers
being the same; the master may then buy what is missing where it is cheapest.  A slope cut is valid
where the late share falls ever more slowly with more people; that is so near a target that is
nearly held, and is not so where hardly anybody is served in time.  So a proposal far off is first
raised towards a schedule that holds.  Every cut is held against every schedule known to hold, and
given up where one of them breaks it; even so, nothing is proven by slopes: they find schedules.

Sources: Atlason, Epelman, Henderson 2004, Ann. Oper. Res. 127, 333-358 (subgradient cuts);
2008, Management Science 54, 295-309 (checking against known points); Cezik, L'Ecuyer 2008,
Management Science 54, 310-323 (points far off).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from planner.model.shift_master import (
    LinearCut,
    MasterSolution,
    PeopleRow,
    Profile,
    Shift,
    ShiftMaster,
)

Array = NDArray[np.float64]
#: A proposal whose excess is more than this share of the limit is raised before slopes are taken.
NEAR = 0.6
#: Steps of the way up to a schedule that holds.
WAY = 6
#: A slope below this share of the steepest one is noise.
FLAT = 0.02


class Measuring(Protocol):
    """An evaluator that tells how far a target is missed, not only whether."""

    def excess(self, profile: Profile) -> Array:
        """Return by target what the mean score is beyond its limit, in shares of the limit."""
        ...


@dataclass(frozen=True)
class SlopeProblem:
    """Shifts, most and least people by period, who measures, and what groups or sites share."""

    menu: tuple[Shift, ...]
    most: Profile
    least: Profile
    evaluator: Measuring
    rows: tuple[PeopleRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SlopeResult:
    """The cheapest schedule found that holds, and the last bound of the master with its slopes.

    ``estimate`` is no proof: no schedule is cheaper as far as slopes are right.
    """

    best: MasterSolution | None
    estimate: float
    converged: bool


def search_by_slopes(
    problem: SlopeProblem, start: MasterSolution | None, may_go_on: Callable[[], bool]
) -> SlopeResult:
    """Return the cheapest schedule found.

    Parameters
    ----------
    start : MasterSolution or None
        A schedule that holds; None: all desks, without shifts, are where proposals are raised to.
    may_go_on : callable
        False once the budget is used up.
    """
    return _Slopes(problem, start, may_go_on).run()


@dataclass(frozen=True)
class _Cut:
    point: Array
    slopes: Array
    excess: float

    def allows(self, profile: Array) -> bool:
        return bool(self.slopes @ (profile - self.point) >= self.excess - 1e-9)

    def linear(self) -> LinearCut:
        return LinearCut(tuple(self.slopes.tolist()), float(self.excess + self.slopes @ self.point))


class _Slopes:
    """The cuts of one search."""

    def __init__(
        self,
        problem: SlopeProblem,
        start: MasterSolution | None,
        may_go_on: Callable[[], bool],
    ) -> None:
        self.problem, self.best, self.may_go_on = problem, start, may_go_on
        self.cuts: list[_Cut] = []
        self.excluded: list[Profile] = []
        self.holding: list[Array] = [_array(start.profile)] if start else [_array(problem.most)]
        self.estimate, self.converged = 0.0, False

    def run(self) -> SlopeResult:
        """Ask the master for something cheaper than the best until it has nothing."""
        while self.may_go_on():
            proposal = self._proposal()
            if proposal.counts is None:
                self._end(proposal.proven)
                break
            self.estimate = max(self.estimate, proposal.bound)
            excess = self.problem.evaluator.excess(proposal.profile)
            if (excess <= 0).all():
                self._hold(proposal)
                continue
            self.excluded.append(proposal.profile)
            self._learn(*self._near(_array(proposal.profile), excess))
        return SlopeResult(self.best, self.estimate, self.converged)

    def _proposal(self) -> MasterSolution:
        problem = self.problem
        master = ShiftMaster(problem.menu, problem.most, problem.least, problem.rows)
        for cut in self.cuts:
            master.demand(cut.linear())
        for profile in self.excluded:
            master.exclude(profile, tuple(range(len(profile))))
        if self.best is not None:
            master.cheaper_than(self.best.cost)
        return master.solve(MASTER_SECONDS, effort=MASTER_EFFORT)

    def _end(self, proven: bool) -> None:
        """Nothing cheaper is left as far as slopes are right, or the master did not find it."""
        self.converged = proven and self.best is not None
        if self.converged and self.best is not None:
            self.estimate = float(self.best.cost)

    def _hold(self, solution: MasterSolution) -> None:
        """Keep a schedule that holds; give up cuts that would not allow it."""
        point = _array(solution.profile)
        self.holding.append(point)
        self.cuts = [cut for cut in self.cuts if cut.allows(point)]
        if self.best is None or solution.cost < self.best.cost:
            self.best = solution

    def _near(self, point: Array, excess: Array) -> tuple[Array, Array]:
        """Raise a point that is far off towards the last schedule that holds, but not so far."""
        goal = np.maximum(point, self.holding[-1])
        low, high = 0, WAY
        while excess.max() > NEAR and high - low > 1 and self.may_go_on():
            middle = (low + high) // 2
            raised = point + np.floor((goal - point) * middle / WAY + 0.5)
            there = self.problem.evaluator.excess(_profile(raised))
            if (there <= 0).all():
                high = middle
                continue
            low, near, excess = middle, raised, there
        return (near, excess) if low else (point, excess)

    def _learn(self, point: Array, excess: Array) -> None:
        """Add a cut for every target that is missed at the point."""
        gains = np.zeros((len(excess), len(point)))
        for period in range(len(point)):
            if point[period] < self.problem.most[period] and self.may_go_on():
                more = point.copy()
                more[period] += 1
                gains[:, period] = excess - self.problem.evaluator.excess(_profile(more))
        for target in np.flatnonzero(excess > 0):
            slopes = np.maximum(gains[target], 0.0)
            slopes[slopes < FLAT * slopes.max(initial=0.0)] = 0.0
            cut = _Cut(point, slopes, float(excess[target]))
            if slopes.any() and all(cut.allows(held) for held in self.holding):
                self.cuts.append(cut)


#: Limit of one solution of the master: far away [s], and the work that ends it everywhere alike.
MASTER_SECONDS = 30.0
MASTER_EFFORT = 0.25


def _array(profile: Profile) -> Array:
    return np.array(profile, dtype=np.float64)


def _profile(point: Array) -> Profile:
    return tuple(int(people) for people in point)
