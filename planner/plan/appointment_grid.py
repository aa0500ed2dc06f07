"""The appointment grid of the planned days: how many slots, where, on which day, at which time.

As many as the lead-time targets ask for (`planner.model.requirement_lead`), placed against the
tide of walk-ins: every next slot goes to the time with the most staff to spare.  Placed so,
appointments fill the valleys and save shifts; placed in proportion to demand they would heighten
the peaks (research: 100 paid hours become 84, 80 and 76 at a quarter, half and three quarters
booked).  Expected no-shows are overbooked by day, within a limit on the expected overflow.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.demand import AppointmentDesks, BookingPolicy
from planner.domain.place import Location
from planner.domain.requirement import Requirement, Workload
from planner.domain.roster import SERVING, Roster
from planner.model.requirement_lead import CounterHours
from planner.queueing.overbooking import most_bookings
from planner.units import MINUTES_PER_HOUR, minute_to_clock

#: Customers beyond the slots that a day may expect, as a share of its slots.
OVERFLOW_SHARE = 0.02
#: The lead at which no-shows are counted, as a share of the 14 days promised.
TYPICAL_LEAD_DAYS = 7.0
#: Desks are filled to this share at the most: the rest is for what the day brings.
MOST_FILLED = 0.95
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of ``appointments``: slots that start at one time and open at one release."""

    location: str
    date: str
    time: str
    minutes: int
    slots: int
    overbooked: int
    release: str


@dataclass(frozen=True)
class GridInput:
    """What the grid is decided from: who serves, what walks in, and what the targets ask for."""

    requirement: Requirement
    roster: Roster | None
    workloads: tuple[Workload, ...]
    counter_hours: tuple[CounterHours, ...]


Time = tuple[int, int]


@dataclass
class _Spare:
    """Desks to spare by (day, minute of the day) of slots that can be booked, ``desks`` at most."""

    minutes: int
    work: float
    desks: int
    spare: dict[Time, float]

    def of_day(self, day: int) -> _Spare:
        """Return what there is to spare on one day."""
        own = {at: value for at, value in self.spare.items() if at[0] == day}
        return _Spare(self.minutes, self.work, self.desks, own)

    def place(self, wanted: int, floor: float) -> Counter[Time]:
        """Place up to ``wanted`` slots where most is to spare, while at least ``floor`` is."""
        heap = [(-value, at) for at, value in sorted(self.spare.items())]
        heapq.heapify(heap)
        placed: Counter[Time] = Counter()
        while heap and placed.total() < wanted and -heap[0][0] >= floor:
            value, at = heapq.heappop(heap)
            placed[at] += 1
            self.spare[at] = -value - self.work
            if placed[at] < self.desks:
                heapq.heappush(heap, (value + self.work, at))
        return placed


def appointment_grid(case: PlanningCase, given: GridInput) -> tuple[GridRow, ...]:
    """Return the grid of every location with appointments, in order of place and time."""
    wanted = {hours.location: hours.slots_per_week for hours in given.counter_hours}
    staff = _staff(case, given)

    def placed(location: Location) -> tuple[_Spare, Counter[Time]]:
        spare = _spare(case, location, given.workloads, staff)
        open_days = sum(bool(location.opening.on(d, case.horizon)) for d in case.horizon.dates)
        usual = max(1, sum(bool(day) for day in location.opening.weekly))
        count = round(wanted[location.id] * open_days / usual)
        return spare, spare.place(count, spare.work / 2)

    return _grid(case, wanted.keys(), placed)


def grid_of_days(
    case: PlanningCase, given: GridInput, counts: Mapping[tuple[str, int], int]
) -> tuple[GridRow, ...]:
    """Return a grid with given numbers of slots, placed where most staff is to spare.

    Parameters
    ----------
    counts : mapping of (location, day of the horizon) to int
        Slots of every day of every location that gets a grid.
    """
    staff = _staff(case, given)

    def placed(location: Location) -> tuple[_Spare, Counter[Time]]:
        spare = _spare(case, location, given.workloads, staff)
        days = {day: count for (place, day), count in counts.items() if place == location.id}
        slots: Counter[Time] = Counter()
        for day, count in sorted(days.items()):
            slots += spare.of_day(day).place(count, -np.inf)
        for at, count in slots.items():
            spare.spare[at] -= count * spare.work
        return spare, slots

    return _grid(case, {place for place, _ in counts}, placed)


def _grid(
    case: PlanningCase,
    names: Collection[str],
    placed: Callable[[Location], tuple[_Spare, Counter[Time]]],
) -> tuple[GridRow, ...]:
    """Return the rows of the locations that take appointments, overbooked by their policies."""
    policies = {policy.area: policy for policy in case.booking}
    return tuple(
        row
        for location in case.locations
        if location.area in policies and location.id in names
        for row in _rows(
            case,
            location,
            policies[location.area],
            _overbooked(policies[location.area], *placed(location)),
        )
    )


