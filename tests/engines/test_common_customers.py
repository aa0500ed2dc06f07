"""What common customers are worth: the variance of a difference, independent over common.

A city of 20 locations with about 450 customers a day each, skills, breaks, classes and patience
(the city of the simulation note), and one clerk more at one location.
"""

from __future__ import annotations

import numpy as np
import pytest

from planner.sim.engine import CLASS_SHIFT, Clerks, House, Queue, get_engine
from planner.sim.streams import stream
from planner.units import MS_PER_HOUR, MS_PER_MINUTE

PLACES, CUSTOMERS, CLERKS, DRAWS = 20, 450, 11, 120
OPEN = 10 * MS_PER_HOUR
MASKS = (7, 3, 5, 6)
ENGINE = get_engine("compiled")


def customers(place: int, number: int) -> Queue:
    """Return the customers of a location on a day: half with appointment, every tenth away."""
    draw = stream(4, number, "common customers", place)
    count = int(draw.poisson(CUSTOMERS))
    booked = draw.random(count) < 0.5
    slot = draw.integers(0, 60, count) * 10 * MS_PER_MINUTE
    arrival = np.where(booked, slot, np.floor(draw.random(count) * OPEN)).astype(np.int64)
    come = ~(booked & (draw.random(count) < 0.1))
    order = np.argsort(arrival[come], kind="stable")
    arrival, booked = arrival[come][order], booked[come][order]
    size = len(arrival)
    patience = np.rint(draw.exponential(20 * MS_PER_MINUTE, (size, 1)))
    return Queue(
        arrival=arrival,
        rank=((~booked).astype(np.int64) << CLASS_SHIFT) + arrival,
        work=np.maximum(np.rint(draw.exponential(12 * MS_PER_MINUTE, size)), 1).astype(np.int32),
        skill=draw.integers(0, 3, size).astype(np.int8),
        patience=patience.astype(np.int32),
        delay=np.empty((size, 0), dtype=np.int32),
        tries=np.zeros(size, dtype=np.int8),
        may_balk=np.zeros(size, dtype=np.bool_),
    )


def staff(count: int) -> tuple[Clerks, House]:
    """Return clerks with three hours of lunch among them, and the doors."""
    lunch = (3 + np.arange(count) % 4) * MS_PER_HOUR
    pause = 30 * MS_PER_MINUTE
    start = np.column_stack((np.zeros_like(lunch), lunch + pause)).ravel()
    end = np.column_stack((lunch, np.full_like(lunch, OPEN))).ravel()
    clerks = Clerks(
        first=np.arange(0, 2 * count + 1, 2, dtype=np.int32),
        start=start,
        end=end,
        mask=np.repeat(np.array([MASKS[c % 4] for c in range(count)], dtype=np.int64), 2),
        pause=np.tile(np.array([pause, 0], dtype=np.int64), count),
        stays=end == OPEN,
        hands=np.zeros(len(end), dtype=np.int8),
        speed=np.full(count, 1000, dtype=np.int32),
    )
    house = House(
        opening=np.array([0]),
        closing=np.array([OPEN]),
        remaining=np.array([7]),
        desks_from=np.array([0]),
        desks=np.array([count], dtype=np.int32),
        desk_loss=0,
        balk=-1,
        mean_work=np.full(3, 12 * MS_PER_MINUTE, dtype=np.int64),
    )
    return clerks, house


def waited(queue: Queue, count: int) -> float:
    """Return the total wait of a location's day with so many clerks [min]."""
    out = ENGINE.run(queue, *staff(count))
    return float((np.where(out.call < 0, out.finish, out.call) - queue.arrival).sum()) / 60_000


@pytest.mark.slow
def test_one_clerk_more_is_seen_with_fifty_times_less_variance() -> None:
    """Variance factor of the city's mean wait at least 50, of the location's at least 5."""
    queues = [[customers(place, day) for place in range(PLACES)] for day in range(2 * DRAWS)]
    few = np.array([[waited(queue, CLERKS) for queue in city] for city in queues])
    more = np.array([waited(city[0], CLERKS + 1) for city in queues])
    count = np.array([[len(queue.arrival) for queue in city] for city in queues])
    city_few = few.sum(axis=1) / count.sum(axis=1)
    city_more = (more + few[:, 1:].sum(axis=1)) / count.sum(axis=1)
    place_few, place_more = few[:, 0] / count[:, 0], more / count[:, 0]
    assert (place_more < place_few).mean() > 0.9
    assert factor(city_few, city_more) >= 50
    assert factor(place_few, place_more) >= 5


def factor(first: np.ndarray, second: np.ndarray) -> float:
    """Return Var(difference of independent days) / Var(difference of common days)."""
    common = (second - first).var(ddof=1)
    independent = first[:DRAWS].var(ddof=1) + second[DRAWS:].var(ddof=1)
    return float(independent / common)
