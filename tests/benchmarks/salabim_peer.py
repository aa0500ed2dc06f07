"""salabim models of the three cases: a component a customer, as its manual writes them.

Monitors are off.  A clerk of the city week is a component in a store and is found by a filter, as
in the SimPy model; a customer whose patience ends fails the request.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import salabim

from planner.sim.engine import CLASS_SHIFT, Clerks, House, Queue

Process = Generator[Any, Any, None]


def model_of(case: str) -> Callable[..., int]:
    """Return the model of the case: location in, customers served out."""
    models = {"queue": QueueModel, "day": DayModel, "city week": CityModel}
    return lambda *location: models[case](*location).play()


class QueueModel:
    """Customers at a resource; ``served`` counts."""

    def __init__(self, queue: Queue, clerks: Clerks, house: House) -> None:
        self.env = salabim.Environment(trace=False, yieldless=False, random_seed=None)
        self.arrival, self.work = queue.arrival.tolist(), queue.work.tolist()
        self.patience = queue.patience[:, 0].tolist()
        self.skill = queue.skill.tolist()
        self.rank, self.priority = queue.rank.tolist(), (queue.rank >> CLASS_SHIFT).tolist()
        self.served = 0
        self.prepare(clerks, house)

    def prepare(self, clerks: Clerks, _house: House) -> None:
        """Make what is needed before the first event."""
        self.desk = salabim.Resource("desk", capacity=len(clerks.speed), monitor=False)

    def play(self) -> int:
        """Run to the end."""
        _Source(model=self)
        self.env.run()
        return self.served

    def visit(self, customer: _Customer) -> Process:
        """Wait, be served, go."""
        yield customer.request(self.desk)
        yield customer.hold(self.work[customer.row])
        self.served += 1


class DayModel(QueueModel):
    """Customers with priority and patience at a resource of changing capacity."""

    def prepare(self, _clerks: Clerks, house: House) -> None:
        """Make what is needed before the first event."""
        self.desk = salabim.Resource("desk", capacity=int(house.desks[0]), monitor=False)
        _Staff(model=self, house=house)

    def visit(self, customer: _Customer) -> Process:
        """Wait as long as patience lasts, be served, go."""
        row = customer.row
        yield customer.request(
            self.desk, request_priority=self.priority[row], fail_delay=self.patience[row]
        )
        if not customer.failed():
            yield customer.hold(self.work[row])
            self.served += 1


class CityModel(QueueModel):
    """Customers and clerks with skills, shifts and breaks, who meet in a store."""

    def prepare(self, clerks: Clerks, _house: House) -> None:
        """Make what is needed before the first event."""
        self.idle = salabim.Store("idle", monitor=False)
        for number in range(len(clerks.speed)):
            own = slice(clerks.first[number], clerks.first[number + 1])
            columns = (clerks.start, clerks.end, clerks.mask, clerks.pause)
            pieces = list(zip(*(column[own].tolist() for column in columns), strict=True))
            _Clerk(model=self, pieces=pieces)

    def visit(self, customer: _Customer) -> Process:
        """Wait as long as patience lasts, be served, go."""
        row = customer.row
        bit = 1 << self.skill[row]
        clerk = yield customer.from_store(
            self.idle,
            filter=lambda clerk: clerk.mask & bit,
            request_priority=self.rank[row],
            fail_delay=self.patience[row],
        )
        if not customer.failed():
            yield customer.hold(self.work[row])
            self.served += 1
            if self.env.now() < clerk.until:
                clerk.enter(self.idle)
            else:
                clerk.activate()


class _Source(salabim.Component):  # type: ignore[misc]
    def setup(self, model: QueueModel) -> None:
        self.model = model

    def process(self) -> Process:
        for row, arrival in enumerate(self.model.arrival):
            yield self.hold(till=arrival)
            _Customer(model=self.model, row=row)


class _Customer(salabim.Component):  # type: ignore[misc]
    def setup(self, model: QueueModel, row: int) -> None:
        self.model, self.row = model, row

    def process(self) -> Process:
        yield from self.model.visit(self)


class _Staff(salabim.Component):  # type: ignore[misc]
    def setup(self, model: QueueModel, house: House) -> None:
        self.model, self.house = model, house

    def process(self) -> Process:
        columns = (self.house.desks_from.tolist(), self.house.desks.tolist())
        for instant, desks in zip(*columns, strict=True):
            yield self.hold(till=instant)
            self.model.desk.set_capacity(desks)


class _Clerk(salabim.Component):  # type: ignore[misc]
    def setup(self, model: CityModel, pieces: list[tuple[int, int, int, int]]) -> None:
        self.model, self.pieces = model, pieces
        self.mask, self.until = 0, 0

    def process(self) -> Process:
        for start, end, mask, pause in self.pieces:
            yield self.hold(till=max(start, self.model.env.now()))
            self.mask, self.until = mask, end
            self.enter(self.model.idle)
            yield self.hold(till=max(end, self.model.env.now()))
            if self in self.model.idle:
                self.leave(self.model.idle)
            else:
                yield self.passivate()
            yield self.hold(pause)
