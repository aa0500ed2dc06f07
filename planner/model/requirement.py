"""The requirement: desks per location, skill and slot that hold the wait targets.

Counters follow the offered load (open empty, queue carried from slot to slot, work left at closing
drained) through Erlang C with appointments before walk-ins; lines follow it through Erlang A.  The
same formula sees neither the queue that a busy slot hands to the next nor the grid of
appointments exactly; ``planner.plan.requirement_refinement`` corrects it by simulation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.place import Location, LocationKind
from planner.domain.requirement import Requirement, SlotRequirement, Workload
from planner.model.requirement_curve import DayWork, desks_by_slot
from planner.model.requirement_limit import fit_to_desks
from planner.model.requirement_promise import promises

Desks = NDArray[np.int64]


@dataclass(frozen=True)
class DeskPlan:
    """Desks of one location as an array, before they become rows of a requirement.

    Attributes
    ----------
    skills : tuple of str
        Skills, sorted; second axis of ``desks``.
    desks : int64 array (days, skills, slots)
        Desks per slot.
    least : int64 array (days, skills, slots)
        Desks below which a refinement must not go: somebody with the skill while customers of it
        come, and the desks that drain the work left at closing.
    loads : float64 array (days, skills, slots)
        Offered load [erlang].
    most : int
        Desks of the location: the most over all skills in any slot.
    """

    location: str
    skills: tuple[str, ...]
    desks: Desks
    least: Desks
    loads: NDArray[np.float64]
    most: int

    def with_desks(self, desks: Desks) -> DeskPlan:
        """Return the plan with other desks."""
        return replace(self, desks=desks)


def requirement(case: PlanningCase, workloads: tuple[Workload, ...]) -> Requirement:
    """Return the requirement of the horizon from expected workloads.

    Parameters
    ----------
    case : PlanningCase
        Locations with ``constant_desks`` get no requirement.
    workloads : tuple of Workload
        One per location and skill.
    """
    return requirement_of(case, desk_plans(case, workloads))


def desk_plans(case: PlanningCase, workloads: tuple[Workload, ...]) -> tuple[DeskPlan, ...]:
    """Return the desks of every rostered location with work, in order of location."""
    grouped: dict[str, list[Workload]] = {}
    for workload in sorted(workloads, key=lambda item: (item.location, item.skill)):
        grouped.setdefault(workload.location, []).append(workload)
    return tuple(
        _desk_plan(case, location, grouped[location.id])
        for location in case.locations
        if location.constant_desks is None and location.id in grouped
    )


def day_requirement(
    case: PlanningCase, workloads: tuple[Workload, ...], day: int, goal: float
) -> Desks:
    """Return the desks of one location on one day over all skills; int64 (slots,).

    Parameters
    ----------
    workloads : tuple of Workload
        All of one location.
    goal : float
        What the promises tolerate, in multiples of what was promised (1: as promised).
    """
    desks = skill_requirement(case, workloads, day, goal)
    total: Desks = np.minimum(desks.sum(axis=0), case.location(workloads[0].location).desks)
    return total


def skill_requirement(
    case: PlanningCase, workloads: tuple[Workload, ...], day: int, goal: float
) -> Desks:
    """Return the desks of one location on one day by skill; int64 (skills, slots).

    Parameters
    ----------
    workloads : tuple of Workload
        All of one location; the rows are in their order.
    goal : float
        As in ``day_requirement``.
    """
    location = case.location(workloads[0].location)
    held = tuple(promise.scaled(goal) for promise in promises(case, location))
    patience, staffed = _patience(case, location), staffed_slots(case, location, day)
    works = [_day_work(case, workload, day, patience) for workload in workloads]
    desks: Desks = np.array([desks_by_slot(work, held, location.desks) for work in works])
    return desks * staffed


def requirement_of(case: PlanningCase, plans: tuple[DeskPlan, ...]) -> Requirement:
    """Return the requirement that consists of these desks, presence and back-office work."""
    return Requirement(
        slot_minutes=case.horizon.slot_minutes,
        slots=tuple(sorted(row for plan in plans for row in slot_rows(case, plan))),
        back_office_minutes=tuple(
            (location.id, back_office_minutes(case, location))
            for location in case.locations
            if location.constant_desks is None
        ),
        presence=tuple(
            sorted(row for location in case.locations for row in _presence(case, location))
        ),
    )


def back_office_minutes(case: PlanningCase, location: Location) -> int:
    """Return the deferrable back-office work of those whose home the location is [min]."""
    paid = sum(e.target_minutes(case.horizon) for e in case.employees if e.home == location.id)
    return round(location.back_office_share * paid)


def open_slots(case: PlanningCase, location: Location, day: int) -> NDArray[np.bool_]:
    """Return which slots of a day of the horizon overlap the open hours; bool (slots,)."""
    size = case.horizon.slot_minutes
    starts = np.arange(case.horizon.slots_per_day) * size
    flags = np.zeros(len(starts), dtype=np.bool_)
    for interval in location.opening.on(case.horizon.dates[day], case.horizon):
        flags |= (starts < interval.end_minute) & (starts + size > interval.start_minute)
    return flags


def staffed_slots(case: PlanningCase, location: Location, day: int) -> NDArray[np.bool_]:
    """Return which slots lie in the hours in which customers can be served; bool (slots,).

    Open slots, and those that lie within ``staffed_after_minutes`` of closing and before the time
    of day at which every shift has ended.
    """
    size = case.horizon.slot_minutes
    flags = open_slots(case, location, day)
    starts = np.arange(len(flags)) * size
    for interval in location.opening.on(case.horizon.dates[day], case.horizon):
        last = interval.end_minute + location.staffed_after_minutes
        last = min(last, case.shifts.latest_minute)
        flags |= (starts >= interval.end_minute) & (starts + size <= last)
    return flags


def least_people(case: PlanningCase, plan: DeskPlan, day: int) -> Desks:
    """Return who must be there on a day: presence, and somebody while work comes; (slots,)."""
    place = case.location(plan.location)
    present = place.minimum_presence * open_slots(case, place, day)
    least: Desks = np.minimum(np.maximum(plan.least[day].max(axis=0), present), plan.most)
    return least


def _desk_plan(case: PlanningCase, location: Location, workloads: list[Workload]) -> DeskPlan:
    held = promises(case, location)
    patience = _patience(case, location)
    shape = (case.horizon.days, len(workloads), case.horizon.slots_per_day)
    desks, loads = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    opened = np.zeros((case.horizon.days, 1, case.horizon.slots_per_day), dtype=np.bool_)
    for day in range(case.horizon.days):
        opened[day, 0] = open_slots(case, location, day)
        staffed = staffed_slots(case, location, day)
        for index, workload in enumerate(workloads):
            work = _day_work(case, workload, day, patience)
            loads[day, index] = work.walk_in_load() + work.appointment_load()
            desks[day, index] = desks_by_slot(work, held, location.desks) * staffed
    fitted = fit_to_desks(desks, loads, location.desks)
    least = np.where(opened, np.minimum(fitted, 1), fitted)
    skills = tuple(workload.skill for workload in workloads)
    return DeskPlan(location.id, skills, fitted, least, loads, location.desks)


def _day_work(case: PlanningCase, workload: Workload, day: int, patience: float | None) -> DayWork:
    return DayWork(
        walk_ins=workload.walk_in_rate[day],
        appointments=workload.appointment_rate[day],
        slot_minutes=float(case.horizon.slot_minutes),
        mean_minutes=workload.mean_minutes,
        squared_cv=workload.squared_cv,
        patience_minutes=patience,
    )


def day_work(case: PlanningCase, workloads: tuple[Workload, ...], day: int) -> DayWork:
    """Return the work of a day over all skills of a location, as if everybody held them all."""
    rates = [load.walk_in_rate[day] + load.appointment_rate[day] for load in workloads]
    counts = np.array([rate.sum() for rate in rates])
    means = np.array([load.mean_minutes for load in workloads])
    weights = counts / counts.sum() if counts.any() else np.full(len(means), 1.0 / len(means))
    mean = float(weights @ means)
    squares = means**2 * (1.0 + np.array([load.squared_cv for load in workloads]))
    return DayWork(
        walk_ins=np.sum([load.walk_in_rate[day] for load in workloads], axis=0),
        appointments=np.sum([load.appointment_rate[day] for load in workloads], axis=0),
        slot_minutes=float(case.horizon.slot_minutes),
        mean_minutes=mean,
        squared_cv=float(weights @ squares) / mean**2 - 1.0,
    )


def _patience(case: PlanningCase, location: Location) -> float | None:
    if location.kind is not LocationKind.PHONE:
        return None
    for patience in case.patience:
        if patience.location_kind == location.kind.value:
            return patience.mean_minutes
    return None


def slot_rows(case: PlanningCase, plan: DeskPlan) -> Iterator[SlotRequirement]:
    """Yield the rows of a desk plan with at least one desk, unsorted."""
    dates, size = case.horizon.dates, case.horizon.slot_minutes
    for day, skill, slot in np.argwhere(plan.desks > 0):
        yield SlotRequirement(
            plan.location,
            dates[day],
            int(slot) * size,
            plan.skills[skill],
            int(plan.desks[day, skill, slot]),
        )


def _presence(case: PlanningCase, location: Location) -> Iterator[SlotRequirement]:
    if location.constant_desks is not None or location.minimum_presence < 1:
        return
    for day, date in enumerate(case.horizon.dates):
        for slot in np.flatnonzero(open_slots(case, location, day)):
            start = int(slot) * case.horizon.slot_minutes
            yield SlotRequirement(location.id, date, start, "", location.minimum_presence)
