"""A plan of opening hours as changes of a scenario: hours, bookable desks, first choices.

Bookable desk hours follow the work: a site keeps its desk hours times the change of its work by
switching, spread evenly over the new hours but the last half hour of a day.  First choices follow
the customers who switch.  Those lost to the hours stay in the demand: the scenario counts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from planner.domain.case import PlanningCase
from planner.domain.demand import AppointmentDesks
from planner.domain.place import Location
from planner.model.opening_hours.blocks import DayHours
from planner.model.opening_hours.problem import WHOLE, HoursProblem, Plan
from planner.model.opening_hours.score import PlanScore, displaced, hours_of
from planner.units import minute_to_clock

Rows = dict[str, dict[str, str | float | int] | None]

#: Days as scenario files write them.
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: Grid of bookable hours, and how long before closing the last booking ends [min].
_STEP = 30
#: Shares are written with so many decimals.
_DECIMALS = 6


def option_tables(
    case: PlanningCase, problem: HoursProblem, plan: Plan, value: PlanScore
) -> dict[str, Rows]:
    """Return the rows that change, by table and key of the row."""
    hours = hours_of(problem, plan)
    today = hours_of(problem, problem.today)
    opening: Rows = {}
    desks: Rows = {}
    for number, site in enumerate(problem.sites):
        factor = value.work[number] / site.work_minutes if site.work_minutes else 1.0
        if hours[number] != today[number]:
            opening |= _opening(site.id, today[number], hours[number])
        if hours[number] != today[number] or abs(factor - 1) > 1e-9:
            desks |= _desks(case, case.location(site.id), hours[number], factor)
    changes = [
        displaced(new, problem.reaction) - displaced(old, problem.reaction)
        for new, old in zip(hours, today, strict=True)
    ]
    choices = _choices(case, problem, changes)
    return {"opening_hours": opening, "appointment_desks": desks, "location_choice": choices}


def desk_key(site: str, day: int, start: int) -> str:
    """Return the key of a row of opening hours or appointment desks, as scenario files write it."""
    return f"{site}/{_DAYS[day]}/{minute_to_clock(start)}"


def bookable_rows(
    place: Location, hours: tuple[DayHours, ...], half_hours: int, most: int
) -> Iterator[AppointmentDesks]:
    """Yield the desks that spread ``half_hours`` desk half hours evenly over ``hours``.

    At most ``most`` desks at once; what does not fit is not booked.
    """
    grid = [
        (day, start)
        for day, intervals in enumerate(hours)
        for interval in intervals
        for start in range(interval.start_minute, interval.end_minute - _STEP, _STEP)
    ]
    if not grid:
        return
    each, extra = divmod(min(half_hours, most * len(grid)), len(grid))
    ranked = sorted(range(len(grid)), key=lambda i: (_place_in_day(grid, i), grid[i][0]))
    more = set(ranked[:extra])
    counted = [(day, start, each + (i in more)) for i, (day, start) in enumerate(grid)]
    for (day, count, _run), group in groupby(enumerate(counted), key=_run_of):
        starts = [start for _i, (_day, start, _count) in group]
        if count:
            yield AppointmentDesks(place.id, day, starts[0], starts[-1] + _STEP, count)


def _run_of(item: tuple[int, tuple[int, int, int]]) -> tuple[int, int, int]:
    index, (day, start, count) = item
    return day, count, start - index * _STEP


def _place_in_day(grid: list[tuple[int, int]], index: int) -> int:
    day = grid[index][0]
    return sum(other == day for other, _start in grid[:index])


def _opening(site: str, today: tuple[DayHours, ...], hours: tuple[DayHours, ...]) -> Rows:
    rows: Rows = {}
    for day, (old, new) in enumerate(zip(today, hours, strict=True)):
        if old == new:
            continue
        rows |= {desk_key(site, day, i.start_minute): None for i in old}
        rows |= {
            desk_key(site, day, i.start_minute): {"end": minute_to_clock(i.end_minute)} for i in new
        }
    return rows


def _desks(case: PlanningCase, place: Location, hours: tuple[DayHours, ...], factor: float) -> Rows:
    old = [row for row in case.appointment_desks if row.location == place.id and row.weekday < 6]
    if not old:
        return {}
    booked = sum((row.end_minute - row.start_minute) * row.desks for row in old)
    most = min(place.desks, max(place.desks - 1, *(row.desks for row in old)))
    rows: Rows = {desk_key(place.id, row.weekday, row.start_minute): None for row in old}
    for row in bookable_rows(place, hours, round(booked * factor / _STEP), most):
        key = desk_key(place.id, row.weekday, row.start_minute)
        rows[key] = {"end": minute_to_clock(row.end_minute), "desks": row.desks}
    return rows


def _choices(case: PlanningCase, problem: HoursProblem, changes: list[int]) -> Rows:
    """Return the first choices after switching, where they differ."""
    area = case.location(problem.sites[0].id).area
    given = {(c.origin, c.location): c.share for c in case.location_choice if c.area == area}
    rows: Rows = {}
    for origin in sorted({origin for origin, _site in given}):
        old = [given.get((origin, site.id), 0.0) for site in problem.sites]
        new = _switched(problem, old, changes)
        for site, before, after in zip(problem.sites, old, new, strict=True):
            if abs(after - before) >= 10**-_DECIMALS:
                rows[f"{origin}/{area}/{site.id}"] = {"share": after}
    return rows


def _switched(problem: HoursProblem, old: list[float], changes: list[int]) -> list[float]:
    new = list(old)
    for source, change in enumerate(changes):
        moving = problem.reaction.switch * old[source] * change / WHOLE
        for target, share in enumerate(problem.flows[source]):
            new[source] -= moving * share
            new[target] += moving * share
    kept = [max(0.0, value) for value in new]
    total, before = sum(kept), sum(old)
    return [round(value * before / total, _DECIMALS) if total else 0.0 for value in kept]
