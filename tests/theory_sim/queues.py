"""Queues with exponential times for the engines: one location, constant staff."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.sim.engine import CLASS_SHIFT, ENDLESS, Clerks, House, Outcomes, Queue, get_engine
from planner.sim.streams import stream
from planner.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Markov:
    """M/M/c(+M): arrivals an hour, minutes of service and of patience, classes' shares."""

    per_hour: float
    minutes: float
    servers: int
    patience: float | None = None
    first_class: float = 0.0

    @property
    def load(self) -> float:
        """Offered load [erlang]."""
        return self.per_hour * self.minutes / 60


def play(model: Markov, customers: int, seed: int) -> tuple[Queue, Outcomes]:
    """Play so many customers with staff who are always there; the queue starts empty."""
    draw = stream(seed, 0, "markov", str(model))
    gaps = draw.exponential(MS_PER_HOUR / model.per_hour, customers)
    arrival = np.floor(np.cumsum(gaps)).astype(np.int64)
    queue = queue_of(arrival, draw, model)
    until = int(arrival[-1]) + 10 * MS_PER_DAY
    span = np.full(model.servers, until, dtype=np.int64)
    clerks = Clerks(
        first=np.arange(model.servers + 1, dtype=np.int32),
        start=np.zeros_like(span),
        end=span,
        mask=np.ones_like(span),
        pause=np.zeros_like(span),
        stays=np.ones(model.servers, dtype=np.bool_),
        hands=np.zeros(model.servers, dtype=np.int8),
        speed=np.full(model.servers, 1000, dtype=np.int32),
    )
    house = open_house(np.array([0]), np.array([until]), model.servers)
    return queue, get_engine("compiled").run(queue, clerks, house)


def queue_of(arrival: NDArray[np.int64], draw: np.random.Generator, model: Markov) -> Queue:
    """Return customers with exponential work and patience and a share in the first class."""
    size = len(arrival)
    work = np.maximum(np.rint(draw.exponential(model.minutes * MS_PER_MINUTE, size)), 1)
    patience = np.full(size, ENDLESS, dtype=np.float64)
    if model.patience is not None:
        patience = np.rint(draw.exponential(model.patience * MS_PER_MINUTE, size))
    second = (draw.random(size) >= model.first_class).astype(np.int64)
    return Queue(
        arrival=arrival,
        rank=(second << CLASS_SHIFT) + arrival,
        work=work.astype(np.int32),
        skill=np.zeros(size, dtype=np.int8),
        patience=patience.astype(np.int32)[:, None],
        delay=np.empty((size, 0), dtype=np.int32),
        tries=np.zeros(size, dtype=np.int8),
        may_balk=np.zeros(size, dtype=np.bool_),
    )


def open_house(opening: NDArray[np.int64], closing: NDArray[np.int64], desks: int) -> House:
    """Return doors at which those on duty stay until the queue is empty."""
    return House(
        opening=opening.astype(np.int64),
        closing=closing.astype(np.int64),
        remaining=np.ones(len(closing), dtype=np.int64),
        desks_from=np.array([np.iinfo(np.int64).min]),
        desks=np.array([desks], dtype=np.int32),
        desk_loss=0,
        balk=-1,
        mean_work=np.array([MS_PER_MINUTE]),
    )


def waits(queue: Queue, outcomes: Outcomes) -> Floats:
    """Return the wait of everybody, to the call or to leaving [min]."""
    end = np.where(outcomes.call < 0, outcomes.finish, outcomes.call)
    return np.asarray((end - queue.arrival) / MS_PER_MINUTE)
