"""The outside witness: the same customers in Ciw (3.2 or newer), a simulator by other people.

Ciw can say what ours says with constant staff, two priority classes and patience, as long as no two
things happen to customers at once (it draws ties at random).  Arrivals, work and patience are whole
milliseconds, which floats hold exactly, so calls and ends are compared for equality.
"""

from __future__ import annotations

from dataclasses import dataclass

import ciw
import numpy as np
from numpy.typing import NDArray

from planner.sim.engine import CLASS_SHIFT, ENDLESS, Clerks, House, Queue
from planner.sim.streams import stream
from planner.units import MS_PER_DAY, MS_PER_MINUTE

#: A gap after which nothing comes any more [ms].
AFTER_ALL = 1e15


@dataclass(frozen=True)
class Constant:
    """A location with constant staff: load a clerk, share of the first class, mean patience."""

    clerks: int
    occupancy: float
    first_class: float
    patience_minutes: float | None
    minutes: float = 10.0


def constant_location(case: Constant, customers: int, seed: int) -> tuple[Queue, Clerks, House]:
    """Return so many customers, at different milliseconds, and clerks who are always there."""
    draw = stream(seed, 0, "outside witness", str(case))
    gap = case.minutes * MS_PER_MINUTE / (case.clerks * case.occupancy)
    arrival = np.cumsum(1 + np.floor(draw.exponential(gap, customers)).astype(np.int64))
    work = 1 + np.floor(draw.gamma(2.0, case.minutes * MS_PER_MINUTE / 2, customers))
    patience = np.full(customers, ENDLESS, dtype=np.int64)
    if case.patience_minutes is not None:
        mean = case.patience_minutes * MS_PER_MINUTE
        patience = 1 + np.floor(draw.exponential(mean, customers)).astype(np.int64)
    second = (draw.random(customers) >= case.first_class).astype(np.int64)
    until = int(arrival[-1]) + 400 * MS_PER_DAY
    queue = Queue(
        arrival=arrival,
        rank=(second << CLASS_SHIFT) + arrival,
        work=work.astype(np.int32),
        skill=np.zeros(customers, dtype=np.int8),
        patience=np.minimum(patience, ENDLESS).astype(np.int32)[:, None],
        delay=np.empty((customers, 0), dtype=np.int32),
        tries=np.zeros(customers, dtype=np.int8),
        may_balk=np.zeros(customers, dtype=np.bool_),
    )
    return queue, _always_there(case.clerks, until), _open_until(case.clerks, until)


def by_ciw(queue: Queue, clerks: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return call (-1: left out of patience) and end of every customer as Ciw has them [ms]."""
    first = queue.rank == queue.arrival
    classes = {"first": first, "second": ~first}
    work = _Looked(queue.work.astype(np.float64))
    patience = _Looked(
        np.where(queue.patience[:, 0] == ENDLESS, np.inf, queue.patience[:, 0].astype(np.float64))
    )
    network = ciw.create_network(
        arrival_distributions={k: [_arrivals(queue.arrival[m])] for k, m in classes.items()},
        service_distributions={name: [work] for name in classes},
        reneging_time_distributions={name: [patience] for name in classes},
        priority_classes={"first": 0, "second": 1},
        number_of_servers=[clerks],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(float(queue.arrival[-1] + 300 * MS_PER_DAY))
    call = np.full(len(queue.arrival), -2, dtype=np.int64)
    end = np.full(len(queue.arrival), -2, dtype=np.int64)
    for record in simulation.get_all_records(only=["service", "renege"]):
        row = record.id_number - 1
        served = record.record_type == "service"
        call[row] = int(record.service_start_date) if served else -1
        end[row] = int(record.exit_date)
    return call, end


class _Looked(ciw.dists.Distribution):  # type: ignore[misc]
    """A time that a customer brings along; Ciw numbers customers in order of arrival from 1."""

    def __init__(self, values: NDArray[np.float64]) -> None:
        self.values = values.tolist()

    def sample(self, t: float | None = None, ind: ciw.Individual | None = None) -> float:
        assert ind is not None
        value: float = self.values[ind.id_number - 1]
        return value


def _arrivals(arrival: NDArray[np.int64]) -> ciw.dists.Sequential:
    gaps = np.diff(arrival, prepend=0).astype(np.float64).tolist()
    return ciw.dists.Sequential([*gaps, AFTER_ALL])


def _always_there(count: int, until: int) -> Clerks:
    span = np.full(count, until, dtype=np.int64)
    return Clerks(
        first=np.arange(count + 1, dtype=np.int32),
        start=np.zeros_like(span),
        end=span,
        mask=np.ones_like(span),
        pause=np.zeros_like(span),
        stays=np.ones(count, dtype=np.bool_),
        hands=np.zeros(count, dtype=np.int8),
        speed=np.full(count, 1000, dtype=np.int32),
    )


def _open_until(desks: int, until: int) -> House:
    return House(
        opening=np.array([0]),
        closing=np.array([until]),
        remaining=np.array([1]),
        desks_from=np.array([0]),
        desks=np.array([desks], dtype=np.int32),
        desk_loss=0,
        balk=-1,
        mean_work=np.array([MS_PER_MINUTE]),
    )