def as_desks(case: PlanningCase, grid: tuple[GridRow, ...]) -> tuple[AppointmentDesks, ...]:
    """Return the grid as appointment desks by weekday, overbooked slots included.

    For simulating the book under the grid (without further overbooking).
    """
    days = {day.isoformat(): day.weekday() for day in case.horizon.dates}
    count: Counter[tuple[str, int, int, int]] = Counter()
    for row in grid:
        hour, minute = row.time.split(":")
        start = int(hour) * MINUTES_PER_HOUR + int(minute)
        count[row.location, days[row.date], start, start + row.minutes] += row.slots
    return tuple(AppointmentDesks(*key, desks) for key, desks in sorted(count.items()))


def show_share(policy: BookingPolicy) -> float:
    """Return the share of booked customers who come, at a typical lead."""
    if not policy.no_show_by_lead:
        return 1.0
    days, shares = zip(*policy.no_show_by_lead, strict=True)
    return 1.0 - float(np.interp(TYPICAL_LEAD_DAYS, days, shares))


def _staff(case: PlanningCase, given: GridInput) -> Counter[tuple[str, int, int]]:
    """Return desks staffed by (location, day, slot): rostered, else required."""
    size, staffed = case.horizon.slot_minutes, Counter[tuple[str, int, int]]()
    if given.roster is None:
        for row in given.requirement.slots:
            staffed[row.location, case.horizon.offset(row.day), row.start_minute // size] += (
                row.desks
            )
        return staffed
    for shift in given.roster.assignments:
        day = case.horizon.offset(shift.day)
        for piece in (p for p in shift.pieces if p.activity in SERVING):
            for start in range(piece.start_minute, piece.end_minute - size + 1, size):
                staffed[shift.location, day, start // size] += 1
    return staffed


def _overbooked(
    policy: BookingPolicy, spare: _Spare, placed: Counter[Time]
) -> tuple[Counter[Time], Counter[Time]]:
    """Return slots and overbooked slots by time."""
    more: Counter[Time] = Counter()
    for day in sorted({day for day, _ in placed}):
        count = sum(slots for at, slots in placed.items() if at[0] == day)
        extra = most_bookings(count, show_share(policy), OVERFLOW_SHARE * count) - count
        own = spare.of_day(day)
        own.spare = {at: value for at, value in own.spare.items() if placed[at]}
        more += own.place(extra, -np.inf)
    return placed, more


def _spare(
    case: PlanningCase,
    location: Location,
    workloads: tuple[Workload, ...],
    staff: Counter[tuple[str, int, int]],
) -> _Spare:
    """Return what staff is left beside walk-ins at every time that can be booked."""
    size, step = case.horizon.slot_minutes, location.slot_minutes
    own = [workload for workload in workloads if workload.location == location.id]
    walk_ins = sum(work.walk_in_rate * work.mean_minutes / size for work in own)
    booked = [(float(work.appointment_rate.sum()), work.mean_minutes) for work in own]
    total = sum(count for count, _ in booked)
    work_minutes = sum(count * mean for count, mean in booked) / total if total else float(step)
    spare: dict[Time, float] = {}
    for day, date in enumerate(case.horizon.dates):
        for hours in location.opening.on(date, case.horizon):
            for start in range(hours.start_minute, hours.end_minute - step + 1, step):
                slots = range(start // size, -(-(start + step) // size))
                desks = min(staff[location.id, day, slot] for slot in slots)
                load = float(np.mean([np.asarray(walk_ins)[day, slot] for slot in slots]))
                spare[day, start] = MOST_FILLED * desks - load
    return _Spare(step, work_minutes / step, location.desks, spare)


def _rows(
    case: PlanningCase,
    location: Location,
    policy: BookingPolicy,
    slots: tuple[Counter[Time], Counter[Time]],
) -> Iterator[GridRow]:
    """Yield the rows: the units of a day spread over the releases by their shares."""
    placed, more = slots
    ends = np.cumsum([tranche.share for tranche in policy.tranches])
    number = 0
    for day, start in sorted(placed):
        by_release: Counter[int] = Counter()
        for _ in range(placed[day, start] + more[day, start]):
            number += 1
            at = number * _GOLDEN % 1.0
            by_release[min(int(np.searchsorted(ends, at, side="right")), len(ends) - 1)] += 1
        extra = more[day, start]
        for release, count in sorted(by_release.items()):
            tranche = policy.tranches[release]
            date = case.horizon.dates[day]
            opens = datetime.combine(date, time()) - timedelta(days=tranche.days_before)
            over = min(extra, count)
            extra -= over
            yield GridRow(
                location=location.id,
                date=date.isoformat(),
                time=minute_to_clock(start),
                minutes=location.slot_minutes,
                slots=count,
                overbooked=over,
                release=(opens + timedelta(minutes=tranche.minute)).isoformat(timespec="minutes"),
            )
