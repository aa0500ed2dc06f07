"""The appointment grid as a decision: slots by day and time, chosen together with the shifts.

How many slots a location offers in a week follows from its lead-time targets
(`planner.model.requirement_lead`), or stays as it is; how they lie in the day is decided with the
shifts (`planner.model.slot_master`), day by day, since nothing but the week's number couples days.
The slots are then spread over the people found, most to spare first, and become the appointment
desks of the case; simulation judges them like any others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.place import Location
from planner.domain.requirement import Workload
from planner.model.requirement import (
    DeskPlan,
    day_work,
    desk_plans,
    least_people,
    requirement_of,
    staffed_slots,
)
from planner.model.requirement_curve import most_load
from planner.model.requirement_lead import CounterHours
from planner.model.requirement_promise import promises
from planner.model.slot_master import SlotDay, shifts_and_slots, shifts_for
from planner.parallel import ordered_map
from planner.plan.appointment_grid import GridInput, GridRow, as_desks, grid_of_days, show_share
from planner.plan.cuts.sampled_day import slot_menu
from planner.units import MINUTES_PER_HOUR

Say = Callable[[str, float | None, str], None]
Stop = Callable[[], bool]
#: The solver's own count of its work for a day.
EFFORT = 2.0


@dataclass(frozen=True)
class GridDay:
    """A day of a location: slots wanted, and what shifts cost with them.

    Attributes
    ----------
    wanted, placed : int
        Slots of the day asked for, and those that found room.
    given_hours : float
        Paid hours of the cheapest shifts when as many slots lie as they do in the case [h].
    decided_hours : float
        The same when their times are decided with the shifts [h].
    bound_hours : float
        No shifts for as many slots cost less, for the formula [h].
    profile : tuple of int
        People present by slot of the day.
    """

    location: str
    day: int
    wanted: int
    placed: int
    given_hours: float
    decided_hours: float
    bound_hours: float
    profile: tuple[int, ...]


@dataclass(frozen=True)
class DecidedGrid:
    """The grid, and the case with it."""

    case: PlanningCase
    rows: tuple[GridRow, ...]
    days: tuple[GridDay, ...]


@dataclass(frozen=True)
class _Site:
    """A location of which the grid is decided."""

    plan: DeskPlan
    workloads: tuple[Workload, ...]
    wanted: float
    work_minutes: float


def decided_grid(
    case: PlanningCase,
    workloads: tuple[Workload, ...],
    hours: tuple[CounterHours, ...],
    jobs: int = 1,
    say: Say = lambda _phase, _share, _detail: None,
    stop: Stop = lambda: False,
) -> DecidedGrid:
    """Return the grid of all locations with appointments, decided with the shifts.

    Parameters
    ----------
    workloads : tuple of Workload
        Expected work of every location and skill.
    hours : tuple of CounterHours
        Slots a week by location.
    stop : callable
        True once the caller wants what there is: locations not yet decided keep their desks.
    """
    sites = _sites(case, workloads, hours)
    plans, days = [], []
    for number, found in enumerate(ordered_map(partial(_decide, case), sites, jobs)):
        site = sites[number]
        days += found
        plans.append(site.plan.with_desks(_desks(site.plan, found)))
        say("grid", (number + 1) / len(sites), site.plan.location)
        if stop():
            break
    given = GridInput(requirement_of(case, tuple(plans)), None, workloads, ())
    rows = grid_of_days(case, given, {(day.location, day.day): day.placed for day in days})
    return DecidedGrid(with_grid(case, rows), rows, tuple(days))


def present_slots(case: PlanningCase, hours: tuple[CounterHours, ...]) -> tuple[CounterHours, ...]:
    """Return counter hours with as many slots a week as the case offers today."""
    return tuple(
        replace(
            row,
            slots_per_week=row.nominal_hours
            * MINUTES_PER_HOUR
            / case.location(row.location).slot_minutes,
            needed_hours=row.nominal_hours,
        )
        for row in hours
    )


def with_grid(case: PlanningCase, rows: tuple[GridRow, ...]) -> PlanningCase:
    """Return the case with a grid as its appointment desks, overbooked slots left to its policy.

    Weekdays on which a location is closed in the horizon, and locations without a row, keep theirs.
    """
    desks = as_desks(case, tuple(replace(row, slots=row.slots - row.overbooked) for row in rows))
    decided = {(row.location, row.weekday) for row in desks}
    kept = tuple(
        row for row in case.appointment_desks if (row.location, row.weekday) not in decided
    )
    every = sorted((*kept, *desks), key=lambda row: (row.location, row.weekday, row.start_minute))
    return replace(case, appointment_desks=tuple(every))


def _sites(
    case: PlanningCase, workloads: tuple[Workload, ...], hours: tuple[CounterHours, ...]
) -> list[_Site]:
    plans = {plan.location: plan for plan in desk_plans(case, workloads)}
    sites = []
    for row in hours:
        own = tuple(load for load in workloads if load.location == row.location)
        if row.location in plans and row.slots_per_week > 0:
            work = _work_of_a_slot(case, own, row)
            sites.append(_Site(plans[row.location], own, row.slots_per_week, work))
    return sites


def _work_of_a_slot(
    case: PlanningCase, workloads: tuple[Workload, ...], hours: CounterHours
) -> float:
    """Return the work that an offered slot brings [min]: of those who book it, and come."""
    area = case.location(hours.location).area
    policy = next(policy for policy in case.booking if policy.area == area)
    kept = sum(float(load.appointment_rate.sum()) for load in workloads)
    minutes = sum(float(load.appointment_rate.sum()) * load.mean_minutes for load in workloads)
    came = hours.requests_per_week * (1.0 - policy.cancelled_share) * show_share(policy)
    return min(came / hours.slots_per_week, 1.0) * minutes / kept if kept else 0.0


def _decide(case: PlanningCase, site: _Site) -> list[GridDay]:
    """Return the days of a site; days with fewer desks than people who must be there drop."""
    location = case.location(site.plan.location)
    wanted = _by_day(case, location, site.wanted)
    return [
        day
        for number in range(case.horizon.days)
        if wanted[number] and (day := _decide_day(case, site, number, wanted[number])) is not None
    ]


def _by_day(case: PlanningCase, location: Location, per_week: float) -> list[int]:
    """Return the week's slots by day of the horizon, as its desk minutes are shared out today."""
    minutes = np.zeros(7)
    for row in case.appointment_desks:
        if row.location == location.id:
            minutes[row.weekday] += row.desks * (row.end_minute - row.start_minute)
    if not minutes.any():
        for weekday, spans in enumerate(location.opening.weekly):
            minutes[weekday] = sum(span.minutes for span in spans)
    opened = [bool(location.opening.on(date, case.horizon)) for date in case.horizon.dates]
    shares = np.array([minutes[d.weekday()] for d in case.horizon.dates]) * opened
    edges = np.round(np.cumsum(shares) * per_week / minutes.sum())
    # Rounded cumulatively, so that the week has its number.
    return [int(count) for count in np.diff(edges, prepend=0.0)]


