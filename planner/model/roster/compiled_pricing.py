"""Exact pricing of lines, compiled: the best week of an employee at given values of work.

The value of a worked cell depends on the group (location and activities) only, so the best shift of
every kind follows from prefix sums over the day and the cheapest place of the break; the best week
follows from a dynamic programme over the days whose states are (paid cells, days worked, late
shifts, night class).  Both are exact: nothing is rounded or left out.  float64, one fixed order of
work, ties to the first: the same arrays give the same line.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from planner.model.roster.arrays import Floats, Grid, Ints, Week

NEVER = -1e18


class Kinds(NamedTuple):
    """The best shift of every kind on one day.

    Attributes
    ----------
    value : float64 (kinds,)
        Value of the best shift [points]; ``NEVER`` where there is none.
    start, pause : int64 (kinds,)
        Its start and the start of its break (-1: none) [cells].
    """

    value: Floats
    start: Ints
    pause: Ints


class Choice(NamedTuple):
    """A line found by pricing; arrays over the days, as in ``Lines``."""

    group: Ints
    start: Ints
    end: Ints
    pause: Ints


class Workspace(NamedTuple):
    """Memory of the dynamic programme, reused from call to call.

    Attributes
    ----------
    best, kind, group, start, pause : arrays (D, kinds)
        Best value of a day's kinds for the employee at hand, and the shift that has it.
    layer : float64 (D + 1, P, D + 1, D + 1, nights)
        Best value by (days passed, paid cells, days worked, late shifts, night class).
    choice, came : int64, as ``layer``
        Kind chosen (-1: off) and night class come from.
    """

    best: Floats
    group: Ints
    start: Ints
    pause: Ints
    layer: Floats
    choice: Ints
    came: Ints


def workspace(week: Week) -> Workspace:
    """Return fresh memory for pricing in ``week``."""
    days, kinds = week.grid.days, kind_count(week.grid)
    nights = week.grid.rested.shape[1]
    states = (days + 1, week.staff.paid_cost.shape[1], days + 1, days + 1, nights)
    return Workspace(
        np.full((days, kinds), NEVER),
        np.zeros((days, kinds), np.int64),
        np.zeros((days, kinds), np.int64),
        np.zeros((days, kinds), np.int64),
        np.full(states, NEVER),
        np.zeros(states, np.int64),
        np.zeros(states, np.int64),
    )


def kind_count(grid: Grid) -> int:
    """Return the number of kinds of shift."""
    return len(grid.span) * len(grid.end_late) * grid.rested.shape[2]


@njit(cache=True, nogil=True)
def best_kinds(grid, values, window, wish, kinds):  # type: ignore[no-untyped-def]
    """Fill ``kinds`` with the best shift of every kind within ``window`` = (first, last) cell.

    ``values`` (cells,) is the value of each worked cell; ``wish`` = (early end, price of ending
    later, late start, price of starting before).
    """
    first, last = window
    early_end, early_price, late_start, late_price = wish
    ends, starts = len(grid.end_late), grid.rested.shape[2]
    kinds.value[:] = NEVER
    prefix = np.zeros(grid.cells + 1)
    for c in range(first, last):
        prefix[c + 1] = prefix[c] + values[c]
    for begin in range(first, last):
        if not grid.start_on[begin]:
            continue
        refused = late_price if begin < late_start else 0.0
        for s in range(len(grid.span)):
            end = begin + grid.span[s]
            if end > last:
                break
            if not grid.end_on[end]:
                continue
            worth = prefix[end] - prefix[begin] - refused
            if end > early_end:
                worth -= early_price
            pause = -1
            size = grid.pause[s]
            if size > 0:
                lost = -NEVER
                for at in range(begin + grid.pause_first[s], begin + grid.pause_last[s] + 1):
                    if grid.pause_on[at] and prefix[at + size] - prefix[at] < lost:
                        lost = prefix[at + size] - prefix[at]
                        pause = at
                worth -= lost
            kind = (s * ends + grid.end_class[end]) * starts + grid.start_class[begin]
            if worth > kinds.value[kind]:
                kinds.value[kind] = worth
                kinds.start[kind] = begin
                kinds.pause[kind] = pause


@njit(cache=True, nogil=True)
def best_week(week, e, work):  # type: ignore[no-untyped-def]
    """Return the value of the best line of employee e at ``work.best`` [points].

    Fills the layers of ``work``; ``read_line`` follows them back.  A line without work is always
    there unless its paid cells are not allowed; without any line the value is ``NEVER``.
    """
    grid, staff = week.grid, week.staff
    ends, starts = len(grid.end_late), grid.rested.shape[2]
    nights = grid.rested.shape[1]
    most = staff.most[e]
    most_days = min(staff.most_days[e], grid.days)
    most_late = grid.days if _counts_late(staff.late_shift_cost[e]) else 0
    layer, choice, came = work.layer, work.choice, work.came
    layer[0, : most + 1, : most_days + 1, : most_late + 1, :] = NEVER
    layer[0, 0, 0, 0, 0] = 0.0
    reach = 0
    alive = np.empty(work.best.shape[1], np.int64)
    for d in range(grid.days):
        layer[d + 1, : most + 1, : most_days + 1, : most_late + 1, :] = NEVER
        count, longest = 0, 0
        if staff.free[e, d]:
            for kind in range(work.best.shape[1]):
                if work.best[d, kind] > NEVER / 2:
                    alive[count] = kind
                    count += 1
                    longest = max(longest, grid.paid[kind // (ends * starts)])
        for p in range(reach + 1):
            for n in range(min(d, most_days) + 1):
                for late in range(min(n, most_late) + 1):
                    for night in range(nights):
                        here = layer[d, p, n, late, night]
                        if here <= NEVER / 2:
                            continue
                        if here > layer[d + 1, p, n, late, 0]:
                            layer[d + 1, p, n, late, 0] = here
                            choice[d + 1, p, n, late, 0] = -1
                            came[d + 1, p, n, late, 0] = night
                        if n == most_days:
                            continue
                        for i in range(count):
                            kind = alive[i]
                            q = p + grid.paid[kind // (ends * starts)]
                            if q > most or not grid.rested[d, night, kind % starts]:
                                continue
                            end = (kind // starts) % ends
                            then = late
                            if most_late > 0 and grid.end_late[end]:
                                then = late + 1
                            there = here + work.best[d, kind]
                            after = grid.end_night[end]
                            if there > layer[d + 1, q, n + 1, then, after]:
                                layer[d + 1, q, n + 1, then, after] = there
                                choice[d + 1, q, n + 1, then, after] = kind
                                came[d + 1, q, n + 1, then, after] = night
        reach = min(most, reach + longest)
    return reach, most_days, most_late


@njit(cache=True, nogil=True)
def _counts_late(price):  # type: ignore[no-untyped-def]
    for n in range(len(price)):
        if price[n] != 0.0:
            return True
    return False


@njit(cache=True, nogil=True)
def read_line(week, e, work, line):  # type: ignore[no-untyped-def]
    """Run ``best_week``, write its shifts to ``line`` and return its value [points]."""
    grid, staff = week.grid, week.staff
    ends, starts = len(grid.end_late), grid.rested.shape[2]
    reach, most_days, most_late = best_week(week, e, work)
    best, at_p, at_n, at_late, at_night = NEVER, 0, 0, 0, 0
    for p in range(reach + 1):
        price = staff.paid_cost[e, p]
        if price == np.inf:
            continue
        for n in range(most_days + 1):
            for late in range(min(n, most_late) + 1):
                for night in range(grid.rested.shape[1]):
                    value = work.layer[grid.days, p, n, late, night]
                    value -= price + staff.late_shift_cost[e, late]
                    if value > best:
                        best, at_p, at_n, at_late, at_night = value, p, n, late, night
    if best <= NEVER / 2:
        line.group[:] = -1
        return NEVER
    for back in range(grid.days):
        d = grid.days - 1 - back
        kind = work.choice[d + 1, at_p, at_n, at_late, at_night]
        night = work.came[d + 1, at_p, at_n, at_late, at_night]
        line.group[d] = -1
        if kind >= 0:
            s = kind // (ends * starts)
            line.group[d] = work.group[d, kind]
            line.start[d] = work.start[d, kind]
            line.end[d] = work.start[d, kind] + grid.span[s]
            line.pause[d] = work.pause[d, kind]
            at_p -= grid.paid[s]
            at_n -= 1
            if most_late > 0 and grid.end_late[(kind // starts) % ends]:
                at_late -= 1
        at_night = night
    return best


@njit(cache=True, nogil=True)
def gather_day(week, e, d, tables, work, scratch, values):  # type: ignore[no-untyped-def]
    """Fill ``work`` for day d of employee e with the best shift of every kind over e's groups.

    ``tables`` holds ``Kinds`` by (group, day) without wishes; an employee with a wish for the day
    is priced afresh from ``values`` (groups, days, cells) in ``scratch``.
    """
    staff, places = week.staff, week.places
    work.best[d, :] = NEVER
    if not staff.free[e, d]:
        return
    early, late = staff.early_cost[e, d], staff.late_cost[e, d]
    wish = (staff.early_end, early, staff.late_start, late)
    for i in range(staff.first_group[e], staff.first_group[e + 1]):
        g = staff.groups[i]
        price = staff.group_cost[i] + staff.day_cost[e, d]
        if early != 0.0 or late != 0.0:
            place = week.groups.place[g]
            window = (places.first[place, d], places.last[place, d])
            best_kinds(week.grid, values[g, d], window, wish, scratch)
            value, start, pause = scratch.value, scratch.start, scratch.pause
        else:
            value, start, pause = tables.value[g, d], tables.start[g, d], tables.pause[g, d]
        for kind in range(len(value)):
            if value[kind] - price > work.best[d, kind]:
                work.best[d, kind] = value[kind] - price
                work.group[d, kind] = g
                work.start[d, kind] = start[kind]
                work.pause[d, kind] = pause[kind]


@njit(cache=True, nogil=True)
def fill_table(week, g, d, values, tables):  # type: ignore[no-untyped-def]
    """Fill ``tables`` for group g and day d from ``values`` (groups, days, cells)."""
    place = week.groups.place[g]
    window = (week.places.first[place, d], week.places.last[place, d])
    kinds = Kinds(tables.value[g, d], tables.start[g, d], tables.pause[g, d])
    best_kinds(week.grid, values[g, d], window, (0, 0.0, 0, 0.0), kinds)
