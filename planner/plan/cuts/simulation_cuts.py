"""The strategy *simulation cuts* for one service day: the least staff shown to hold the targets.

A master (`planner.model.shift_master`) proposes the cheapest shifts; an evaluator plays them; every
target that is missed gives cuts, and so on until a proposal holds every target.  That proposal is
then optimal: each earlier one was cheaper or equal and provably failed.  A cut is lifted first: the
profile is raised period by period for as long as the target is still missed, so that one clause
excludes as much as it can.  Valid where more staff never makes a target worse; evaluators say
whether that holds for them (`Evaluator.monotone`), and where it does not the result is heuristic.

Sources: Atlason, Epelman, Henderson 2004, Ann. Oper. Res. 127, 333-358 and Ingolfsson, Campello,
Wu, Cabral 2010, EJOR 202, 153-163 for the loop; the cut without concavity is this project's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from planner.model.shift_master import MasterSolution, PeopleRow, Profile, Shift, ShiftMaster
from planner.plan.cuts.slope_search import Measuring, SlopeProblem, search_by_slopes

Stop = Callable[[], bool]


class Evaluator(Protocol):
    """Plays profiles of people present against targets.

    Attributes
    ----------
    targets : int
        Number of targets.
    monotone : bool
        Whether more people never make a target worse: then cuts and bound are exact.
    """

    targets: int
    monotone: bool

    def missed(self, profile: Profile, target: int) -> bool:
        """Tell whether the target is missed with these people present."""
        ...

    def window(self, target: int) -> tuple[int, ...]:
        """Return the periods whose people can matter to the target, in order of time."""
        ...

    def own_period(self, target: int) -> int:
        """Return the period that the target is about."""
        ...


#: People a period beyond the requirement that are tried for a first schedule that holds.
MOST_MORE = 4


@dataclass(frozen=True, slots=True)
class Budget:
    """Evaluations at the most, so that a search ends at the same place on every machine.

    Attributes
    ----------
    slopes, total : int
        Evaluations of the search by slopes, and of everything; 0: no such search, no limit.
    """

    slopes: int = 0
    total: int = 0

    def times(self, number: int) -> Budget:
        """Return a multiple of the budget."""
        return Budget(number * self.slopes, number * self.total)


class DayStatus(StrEnum):
    """How the search of a day ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    OUT_OF_TIME = "out_of_time"


@dataclass(frozen=True, slots=True)
class DayProblem:
    """Shifts on offer, most and least people present by period, and who plays them.

    Attributes
    ----------
    measuring : Measuring or None
        The evaluator once more, where it tells how far a target is missed: then slopes can be used.
    rows : tuple of PeopleRow
        What groups or sites share.
    """

    menu: tuple[Shift, ...]
    most: Profile
    least: Profile
    evaluator: Evaluator
    measuring: Measuring | None = None
    rows: tuple[PeopleRow, ...] = ()

    def master(self) -> ShiftMaster:
        """Return a master without cuts."""
        return ShiftMaster(self.menu, self.most, self.least, self.rows)


@dataclass(frozen=True, slots=True)
class DayResult:
    """What the search of a day found.

    Attributes
    ----------
    counts : tuple of int or None
        People by shift of the menu; None when there is no schedule.
    profile : tuple of int
        People present by period.
    cost : int or None
        Cost of the schedule.
    bound : float
        No schedule of the menu that holds the targets costs less (proven when ``exact``).
    estimate : float
        The bound as far as slopes are right (no proof); 0 without a search by slopes.
    exact : bool
        Whether cuts are proofs (monotone evaluator) rather than a heuristic.
    impossible : tuple of int
        Targets that are missed even with all desks staffed throughout.
    iterations, cuts, evaluations : int
        Effort.
    """

    status: DayStatus
    counts: tuple[int, ...] | None
    profile: Profile
    cost: int | None
    bound: float
    estimate: float
    exact: bool
    impossible: tuple[int, ...]
    iterations: int
    cuts: int
    evaluations: int
    seconds: float


