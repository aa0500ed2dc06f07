"""Exact pricing of lines, compiled: the best week of an employee at given values of work.

The value of a worked cell depends on the group (location and activities) only, so the best shift of
every kind follows from prefix sums over the day and the cheapest place of the break; the best week
follows from a dynamic programme over the days whose states are (days off of those due, late shifts
as far as they change the price, the trail of days and types of shift as far as a rule asks for it,
days in a row as far as they can be too many, the night class, paid cells).  Both are exact: nothing
is rounded or left out.  float64, one fixed order of work, ties to the first: the same arrays give
the same line.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.model.roster.arrays import Floats, Grid, Ints, Staff, Week
from planner.model.roster.compiled_code import compiled_inner

NEVER = -1e18

#: (early end, price of ending later, late start, price of starting before).
Wish = tuple[int, float, int, float]


class Kinds(NamedTuple):
    """The best shift of every kind on one day.

    Attributes
    ----------
    value : float64 (kinds,)
        Value of the best shift [points]; ``NEVER`` where there is none.
    start, pause : int64 (kinds,)
        Its start and the start of its break (-1: none) [cells].
    prefix : float64 (cells + 1,)
        Room for sums over the day.
    """

    value: Floats
    start: Ints
    pause: Ints
    prefix: Floats


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
    layer : float64 (D + 1, D + 1, D + 1, trails * runs * nights, P)
        Best value by (days passed, days off of those due, late shifts, (trail * runs + days in a
        row) * nights + night class, paid cells).
    came : int64, as ``layer``
        (kind + 1) * ``states`` + state come from; kind -1 is a day off.
    states : int
        States of a day but for the paid cells.
    """

    best: Floats
    group: Ints
    start: Ints
    pause: Ints
    layer: Floats
    came: Ints
    states: int


class Memory(NamedTuple):
    """What pricing reads and writes.

    Attributes
    ----------
    values : float64 (groups, days, cells)
        Value of a worked cell [points].
    activity : int64 (groups, days, cells)
        The activity that has it: cover row or ``BACK_OFFICE``.
    tables : Kinds
        Best shifts by (group, day, kind), without wishes.
    scratch : Kinds
        Best shifts of one employee and day with wishes.
    work : Workspace
        Of the dynamic programme.
    """

    values: Floats
    activity: Ints
    tables: Kinds
    scratch: Kinds
    work: Workspace


def memory_for(week: Week) -> Memory:
    """Return fresh memory for pricing in ``week``."""
    kinds, shape = kind_count(week.grid), (len(week.groups.place), week.grid.days)
    return Memory(
        np.zeros((*shape, week.grid.cells)),
        np.zeros((*shape, week.grid.cells), np.int64),
        _no_kinds((*shape, kinds), week.grid),
        _no_kinds((kinds,), week.grid),
        _workspace(week),
    )


def room_for_line(week: Week) -> Choice:
    """Return a line to write to."""
    return Choice(*(np.zeros(week.grid.days, np.int64) for _ in range(4)))


def _no_kinds(shape: tuple[int, ...], grid: Grid) -> Kinds:
    return Kinds(
        np.full(shape, NEVER),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(grid.cells + 1),
    )


def _workspace(week: Week) -> Workspace:
    days, kinds = week.grid.days, kind_count(week.grid)
    runs = int(week.staff.most_run.max(initial=-1)) + 1
    nights = week.grid.rested.shape[2] * max(1, runs)
    states = (days + 1, days + 1, week.staff.trail_cost.shape[1] * nights)
    shape = (days + 1, *states, week.staff.paid_cost.shape[1])
    return Workspace(
        np.full((days, kinds), NEVER),
        np.zeros((days, kinds), np.int64),
        np.zeros((days, kinds), np.int64),
        np.zeros((days, kinds), np.int64),
        np.full(shape, NEVER),
        np.zeros(shape, np.int64),
        int(np.prod(states)),
    )


def kind_count(grid: Grid) -> int:
    """Return the number of kinds of shift."""
    return len(grid.span) * len(grid.end_late) * int(grid.rested.shape[3])


