"""Small random plain weeks, and their best rosters by a programme with every shift by name."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
from scipy import optimize, sparse

from planner.model.roster.unnamed.plain_week import PlainWeek
from planner.sim.streams import stream

DAYS, CELLS, SHORTEST, LONGEST = 3, 7, 2, 4
Shift = tuple[int, int, int, int, int]


def random_plain_week(seed: int, people: int = 5, groups: int = 3) -> PlainWeek:
    """Return a week of three groups at two places with people of one or two groups."""
    draw = stream(seed, 0, "plain week")
    place = np.minimum(np.arange(groups), 1)
    first = np.zeros((groups, DAYS), np.int64)
    last = np.full((groups, DAYS), CELLS)
    first[0, 0], last[groups - 1, 1] = 1, CELLS - 1
    own = [
        tuple(sorted(draw.choice(groups, size=draw.integers(1, 3), replace=False).tolist()))
        for _ in range(people)
    ]
    most_days = draw.integers(2, DAYS + 1, people)
    owed = np.array([draw.integers(2 * SHORTEST, days * LONGEST + 1) for days in most_days])
    return PlainWeek(
        SHORTEST,
        LONGEST,
        first,
        last,
        draw.integers(0, 3, (groups, DAYS, CELLS)),
        np.full(groups, 10.0),
        np.full(groups, 1.0),
        place,
        tuple(own),
        np.ones((people, DAYS), np.bool_),
        owed,
        most_days,
    )


def price(week: PlainWeek, shifts: list[Shift]) -> float:
    """Return the price of what is missing and beyond, by plain counting."""
    left = week.need.copy()
    for _, day, group, start, end in shifts:
        left[group, day, start:end] -= 1
    missing, beyond = np.maximum(left, 0).sum(axis=(1, 2)), np.maximum(-left, 0).sum(axis=(1, 2))
    return float((missing * week.short + beyond * week.over).sum())


def least_price(week: PlainWeek) -> float:
    """Return the price of the best roster: one column for every shift that somebody may work."""
    shifts = list(_every_shift(week))
    shape = week.need.shape
    cells, count = int(np.prod(shape)), len(shifts)
    gives = sparse.lil_matrix((cells, count))
    for column, (_, day, group, start, end) in enumerate(shifts):
        for cell in range(start, end):
            gives[np.ravel_multi_index((group, day, cell), shape), column] = 1
    cost = np.concatenate(
        [np.zeros(count), *(np.repeat(by, shape[1] * shape[2]) for by in (week.short, week.over))]
    )
    one = sparse.identity(cells)
    need = week.need.ravel()
    rows = [optimize.LinearConstraint(sparse.hstack([gives, one, -one]), need, need)]
    rows += list(_laws(week, shifts, len(cost)))
    whole = np.concatenate([np.ones(count), np.zeros(2 * cells)])
    found = optimize.milp(cost, constraints=rows, integrality=whole, bounds=_bounds(whole))
    assert found.success, found.message
    return float(found.fun)


@cache
def least_price_of(seed: int) -> float:
    """Return the least price of a random week."""
    return least_price(random_plain_week(seed))


def _bounds(whole: np.ndarray) -> optimize.Bounds:
    return optimize.Bounds(0, np.where(whole > 0, 1, np.inf))


def _every_shift(week: PlainWeek):
    for employee, own in enumerate(week.groups):
        for day, group, start in product(range(DAYS), own, range(CELLS)):
            for length in range(week.shortest, week.longest + 1):
                inside = week.first[group, day] <= start and start + length <= week.last[group, day]
                if inside and week.free[employee, day]:
                    yield employee, day, group, start, start + length


def _laws(week: PlainWeek, shifts: list[Shift], columns: int):
    """One shift a day, days of the week, cells owed."""
    people = len(week.owed)
    a_day = sparse.lil_matrix((people * DAYS, columns))
    days, cells = sparse.lil_matrix((people, columns)), sparse.lil_matrix((people, columns))
    for column, (employee, day, _, start, end) in enumerate(shifts):
        a_day[employee * DAYS + day, column] = 1
        days[employee, column], cells[employee, column] = 1, end - start
    yield optimize.LinearConstraint(a_day.tocsr(), 0, 1)
    yield optimize.LinearConstraint(days.tocsr(), 0, week.most_days)
    yield optimize.LinearConstraint(cells.tocsr(), week.owed, week.owed)
