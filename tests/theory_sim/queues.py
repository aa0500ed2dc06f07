"""Queues with exponential times for the engines: one location, constant or hourly staff."""

from __future__ import annotations

from collections.abc import Sequence
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
        balk=-1,
        mean_work=np.array([MS_PER_MINUTE]),
    )


def waits(queue: Queue, outcomes: Outcomes) -> Floats:
    """Return the wait of everybody, to the call or to leaving [min]."""
    end = np.where(outcomes.call < 0, outcomes.finish, outcomes.call)
    return np.asarray((end - queue.arrival) / MS_PER_MINUTE)


def office_days(
    plan: Sequence[int], rates: Sequence[float], minutes: float, days: int, seed: int
) -> tuple[Floats, NDArray[np.int64]]:
    """Play days of an office that opens empty, with ``plan[h]`` named clerks in hour ``h``.

    Clerk i is there in the hours that have more than i clerks; those of the last hour stay.

    Returns
    -------
    waits : float64 array (customers,)
        Minutes.
    cell : int64 array (customers,)
        Hour of arrival + hours x day.
    """
    draw = stream(seed, 0, "office days", *plan)
    hours = len(plan)
    counts = draw.poisson(np.tile(rates, days))
    cell = np.repeat(np.arange(hours * days), counts)
    day, hour = np.divmod(cell, hours)
    arrival = np.floor(day * MS_PER_DAY + (hour + draw.random(len(cell))) * MS_PER_HOUR).astype(
        np.int64
    )
    order = np.argsort(arrival, kind="stable")
    arrival, cell = arrival[order], cell[order]
    queue = queue_of(arrival, draw, Markov(1.0, minutes, 1))
    opening = np.arange(days, dtype=np.int64) * MS_PER_DAY
    house = open_house(opening, opening + hours * MS_PER_HOUR, max(plan) + 9)
    return waits(queue, get_engine("compiled").run(queue, _hourly(plan, opening), house)), cell


def _hourly(plan: Sequence[int], opening: NDArray[np.int64]) -> Clerks:
    spans: list[list[tuple[int, int]]] = [_runs(plan, clerk) for clerk in range(max(plan))]
    starts = [np.concatenate([opening + a * MS_PER_HOUR for a, _ in s]) for s in spans]
    ends = [np.concatenate([opening + b * MS_PER_HOUR for _, b in s]) for s in spans]
    order = [np.argsort(column) for column in starts]
    start = np.concatenate([column[o] for column, o in zip(starts, order, strict=True)])
    end = np.concatenate([column[o] for column, o in zip(ends, order, strict=True)])
    return Clerks(
        first=np.cumsum([0, *map(len, starts)]).astype(np.int32),
        start=start,
        end=end,
        mask=np.ones_like(start),
        pause=np.zeros_like(start),
        stays=(end % MS_PER_DAY) == len(plan) * MS_PER_HOUR,
        speed=np.full(len(spans), 1000, dtype=np.int32),
    )


def _runs(plan: Sequence[int], clerk: int) -> list[tuple[int, int]]:
    """Return the spans of hours in which the plan has more than ``clerk`` clerks."""
    runs: list[tuple[int, int]] = []
    for hour, count in enumerate(plan):
        if count > clerk and runs and runs[-1][1] == hour:
            runs[-1] = (runs[-1][0], hour + 1)
        elif count > clerk:
            runs.append((hour, hour + 1))
    return runs
