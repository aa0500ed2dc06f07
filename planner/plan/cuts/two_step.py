"""The two-step way at the same service: a fair opponent for simulation cuts.

The usual way takes a requirement slot by slot from a formula and covers it most cheaply.  As it
stands it may serve better than promised, or worse; its hours then say nothing.  Here its goal is
loosened (or tightened) until its cheapest cover just holds the very targets, on the very sampled
weeks, that the other way has to hold.  Beyond the tightest goal the requirement is raised in every
slot; beyond the loosest, which never fills desks to more than 95 %, it is scaled down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.requirement import Workload
from planner.model.requirement import Desks, day_requirement, skill_requirement
from planner.model.requirement_limit import fit_to_desks
from planner.model.shift_master import MasterSolution, Profile
from planner.plan.cuts.group_rows import GroupRows
from planner.plan.cuts.simulation_cuts import DayProblem, cheapest_cover

#: Goals in multiples of what the promises tolerate, the tightest first: quarters of a doubling.
GOALS = tuple(2.0 ** (step / 4.0) for step in range(-24, 21))


@dataclass(frozen=True, slots=True)
class Goal:
    """What the formula is told.

    Attributes
    ----------
    tolerance : float
        What the promises tolerate, in multiples of what was promised.
    more : int
        People added to the requirement of every slot with work.
    share : float
        What is kept of the requirement, rounded up.
    """

    tolerance: float = 1.0
    more: int = 0
    share: float = 1.0


#: From the strictest to the loosest.
LADDER = (
    *(Goal(GOALS[0], more) for more in range(6, 0, -1)),
    *(Goal(tolerance) for tolerance in GOALS),
    *(Goal(GOALS[-1], share=1.0 - step / 40.0) for step in range(1, 25)),
)


@dataclass(frozen=True, slots=True)
class SameService:
    """The cheapest cover whose goal is loosened as far as its targets allow."""

    cover: MasterSolution
    goal: Goal


@dataclass(frozen=True)
class UsualWay:
    """The two-step way on one day of a location.

    Attributes
    ----------
    groups : GroupRows or None
        Who covers the requirement by skill; None: everybody holds every skill.
    """

    case: PlanningCase
    workloads: tuple[Workload, ...]
    day: int
    slots: tuple[int, ...]
    problem: DayProblem
    seconds: float
    groups: GroupRows | None = None

    def cover(self, goal: Goal) -> MasterSolution:
        """Return the cheapest cover of the formula's requirement with a goal."""
        if self.groups is None:
            return cheapest_cover(self.problem, self.requirement(goal), self.seconds)
        return skill_cover(self.problem, self.groups, self._by_skill(goal), self.seconds)

    def requirement(self, goal: Goal) -> Profile:
        """Return the formula's requirement with a goal, by staffed slot."""
        told = day_requirement(self.case, self.workloads, self.day, goal.tolerance)
        return tuple(int(people) for people in _asked(told[list(self.slots)], goal))

    def at_same_service(self, holds: Callable[[Profile], bool]) -> SameService | None:
        """Return the loosest goal that holds, by bisection; None where none does.

        Parameters
        ----------
        holds : callable
            Plays people by slot on the sampled weeks.
        """
        low, high, best = 0, len(LADDER) - 1, None
        while low <= high:
            middle = (low + high) // 2
            cover = self.cover(LADDER[middle])
            if cover.counts is not None and holds(cover.profile):
                best, low = SameService(cover, LADDER[middle]), middle + 1
            else:
                high = middle - 1
        return best

    def _by_skill(self, goal: Goal) -> Desks:
        """Return the formula's requirement with a goal; int64 (skills, staffed slots)."""
        loads = tuple(sorted(self.workloads, key=lambda load: load.skill))
        told = skill_requirement(self.case, loads, self.day, goal.tolerance)
        return _asked(told[:, list(self.slots)], goal)


def skill_cover(
    problem: DayProblem, groups: GroupRows, desks: Desks, seconds: float
) -> MasterSolution:
    """Return the cheapest shifts of groups that cover a requirement by skill, within the desks.

    Parameters
    ----------
    desks : int64 array (skills, staffed slots)
        Where all skills together ask for more desks than there are, each gives up what it can spare
        over its load.
    """
    plan, slots = groups.day.plan, groups.day.slots
    loads = plan.loads[groups.day.day][None][:, :, slots]
    fitted = fit_to_desks(desks[None], loads, plan.most)[0]
    asked = replace(problem, rows=(*problem.rows, *groups.cover(fitted)))
    return asked.master().solve(seconds)


def _asked(desks: Desks, goal: Goal) -> Desks:
    """Return desks scaled and raised as a goal says."""
    asked: Desks = (np.ceil(goal.share * desks - 1e-9) + goal.more * (desks > 0)).astype(np.int64)
    return asked


def holding(problem: DayProblem) -> Callable[[Profile], bool]:
    """Return whether people by slot hold every target of a problem."""
    evaluator = problem.evaluator

    def holds(profile: Profile) -> bool:
        return not any(evaluator.missed(profile, target) for target in range(evaluator.targets))

    return holds
