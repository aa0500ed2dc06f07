"""The two-step way at the same service: a fair opponent for simulation cuts.

The usual way takes a requirement slot by slot from a formula and covers it most cheaply.  As it
stands it may serve better than promised, or worse; its hours then say nothing.  Here its goal is
loosened (or tightened) until its cheapest cover just holds the very targets, on the very sampled
weeks, that the other way has to hold.  Beyond the tightest goal everybody's requirement is raised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.domain.case import PlanningCase
from planner.domain.requirement import Workload
from planner.model.requirement import day_requirement
from planner.model.shift_master import MasterSolution, Profile
from planner.plan.simulation_cuts import DayProblem, cheapest_cover

#: Goals in multiples of what the promises tolerate, the tightest first: quarters of a doubling.
GOALS = tuple(2.0 ** (step / 4.0) for step in range(-24, 21))
#: People beyond the requirement of the tightest goal, the most first.
MORE = (6, 5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class SameService:
    """The cheapest cover whose goal is loosened as far as its targets allow.

    Attributes
    ----------
    goal : float
        What the formula was told to tolerate, in multiples of the promise.
    more : int
        People added to the requirement of every slot with work; 0 but with the tightest goal.
    """

    cover: MasterSolution
    goal: float
    more: int


@dataclass(frozen=True)
class UsualWay:
    """The two-step way on one day of a location."""

    case: PlanningCase
    workloads: tuple[Workload, ...]
    day: int
    slots: tuple[int, ...]
    problem: DayProblem
    seconds: float

    def cover(self, goal: float, more: int = 0) -> MasterSolution:
        """Return the cheapest cover of the formula's requirement with a goal."""
        return cheapest_cover(self.problem, self.requirement(goal, more), self.seconds)

    def requirement(self, goal: float, more: int = 0) -> Profile:
        """Return the formula's requirement with a goal, and some more where there is work."""
        desks = day_requirement(self.case, self.workloads, self.day, goal)[list(self.slots)]
        return tuple(int(people) for people in desks + more * (desks > 0))

    def at_same_service(self, holds: Callable[[Profile], bool]) -> SameService | None:
        """Return the loosest goal that holds, by bisection; None where none does.

        Parameters
        ----------
        holds : callable
            Plays people by slot on the sampled weeks.
        """
        ladder = [(GOALS[0], more) for more in MORE] + [(goal, 0) for goal in GOALS]
        low, high, best = 0, len(ladder) - 1, None
        while low <= high:
            middle = (low + high) // 2
            goal, more = ladder[middle]
            cover = self.cover(goal, more)
            if cover.counts is not None and holds(cover.profile):
                best, low = SameService(cover, goal, more), middle + 1
            else:
                high = middle - 1
        return best


def holding(problem: DayProblem) -> Callable[[Profile], bool]:
    """Return whether people by slot hold every target of a problem."""
    evaluator = problem.evaluator

    def holds(profile: Profile) -> bool:
        return not any(evaluator.missed(profile, target) for target in range(evaluator.targets))

    return holds
