"""The usual SimPy model of the same cases: a process a customer, a store of clerks, conditions.

Ties are decided by SimPy's event order, and classes are served in order of request: a peer for
speed, not for rows.  A desk offered at the very instant of giving up is handed back.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

import simpy

from planner.sim.engine import ENDLESS, Clerks, House, Queue

Process = Generator[simpy.Event, object, None]


@dataclass(eq=False)
class _Clerk:
    skills: int
    leaves: int


class IdiomaticSimPy:
    """Plays one location; returns how many were served."""

    def run(self, queue: Queue, clerks: Clerks, house: House) -> int:
        """Play the customers of one location."""
        self.env = simpy.Environment()
        self.idle = simpy.FilterStore(self.env)
        self.served = 0
        for number in range(len(clerks.speed)):
            span = range(clerks.first[number], clerks.first[number + 1])
            self.env.process(self._clerk(clerks, span))
        self.env.process(self._source(queue))
        self.env.run(until=int(house.closing[-1]) + 1)
        return self.served

    def _clerk(self, clerks: Clerks, span: range) -> Process:
        for piece in span:
            start, end = int(clerks.start[piece]), int(clerks.end[piece])
            yield self.env.timeout(max(0, start - int(self.env.now)))
            me = _Clerk(int(clerks.mask[piece]), end)
            self.idle.put(me)
            yield self.env.timeout(max(0, end - int(self.env.now)))
            if me in self.idle.items:
                yield self.idle.get(partial(_is, me))

    def _source(self, queue: Queue) -> Process:
        columns = (queue.arrival, queue.work, queue.skill, queue.patience[:, 0])
        for arrival, work, skill, patience in zip(*(c.tolist() for c in columns), strict=True):
            yield self.env.timeout(max(0, arrival - int(self.env.now)))
            self.env.process(self._customer(work, skill, patience))

    def _customer(self, work: int, skill: int, patience: int) -> Process:
        desk = self.idle.get(lambda clerk: clerk.skills >> skill & 1)
        if patience == ENDLESS:
            yield desk
        else:
            yield desk | self.env.timeout(patience)
        if not desk.triggered:
            desk.cancel()
            return
        clerk = desk.value
        assert isinstance(clerk, _Clerk)
        yield self.env.timeout(work)
        self.served += 1
        if self.env.now < clerk.leaves:
            self.idle.put(clerk)


def _is(me: object, item: object) -> bool:
    return item is me