def least_staff(
    problem: DayProblem,
    seconds: float,
    start: Profile | None = None,
    on_progress: Callable[[float | None, float], None] = lambda _best, _bound: None,
    stop: Stop = lambda: False,
    budget: Budget | None = None,
) -> DayResult:
    """Return the cheapest shifts that hold every target, proven within the evaluator's sample.

    Parameters
    ----------
    seconds : float
        Time limit [s].
    start : tuple of int, optional
        A requirement to be covered: if its cheapest cover holds the targets, it is the first
        incumbent (the usual two-step plan).
    on_progress : callable (incumbent cost or None, bound)
        Called after every iteration.
    budget : Budget, optional
        Evaluations at the most; left out: time alone ends the search.
    """
    return _Search(problem, seconds, budget or Budget()).run(start, on_progress, stop)


def cheapest_cover(problem: DayProblem, requirement: Profile, seconds: float) -> MasterSolution:
    """Return the cheapest shifts that cover a requirement: the second of the usual two steps."""
    master = problem.master()
    capped = tuple(min(r, m) for r, m in zip(requirement, problem.most, strict=True))
    master.cover(capped)
    return master.solve(seconds)


def nearest_cover(problem: DayProblem, requirement: Profile, seconds: float) -> MasterSolution:
    """Return shifts that cover as much of a requirement as can be had."""
    master = problem.master()
    master.approach(requirement)
    return master.solve(seconds)


