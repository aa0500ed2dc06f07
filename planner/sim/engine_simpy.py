"""The readable reference: the law of a day (``planner.sim.law``) on SimPy.

Customers are rows of a table, clerks are objects, and everything that happens is a ``Timeout``
with a callback, its value the row or the clerk.  There are no resources, stores, conditions or
interrupts: their hidden orders of simultaneous events are what the law replaces, and their events
cost more than the day itself.  No delay is zero, so whoever finds that no other event of the
instant is left settles it: dispatch, expiries, closing, leaving (L1).
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Protocol

import simpy

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
from planner.sim.reference_state import Clerk, Line, Piece, Rows, read_clerks, read_doors

SERVED = int(Fate.SERVED)
_order = attrgetter("order")


class SimPyEngine:
    """The engine to read; the compiled one gives the same rows."""

    name = "simpy"

    def run(self, queue: Queue, clerks: Clerks, house: House) -> Outcomes:
        """Play the customers of one location; see ``planner.sim.engine.Engine``."""
        check_input(queue, clerks, house)
        return _Location(queue, clerks, house).play()


class _Carrier(Protocol):
    """An event that carries what it is about: a clerk, a customer or a number of desks."""

    value: Any


class _Location:
    """One location from its first to its last instant."""

    def __init__(self, queue: Queue, clerks: Clerks, house: House) -> None:
        size = len(queue.arrival)
        self.house = house
        self.arrival: list[int] = queue.arrival.tolist()
        self.rank: list[int] = queue.rank.tolist()
        self.skill: list[int] = queue.skill.tolist()
        self.work: list[int] = queue.work.tolist()
        self.patience: list[list[int]] = queue.patience.tolist()
        self.delay: list[list[int]] = queue.delay.tolist()
        self.would_try: list[int] = queue.tries.tolist()
        self.may_balk: list[bool] = queue.may_balk.tolist()
        self.rows = Rows(size)
        self.deadline = [NEVER] * size
        self.lines = [Line() for _ in house.mean_work]
        self.clerks = list(read_clerks(clerks))
        self.idle: list[Clerk] = []
        self.stayers: set[Clerk] = set()
        self.doors = read_doors(house)
        self.balk = int(house.balk)
        self.desks = NEVER
        self.serving = 0
        self.waiting = 0
        self.arrived = 0
        self.newcomers: list[int] = []
        self.comers_again: list[int] = []
        self.impatient: list[int] = []
        self.env: Any = simpy.Environment(initial_time=self._before_everything())

    def play(self) -> Outcomes:
        """Run to the end; whoever still waits then leaves unserved."""
        for clerk in self.clerks:
            self._proceed(clerk, self.env.now)
        for _, closing, _ in self.doors:
            self._after(closing - self.env.now, self._reach_closing, None)
        for instant, desks in zip(
            self.house.desks_from.tolist(), self.house.desks.tolist(), strict=True
        ):
            self._after(max(instant - self.env.now, 1), self._change_desks, desks)
        self._expect()
        self.env.run()
        for skill, line in enumerate(self.lines):
            if line.waiting:
                self._strand(skill, int(self.house.closing[-1]))
        return self.rows.outcomes()

    def _before_everything(self) -> int:
        firsts = [door[0] for door in self.doors[:1]] + self.arrival[:1]
        firsts += [clerk.pieces[0].start for clerk in self.clerks if clerk.pieces]
        return min(firsts, default=0) - 1

    def _after(self, delay: int, happen: Callable[[Any], None], value: object) -> None:
        """Let something happen to ``value``; if it is the last of its instant it settles that."""
        simpy.Timeout(self.env, delay, value).callbacks.append(happen)

    def _expect(self) -> None:
        """Wait for the next first try."""
        if self.arrived < len(self.arrival):
            self._after(self.arrival[self.arrived] - self.env.now, self._arrive, None)

    def _arrive(self, _event: simpy.Event) -> None:
        now = self.env.now
        while self.arrived < len(self.arrival) and self.arrival[self.arrived] == now:
            self.newcomers.append(self.arrived)
            self.arrived += 1
        self._expect()
        self._settle()

    def _come_again(self, event: _Carrier) -> None:
        self.comers_again.append(event.value)
        self._settle()

    def _lose_patience(self, event: _Carrier) -> None:
        self.impatient.append(event.value)
        self._settle()

    def _reach_closing(self, _event: simpy.Event) -> None:
        self._settle()

    def _change_desks(self, event: _Carrier) -> None:
        self.desks = event.value
        self._settle()

    def _settle(self) -> None:
        """Do what follows completions, roster changes and arrivals, once an instant (L1)."""
        now = self.env.now
        if self.env.peek() <= now:
            return
        admitted = self._admit(now) if self.newcomers or self.comers_again else ()
        if self.idle and self.waiting:
            self._dispatch(now)
        if admitted or self.impatient:
            self._expire(admitted, now)
        if self.doors and self.doors[0][1] == now:
            self._close()
        if self.stayers:
            self._release(now)

    # Clerks

    def _proceed(self, clerk: Clerk, now: int, leaves: bool = False) -> None:
        """Put a clerk who is off into the piece of the shift that holds now (L7, L8, L11)."""
        while clerk.pieces:
            piece = clerk.pieces[0]
            begin = max(piece.start, clerk.ready)
            if begin < piece.limit and now < begin:
                self._set_alarm(clerk, begin, now)
                return
            if begin < piece.limit and now < piece.limit and not leaves:
                stays = now >= piece.end
                self._on_duty(clerk, piece, stays)
                self._set_alarm(clerk, piece.limit if stays else piece.end, now)
                return
            if piece.pause:
                clerk.ready = max(begin, now) + piece.pause
            clerk.pieces.pop(0)
            leaves = False

    def _off_duty(self, clerk: Clerk) -> None:
        """Take a free clerk out of those who can be called."""
        if clerk.on_duty:
            self.idle.remove(clerk)
            self.stayers.discard(clerk)
            clerk.on_duty = False

    def _on_duty(self, clerk: Clerk, piece: Piece, stays: bool) -> None:
        clerk.on_duty, clerk.busy = True, False
        if clerk.skills is not piece.skills:
            clerk.skills, clerk.order = piece.skills, (len(piece.skills), clerk.number)
        if stays:
            self.stayers.add(clerk)
        insort(self.idle, clerk, key=_order)

    def _set_alarm(self, clerk: Clerk, instant: int, now: int) -> None:
        """Look after a free clerk at ``instant``; a busy one goes on when the case is finished."""
        if clerk.alarm < instant < NEVER:
            clerk.alarm = instant
            self._after(instant - now, self._turn, clerk)

    def _turn(self, event: _Carrier) -> None:
        clerk = event.value
        if not clerk.busy:
            self._off_duty(clerk)
            self._proceed(clerk, self.env.now)
        self._settle()

    def _finish(self, event: _Carrier) -> None:
        clerk = event.value
        self.serving -= 1
        clerk.on_duty = clerk.busy = False
        self._proceed(clerk, self.env.now)
        self._settle()

    def _release(self, now: int) -> None:
        """Let clerks go who stayed and find nobody waiting for them (L1, L11)."""
        for clerk in list(self.stayers):
            if not any(self.lines[skill].waiting for skill in clerk.skills):
                self._off_duty(clerk)
                self._proceed(clerk, now, leaves=True)

    # Customers

    def _admit(self, now: int) -> list[int]:
        """Admit or turn away who comes now: first tries, then further tries (L2, L10)."""
        opened = bool(self.doors) and self.doors[0][0] <= now < self.doors[0][1]
        comers = [*self.newcomers, *(sorted(self.comers_again) if opened else ())]
        self.newcomers.clear()
        self.comers_again.clear()
        admitted = []
        for row in comers:
            self.rows.tries[row] += 1
            self.rows.last[row] = now
            if opened and not self._balks(row):
                self.lines[self.skill[row]].join(self.rank[row] + now - self.arrival[row], row)
                self.waiting += 1
                admitted.append(row)
            else:
                self.rows.refused[row] |= 1 << (self.rows.tries[row] - 1)
                self._leave(row, Fate.TURNED_AWAY)
        return admitted

    def _balks(self, row: int) -> bool:
        """Tell whether the expected wait turns the newcomer away (L13)."""
        if self.balk < 0 or not self.may_balk[row]:
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
            call = self._next_call()
            if call is None:
                return
            self._call(*call, now)

    def _next_call(self) -> tuple[int, Clerk] | None:
        """Return the customer who is called next, and the clerk; None if nobody can be."""
        best, call = (NEVER, NEVER), None
        for skill, line in enumerate(self.lines):
            if line.waiting:
                first = line.first()
                if first < best:
                    clerk = self._idle_clerk(skill)
                    if clerk is not None:
                        best, call = first, (first[1], clerk)
        return call

    def _idle_clerk(self, skill: int) -> Clerk | None:
        """Return the first idle clerk who holds the skill; ``idle`` is in the order of L4."""
        for clerk in self.idle:
            if skill in clerk.skills:
                return clerk
        return None

    def _call(self, row: int, clerk: Clerk, now: int) -> None:
        """Start serving; the time at the desk follows from the clerk's speed (L15)."""
        self._stop_waiting(row)
        self.idle.remove(clerk)
        self.stayers.discard(clerk)
        clerk.busy = True
        self.serving += 1
        length = max(1, self.work[row] * 1000 // clerk.speed)
        rows = self.rows
        rows.call[row], rows.finish[row] = now, now + length
        rows.clerk[row], rows.fate[row] = clerk.number, SERVED
        self._after(length, self._finish, clerk)

    def _stop_waiting(self, row: int) -> None:
        del self.lines[self.skill[row]].waiting[row]
        self.waiting -= 1
        self.deadline[row] = NEVER

    def _expire(self, admitted: Sequence[int], now: int) -> None:
        """Let those go whose patience ends now; note the patience of newcomers (L6)."""
        for row in admitted:
            if row in self.lines[self.skill[row]].waiting:
                patience = self.patience[row][self.rows.tries[row] - 1]
                if patience == 0:
                    self.impatient.append(row)
                if patience != ENDLESS:
                    self.deadline[row] = now + patience
                if 0 < patience != ENDLESS:
                    self._after(patience, self._lose_patience, row)
        while self.impatient:
            row = self.impatient.pop()
            if self.deadline[row] == now:
                self._stop_waiting(row)
                self._leave(row, Fate.ABANDONED)

    def _leave(self, row: int, fate: Fate) -> None:
        """Let a customer go unserved, perhaps to come again (L14)."""
        self.rows.fate[row], self.rows.finish[row] = fate, self.env.now
        tried = self.rows.tries[row]
        if tried <= self.would_try[row]:
            self._after(self.delay[row][tried - 1], self._come_again, row)

    def _close(self) -> None:
        """At the closing of the doors let those go whom nobody who stays can serve (L12)."""
        _, closing, remaining = self.doors.pop(0)
        for skill in range(len(self.lines)):
            if not remaining >> skill & 1:
                self._strand(skill, closing)

    def _strand(self, skill: int, instant: int) -> None:
        """Let everybody who waits for ``skill`` leave unserved at ``instant``."""
        for row in self.lines[skill].waiting:
            self.deadline[row] = NEVER
            self.rows.fate[row], self.rows.finish[row] = Fate.NOT_SERVED, instant
        self.waiting -= len(self.lines[skill].waiting)
        self.lines[skill] = Line()
