"""What a roster of real people does to the promises, fed back into the requirement.

A requirement is staffed by anonymous clerks; a roster by people with breaks, trainees at half speed
and gaps.  The roster is played on the design weeks, absence included; on the days on which it does
not hold its promises, the requirement is raised in the slots in which late customers waited and
which the roster covers (where it is short already, asking for more changes nothing).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.roster import Roster
from planner.model.requirement import DeskPlan, requirement_of
from planner.plan.refined_requirement import RefinedRequirement, RefinementWork, location_trial
from planner.plan.requirement_refinement import TrialResult, raise_day
from planner.plan.requirement_trial import tolerances
from planner.plan.shortfalls import Cell, covered_desks
from planner.sim.absence import sample_absences
from planner.sim.capacity import staffing_from_roster

#: Share of a tolerance that a day may use up on the design weeks.
USABLE = 0.9


@dataclass(frozen=True)
class Feedback:
    """A roster judged on the design weeks.

    Attributes
    ----------
    missed : int
        Days of locations on which a promise does not hold.
    raised : RefinedRequirement
        The requirement raised where that can help.
    """

    missed: int
    raised: RefinedRequirement

    def asks_more_than(self, refined: RefinedRequirement) -> bool:
        """Tell whether the raised requirement asks for more than the one the roster covers."""
        return self.raised.requirement.slots != refined.requirement.slots


def feedback(work: RefinementWork, refined: RefinedRequirement, roster: Roster) -> Feedback:
    """Return how a roster holds the promises on the design weeks, and what to ask for instead."""
    weeks = range(len(work.weeks))
    staffing = [
        staffing_from_roster(work.case, roster, sample_absences(work.case, roster, work.seed, week))
        for week in weeks
    ]
    covered = covered_desks(refined.requirement, roster)
    missed, plans = 0, []
    for plan in refined.plans:
        trial = location_trial(work, plan)
        result = trial.play([staff.locations[trial.location] for staff in staffing], plan)
        limits = tolerances(trial.promises).limits
        days = _missed_days(result, limits)
        missed += len(days)
        plans.append(_raised(work.case, plan, result, days, covered))
    raised = replace(
        refined, requirement=requirement_of(work.case, tuple(plans)), plans=tuple(plans)
    )
    return Feedback(missed, raised)


def _missed_days(result: TrialResult, limits: NDArray[np.float64]) -> NDArray[np.int64]:
    if not len(limits):
        return np.zeros(0, dtype=np.int64)
    days: NDArray[np.int64] = np.flatnonzero(
        (result.means() > USABLE * limits[:, None]).any(axis=0)
    )
    return days


def _raised(
    case: PlanningCase,
    plan: DeskPlan,
    result: TrialResult,
    days: NDArray[np.int64],
    covered: Counter[Cell],
) -> DeskPlan:
    desks = plan.desks.copy()
    for day in days:
        helps = _covered_slots(case, plan, int(day), covered)
        room = plan.desks[day].sum(axis=0) < plan.most
        raise_day(desks[day], result.blame[day] * helps * room, plan.most)
    return plan.with_desks(desks)


def _covered_slots(
    case: PlanningCase, plan: DeskPlan, day: int, covered: Counter[Cell]
) -> NDArray[np.bool_]:
    """Return where desks are asked for and the roster has them; bool (skills, slots)."""
    date, size = case.horizon.dates[day], case.horizon.slot_minutes
    return np.array(
        [
            [
                0 < desks <= covered[plan.location, date, skill, slot * size]
                for slot, desks in enumerate(plan.desks[day, row].tolist())
            ]
            for row, skill in enumerate(plan.skills)
        ],
        dtype=np.bool_,
    )
