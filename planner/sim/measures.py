"""The measures of one replication (CONTRACT, "Names of measures"), by scope, area and channel.

A measure of a replication is a value with a weight: shares and means carry their denominator,
so that sums over districts and replications are ratios of sums.  Measures of customers exclude
those who arrive in the warm-up.

=====================  ======  ==================================================================
measure                unit    meaning
=====================  ======  ==================================================================
customers              1       people who come or call
wait_mean, wait_p90    min     over everybody admitted, those who leave included; calls: every try
wait_within_target     share   served within the target, of all tries
abandoned_share        share   left out of patience, of all tries
not_served_share       share   walk-ins turned away or left unserved at closing, of walk-ins
answered_within_30s    share   answered within 30 s, of all calls offered, further tries included
reachability           share   answered, of all calls offered
occupancy              share   time with customers, of planned serving time and serving beyond it
overtime_minutes       min     serving after the end of the shift
staff_hours            h       paid hours of those present
fte                    1       staff hours in full-time posts (the longest contract of the case)
back_office_open_hours h       back-office work of the horizon for which there was no time
=====================  ======  ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.place import LocationKind
from planner.sim.customer_table import Came, Customers
from planner.sim.doors import open_doors
from planner.sim.engine import Fate, Outcomes
from planner.sim.staff_time import StaffTime, staff_time
from planner.sim.staffing import LocationStaffing, Staffing
from planner.sim.thresholds import wait_threshold
from planner.sim.visits import Tries, tries_of
from planner.units import (
    DAYS_PER_WEEK,
    MINUTES_PER_HOUR,
    MS_PER_HOUR,
    MS_PER_SECOND,
    ms_to_minutes,
)

ALL = "all"
ANSWER_MS = 30 * MS_PER_SECOND
FULL_TIME_MINUTES = 39 * MINUTES_PER_HOUR
CHANNEL_OF = {"appointment": Came.APPOINTMENT, "walk_in": Came.WALK_IN, "phone": Came.CALL}


class Row(NamedTuple):
    """One measure of one replication; a weight of 0 means that it is not defined."""

    scope: str
    id: str
    area: str
    channel: str
    measure: str
    unit: str
    value: float
    weight: float


class Group(NamedTuple):
    """A scope, what it is of, a field of work, and the codes of its locations."""

    scope: str
    id: str
    area: str
    locations: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Played:
    """One location of one replication after the engine."""

    tries: Tries
    people: NDArray[np.int8]
    time: StaffTime
    staffing: LocationStaffing


def played(
    case: PlanningCase, customers: Customers, staffing: Staffing, outcomes: Sequence[Outcomes]
) -> tuple[Played, ...]:
    """Return every location of a replication, the warm-up cut off."""
    return tuple(
        _played(case, customers, code, staffing.locations[code], outcome)
        for code, outcome in enumerate(outcomes)
    )


def measure(case: PlanningCase, locations: Sequence[Played]) -> list[Row]:
    """Return the measures of a replication for every scope, field of work and channel."""
    rows: list[Row] = []
    for group in groups(case):
        members = [locations[code] for code in group.locations]
        rows += _customer_rows(case, group, members)
        rows += _staff_rows(case, group, members)
    return rows


def groups(case: PlanningCase) -> list[Group]:
    """Return locations, districts, city and phone lines, each by field of work and for all.

    Calls are measured with the lines (and under the city's field of work) only: the city's and the
    districts' ``all`` are the counters.
    """
    places = list(enumerate(case.locations))
    counters = [(code, p) for code, p in places if p.kind is not LocationKind.PHONE]
    found = [Group("location", place.id, place.area, (code,)) for code, place in counters]
    found += [
        Group("phone", place.id, place.area, (code,))
        for code, place in places
        if place.kind is LocationKind.PHONE
    ]
    scopes = [
        ("district", d.id, [c for c in counters if c[1].district == d.id]) for d in case.districts
    ]
    for scope, name, members in [*scopes, ("city", "city", places)]:
        for area in sorted({place.area for _, place in members}):
            codes = tuple(code for code, place in members if place.area == area)
            found.append(Group(scope, name, area, codes))
        codes = tuple(code for code, _ in members if code in dict(counters))
        if codes:
            found.append(Group(scope, name, ALL, codes))
    return found


def _played(
    case: PlanningCase,
    customers: Customers,
    location: int,
    staffing: LocationStaffing,
    outcomes: Outcomes,
) -> Played:
    rows = customers.rows(location)
    arrival = customers.arrival[rows]
    since = _warm_up_end(case, location)
    tries = tries_of(customers, location, outcomes)
    kept = arrival[tries.customer] >= since
    return Played(
        Tries(*(getattr(tries, name)[kept] for name in Tries.__dataclass_fields__)),
        customers.came[rows][arrival >= since],
        staff_time(staffing, outcomes, since),
        staffing,
    )


def _warm_up_end(case: PlanningCase, location: int) -> int:
    """Return the instant from which a location is measured [ms]."""
    doors = open_doors(case, case.locations[location])
    if case.simulation.warm_up_hours <= 0 or len(doors) == 0:
        return int(np.iinfo(np.int64).min)
    return int(doors[0, 0] + case.simulation.warm_up_hours * MS_PER_HOUR)


def _customer_rows(case: PlanningCase, group: Group, members: list[Played]) -> Iterator[Row]:
    came = np.concatenate([m.tries.came for m in members])
    fate = np.concatenate([m.tries.fate for m in members])
    wait = np.concatenate([m.tries.wait for m in members])
    people = np.concatenate([m.people for m in members])
    for channel, code in [(ALL, None), *CHANNEL_OF.items()]:
        mine = slice(None) if code is None else came == code
        count = len(people) if code is None else int((people == code).sum())
        if code is not None and count == 0:
            continue
        key = (group.scope, group.id, group.area, channel)
        limit = wait_threshold(case, group.scope, group.area, channel)
        yield Row(*key, "customers", "1", float(count), 1.0)
        for name, unit, value, weight in _wait_rows(fate[mine], wait[mine], limit):
            yield Row(*key, name, unit, value, weight)
        if code == Came.WALK_IN:
            lost = np.isin(fate[mine], (Fate.TURNED_AWAY, Fate.NOT_SERVED))
            yield Row(*key, "not_served_share", "share", *_share(lost))
        if code == Came.CALL:
            answered = fate[mine] == Fate.SERVED
            yield Row(*key, "reachability", "share", *_share(answered))
            quick = answered & (wait[mine] <= ANSWER_MS)
            yield Row(*key, "answered_within_30s", "share", *_share(quick))


def _wait_rows(
    fate: NDArray[np.int8], wait: NDArray[np.int64], limit: int
) -> list[tuple[str, str, float, float]]:
    """Return (measure, unit, value, weight) of the waits; ``limit`` is the target [ms]."""
    admitted = wait[fate != Fate.TURNED_AWAY]
    count = len(admitted)
    mean = ms_to_minutes(float(admitted.mean())) if count else 0.0
    tail = ms_to_minutes(float(np.quantile(admitted, 0.9))) if count else 0.0
    return [
        ("wait_mean", "min", mean, float(count)),
        ("wait_p90", "min", tail, float(count > 0)),
        ("wait_within_target", "share", *_share((fate == Fate.SERVED) & (wait <= limit))),
        ("abandoned_share", "share", *_share(fate == Fate.ABANDONED)),
    ]


def _share(hits: NDArray[np.bool_]) -> tuple[float, float]:
    return (float(hits.mean()) if len(hits) else 0.0), float(len(hits))


def _staff_rows(case: PlanningCase, group: Group, members: list[Played]) -> Iterator[Row]:
    key = (group.scope, group.id, group.area, ALL)
    available = sum(m.time.available for m in members)
    serving = sum(m.time.serving for m in members)
    paid = sum(m.staffing.paid_minutes for m in members)
    occupancy = serving / available if available > 0 else 0.0
    yield Row(*key, "occupancy", "share", occupancy, available)
    yield Row(*key, "overtime_minutes", "min", sum(m.time.overtime for m in members), 1.0)
    yield Row(*key, "staff_hours", "h", paid / MINUTES_PER_HOUR, 1.0)
    yield Row(*key, "fte", "1", paid / _full_time_minutes(case), 1.0)
    if not any(np.isnan(m.staffing.back_office_minutes) for m in members):
        left = sum(
            _back_office_left(case, code, member)
            for code, member in zip(group.locations, members, strict=True)
        )
        yield Row(*key, "back_office_open_hours", "h", left / MINUTES_PER_HOUR, 1.0)


def _full_time_minutes(case: PlanningCase) -> float:
    longest = max((e.contract_minutes for e in case.employees), default=FULL_TIME_MINUTES)
    return longest * case.horizon.days / DAYS_PER_WEEK


def _back_office_left(case: PlanningCase, location: int, member: Played) -> float:
    """Return the back-office minutes for which no time was found.

    Planned back office less what serving beyond its time took of the shift, and the usable share
    of idle counter time, against the location's share of the working time of those present.
    """
    need = case.locations[location].back_office_share * member.staffing.paid_minutes
    taken = member.time.beyond - member.time.overtime
    idle = max(0.0, member.time.available - member.time.serving)
    done = max(0.0, member.staffing.back_office_minutes - taken)
    return max(0.0, need - done - case.simulation.idle_back_office_share * idle)
