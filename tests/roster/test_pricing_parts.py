"""Parts of pricing by themselves: breaks, late shifts, ties to the first, room, what was before."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from planner.model.roster import compiled_pricing
from planner.model.roster.arrays import Grid, Week
from planner.model.roster.compiled_pricing import NEVER, Choice
from planner.sim.streams import stream
from tests.roster.interpreted import interpreted
from tests.roster.random_week import CELLS, DAYS, ENDS, PEOPLE, STARTS, random_week

pricing = interpreted(compiled_pricing)


def _plain(**changes: object) -> Week:
    """Return a week in which all may work every shift of every day, at no price."""
    week = random_week(0)
    grid, staff = week.grid, week.staff
    for allowed in (grid.start_on, grid.end_on, grid.pause_on, grid.rested, staff.free):
        allowed[...] = True
    for price in (staff.group_cost, staff.day_cost, staff.early_cost, staff.late_cost):
        price[...] = 0.0
    for nothing in (staff.paid_cost, staff.late_shift_cost, staff.trail, staff.earliest):
        nothing[...] = 0
    week.places.first[...], week.places.last[...] = 0, CELLS
    for many in (staff.latest, staff.longest, staff.most_days):
        many[...] = CELLS
    staff.most[...], staff.most_run[...] = staff.paid_cost.shape[1] - 1, -1
    return week._replace(staff=staff._replace(**changes))  # type: ignore[arg-type]


def _priced(week: Week, *people: int, values: np.ndarray) -> tuple[float, Choice]:
    """Return value and line of the last of ``people``, all priced with the same memory."""
    memory = pricing.memory_for(week)
    memory.values[...] = values
    for g, d in product(range(2), range(DAYS)):
        pricing.fill_table(week, g, d, memory)
    line = pricing.room_for_line(week)
    found = [pricing.price_line(week, e, memory, line) for e in people]
    return found[-1], line


def _long_breaks(seed: int) -> Grid:
    """Return a grid whose longer shifts have two and three places for the break."""
    return random_week(seed).grid._replace(
        span=np.array([1, 4, 6]),
        paid=np.array([1, 3, 4]),
        pause=np.array([0, 1, 2]),
        pause_first=np.array([0, 1, 1]),
        pause_last=np.array([-1, 2, 3]),
    )


@pytest.mark.parametrize("block", range(2))
def test_the_first_of_the_best_shifts_and_breaks(block: int) -> None:
    """Of each kind the best start and break, the earliest where several are as good."""
    seen = 0
    for seed in range(20 * block, 20 * block + 20):
        grid = _long_breaks(seed)
        kinds = pricing.memory_for(random_week(seed)._replace(grid=grid)).scratch
        draw = stream(seed, 0, "cells")
        values, first = draw.integers(-1, 3, CELLS).astype(float), int(draw.integers(0, 2))
        wish = (3, float(draw.integers(0, 2)), 2, float(draw.integers(0, 2)))
        pricing.best_kinds(grid, values, (first, CELLS), wish, kinds)
        for kind, (s, end, start) in enumerate(product(range(3), range(ENDS), range(STARTS))):
            all_of_them = _shifts(grid, s, values, first, wish)
            mine = [x for x in all_of_them if _classes(grid, s, x[1]) == (end, start)]
            if not mine:
                assert kinds.value[kind] == NEVER
                continue
            worth, begin, pause = max(mine, key=lambda shift: shift[0])
            assert kinds.value[kind] == worth
            assert (kinds.start[kind], kinds.pause[kind]) == (begin, pause)
            seen += len({x[0] for x in mine}) < len(mine)
    assert seen > 10


def _classes(grid: Grid, s: int, begin: int) -> tuple[int, int]:
    return int(grid.end_class[begin + grid.span[s]]), int(grid.start_class[begin])


def _shifts(
    grid: Grid, s: int, values: np.ndarray, first: int, wish: tuple[int, float, int, float]
) -> list[tuple[float, int, int]]:
    """Return worth, start and break of every shift of a length, in the order of the clock."""
    found = []
    for begin in range(first, CELLS - int(grid.span[s]) + 1):
        end = begin + int(grid.span[s])
        if not grid.start_on[begin] or not grid.end_on[end]:
            continue
        worth = values[begin:end].sum() - wish[1] * (end > wish[0]) - wish[3] * (begin < wish[2])
        for after in range(int(grid.pause_first[s]), int(grid.pause_last[s]) + 1):
            at = begin + after
            if grid.pause_on[at]:
                found.append((worth - values[at : at + grid.pause[s]].sum(), begin, at))
        if not grid.pause[s]:
            found.append((worth, begin, -1))
    return found


def test_late_shifts_are_told_apart_as_far_as_their_price_changes() -> None:
    """The fewest from which on each further one costs the same, for all short lists of prices."""
    for count in range(1, 6):
        for steps in product((0.0, 1.0, 3.0), repeat=count):
            same = [n for n in range(count) if len(set(steps[n:])) == 1]
            price = np.concatenate([[0.0], np.cumsum(steps)])
            assert pricing._late_states(price) == same[0]


@pytest.mark.parametrize("most_run", [-1, 0, 2])
def test_there_is_room_for_every_state_and_no_more(most_run: int) -> None:
    """The memory has the shapes that it states; its size decides how large a city may be."""
    week = _plain()
    week.staff.most_run[...] = most_run
    memory, kinds = pricing.memory_for(week), 3 * ENDS * STARTS
    nights, trails = week.grid.rested.shape[2], week.staff.trail_cost.shape[1]
    states = (DAYS + 1, DAYS + 1, trails * nights * max(1, most_run + 1))
    layer = (DAYS + 1, *states, week.staff.paid_cost.shape[1])
    assert memory.work.layer.shape == memory.work.came.shape == layer
    assert memory.work.states == np.prod(states)
    assert memory.values.shape == memory.activity.shape == (2, DAYS, CELLS)
    assert memory.tables.prefix.shape == memory.scratch.prefix.shape == (CELLS + 1,)
    assert memory.tables.value.shape == (2, DAYS, kinds)
    assert memory.scratch.value.shape == (kinds,) == memory.work.best.shape[1:]


def test_who_gains_nothing_stays_at_home() -> None:
    """Work that is worth nothing is not done: a line without work comes first."""
    value, line = _priced(_plain(), 0, values=np.zeros((2, DAYS, CELLS)))
    assert value == 0.0
    assert (line.group == -1).all()


def test_the_first_day_and_the_first_group_of_equal_ones() -> None:
    """Who may work on one day works on the first, at the place that is named first."""
    week = _plain(most_days=np.ones(PEOPLE, np.int64))
    for e, group in ((0, 0), (1, 1), (2, 1)):
        value, line = _priced(week, e, values=np.ones((2, DAYS, CELLS)))
        assert value == 3.0  # four cells, one of them the break
        assert line.group.tolist() == [group, -1, -1]


def test_what_the_last_person_had_is_forgotten() -> None:
    """Somebody who has worked enough days begins with a day off, whoever was priced before."""
    week = _plain(
        run_before=np.array([0, 2, 0]), most_run=np.full(PEOPLE, 2), most=np.array([7, 1, 7])
    )
    values = np.ones((2, DAYS, CELLS))
    values[:, 0] = 9.0
    for before in ((), (0,), (2, 0)):
        value, line = _priced(week, *before, 1, values=values)
        assert value == 1.0
        assert line.group[0] == -1


def test_without_hours_there_is_a_line_without_work() -> None:
    """Where nobody has an hour left, everybody has the line in which nobody works."""
    none = np.zeros(PEOPLE, np.int64)
    week = _plain(most=none, paid_cost=np.full((PEOPLE, 1), 0.5))
    for e in range(PEOPLE):
        value, line = _priced(week, e, values=np.ones((2, DAYS, CELLS)))
        assert value == -0.5
        assert (line.group == -1).all()


@pytest.mark.parametrize("worth", [1.0, 1000.0])
def test_without_any_line_nothing_is_written(worth: float) -> None:
    """Whoever is left with no way on has no line, however good it would be from elsewhere."""
    week = _plain(trail=np.ones(PEOPLE, np.int64))
    week.staff.trail_count[1] = [1, 2, 1, 1]
    ways = week.staff.trail_next[1]
    ways[:, 0], ways[1, 0], ways[1, 1] = 0, -1, 0  # the second state goes on; nobody comes to it
    value, line = _priced(week, 0, values=np.full((2, DAYS, CELLS), worth))
    assert value == NEVER
    assert (line.group == -1).all()


def test_late_shifts_of_the_last_person_are_forgotten() -> None:
    """Whose late shifts all cost the same reads none that somebody before was told apart by."""
    week = _plain()
    week.staff.late_shift_cost[0] = [0.0, 0.0, 1.0, 3.0]
    week.staff.day_cost[1] = 5.0
    values = np.full((2, DAYS, CELLS), 9.0)
    alone, _ = _priced(week, 1, values=values)
    assert _priced(week, 0, 1, values=values)[0] == alone == _priced(week, 2, values=values)[0] - 15
