"""Why a location needs the desk hours that it needs: work, open doors, waiting, sickness.

The requirement of a location is split by switching its causes off one after the other:

``work``      customers times their mean work content;
``doors``     somebody must be there while the doors are open and few come: the requirement's
              floor beyond the offered load;
``waiting``   desks beyond load and floor that keep the waits: the fewer desks a team has open
              at once, the dearer is a customer (pooling);
``sickness``  desks beyond these that keep the promises when somebody falls out at short notice:
              one missing of two weighs more than one of five.

The four add up to the refined requirement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.domain.case import PlanningCase
from planner.model.requirement import DeskPlan, desk_plans
from planner.plan.refined_requirement import RefinementWork, refine_all, sample_weeks
from planner.sim.customer_table import Came, Customers
from planner.sim.workload import workloads_of
from planner.units import MINUTES_PER_HOUR


@dataclass(frozen=True, slots=True)
class DeskHourSplit:
    """Required desk hours of a location in the horizon by cause [h].

    ``appointments`` and ``walk_ins`` are the customers of the horizon, mean over the weeks;
    ``open_hours`` those of the horizon.
    """

    location: str
    open_hours: float
    appointments: float
    walk_ins: float
    work: float
    doors: float
    waiting: float
    sickness: float

    @property
    def total(self) -> float:
        """All required desk hours [h]."""
        return self.work + self.doors + self.waiting + self.sickness


def changed_hours(base: PlanningCase, other: PlanningCase) -> tuple[str, ...]:
    """Return the locations of both cases whose ordinary opening hours differ."""
    before = {place.id: place.opening.weekly for place in base.locations}
    return tuple(
        place.id
        for place in other.locations
        if place.id in before and before[place.id] != place.opening.weekly
    )


def desk_hour_splits(
    case: PlanningCase, locations: Sequence[str], seed: int, weeks: int
) -> tuple[DeskHourSplit, ...]:
    """Return the split of these locations, from sampled weeks 0, 1, … of ``seed``."""
    if not locations:
        return ()
    sampled = sample_weeks(case, seed, weeks)
    plans = tuple(
        plan for plan in desk_plans(case, workloads_of(case, sampled)) if plan.location in locations
    )
    healthy = replace(case, absence=replace(case.absence, rate=0.0))
    with_sick, without = (
        refine_all(RefinementWork(each, plans, sampled, seed)).plans for each in (case, healthy)
    )
    return tuple(
        _split(case, formula, sick, well, sampled)
        for formula, sick, well in zip(plans, with_sick, without, strict=True)
    )


def _split(
    case: PlanningCase,
    formula: DeskPlan,
    sick: DeskPlan,
    well: DeskPlan,
    weeks: Sequence[Customers],
) -> DeskHourSplit:
    hours = case.horizon.slot_minutes / MINUTES_PER_HOUR
    place = case.location(formula.location)
    floor = np.maximum(formula.least, formula.loads).sum()
    came = np.concatenate([week.came[week.rows(case.locations.index(place))] for week in weeks])
    return DeskHourSplit(
        location=place.id,
        open_hours=place.opening.minutes_per_week / MINUTES_PER_HOUR,
        appointments=float((came == Came.APPOINTMENT).sum()) / len(weeks),
        walk_ins=float((came == Came.WALK_IN).sum()) / len(weeks),
        work=float(formula.loads.sum()) * hours,
        doors=float(floor - formula.loads.sum()) * hours,
        waiting=float(well.desks.sum() - floor) * hours,
        sickness=float(sick.desks.sum() - well.desks.sum()) * hours,
    )
