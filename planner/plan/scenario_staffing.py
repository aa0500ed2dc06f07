"""Who serves in a scenario that is compared with others: three ways, each a stated rule.

``replanned``    the scenario's own requirement and a roster searched for it, as in the main job
                 with a short search and without verification;
``frozen``       the base's roster, adapted by the rule of ``frozen_roster``;
``requirement``  the desks that the scenario's requirement asks for, held by anonymous staff:
                 what would be needed, not what the people at hand can do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Assignment, Roster
from planner.model.requirement import desk_plans
from planner.model.roster.effort import Effort
from planner.model.roster.optimise import optimise
from planner.plan.new_staff import new_shifts
from planner.plan.refined_requirement import (
    RefinedRequirement,
    RefinementWork,
    refine_all,
    sample_weeks,
)
from planner.sim.replicate import StaffingSource
from planner.sim.workload import workloads_of


class Staffed(StrEnum):
    """How scenarios are staffed in a comparison."""

    REPLANNED = "replanned"
    FROZEN = "frozen"
    REQUIREMENT = "requirement"


@dataclass(frozen=True, slots=True)
class StaffingEffort:
    """How much goes into one scenario.

    Attributes
    ----------
    seconds : float
        Roster search [s]; counted work, so that the roster does not depend on the machine.
    design_weeks : int
        Sampled weeks behind the requirement, replications 0, 1, … of ``seed``.
    """

    seconds: float = 20.0
    design_weeks: int = 4
    seed: int = 1


@dataclass(frozen=True)
class ScenarioStaff:
    """Roster and requirement of a scenario; what a way of staffing does not need is None."""

    roster: Roster | None
    requirement: Requirement | None

    @property
    def source(self) -> StaffingSource:
        """Return who serves: the roster, else the requirement, else constant desks."""
        if self.roster is not None:
            return StaffingSource(roster=self.roster)
        return StaffingSource(requirement=self.requirement)


def has_roster(case: PlanningCase) -> bool:
    """Tell whether a case has locations that people are rostered for."""
    return any(place.constant_desks is None for place in case.locations)


def refined(case: PlanningCase, effort: StaffingEffort) -> RefinedRequirement:
    """Return the requirement of a scenario, refined on a few sampled weeks."""
    weeks = sample_weeks(case, effort.seed, effort.design_weeks)
    plans = desk_plans(case, workloads_of(case, weeks))
    return refine_all(RefinementWork(case, plans, weeks, effort.seed))


def scenario_staff(case: PlanningCase, way: Staffed, effort: StaffingEffort) -> ScenarioStaff:
    """Return who serves in a scenario by itself (``frozen``: the roster to be frozen)."""
    if not has_roster(case):
        return ScenarioStaff(None, None)
    needed = refined(case, effort).requirement
    if way is Staffed.REQUIREMENT:
        return ScenarioStaff(None, needed)
    limits = Effort(effort.seconds, 1, effort.seed, repeatable=True)
    outcome = optimise(case, needed, limits, lambda _progress: None, lambda: False)
    return ScenarioStaff(outcome.roster or Roster(), needed)


def frozen_roster(roster: Roster, case: PlanningCase, base: PlanningCase) -> Roster:
    """Return the base's roster as it would be worked in a scenario.

    1. Shifts of people whom the scenario does not have, or who are known to be absent, fall out.
    2. Who is rostered at a location that does not exist or stays closed that day works the same
       shift at the nearest location of the field that opens then (ties by id); where there is
       none, the shift falls out.
    3. Everything else stays, also where the doors are closed for a part of the shift.
    4. People whom only the scenario has work a plain pattern at home (``planner.plan.new_staff``).
    """
    known = {employee.id: employee for employee in case.employees}
    kept = []
    for assignment in roster.assignments:
        employee = known.get(assignment.employee)
        if employee is None or assignment.day in employee.absent:
            continue
        place = _open_place(assignment, case, employee.home)
        if place:
            kept.append(replace(assignment, location=place))
    return Roster.of([*kept, *new_shifts(case, {employee.id for employee in base.employees})])


def _open_place(assignment: Assignment, case: PlanningCase, home: str) -> str:
    """Return where a shift is worked: its location, else the nearest open one, else none."""
    open_then = {
        place.id: place
        for place in case.locations
        if place.opening.on(assignment.day, case.horizon)
    }
    if assignment.location in open_then:
        return assignment.location
    existing = {place.id: place for place in case.locations}
    start = assignment.location if assignment.location in existing else home
    area = existing[start].area
    minutes = {other: time for one, other, time in case.travel_minutes if one == start}
    minutes[start] = 0.0
    near = sorted(
        (minutes.get(place.id, inf), place.id) for place in open_then.values() if place.area == area
    )
    return near[0][1] if near else ""
