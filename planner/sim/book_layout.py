"""The empty appointment book: which slots exist on which day, and when they become bookable.

Slots come from the appointment desks of a weekday inside the opening hours of the date.  Touching
or overlapping desk windows of a weekday form one run; its slots are laid from the run's start in
steps of the location's slot length, and a slot has the desks of the windows that cover it whole.
Fractions (overbooking, release shares) are turned into whole units by low-discrepancy rounding,
so that every day's sum is right to one unit and the mean over days is right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.demand import AppointmentDesks, BookingPolicy
from planner.domain.place import Interval, Location
from planner.units import DAYS_PER_WEEK, MS_PER_DAY, MS_PER_MINUTE

GOLDEN = 0.6180339887498949
SILVER = 0.41421356237309515

#: Factor on the appointment desks of a location (code) on a day counted from the horizon's first.
DeskScale = Callable[[int, int], float]


@dataclass(frozen=True)
class BookLayout:
    """The book before any booking.  Days count from the first simulated day.

    Attributes
    ----------
    first_day : int
        First simulated day, counted from the first day of the case's horizon.
    simulated_days : int
        Days on which requests are made; the book has ``days``, which is more.
    start_ms : int64 array (locations, 7, slots)
        Start of each slot after midnight, by weekday [ms].
    run : int16 array (locations, 7, slots)
        Number of slots that follow each other without a gap from this one on, itself included; 0
        for padding.
    weekday : int8 array (days,)
        Weekday of each day.
    units : int16 array (tranches, locations, days, slots)
        Bookings that each slot can take, by tranche.
    release : int64 array (releases, 3)
        (instant [ms after the first simulated midnight, at least 0], tranche, area, day) in order.
    area : int16 array (locations,)
        Code of the field of work.
    horizon_days : int16 array (areas,)
        How far ahead slots can be booked; -1 without booking policy.
    """

    first_day: int
    simulated_days: int
    start_ms: NDArray[np.int64]
    run: NDArray[np.int16]
    weekday: NDArray[np.int8]
    units: NDArray[np.int16]
    release: NDArray[np.int64]
    area: NDArray[np.int16]
    horizon_days: NDArray[np.int16]

    @property
    def days(self) -> int:
        """Days in the book."""
        return len(self.weekday)

    @property
    def offers(self) -> NDArray[np.bool_]:
        """Whether a location ever has a slot, bool array (locations,)."""
        return np.asarray(self.units.any(axis=(0, 2, 3)), dtype=np.bool_)

    @property
    def capacity(self) -> NDArray[np.int32]:
        """Bookable slots (overbooking included), int32 array (days, locations)."""
        return np.asarray(self.units.sum(axis=(0, 3)).T, dtype=np.int32)


def book_layout(case: PlanningCase, scale: DeskScale | None = None) -> BookLayout:
    """Lay out the book of ``case`` from its first simulated day to the last bookable one.

    Parameters
    ----------
    scale : callable (location code, day of the horizon) -> factor, optional
        Multiplies the appointment desks of a location on a day: capacity that changes.
    """
    first_day = (case.book_opens - case.horizon.first_day).days
    simulated = case.horizon.days - first_day
    policies = {policy.area: policy for policy in case.booking}
    days = simulated + 1 + max((p.horizon_days for p in case.booking), default=0)
    start = case.horizon.first_day + timedelta(days=first_day)
    dates = tuple(start + timedelta(days=day) for day in range(days))
    start_ms, run, desks = _grids(case)
    tranches = max((len(p.tranches) for p in case.booking), default=1)
    units = np.zeros((tranches, len(case.locations), days, start_ms.shape[2]), np.int16)
    for code, location in enumerate(case.locations):
        if location.area in policies and desks[code].any():
            open_desks = _desks_by_date(
                case, location, dates, (start_ms[code], desks[code])
            ).astype(np.float64)
            if scale is not None:
                factor = [scale(code, first_day + day) for day in range(days)]
                open_desks = open_desks * np.array(factor)[:, None]
            units[:, code] = _units(open_desks, policies[location.area], (tranches, first_day))
    area_codes = {area.id: code for code, area in enumerate(case.areas)}
    return BookLayout(
        first_day=first_day,
        simulated_days=simulated,
        start_ms=start_ms,
        run=run,
        weekday=np.array([day.weekday() for day in dates], np.int8),
        units=units,
        release=_releases(case, days),
        area=np.array([area_codes[place.area] for place in case.locations], np.int16),
        horizon_days=np.array(
            [policies[a.id].horizon_days if a.id in policies else -1 for a in case.areas], np.int16
        ),
    )


def _grids(
    case: PlanningCase,
) -> tuple[NDArray[np.int64], NDArray[np.int16], NDArray[np.int32]]:
    """Return start, run and desks of each slot, arrays (locations, 7, slots)."""
    rows = [
        [_weekday_slots(place, windows) for windows in _windows(case, place)]
        for place in case.locations
    ]
    width = max((len(slots) for place in rows for slots in place), default=0) or 1
    shape = (len(case.locations), DAYS_PER_WEEK, width)
    start_ms, run = np.zeros(shape, np.int64), np.zeros(shape, np.int16)
    desks = np.zeros(shape, np.int32)
    for code, place in enumerate(rows):
        for weekday, slots in enumerate(place):
            for slot, (minute, following, count) in enumerate(slots):
                start_ms[code, weekday, slot] = minute * MS_PER_MINUTE
                run[code, weekday, slot] = following
                desks[code, weekday, slot] = count
    return start_ms, run, desks


def _windows(case: PlanningCase, place: Location) -> list[list[AppointmentDesks]]:
    """Return the desk windows of ``place`` by weekday, in order of start."""
    own = sorted(
        (window for window in case.appointment_desks if window.location == place.id),
        key=lambda window: (window.start_minute, window.end_minute),
    )
    return [[w for w in own if w.weekday == weekday] for weekday in range(DAYS_PER_WEEK)]


def _weekday_slots(place: Location, windows: list[AppointmentDesks]) -> list[tuple[int, int, int]]:
    """Return (start minute, slots that follow without a gap, desks) for each slot of a weekday."""
    step, slots = place.slot_minutes, []
    for first, last in _runs(windows):
        number = (last - first) // step
        for index in range(number):
            begin = first + index * step
            desks = sum(
                w.desks for w in windows if w.start_minute <= begin and begin + step <= w.end_minute
            )
            slots.append((begin, number - index, desks))
    return slots


def _runs(windows: list[AppointmentDesks]) -> list[tuple[int, int]]:
    """Join touching and overlapping windows, given in order of start."""
    runs: list[tuple[int, int]] = []
    for window in windows:
        if runs and window.start_minute <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], window.end_minute))
        else:
            runs.append((window.start_minute, window.end_minute))
    return runs


def _desks_by_date(
    case: PlanningCase,
    place: Location,
    dates: tuple[date, ...],
    grid: tuple[NDArray[np.int64], NDArray[np.int32]],
) -> NDArray[np.int32]:
    """Return the desks of each slot that lies inside the opening hours, array (days, slots)."""
    start_ms, desks = grid
    exceptions = {day for day, _hours in place.opening.exceptions}
    holidays = {holiday.day for holiday in case.horizon.holidays}
    weekly = np.stack(
        [
            _inside(desks[w], start_ms[w], place.opening.weekly[w], place.slot_minutes)
            for w in range(DAYS_PER_WEEK)
        ]
    )
    table = weekly[[day.weekday() for day in dates]]
    for index, day in enumerate(dates):
        if day in exceptions or day in holidays:
            hours, w = place.opening.on(day, case.horizon), day.weekday()
            table[index] = _inside(desks[w], start_ms[w], hours, place.slot_minutes)
    return table


def _inside(
    desks: NDArray[np.int32],
    start_ms: NDArray[np.int64],
    hours: tuple[Interval, ...],
    slot_minutes: int,
) -> NDArray[np.int32]:
    begin = start_ms // MS_PER_MINUTE
    inside = np.zeros(len(desks), np.bool_)
    for interval in hours:
        inside |= (begin >= interval.start_minute) & (begin + slot_minutes <= interval.end_minute)
    return np.where(inside, desks, 0).astype(np.int32)


def _units(
    desks: NDArray[np.float64], policy: BookingPolicy, size: tuple[int, int]
) -> NDArray[np.int16]:
    """Split the slots of a location over the tranches, array (tranches, days, slots).

    The units of a day, in order of their slot, get the points of a golden-ratio sequence (van der
    Corput's idea; Kuipers & Niederreiter 1974, ch. 2.3: discrepancy O(log n / n)); a unit belongs
    to the tranche in whose share its point lies.
    """
    tranches, first_day = size
    day_phase = (0.5 + SILVER * np.arange(first_day, first_day + len(desks))) % 1.0
    wanted = np.cumsum(desks * (1.0 + policy.overbooking_share), axis=1)
    whole = np.floor(wanted + day_phase[:, None] + 1e-9).astype(np.int64)
    count = np.diff(whole, axis=1, prepend=0)
    day_of, slot_of = (np.repeat(axis.ravel(), count.ravel()) for axis in np.indices(count.shape))
    number = np.arange(len(day_of)) - np.repeat(
        np.concatenate(([0], np.cumsum(count.sum(axis=1))[:-1])), count.sum(axis=1)
    )
    point = (day_phase[day_of] + GOLDEN * number) % 1.0
    bounds = np.cumsum([tranche.share for tranche in policy.tranches])[:-1]
    shape = (tranches, *count.shape)
    cell = np.searchsorted(bounds, point, side="right"), day_of, slot_of
    units = np.bincount(np.ravel_multi_index(cell, shape), minlength=int(np.prod(shape)))
    return units.reshape(shape).astype(np.int16)


def _releases(case: PlanningCase, days: int) -> NDArray[np.int64]:
    """Return (instant, tranche, area, day) of every release, in this order, array (releases, 4)."""
    rows = [
        (max(0, (day - t.days_before) * MS_PER_DAY + t.minute * MS_PER_MINUTE), number, code, day)
        for code, area in enumerate(case.areas)
        for policy in case.booking
        if policy.area == area.id
        for number, t in enumerate(policy.tranches)
        for day in range(days)
    ]
    return np.array(sorted(rows), np.int64).reshape(-1, 4)
