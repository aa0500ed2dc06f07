"""The usual SimPy models of the three cases, as the research behind this benchmark wrote them.

A process a customer; a (priority) resource, or a store of clerks who are found by a filter;
patience as ``request | timeout``; a process a clerk with shifts and breaks.  What such models get
wrong is avoided: a capacity that rises by several places is offered place by place, and a clerk who
is offered at the very instant of giving up is taken.  Ties are decided by SimPy's order of events,
so some customers of the city week are called at another instant than by the law (``engine_speed``
says how many); everybody else at the same millisecond.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy
from simpy.core import BoundClass
from simpy.resources.resource import SortedQueue
from simpy.resources.store import FilterStoreGet

from planner.sim.engine import CLASS_SHIFT, NOT_CALLED, Clerks, House, Queue
from tests.benchmarks.engine_cases import Location

Process = Generator[simpy.Event, Any, None]


def model_of(case: str) -> Callable[..., np.ndarray]:
    """Return the model of the case: location in, calls [ms] out."""
    models = {"queue": QueueModel, "day": DayModel, "city week": CityModel}
    return lambda *location: models[case](location).play()


class QueueModel:
    """Customers at a resource."""

    def __init__(self, location: Location) -> None:
        self.queue, self.clerks, self.house = location
        self.env = simpy.Environment()
        self.call = [NOT_CALLED] * len(self.queue.arrival)
        self.prepare(self.queue, self.clerks, self.house)

    def prepare(self, queue: Queue, clerks: Clerks, _house: House) -> None:
        """Make what is needed before the first event."""
        self.work = queue.work.tolist()
        self.desk = simpy.Resource(self.env, capacity=len(clerks.speed))

    def play(self) -> np.ndarray:
        """Run to the end."""
        self.env.process(self.source())
        self.env.run()
        return np.array(self.call)

    def source(self) -> Process:
        """Let the customers come."""
        for row, arrival in enumerate(self.queue.arrival.tolist()):
            yield self.env.timeout(arrival - self.env.now)
            self.env.process(self.customer(row))

    def customer(self, row: int) -> Process:
        """Wait, be served, go."""
        with self.desk.request() as request:
            yield request
            self.call[row] = int(self.env.now)
            yield self.env.timeout(self.work[row])


class DayModel(QueueModel):
    """Customers with priority and patience at a resource of changing capacity."""

    desk: simpy.PriorityResource

    def prepare(self, queue: Queue, clerks: Clerks, house: House) -> None:
        """Make what is needed before the first event."""
        self.work = queue.work.tolist()
        self.patience = queue.patience[:, 0].tolist()
        self.priority = (queue.rank >> CLASS_SHIFT).tolist()
        self.desk = simpy.PriorityResource(self.env, capacity=int(house.desks[0]))
        self.env.process(self.staff(house))

    def staff(self, house: House) -> Process:
        """Change the capacity, place by place."""
        for instant, desks in zip(house.desks_from.tolist(), house.desks.tolist(), strict=True):
            yield self.env.timeout(instant - self.env.now)
            more = max(desks - self.desk.capacity, 0)
            self.desk._capacity = desks
            for _ in range(more):
                self.desk._trigger_put(None)

    def customer(self, row: int) -> Process:
        """Wait as long as patience lasts, be served, go."""
        with self.desk.request(priority=self.priority[row]) as request:
            yield request | self.env.timeout(self.patience[row])
            if request.triggered:
                self.call[row] = int(self.env.now)
                yield self.env.timeout(self.work[row])


@dataclass(eq=False)
class _Clerk:
    """A clerk in the store: skills of the present piece, and whether it is over."""

    number: int
    mask: int = 0
    over: simpy.Event | None = None

    @property
    def order(self) -> tuple[int, int]:
        return self.mask.bit_count(), self.number


class _Call(FilterStoreGet):
    """A request for a clerk that knows its place among the others."""

    def __init__(
        self, store: simpy.FilterStore, fits: Callable[[_Clerk], bool], key: tuple[int, int]
    ) -> None:
        self.key = key
        super().__init__(store, fits)


class _Store(simpy.FilterStore):
    """Idle clerks in their order; requests in theirs."""

    GetQueue = SortedQueue
    get: Any = BoundClass(_Call)

    def _do_put(self, event: Any) -> None:
        insort(self.items, event.item, key=lambda clerk: clerk.order)
        event.succeed()


class CityModel(QueueModel):
    """Customers and clerks with skills, shifts and breaks, who meet in a store."""

    def prepare(self, queue: Queue, clerks: Clerks, _house: House) -> None:
        """Make what is needed before the first event."""
        self.work, self.skill = queue.work.tolist(), queue.skill.tolist()
        self.patience, self.rank = queue.patience[:, 0].tolist(), queue.rank.tolist()
        self.idle = _Store(self.env)
        for number in range(len(clerks.speed)):
            own = slice(clerks.first[number], clerks.first[number + 1])
            columns = (clerks.start, clerks.end, clerks.mask, clerks.pause, clerks.stays)
            pieces = list(zip(*(column[own].tolist() for column in columns), strict=True))
            self.env.process(self.clerk(_Clerk(number), pieces))

    def clerk(self, me: _Clerk, pieces: list[tuple[int, int, int, int, bool]]) -> Process:
        """Work piece by piece; a case in hand is finished before what follows."""
        ready = 0
        for start, end, mask, pause, stays in pieces:
            if max(start, ready) >= end:
                continue
            yield self.env.timeout(max(0, start - self.env.now, ready - self.env.now))
            me.mask, me.over = mask, None
            self.idle.put(me)
            yield self.env.timeout(end - self.env.now)
            while me not in self.idle.items:
                me.over = self.env.event()
                yield me.over
                if stays and any(request.filter(me) for request in self.idle.get_queue):
                    self.idle.put(me)
                else:
                    break
            else:
                self.idle.items.remove(me)
            ready = int(self.env.now) + pause if pause else ready

    def customer(self, row: int) -> Process:
        """Wait as long as patience lasts, be served, go."""
        bit = 1 << self.skill[row]
        desk = self.idle.get(lambda clerk: clerk.mask & bit, (self.rank[row], row))
        yield desk | self.env.timeout(self.patience[row])
        if not desk.triggered:
            desk.cancel()
            return
        self.call[row] = int(self.env.now)
        yield self.env.timeout(self.work[row])
        if desk.value.over is None:
            self.idle.put(desk.value)
        else:
            desk.value.over.succeed()
