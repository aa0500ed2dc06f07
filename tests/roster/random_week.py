"""Small random weeks in arrays, and every line of them by plain loops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from planner.model.roster.arrays import Floats, Grid, Groups, Ints, Places, Staff, Week
from planner.model.roster.compiled_pricing import Memory
from planner.sim.streams import stream

DAYS, CELLS, SPANS, ENDS, STARTS, PEOPLE = 3, 6, 3, 2, 2, 3
TRAILS, STATES, LETTERS = 3, 3, 3


class Day(NamedTuple):
    """A shift on some day: group, start, end, break [cells], and what it is worth [points]."""

    group: int
    start: int
    end: int
    pause: int
    worth: float


def random_week(seed: int) -> Week:
    """Return two places, two groups, three people with limits of every kind, at random."""
    draw = stream(seed, 0, "week")
    free_nights = bool(draw.random() < 0.25)
    rested = draw.random((2, DAYS, 1 if free_nights else ENDS + 1, STARTS)) < 0.6
    rested[:, :, 0] = True
    grid = Grid(
        days=DAYS,
        cells=CELLS,
        start_on=draw.random(CELLS + 1) < 0.8,
        end_on=draw.random(CELLS + 1) < 0.8,
        span=np.array([1, 3, 4]),
        paid=np.array([1, 2, 3]),
        pause=np.array([0, 1, 1]),
        pause_first=np.array([0, 1, 1]),
        pause_last=np.array([-1, 1, 2]),
        pause_on=draw.random(CELLS + 1) < 0.8,
        end_class=draw.integers(0, ENDS, CELLS + 1),
        start_class=draw.integers(0, STARTS, CELLS + 1),
        end_late=np.array([False, True]),
        end_night=np.zeros(ENDS, np.int64) if free_nights else np.arange(1, ENDS + 1),
        rested=rested,
        letter=stream(seed, 5, "letters").integers(1, LETTERS, 3 * ENDS * STARTS),
    )
    grid.pause_on[draw.integers(2) :: 2] = True  # every break has some place
    first = draw.integers(0, 3, (2, DAYS))
    places = Places(
        first=first,
        last=np.maximum(first, draw.integers(3, CELLS + 1, (2, DAYS))),
        desks=np.array([1, 1]),
        row_place=np.zeros(0, np.int64),
        need=np.zeros((0, DAYS, CELLS), np.int64),
        short=np.zeros(0),
        over=np.zeros(0),
        present_need=np.zeros((2, 2, DAYS, CELLS), np.int64),
        present_price=np.zeros(2),
        back_need=np.zeros(2),
        back_price=0.0,
        learner_price=np.zeros(0),
        experienced=np.zeros((2, DAYS, CELLS), np.int64),
        learners=np.zeros((0, 2, DAYS, CELLS), np.int64),
    )
    groups = Groups(
        np.array([0, 1]),
        np.zeros(3, np.int64),
        np.zeros(0, np.int64),
        np.ones(2, bool),
        np.ones(2, bool),
        np.full(2, -1),
    )
    return Week(grid, places, groups, _staff(seed))


def _staff(seed: int) -> Staff:
    draw = stream(seed, 1, "staff")
    shape, most = (PEOPLE, DAYS), draw.integers(1, 8, PEOPLE)
    paid = draw.uniform(0.0, 3.0, (PEOPLE, int(most.max()) + 1))
    for e in range(PEOPLE):
        paid[e, most[e] + 1 :] = np.inf
    late = np.cumsum(draw.choice([0.0, 0.5, 0.5, 4.0], (PEOPLE, DAYS + 1)), axis=1)
    counts, follows, costs = _trails(seed)
    return Staff(
        first_group=np.array([0, 2, 3, 5]),
        groups=np.array([0, 1, 1, 1, 0]),
        group_cost=draw.choice([0.0, 0.75], 5),
        free=draw.random(shape) < 0.85,
        day_cost=draw.choice([0.0, 0.5], shape),
        early_cost=draw.choice([0.0, 0.0, 1.0], shape),
        late_cost=draw.choice([0.0, 0.0, 1.0], shape),
        early_end=int(draw.integers(2, 5)),
        late_start=int(draw.integers(1, 4)),
        earliest=draw.choice([0, 0, 1, 3, CELLS + 1], shape),
        latest=draw.choice([CELLS, CELLS, CELLS - 1, 3], shape),
        longest=draw.integers(1, 4, PEOPLE),
        rest=draw.integers(0, 2, PEOPLE),
        most_days=draw.integers(1, DAYS + 1, PEOPLE),
        most_run=draw.integers(-1, 3, PEOPLE),
        run_before=draw.integers(0, 4, PEOPLE),
        most=most,
        paid_cost=paid,
        late_shift_cost=late - late[:, :1],
        trail=stream(seed, 4, "trail of each").integers(0, TRAILS, PEOPLE),
        trail_count=counts,
        trail_next=follows,
        trail_cost=costs,
    )


def _trails(seed: int) -> tuple[Ints, Ints, Floats]:
    """Return states, ways on and prices of trails: the first has one state, others up to three."""
    draw = stream(seed, 3, "trails")
    counts = draw.integers(1, STATES + 1, (TRAILS, DAYS + 1))
    counts[:, 0] = counts[0] = 1
    follows = np.full((TRAILS, DAYS, STATES, LETTERS), -1)
    for trail, d in np.ndindex(TRAILS, DAYS):
        ways = draw.integers(0, counts[trail, d + 1], (STATES, LETTERS))
        ways[(draw.random((STATES, LETTERS)) < 0.15) & (trail > 0)] = -1
        ways[counts[trail, d] :] = -1
        follows[trail, d] = ways
    costs = draw.choice([0.0, 0.5, 2.0], (TRAILS, STATES))
    costs[0] = 0.0
    return counts, follows, costs


def days_of(week: Week, e: int, d: int, memory: Memory) -> list[Day]:
    """Return every shift of employee e on day d with its break, and what it is worth."""
    grid, staff, places, found = week.grid, week.staff, week.places, []
    if not staff.free[e, d]:
        return []
    for i in range(staff.first_group[e], staff.first_group[e + 1]):
        g = int(staff.groups[i])
        place = week.groups.place[g]
        for start in range(places.first[place, d], places.last[place, d]):
            for s in range(len(grid.span)):
                end = start + int(grid.span[s])
                inside = end <= min(places.last[place, d], staff.latest[e, d])
                if not inside or start < staff.earliest[e, d] or grid.paid[s] > staff.longest[e]:
                    continue
                if not (grid.start_on[start] and grid.end_on[end]):
                    continue
                worth = memory.values[g, d, start:end].sum() - staff.group_cost[i]
                worth -= staff.day_cost[e, d]
                worth -= staff.early_cost[e, d] * (end > staff.early_end)
                worth -= staff.late_cost[e, d] * (start < staff.late_start)
                for pause in _pauses(grid, start, s):
                    lost = memory.values[g, d, pause : pause + grid.pause[s]].sum()
                    found.append(Day(g, start, end, pause, float(worth - lost * (pause >= 0))))
    return found


def letter_of(grid: Grid, day: Day | None) -> int:
    """Return what the trails see of a day."""
    if day is None:
        return 0
    s = int(np.flatnonzero(grid.span == day.end - day.start)[0])
    kinds = grid.letter.reshape(len(grid.span), len(grid.end_late), -1)
    return int(kinds[s, grid.end_class[day.end], grid.start_class[day.start]])


def _pauses(grid: Grid, start: int, s: int) -> list[int]:
    if not grid.pause[s]:
        return [-1]
    first, last = start + int(grid.pause_first[s]), start + int(grid.pause_last[s])
    return [at for at in range(first, last + 1) if grid.pause_on[at]]


def lines_of(week: Week, e: int, memory: Memory) -> Iterator[tuple[float, tuple[Day | None, ...]]]:
    """Yield the value and the shifts of every line that employee e may work."""
    choices = [[None, *days_of(week, e, d, memory)] for d in range(DAYS)]
    yield from _longer(week, e, choices, (), (0.0, 0, 0, 0, int(week.staff.run_before[e]), 0))


def _longer(
    week: Week,
    e: int,
    choices: list[list[Day | None]],
    line: tuple[Day | None, ...],
    so_far: tuple[float, int, int, int, int, int],
) -> Iterator[tuple[float, tuple[Day | None, ...]]]:
    """Yield every line that begins with ``line``; (value, paid, late, night, run, trail)."""
    grid, staff, d = week.grid, week.staff, len(line)
    value, paid, late, night, run, at = so_far
    if d == DAYS:
        if paid <= staff.most[e] and sum(day is not None for day in line) <= staff.most_days[e]:
            worth = value - staff.paid_cost[e, paid] - staff.late_shift_cost[e, late]
            yield worth - staff.trail_cost[staff.trail[e], at], line
        return
    for day in choices[d]:
        then = int(staff.trail_next[staff.trail[e], d, at, letter_of(grid, day)])
        if then < 0:
            continue
        if day is None:
            yield from _longer(week, e, choices, (*line, day), (value, paid, late, 0, 0, then))
            continue
        if 0 <= staff.most_run[e] <= run:
            continue
        if not grid.rested[staff.rest[e], d, night, grid.start_class[day.start]]:
            continue
        s = int(np.flatnonzero(grid.span == day.end - day.start)[0])
        end = grid.end_class[day.end]
        after = (value + day.worth, paid + int(grid.paid[s]), late + int(grid.end_late[end]))
        more = (*after, int(grid.end_night[end]), run + 1, then)
        yield from _longer(week, e, choices, (*line, day), more)
