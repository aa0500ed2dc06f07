"""Cases for the engines' speed: one queue, one day, one city week.

The queue is M/M/10 at an occupancy of 0.9; the day has 12 hours with staffing steps of 30 minutes
(as places to serve, L5), two classes and patience; the city week has 20 locations x 5 days x about
450 customers, 228 clerks with up to three skills, shifts and lunch breaks, two classes, patience, a
tenth of no-shows and appointments on a grid of ten minutes, to which people come about three
minutes early (who comes before the doors open waits there).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.sim.engine import CLASS_SHIFT, ENDLESS, Clerks, House, Queue
from planner.sim.streams import stream
from planner.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE

Location = tuple[Queue, Clerks, House]
Span = tuple[int, int, int, int]
OPENING = 8 * MS_PER_HOUR
CLOSING = 18 * MS_PER_HOUR
#: Places to serve by half hour of the day with staffing steps.
PLAN = (
    *(10, 12, 15, 18, 20, 22, 22, 20, 18, 16, 16, 18),
    *(20, 22, 22, 20, 18, 16, 14, 12, 12, 10, 10, 10),
)


@dataclass(frozen=True)
class Case:
    """A named case: its locations are played one after the other."""

    name: str
    locations: tuple[Location, ...]

    @property
    def customers(self) -> int:
        """Number of customers of all locations."""
        return sum(len(queue.arrival) for queue, _, _ in self.locations)

    def part(self, customers: int) -> Case:
        """Return the first customers of the first location: enough for a peer that is slow."""
        queue, clerks, house = self.locations[0]
        return Case(self.name, ((Queue._make(c[:customers] for c in queue), clerks, house),))


def city_week() -> Case:
    """Return 45,000 customers and 228 clerks at 20 locations."""
    sizes = [12] * 8 + [11] * 12
    return Case("city week", tuple(_city_location(n, size) for n, size in enumerate(sizes)))


def day() -> Case:
    """Return 20 days of about 1,930 customers each, staff in steps of half an hour."""
    return Case("day", tuple(_step_day(number) for number in range(20)))


def queue() -> Case:
    """Return 20,000 customers of M/M/10 at an occupancy of 0.9."""
    draw = stream(1, 0, "bench queue")
    size = 20_000
    arrival = np.cumsum(draw.exponential(MS_PER_MINUTE / 9, size)).astype(np.int64)
    until = int(arrival[-1]) + MS_PER_DAY
    spans: list[list[Span]] = [[(0, until, 1, 0)]] * 10
    customers = _customers(draw, arrival, arrival, mean_minutes=1.0)
    endless = customers._replace(patience=np.full((size, 1), ENDLESS, dtype=np.int32))
    return Case("queue", ((endless, _clerks(spans, {until}), _house([(0, until)], 1, 10)),))


def _city_location(number: int, size: int) -> Location:
    draw = stream(1, 0, "bench city", number)
    doors = [(d * MS_PER_DAY + OPENING, d * MS_PER_DAY + CLOSING) for d in range(5)]
    count = 450 * 5
    day_of = draw.integers(0, 5, count)
    slot = draw.integers(0, 60, count) * 10 * MS_PER_MINUTE
    walk_in = np.floor(draw.random(count) * (CLOSING - OPENING)).astype(np.int64)
    booked = draw.random(count) < 0.5
    late = np.rint(draw.normal(-3, 4, count) * MS_PER_MINUTE).astype(np.int64)
    due = np.clip(slot + late, 0, CLOSING - OPENING - 1)
    arrival = day_of * MS_PER_DAY + OPENING + np.where(booked, due, walk_in)
    come = ~(booked & (draw.random(count) < 0.1))
    order = np.argsort(arrival[come], kind="stable")
    arrival, booked = arrival[come][order], booked[come][order]
    due = np.where(booked, arrival, (1 << CLASS_SHIFT) + arrival)
    skill = draw.integers(0, 3, len(arrival)).astype(np.int8)
    customers = _customers(draw, arrival, due, mean_minutes=12)._replace(skill=skill)
    spans = [_week(draw, clerk) for clerk in range(size)]
    closing = {door[1] for door in doors}
    return customers, _clerks(spans, closing), _house(doors, 3, size)


def _week(draw: np.random.Generator, clerk: int) -> list[Span]:
    """Return a clerk's pieces: half of the clerks early, half late, lunch of 30 minutes."""
    mask = [7, 3, 5, 6][clerk % 4]
    spans: list[Span] = []
    for number in range(5):
        start = number * MS_PER_DAY + (OPENING if clerk % 2 else OPENING + 2 * MS_PER_HOUR)
        lunch = start + int(draw.integers(6, 10)) * 30 * MS_PER_MINUTE
        pause = 30 * MS_PER_MINUTE
        spans += [(start, lunch, mask, pause), (lunch + pause, start + 8 * MS_PER_HOUR, mask, 0)]
    return spans


