"""The readable reference: the law of a day (``planner.sim.law``) on SimPy.

Customers are rows of a table, clerks are objects, and everything that happens is a ``Moment``: an
event with one callback that may happen again.  There are no resources, stores, conditions or
interrupts: their hidden orders of simultaneous events are what the law replaces, and their events
cost more than the day itself.  No delay is zero, so whoever finds that no other event of the
instant is left settles it: dispatch, expiries, closing, leaving (L1).

The end of patience is an event only where somebody can notice it: a customer who comes again, a
newcomer who balks, or a clerk who stays.  Otherwise it is looked at when the customer comes up.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from planner.sim.clerks_simpy import CLERKS, Moment, Staffed
from planner.sim.engine import (
    ENDLESS,
    NEVER,
    Clerks,
    Fate,
    House,
    Outcomes,
    Queue,
    check_input,
)
from planner.sim.reference_state import Clerk, Line, Rows, read_doors

SERVED = int(Fate.SERVED)


class SimPyEngine:
    """The engine to read; the compiled one gives the same rows."""

    name = "simpy"

    def run(self, queue: Queue, clerks: Clerks, house: House) -> Outcomes:
        """Play the customers of one location; see ``planner.sim.engine.Engine``."""
        check_input(queue, clerks, house)
        return _Location(queue, clerks, house).play()


class _Location(Staffed):
    """One location from its first to its last instant."""

    def __init__(self, queue: Queue, clerks: Clerks, house: House) -> None:
        super().__init__(clerks, (*house.opening[:1].tolist(), *queue.arrival[:1].tolist()))
        size = len(queue.arrival)
        self.house = house
        self.arrival: list[int] = [*queue.arrival.tolist(), NEVER]
        self.rank: list[int] = queue.rank.tolist()
        self.skill: list[int] = queue.skill.tolist()
        self.work: list[int] = queue.work.tolist()
        self.patience: list[list[int]] = queue.patience.tolist()
        self.delay: list[list[int]] = queue.delay.tolist()
        self.would_try: list[int] = queue.tries.tolist()
        self.may_balk: list[bool] = queue.may_balk.tolist()
        self.rows = Rows(self.arrival[:-1])
        self.entry = list(zip(self.rank, range(size), strict=True))
        self.deadline: list[int] = _first_deadlines(queue).tolist()
        self.lines = [Line() for _ in house.mean_work]
        self.doors = read_doors(house)
        self.opening, self.closing = NEVER, NEVER
        self.balk = int(house.balk)
        self.timed = self.balk >= 0 or queue.delay.shape[1] > 0
        self.desks = NEVER
        self.waiting = 0
        self.arrived = 0
        self.newcomers: list[int] = []
        self.comers_again: list[int] = []
        self.impatient: list[int] = []
        self.watched = -NEVER
        self.source = Moment(self.env, self._arrive, None)

    def play(self) -> Outcomes:
        """Run to the end; whoever still waits then leaves unserved."""
        now = self.env.now
        self.begin()
        for _, closing, _ in self.doors:
            self.after(closing - now, self._come_to_it, None)
        self._next_doors()
        for instant, desks in zip(
            self.house.desks_from.tolist(), self.house.desks.tolist(), strict=True
        ):
            self.after(max(instant - now, 1), self._change_desks, desks)
        if self.arrival[0] < NEVER:
            self.source.set(self.arrival[0] - now)
        self.env.run()
        for skill, line in enumerate(self.lines):
            if line.waiting:
                self._strand(skill, int(self.house.closing[-1]), NEVER - 1)
        return self.rows.outcomes()

    def _arrive(self, source: Moment) -> None:
        now, row = self.env.now, self.arrived
        certain = self.balk < 0 and self.opening <= now < self.closing
        while self.arrival[row] == now:
            if certain:
                self._enqueue(row, now)  # commutes with all else that happens now
            else:
                self.newcomers.append(row)
            row += 1
        self.arrived = row
        if self.arrival[row] < NEVER:
            source.set(self.arrival[row] - now)
        self.settle(now)

    def _come_again(self, moment: Moment) -> None:
        self.comers_again.append(moment.about)
        self.settle(self.env.now)

    def _lose_patience(self, moment: Moment) -> None:
        self.impatient.append(moment.about)
        self.settle(self.env.now)

    def _come_to_it(self, _moment: Moment) -> None:
        """Let an instant be settled: doors close, or patience ends while a clerk stays."""
        self.settle(self.env.now)

    def _change_desks(self, moment: Moment) -> None:
        self.desks = moment.about
        self.settle(self.env.now)

    def settle(self, now: int) -> None:
        """Do what follows completions, roster changes and arrivals, once an instant (L1)."""
        if self.env.peek() <= now:
            return
        if self.newcomers or self.comers_again:
            self._admit(now)
        if self.idle and self.waiting:
            self._dispatch(now)
        if self.impatient:
            self._expire(now)
        if now == self.closing:
            self._close(now)
        if self.stayers:
            self._release(now)

    def _release(self, now: int) -> None:
        """Let clerks go who stayed and find nobody waiting for them (L1, L11)."""
        wanted = {skill for skill, line in enumerate(self.lines) if self._first(line, now + 1)}
        for clerk in list(self.stayers):
            if not wanted & clerk.skills:
                self.off_duty(clerk)
                self.proceed(clerk, now, leaves=True)
        if self.stayers and not self.timed:
            self._watch(now)

    def _watch(self, now: int) -> None:
        """Come back when patience ends next: a clerk who stays may then leave."""
        ends = (self.deadline[row] for line in self.lines for row in line.waiting)
        instant = min((end for end in ends if end > now), default=NEVER)
        if self.watched != instant < NEVER:
            self.watched = instant
            self.after(instant - now, self._come_to_it, None)

    def _admit(self, now: int) -> None:
        """Admit or turn away who comes now: first tries, then further tries (L2, L10)."""
        opened = self.opening <= now < self.closing
        comers = self.newcomers
        if self.comers_again:
            comers = [*comers, *(self._tried_again(now) if opened else ())]
            self.comers_again = []
        self.newcomers = []
        for row in comers:
            if opened and not (self.balk >= 0 and self._balks(row)):
                self._enqueue(row, now)
            else:
                self.rows.refused[row] |= 1 << (self.rows.tries[row] - 1)
                self._leave(row, Fate.TURNED_AWAY, now)

    def _tried_again(self, now: int) -> list[int]:
        """Note the further tries of this instant; return who makes them in the order of rows."""
        for row in self.comers_again:
            self.rows.last[row] = now
            self.entry[row] = (self.rank[row] + now - self.arrival[row], row)
            patience = self.patience[row][self.rows.tries[row]]
            self.deadline[row] = NEVER if patience == ENDLESS else now + patience
            self.rows.tries[row] += 1
        return sorted(self.comers_again)

    def _enqueue(self, row: int, now: int) -> None:
        """Let the customer wait in the order of L3 until patience ends."""
        line, entry = self.lines[self.skill[row]], self.entry[row]
        line.waiting[row] = entry
        heappush(line.heap, entry)
        self.waiting += 1
        if self.timed and self.deadline[row] == now:
            self.impatient.append(row)
        elif self.timed and self.deadline[row] < NEVER:
            self.after(self.deadline[row] - now, self._lose_patience, row)

    def _balks(self, row: int) -> bool:
        """Tell whether the expected wait turns the newcomer away (L13)."""
        if not self.may_balk[row]:
            return False
        skill = self.skill[row]
        duty = [clerk for clerk in self.clerks if clerk.on_duty and skill in clerk.skills]
        idle = sum(not clerk.busy for clerk in duty)
        ahead = len(self.lines[skill].waiting) - idle + 1
        mean = int(self.house.mean_work[skill])
        return not duty or ahead * mean > self.balk * len(duty)

    def _dispatch(self, now: int) -> None:
        """Call customers in the order of L3 to idle clerks in the order of L4 (L5)."""
        while self.idle and self.waiting and self.serving < self.desks:
            call = self._next_call(now)
            if call is None:
                return
            self._call(*call, now)

    def _next_call(self, now: int) -> tuple[int, Clerk] | None:
        """Return the customer who is called next, and the clerk; None if nobody can be."""
        best, call = (NEVER, NEVER), None
        for skill, line in enumerate(self.lines):
            if line.waiting:
                clerk = self._idle_clerk(skill)
                if clerk is not None:
                    first = self._first(line, now)
                    if first is not None and first < best:
                        best, call = first, (first[1], clerk)
        return call

    def _first(self, line: Line, now: int) -> tuple[int, int] | None:
        """Return (rank, row) of the first whose patience reaches ``now``; those before left."""
        heap, waiting = line.heap, line.waiting
        while waiting:
            first = heap[0]
            row = first[1]
            if waiting.get(row) != first:
                heappop(heap)
            elif self.timed or self.deadline[row] >= now:
                return first
            else:
                self._leave(row, Fate.ABANDONED, self.deadline[row])
                self._stop_waiting(row)
        return None

    def _idle_clerk(self, skill: int) -> Clerk | None:
        """Return the first idle clerk who holds the skill; ``idle`` is in the order of L4."""
        for order in self.idle:
            clerk = self.clerks[order % CLERKS]
            if skill in clerk.skills:
                return clerk
        return None

    def _call(self, row: int, clerk: Clerk, now: int) -> None:
        """Start serving; the time at the desk follows from the clerk's speed (L15)."""
        self._stop_waiting(row)
        self.idle.remove(clerk.order)
        if self.stayers:
            self.stayers.discard(clerk)
        clerk.busy = True
        self.serving += 1
        length = max(1, self.work[row] * 1000 // clerk.speed)
        rows = self.rows
        rows.call[row], rows.finish[row] = now, now + length
        rows.clerk[row], rows.fate[row] = clerk.number, SERVED
        clerk.finish.set(length)

    def _stop_waiting(self, row: int) -> None:
        del self.lines[self.skill[row]].waiting[row]
        self.waiting -= 1
        self.deadline[row] = NEVER

    def _expire(self, now: int) -> None:
        """Let those go whose patience ends now (L6)."""
        for row in self.impatient:
            if self.deadline[row] == now:
                self._stop_waiting(row)
                self._leave(row, Fate.ABANDONED, now)
        self.impatient = []

    def _leave(self, row: int, fate: Fate, now: int) -> None:
        """Let a customer go unserved, perhaps to come again (L14)."""
        self.rows.fate[row], self.rows.finish[row] = fate, now
        tried = self.rows.tries[row]
        if tried <= self.would_try[row]:
            self.after(self.delay[row][tried - 1], self._come_again, row)

    def _close(self, now: int) -> None:
        """At the closing of the doors let those go whom nobody who stays can serve (L12)."""
        _, _, remaining = self.doors.pop(0)
        for skill in range(len(self.lines)):
            if not remaining >> skill & 1:
                self._strand(skill, now, now)
        self._next_doors()

    def _next_doors(self) -> None:
        self.opening, self.closing, _ = self.doors[0] if self.doors else (NEVER, NEVER, 0)

    def _strand(self, skill: int, closing: int, now: int) -> None:
        """Let everybody who waits for ``skill`` leave at ``closing``, if not out of patience."""
        for row in self.lines[skill].waiting:
            ends = self.deadline[row]
            self.deadline[row] = NEVER
            fate, finish = (Fate.ABANDONED, ends) if ends <= now else (Fate.NOT_SERVED, closing)
            self.rows.fate[row], self.rows.finish[row] = fate, finish
        self.waiting -= len(self.lines[skill].waiting)
        self.lines[skill] = Line()


def _first_deadlines(queue: Queue) -> NDArray[np.int64]:
    """Return when the patience of each first try ends (L6)."""
    patience = queue.patience[:, 0]
    return np.where(patience == ENDLESS, NEVER, queue.arrival + patience)