@compiled_inner
def best_kinds(  # noqa: C901  # flat loops
    grid: Grid, values: Floats, window: tuple[int, int], wish: Wish, kinds: Kinds
) -> None:
    """Fill ``kinds`` with the best shift of every kind within ``window`` = (first, last) cell.

    ``values`` (cells,) is the value of each worked cell; ``wish`` = (early end, price of ending
    later, late start, price of starting before).
    """
    first, last = window
    kinds.prefix[first] = 0.0
    early_end, early_price, late_start, late_price = wish
    ends, starts = len(grid.end_late), grid.rested.shape[3]
    kinds.value[:] = NEVER
    prefix = kinds.prefix
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


@compiled_inner
def _rest_days_due(staff: Staff, e: int) -> int:
    """Return how many of the days on which e could work must stay off."""
    due = -int(staff.most_days[e])
    for d in range(staff.free.shape[1]):
        if staff.free[e, d]:
            due += 1
    return max(0, due)


@compiled_inner
def _late_states(price: Floats) -> int:
    """Return the number of late shifts from which on each further one costs the same."""
    last = len(price) - 1
    cap = last - 1
    while cap > 0 and price[cap] - price[cap - 1] == price[last] - price[last - 1]:
        cap -= 1
    return cap


@compiled_inner
def _carry(here: Floats, there: Floats, code: Ints, step: tuple[int, float, int, int]) -> None:
    """Go on from ``here`` where that is better: ``step`` = (mark, worth, paid, last) [cells]."""
    mark, worth, paid, last = step
    for p in range(last + 1):
        if here[p] + worth > there[p + paid]:
            there[p + paid] = here[p] + worth
            code[p + paid] = mark