class _Search:
    """The loop of one day."""

    def __init__(self, problem: DayProblem, seconds: float, budget: Budget) -> None:
        self.budget = budget
        self.problem, self.evaluator = problem, problem.evaluator
        self.master = problem.master()
        self.began, self.seconds = time.monotonic(), seconds
        self.best: MasterSolution | None = None
        self.bound = self.estimate = 0.0
        self.iterations = self.cuts = self.evaluations = 0

    def run(
        self,
        start: Profile | None,
        on_progress: Callable[[float | None, float], None],
        stop: Stop,
    ) -> DayResult:
        """Alternate between master and evaluator until a proposal holds."""
        impossible = self._first_bounds()
        if impossible:
            return self._result(DayStatus.INFEASIBLE, impossible)
        if start is not None:
            self._try_cover(start)
            self._by_slopes()
            on_progress(None if self.best is None else self.best.cost, self.bound)
        while self._left() > 0 and not stop():
            self.iterations += 1
            proposal = self.master.solve(max(0.1, self._left()))
            if proposal.counts is None:
                return self._result(DayStatus.INFEASIBLE if proposal.proven else self._open())
            self.bound = max(self.bound, proposal.bound)
            missed = [t for t in range(self.evaluator.targets) if self._missed(proposal.profile, t)]
            if not missed:
                self._keep(proposal)
            on_progress(None if self.best is None else self.best.cost, self.bound)
            if self.best is not None and self.best.cost <= self.bound + 1e-6:
                return self._result(DayStatus.OPTIMAL)
            if not missed:
                break  # holds, but the master was not solved to the end
            self._cut(proposal.profile, missed)
        return self._result(self._open())

    def _first_bounds(self) -> tuple[int, ...]:
        """Ask for what each period needs when all others have all desks; name hopeless targets."""
        impossible = []
        for target in range(self.evaluator.targets):
            profile = list(self.problem.most)
            if self._missed(tuple(profile), target):
                impossible.append(target)
                continue
            own = self.evaluator.own_period(target)
            people = self._highest_missed(profile, own, target, low=-1)
            if people >= 0:
                self.master.require(own, people + 1)
        return tuple(impossible)

    def _try_cover(self, requirement: Profile) -> None:
        """Cover the requirement, then more of it, until a cover holds the targets.

        Where the people at hand cannot cover it, as much as they can.
        """
        for more in range(1 + (MOST_MORE if self.budget.slopes else 0)):
            raised = tuple(people + more for people in requirement)
            cover = cheapest_cover(self.problem, raised, max(0.1, self._left()))
            if cover.counts is None:
                cover = nearest_cover(self.problem, raised, max(0.1, self._left()))
            if cover.counts is not None and not any(
                self._missed(cover.profile, target) for target in range(self.evaluator.targets)
            ):
                self._keep(cover)
                return

    def _by_slopes(self) -> None:
        """Look for a cheaper schedule where buying more people pays most."""
        measuring = self.problem.measuring
        if measuring is None or not self.budget.slopes:
            return
        problem = self.problem
        counted = _Counted(measuring, self._count)
        ends = self.evaluations + self.budget.slopes
        found = search_by_slopes(
            SlopeProblem(problem.menu, problem.most, problem.least, counted, problem.rows),
            self.best,
            lambda: self.evaluations < ends and self._left() > 0,
        )
        self.estimate = found.estimate
        if found.best is not None:
            self._keep(found.best)

    def _cut(self, profile: Profile, missed: list[int]) -> None:
        """Exclude what is too low for each missed target, lifted in two orders."""
        for target in missed:
            window = self.evaluator.window(target)
            own = self.evaluator.own_period(target)
            far_first = sorted(window, key=lambda period: (-abs(period - own), period))
            near_first = far_first[::-1]
            for order in (far_first, near_first):
                lifted = self._lift(profile, target, order)
                self.master.exclude(lifted, window)
                self.cuts += 1

    def _lift(self, profile: Profile, target: int, order: list[int]) -> Profile:
        """Raise the profile, period by period, as far as the target is still missed."""
        lifted = list(profile)
        for period in order:
            lifted[period] = self._highest_missed(lifted, period, target, low=profile[period])
        return tuple(lifted)

    def _highest_missed(self, profile: list[int], period: int, target: int, low: int) -> int:
        """Return the most people in a period with which the target is still missed, >= ``low``.

        ``low`` is known to miss (or -1); bisection needs a monotone target and stays a valid
        lower estimate without.
        """
        high = self.problem.most[period]
        tried = list(profile)
        while low < high:
            middle = (low + high + 1) // 2
            tried[period] = middle
            if self._missed(tuple(tried), target):
                low = middle
            else:
                high = middle - 1
        return low

    def _missed(self, profile: Profile, target: int) -> bool:
        self._count()
        return self.evaluator.missed(profile, target)

    def _count(self) -> None:
        self.evaluations += 1

    def _keep(self, solution: MasterSolution) -> None:
        if self.best is None or solution.cost < self.best.cost:
            self.best = solution

    def _left(self) -> float:
        """Return the time left [s]; none once the evaluations are used up."""
        if 0 < self.budget.total <= self.evaluations:
            return 0.0
        return self.seconds - (time.monotonic() - self.began)

    def _open(self) -> DayStatus:
        return DayStatus.OUT_OF_TIME if self.best is None else DayStatus.FEASIBLE

    def _result(self, status: DayStatus, impossible: tuple[int, ...] = ()) -> DayResult:
        best = self.best if status is not DayStatus.INFEASIBLE else None
        return DayResult(
            status=status,
            counts=best.counts if best else None,
            profile=best.profile if best else (),
            cost=best.cost if best else None,
            bound=self.bound,
            estimate=self.estimate,
            exact=self.evaluator.monotone,
            impossible=impossible,
            iterations=self.iterations,
            cuts=self.cuts,
            evaluations=self.evaluations,
            seconds=time.monotonic() - self.began,
        )


@dataclass(frozen=True)
class _Counted:
    """An evaluator that counts what it is asked."""

    measuring: Measuring
    count: Callable[[], None]

    def excess(self, profile: Profile) -> NDArray[np.float64]:
        self.count()
        return self.measuring.excess(profile)