def _step_day(number: int) -> Location:
    draw = stream(1, 0, "bench day", number)
    length, step = 12 * MS_PER_HOUR, 30 * MS_PER_MINUTE
    rates = np.array(PLAN) / sum(PLAN)
    counts = draw.poisson(1_930 * rates)
    slot = np.repeat(np.arange(24), counts)
    arrival = np.sort(np.floor((slot + draw.random(len(slot))) * step).astype(np.int64))
    second = (draw.random(len(arrival)) < 0.7).astype(np.int64)
    customers = _customers(draw, arrival, (second << CLASS_SHIFT) + arrival, mean_minutes=6.5)
    spans: list[list[Span]] = [[(0, length, 1, 0)]] * max(PLAN)
    house = _house([(0, length)], 1, max(PLAN))._replace(
        desks_from=np.arange(len(PLAN)) * step, desks=np.array(PLAN, dtype=np.int32)
    )
    return customers, _clerks(spans, {length}), house


def _customers(
    draw: np.random.Generator,
    arrival: NDArray[np.int64],
    rank: NDArray[np.int64],
    mean_minutes: float,
) -> Queue:
    size = len(arrival)
    work = np.maximum(np.rint(draw.exponential(mean_minutes * MS_PER_MINUTE, size)), 1)
    patience = np.rint(draw.exponential(20 * MS_PER_MINUTE, size))
    return Queue(
        arrival=arrival,
        rank=rank,
        work=work.astype(np.int32),
        skill=np.zeros(size, dtype=np.int8),
        patience=patience.astype(np.int32)[:, None],
        delay=np.empty((size, 0), dtype=np.int32),
        tries=np.zeros(size, dtype=np.int8),
        may_balk=np.zeros(size, dtype=np.bool_),
    )


def _clerks(spans: list[list[Span]], closings: set[int]) -> Clerks:
    flat = [span for own in spans for span in own]
    start, end, mask, pause = (
        np.array(column, dtype=np.int64) for column in zip(*flat, strict=True)
    )
    return Clerks(
        first=np.cumsum([0, *map(len, spans)]).astype(np.int32),
        start=start,
        end=end,
        mask=mask,
        pause=pause,
        stays=np.isin(end, sorted(closings)),
        hands=np.zeros(len(end), dtype=np.int8),
        speed=np.full(len(spans), 1000, dtype=np.int32),
    )


def _house(doors: list[tuple[int, int]], skills: int, desks: int) -> House:
    opening, closing = np.array(doors, dtype=np.int64).T.copy()
    return House(
        opening=opening,
        closing=closing,
        remaining=np.full(len(doors), (1 << skills) - 1, dtype=np.int64),
        desks_from=np.array([np.iinfo(np.int64).min]),
        desks=np.array([desks], dtype=np.int32),
        desk_loss=0,
        balk=-1,
        mean_work=np.full(skills, 10 * MS_PER_MINUTE, dtype=np.int64),
    )