@compiled_inner
def best_week(week: Week, e: int, work: Workspace) -> int:  # noqa: C901  # flat loops
    """Fill the layers of ``work`` with the best weeks of employee e at ``work.best``.

    The price of late shifts is paid as they come; that of paid cells is left to the end.  Returns
    the most paid cells reached.
    """
    grid, staff = week.grid, week.staff
    ends, starts = len(grid.end_late), grid.rested.shape[3]
    nights, most, limit = grid.rested.shape[2], staff.most[e], staff.most_run[e]
    states, rest, trail = work.layer.shape[3], staff.rest[e], staff.trail[e]
    due, cap = _rest_days_due(staff, e), _late_states(staff.late_shift_cost[e])
    layer, came, width = work.layer, work.came, max(1, limit + 1) * nights
    layer[0, : due + 1, : cap + 1, :width, : most + 1] = NEVER
    before, reach = min(staff.run_before[e], limit) if limit > 0 else 0, 0
    layer[0, 0, 0, before * nights, 0] = 0.0
    for d in range(grid.days):
        alive = staff.trail_count[trail, d + 1] * width
        layer[d + 1, : due + 1, : cap + 1, :alive, : most + 1] = NEVER
        longest = 0
        for off in range(due + 1):
            for late in range(cap + 1):
                for state in range(staff.trail_count[trail, d] * width):
                    here, night = layer[d, off, late, state], state % nights
                    run, goes = state % width // nights, staff.trail_next[trail, d, state // width]
                    follows = grid.rested[rest, d, night]
                    origin = (off * (grid.days + 1) + late) * states + state
                    rested = min(due, off + 1) if staff.free[e, d] else off
                    if goes[0] >= 0:
                        at = goes[0] * width
                        there, code = layer[d + 1, rested, late, at], came[d + 1, rested, late, at]
                        _carry(here, there, code, (origin, 0.0, 0, reach))
                    if not staff.free[e, d] or run == limit:
                        continue
                    after = (run + 1) * nights if limit >= 0 else 0
                    for kind in range(work.best.shape[1]):
                        worth, ahead = work.best[d, kind], goes[grid.letter[kind]]
                        if not (worth > NEVER / 2 and ahead >= 0 and follows[kind % starts]):
                            continue
                        end, paid = (kind // starts) % ends, grid.paid[kind // (ends * starts)]
                        then = late
                        if grid.end_late[end]:
                            then = min(cap, late + 1)
                            price = staff.late_shift_cost[e]
                            worth -= price[late + 1] - price[late]
                        at = ahead * width + after + grid.end_night[end]
                        there, code = layer[d + 1, off, then, at], came[d + 1, off, then, at]
                        mark = (kind + 1) * work.states + origin
                        longest = max(longest, paid)
                        _carry(here, there, code, (mark, worth, paid, min(reach, most - paid)))
        reach = min(most, reach + longest)
    return reach


@compiled_inner
def read_line(week: Week, e: int, work: Workspace, line: Choice) -> float:
    """Run ``best_week``, write its shifts to ``line`` and return its value [points].

    A line without work is always there unless its paid cells are not allowed; without any line
    the value is ``NEVER``.
    """
    grid, staff = week.grid, week.staff
    ends, starts, nights = len(grid.end_late), grid.rested.shape[3], work.layer.shape[3]
    width = grid.rested.shape[2] * max(1, staff.most_run[e] + 1)
    last_state = staff.trail_count[staff.trail[e], grid.days] * width
    due, cap = _rest_days_due(staff, e), _late_states(staff.late_shift_cost[e])
    reach = best_week(week, e, work)
    best, at, paid = NEVER, 0, 0
    for late in range(cap + 1):
        for night in range(last_state):
            last = work.layer[grid.days, due, late, night]
            torn = staff.trail_cost[staff.trail[e], night // width]
            for p in range(reach + 1):
                value = last[p] - staff.paid_cost[e, p] - torn
                if value > best:
                    best, paid = value, p
                    at = (due * (grid.days + 1) + late) * nights + night
    line.group[:] = -1
    if best <= NEVER / 2:
        return NEVER
    for back in range(grid.days):
        d = grid.days - 1 - back
        off, rest = at // ((grid.days + 1) * nights), at % ((grid.days + 1) * nights)
        code = work.came[d + 1, off, rest // nights, rest % nights, paid]
        kind, at = code // work.states - 1, code % work.states
        if kind >= 0:
            s = kind // (ends * starts)
            line.group[d] = work.group[d, kind]
            line.start[d] = work.start[d, kind]
            line.end[d] = work.start[d, kind] + grid.span[s]
            line.pause[d] = work.pause[d, kind]
            paid -= grid.paid[s]
    return best


@compiled_inner
def gather_day(week: Week, e: int, d: int, memory: Memory) -> None:
    """Fill day d of the work with the best shift of every kind over e's groups.

    An employee with a wish or a window of the day is priced afresh from the values of the cells.
    """
    staff, places, tables, work = week.staff, week.places, memory.tables, memory.work
    each = len(week.grid.end_late) * week.grid.rested.shape[3]
    work.best[d, :] = NEVER
    if not staff.free[e, d]:
        return
    early, late = staff.early_cost[e, d], staff.late_cost[e, d]
    wish = (staff.early_end, early, staff.late_start, late)
    own = staff.earliest[e, d] > 0 or staff.latest[e, d] < week.grid.cells
    for i in range(staff.first_group[e], staff.first_group[e + 1]):
        g = staff.groups[i]
        price = staff.group_cost[i] + staff.day_cost[e, d]
        value, start, pause = tables.value[g, d], tables.start[g, d], tables.pause[g, d]
        if own or early != 0.0 or late != 0.0:
            place = week.groups.place[g]
            first = max(places.first[place, d], min(staff.earliest[e, d], week.grid.cells))
            window = (first, min(places.last[place, d], staff.latest[e, d]))
            best_kinds(week.grid, memory.values[g, d], window, wish, memory.scratch)
            scratch = memory.scratch
            value, start, pause = scratch.value, scratch.start, scratch.pause
        for s in range(len(week.grid.span)):
            if week.grid.paid[s] > staff.longest[e]:
                continue
            for kind in range(s * each, (s + 1) * each):
                if value[kind] - price > work.best[d, kind]:
                    work.best[d, kind] = value[kind] - price
                    work.group[d, kind] = g
                    work.start[d, kind] = start[kind]
                    work.pause[d, kind] = pause[kind]


@compiled_inner
def fill_table(week: Week, g: int, d: int, memory: Memory) -> None:
    """Fill the best shifts of group g on day d from the values of its cells."""
    place, tables = week.groups.place[g], memory.tables
    window = (week.places.first[place, d], week.places.last[place, d])
    kinds = Kinds(tables.value[g, d], tables.start[g, d], tables.pause[g, d], tables.prefix)
    best_kinds(week.grid, memory.values[g, d], window, (0, 0.0, 0, 0.0), kinds)


@compiled_inner
def price_line(week: Week, e: int, memory: Memory, line: Choice) -> float:
    """Write the best line of employee e, given valid tables, to ``line``; return its value."""
    for d in range(week.grid.days):
        gather_day(week, e, d, memory)
    return read_line(week, e, memory.work, line)
