"""Every line that a person may have, as long as they can be listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.model.repair.original import Original
from planner.model.roster.arrays import OFF, Grid, Week

#: A shift: group, start, end, break start (-1: none) [cells]; None: a day off.
Option = tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A line with its price by itself and for its changes [points]."""

    days: tuple[Option, ...]
    price: float
    touches: bool


def listed_lines(week: Week, original: Original, e: int, most: int) -> list[Listed] | None:
    """Return every line of employee e; None when there are more than ``most`` to look at.

    A shift that stays though its length is none of the case's is paid throughout and has the type
    of the next shorter one, as in ``compiled_cover``.
    """
    options = [_options(week, original, e, d) for d in range(week.grid.days)]
    if float(np.prod([float(len(day)) for day in options])) > most:
        return None
    return list(_lines(week, original, e, options))


def _options(week: Week, original: Original, e: int, d: int) -> list[Option]:
    """Return what employee e may do on day d."""
    if original.locked[e, d]:
        return [_before(original, e, d)]
    options: list[Option] = [None]
    staff, grid, places = week.staff, week.grid, week.places
    if not staff.free[e, d]:
        return options
    for g in staff.groups[staff.first_group[e] : staff.first_group[e + 1]]:
        place = week.groups.place[g]
        first = max(int(places.first[place, d]), int(staff.earliest[e, d]))
        last = min(int(places.last[place, d]), int(staff.latest[e, d]))
        for start in range(first, last):
            for s in range(len(grid.span) if grid.start_on[start] else 0):
                end = start + int(grid.span[s])
                if end <= last and grid.end_on[end] and grid.paid[s] <= staff.longest[e]:
                    options += [(int(g), start, end, at) for at in _breaks(week, s, start)]
    return options


def _before(original: Original, e: int, d: int) -> Option:
    was = original.lines
    if was.group[e, d] == OFF:
        return None
    return (
        *(int(was.group[e, d]), int(was.start[e, d])),
        *(int(was.end[e, d]), int(was.pause[e, d])),
    )


def _breaks(week: Week, s: int, start: int) -> list[int]:
    grid = week.grid
    if grid.pause[s] == 0:
        return [-1]
    first, last = start + int(grid.pause_first[s]), start + int(grid.pause_last[s])
    return [at for at in range(first, last + 1) if grid.pause_on[at]]


def _lines(  # noqa: C901  # one recursion over the days
    week: Week, original: Original, e: int, options: list[list[Option]]
) -> Iterator[Listed]:
    """Yield the lawful lines, day by day; what cannot be followed up is left early."""
    grid, staff = week.grid, week.staff
    paid_for = dict(zip(grid.span.tolist(), grid.paid.tolist(), strict=True))

    most_run, rested = int(staff.most_run[e]), grid.rested[staff.rest[e]]

    def follow(
        days: tuple[Option, ...], night: int, paid: int, run: int
    ) -> Iterator[tuple[Option, ...]]:
        d = len(days)
        if d == len(options):
            yield days
            return
        for option in options[d]:
            if option is None:
                yield from follow((*days, None), 0, paid, 0)
                continue
            length = option[2] - option[1]
            then = paid + paid_for.get(length, length)
            worked = sum(day is not None for day in days) + 1
            if then > staff.most[e] or worked > staff.most_days[e] or run == most_run:
                continue
            if rested[d, night, grid.start_class[option[1]]]:
                after = int(grid.end_night[grid.end_class[option[2]]])
                yield from follow((*days, option), after, then, run + 1)

    before = min(int(staff.run_before[e]), most_run) if most_run >= 0 else 0
    for days in follow((), 0, 0, before):
        price, touches = _price(week, original, e, days, paid_for)
        if np.isfinite(price):
            yield Listed(days, price, touches)


def _price(
    week: Week,
    original: Original,
    e: int,
    days: tuple[Option, ...],
    paid_for: dict[int, int],
) -> tuple[float, bool]:
    staff, grid = week.staff, week.grid
    price, paid, late, touches = 0.0, 0, 0, False
    for d, option in enumerate(days):
        before = _before(original, e, d)
        if (option and option[:3]) != (before and before[:3]):
            price += float(original.shift_price[e, d])
            touches = touches or bool(original.possible[e, d])
        if option is None:
            continue
        g, start, end, _ = option
        own = range(int(staff.first_group[e]), int(staff.first_group[e + 1]))
        price += sum(float(staff.group_cost[i]) for i in own if staff.groups[i] == g)
        price += float(staff.day_cost[e, d])
        price += float(staff.early_cost[e, d]) * (end > staff.early_end)
        price += float(staff.late_cost[e, d]) * (start < staff.late_start)
        late += int(grid.end_late[grid.end_class[end]])
        paid += paid_for.get(end - start, end - start)
    price += float(original.person_price[e]) * touches
    price += float(staff.late_shift_cost[e, late] + staff.paid_cost[e, paid])
    price += _price_of_days(week, e, days)
    return price, touches and bool(original.counted[e])


def _price_of_days(week: Week, e: int, days: tuple[Option, ...]) -> float:
    """Return the price of the days worked and their types, infinite where forbidden [points]."""
    staff, at = week.staff, 0
    trail = int(staff.trail[e])
    for d, option in enumerate(days):
        at = int(staff.trail_next[trail, d, at, _letter(week.grid, option)])
        if at == OFF:
            return float("inf")
    return float(staff.trail_cost[trail, at])


def _letter(grid: Grid, option: Option) -> int:
    """Return what the trails see of a day: 0 for a day off."""
    if option is None:
        return 0
    _, start, end, _ = option
    letters = grid.letter.reshape(len(grid.span), len(grid.end_late), -1)
    span = max(0, int(np.searchsorted(grid.span, end - start, side="right")) - 1)
    return int(letters[span, grid.end_class[end], grid.start_class[start]])
