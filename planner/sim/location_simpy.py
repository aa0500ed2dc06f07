"""A location in the readable reference: the law of a day (``planner.sim.law``) on SimPy.

Customers are rows of a table, clerks are objects, and everything that happens is a ``Moment``: an
event with one callback that may happen again.  There are no resources, stores, conditions or
interrupts: their hidden orders of simultaneous events are what the law replaces, and their events
cost more than the day itself.  No delay is zero, so whoever finds that no other event of the
instant is left settles it: arrivals, dispatch, expiries, closing, leaving (L1).

An event is made only where somebody can notice it.  An arrival is one where somebody may be called
at once, and the end of patience where a clerk stays; both are where customers balk or come again.
Otherwise the next instant that is settled takes up who came since the last one, in the same order,
and the end of patience is looked at when the customer comes up.
"""

from __future__ import annotations

from bisect import bisect_left, insort

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
)
from planner.sim.reference_state import Clerk, Rows, read_doors

SERVED = int(Fate.SERVED)
#: Turn after everybody's.
NOBODY = NEVER * NEVER
#: Those who wait for a skill, as turns in the order of L3.
Line = list[int]


class Location(Staffed):
    """One location from its first to its last instant; a case in hand is finished (L7)."""

    def __init__(self, queue: Queue, clerks: Clerks, house: House) -> None:
        super().__init__(clerks, (*house.opening[:1].tolist(), *queue.arrival[:1].tolist()))
        self.size = len(queue.arrival)
        self.house = house
        self.arrival: list[int] = [*queue.arrival.tolist(), NEVER]
        self.turn = [rank * self.size + row for row, rank in enumerate(queue.rank.tolist())]
        self.skill: list[int] = queue.skill.tolist()
        self.work: list[int] = queue.work.tolist()
        self.patience: list[list[int]] = queue.patience.T.tolist()
        self.delay: list[list[int]] = queue.delay.T.tolist()
        self.would_try: list[int] = queue.tries.tolist()
        self.may_balk: list[bool] = queue.may_balk.tolist()
        self.rows = Rows(queue.arrival)
        self.deadline: list[int] = _first_deadlines(queue).tolist()
        self.lines: list[Line] = [[] for _ in house.mean_work]
        self.doors = read_doors(house)
        self.opening, self.closing = NEVER, NEVER
        self.balk = int(house.balk)
        self.timed = self.balk >= 0 or queue.delay.shape[1] > 0
        self.desks = NEVER
        self.arrived = 0
        self.comers_again: list[int] = []
        self.impatient: list[int] = []
        self.watched = -NEVER
        self.source = Moment(self.env, self._arrive, None)
        self.awaited = False
        self.hands_on = False

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
        self._await_arrival(now)
        self.env.run()
        self._take_up(NEVER - 1)
        for line in self.lines:
            if line:
                self._strand(line, int(self.house.closing[-1]), NEVER - 1)
        return self.rows.outcomes()

    def _arrive(self, _source: Moment) -> None:
        self.awaited = False
        self.settle(self.env.now)

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
        """Do what follows completions and roster changes, once an instant (L1)."""
        if self.env.peek() <= now:
            return
        if self.arrival[self.arrived] <= now:
            self._take_up(now)
        if self.comers_again:
            self._try_again(now)
        if self.hands_on:
            self.hand_on(now)
        if self.idle:
            self._dispatch(now)
        if self.impatient or self.stayers or now == self.closing:
            self._let_go(now)
        if not self.awaited and (self.timed or self.idle):
            self._await_arrival(now)

    def hand_on(self, now: int) -> None:
        """Hand on cases where the rules ask for it (``planner.sim.hand_on_simpy``)."""

    def _let_go(self, now: int) -> None:
        """Let go whose patience ends, who is left at the closing, who stayed for nobody (L1)."""
        if self.impatient:
            self._expire(now)
        if now == self.closing:
            self._close(now)
        if self.stayers:
            self._release(now)

    def _await_arrival(self, now: int) -> None:
        """Let the next arrival be an event if somebody can notice it at once."""
        following = self.arrival[self.arrived]
        if following < NEVER and (self.timed or self.stayers or self.serving < self.desks):
            self.awaited = True
            self.source.set(following - now)

    def _take_up(self, now: int) -> None:
        """Admit or turn away, in row order, who came until now (L2, L10); the doors are as then."""
        arrival, row = self.arrival, self.arrived
        while (came := arrival[row]) <= now:
            if self.opening <= came < self.closing:
                self._admit(row, came)
            else:
                self._turn_away(row, came)
            row += 1
        self.arrived = row

    def _try_again(self, now: int) -> None:
        """Admit or turn away who comes again, in the order of rows (L2, L10, L14)."""
        rows = self.rows
        for row in sorted(self.comers_again) if self.opening <= now < self.closing else ():
            patience = self.patience[rows.tries[row]][row]
            self.deadline[row] = NEVER if patience == ENDLESS else now + patience
            self.turn[row] += (now - rows.last[row]) * self.size
            rows.last[row] = now
            rows.tries[row] += 1
            self._admit(row, now)
        self.comers_again.clear()

    def _admit(self, row: int, now: int) -> None:
        """Let a customer wait in the order of L3, who may balk (L13), until patience ends."""
        skill = self.skill[row]
        if self.timed:
            if self.balk >= 0 and self.may_balk[row] and self._balks(skill):
                self._turn_away(row, now)
                return
            self._mind_patience(row, now)
        insort(self.lines[skill], self.turn[row])

    def _mind_patience(self, row: int, now: int) -> None:
        """Let the end of patience be an event."""
        ends = self.deadline[row]
        if ends == now:
            self.impatient.append(row)
        elif ends < NEVER:
            self.after(ends - now, self._lose_patience, row)

    def _balks(self, skill: int) -> bool:
        """Tell whether the expected wait turns a newcomer away (L13)."""
        duty = [clerk for clerk in self.clerks if clerk.on_duty and skill in clerk.skills]
        ahead = len(self.lines[skill]) - sum(not clerk.busy for clerk in duty) + 1
        mean = int(self.house.mean_work[skill])
        return not duty or ahead * mean > self.balk * len(duty)

    def _turn_away(self, row: int, now: int) -> None:
        self.rows.refused[row] |= 1 << (self.rows.tries[row] - 1)
        self._leave(row, Fate.TURNED_AWAY, now)

    def _dispatch(self, now: int) -> None:
        """Call customers in the order of L3 to idle clerks in the order of L4 (L5)."""
        while self.idle and any(self.lines) and self.serving < self.desks:
            call = self._next_call(now)
            if call is None:
                return
            self.call(*call, now)

    def _next_call(self, now: int) -> tuple[Line, Clerk] | None:
        """Return the line whose first is called next, and the clerk; None if nobody can be."""
        first, call = NOBODY, None
        for skill, line in enumerate(self.lines):
            if line:
                clerk = self.idle_clerk(skill)
                if clerk is not None:
                    turn = self._first(line, now)
                    if turn < first:
                        first, call = turn, (line, clerk)
        return call

    def idle_clerk(self, skill: int) -> Clerk | None:
        """Return the first idle clerk who holds the skill; ``idle`` is in the order of L4."""
        for order in self.idle:
            clerk = self.clerks[order % CLERKS]
            if skill in clerk.skills:
                return clerk
        return None

    def _first(self, line: Line, now: int) -> int:
        """Return the turn of the first whose patience reaches ``now``; those before left."""
        while line:
            turn = line[0]
            if self.timed or self.deadline[turn % self.size] >= now:
                return turn
            row = line.pop(0) % self.size
            self._leave(row, Fate.ABANDONED, self.deadline[row])
        return NOBODY

    def call(self, line: Line, clerk: Clerk, now: int) -> None:
        """Start serving the first; the time at the desk follows from the clerk's speed (L15)."""
        row = line.pop(0) % self.size
        self.deadline[row] = NEVER
        self.idle.remove(clerk.order)
        if self.stayers:
            self.stayers.discard(clerk)
        clerk.busy = True
        self.serving += 1
        length = self.work[row] * 1000 // clerk.speed or 1
        rows = self.rows
        rows.call[row], rows.finish[row] = now, now + length
        rows.clerk[row], rows.fate[row] = clerk.number, SERVED
        clerk.finish.set(length)

    def _expire(self, now: int) -> None:
        """Let those go whose patience ends now, if they still wait (L6)."""
        for row in self.impatient:
            if self.deadline[row] == now:
                line = self.lines[self.skill[row]]
                del line[bisect_left(line, self.turn[row])]
                self._leave(row, Fate.ABANDONED, now)
        self.impatient.clear()

    def _leave(self, row: int, fate: Fate, now: int) -> None:
        """Let a customer go unserved, perhaps to come again (L14)."""
        self.rows.fate[row], self.rows.finish[row] = fate, now
        tried = self.rows.tries[row]
        if tried <= self.would_try[row]:
            self.after(self.delay[tried - 1][row], self._come_again, row)

    def _close(self, now: int) -> None:
        """At the closing of the doors let those go whom nobody who stays can serve (L12)."""
        _, _, remaining = self.doors.pop(0)
        for skill, line in enumerate(self.lines):
            if line and not remaining >> skill & 1:
                self._strand(line, now, now)
        self._next_doors()

    def _next_doors(self) -> None:
        self.opening, self.closing, _ = self.doors[0] if self.doors else (NEVER, NEVER, 0)

    def _strand(self, line: Line, closing: int, now: int) -> None:
        """Let everybody in the line leave at ``closing``, if not out of patience."""
        for turn in line:
            row = turn % self.size
            ends = self.deadline[row]
            self.deadline[row] = NEVER
            fate, finish = (Fate.ABANDONED, ends) if ends <= now else (Fate.NOT_SERVED, closing)
            self.rows.fate[row], self.rows.finish[row] = fate, finish
        line.clear()

    def _release(self, now: int) -> None:
        """Let clerks go who stayed and find nobody waiting for them (L1, L11)."""
        lines = enumerate(self.lines)
        wanted = {skill for skill, line in lines if self._first(line, now + 1) < NOBODY}
        for clerk in list(self.stayers):
            if not wanted & clerk.skills:
                self.off_duty(clerk)
                self.proceed(clerk, now, leaves=True)
        if self.stayers and not self.timed:
            self._watch(now)

    def _watch(self, now: int) -> None:
        """Come back when patience ends next: a clerk who stays may then leave."""
        ends = (self.deadline[turn % self.size] for line in self.lines for turn in line)
        instant = min((end for end in ends if end > now), default=NEVER)
        if self.watched != instant < NEVER:
            self.watched = instant
            self.after(instant - now, self._come_to_it, None)


def _first_deadlines(queue: Queue) -> NDArray[np.int64]:
    """Return when the patience of each first try ends (L6)."""
    patience = queue.patience[:, 0]
    return np.where(patience == ENDLESS, NEVER, queue.arrival + patience)