def _decide_day(case: PlanningCase, site: _Site, day: int, wanted: int) -> GridDay | None:
    location = case.location(site.plan.location)
    times = _times(case, location, day)
    posed = _posed(case, site, day, times, wanted)
    given = shifts_for(posed, _given(case, location, day, times, wanted), EFFORT)
    free = shifts_and_slots(posed, EFFORT, given)
    if free is None or given is None:
        return None
    profile = np.zeros(case.horizon.slots_per_day, dtype=np.int64)
    profile[_staffed(case, location, day)] = free.profile
    return GridDay(
        location=location.id,
        day=day,
        wanted=wanted,
        placed=wanted - free.unplaced,
        given_hours=given.cost / MINUTES_PER_HOUR,
        decided_hours=free.cost / MINUTES_PER_HOUR,
        profile=tuple(profile.tolist()),
        bound_hours=min(free.bound, free.cost) / MINUTES_PER_HOUR,
    )


def _staffed(case: PlanningCase, location: Location, day: int) -> NDArray[np.int64]:
    return np.flatnonzero(staffed_slots(case, location, day))


def _times(case: PlanningCase, location: Location, day: int) -> list[int]:
    """Return the minutes of the day at which a slot can begin."""
    step = location.slot_minutes
    return [
        start
        for span in location.opening.on(case.horizon.dates[day], case.horizon)
        for start in range(span.start_minute, span.end_minute - step + 1, step)
    ]


def _posed(case: PlanningCase, site: _Site, day: int, times: list[int], wanted: int) -> SlotDay:
    location, plan = case.location(site.plan.location), site.plan
    slots, size = _staffed(case, location, day), case.horizon.slot_minutes
    work = day_work(case, site.workloads, day)
    held = promises(case, location)
    return SlotDay(
        menu=slot_menu(case, slots.tolist()),
        least=tuple(least_people(case, plan, day)[slots].tolist()),
        carried=tuple(most_load(work, held, people) for people in range(plan.most + 1)),
        walk_ins=tuple(work.walk_in_load()[slots].tolist()),
        work=tuple(tuple(_overlap(at, site.work_minutes, slots * size, size)) for at in times),
        most_slots=(plan.most,) * len(times),
        slots=wanted,
    )


def _overlap(start: int, minutes: float, slots: NDArray[np.int64], size: int) -> Iterator[float]:
    """Yield the load of a slot's work by period [erlang]: from its start on, without a break."""
    for slot in slots.tolist():
        yield max(0.0, min(start + minutes, slot + size) - max(start, slot)) / size


def _given(
    case: PlanningCase, location: Location, day: int, times: list[int], wanted: int
) -> tuple[int, ...]:
    """Return ``wanted`` slots over the times as the case's desks lie, as far as desks go."""
    weekday = case.horizon.dates[day].weekday()
    own = [
        row
        for row in case.appointment_desks
        if row.location == location.id and row.weekday == weekday
    ]
    desks = np.array(
        [sum(r.desks for r in own if r.start_minute <= at < r.end_minute) for at in times]
    )
    if not desks.any():
        desks = np.ones(len(times), dtype=np.int64)
    # Rounded cumulatively, so that the sum is right and neighbours share the rest.
    edges = np.round(np.cumsum(desks) * wanted / desks.sum()).astype(int)
    return tuple(np.minimum(np.diff(edges, prepend=0), location.desks).tolist())


def _desks(plan: DeskPlan, days: list[GridDay]) -> NDArray[np.int64]:
    """Return the people found as desks of the first skill."""
    desks = np.zeros_like(plan.desks)
    for day in days:
        desks[day.day, 0] = day.profile
    return desks
