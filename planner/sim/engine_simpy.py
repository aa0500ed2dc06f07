"""The readable reference: the law of a day (``planner.sim.law``) on SimPy.

Customers are rows of a table, clerks are objects, and everything that happens is a ``Timeout``
with a callback.  There are no resources, stores, conditions or interrupts: their hidden
orders of simultaneous events are what the law replaces.  No delay is zero, so whoever finds that no
other event of the instant is left settles it: dispatch, expiries, closing, leaving (L1).
"""

from __future__ import annotations

import heapq
from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import simpy

from planner.sim.engine import (
    ENDLESS,
    NEVER,
    NO_CLERK,
    NOT_CALLED,
    Clerks,
    Fate,
    House,
    Outcomes,
    Queue,
    check_input,
    empty_outcomes,
)


class SimPyEngine:
    """The engine to read; the compiled one gives the same rows."""

    name = "simpy"

    def run(self, queue: Queue, clerks: Clerks, house: House) -> Outcomes:
        """Play the customers of one location; see ``planner.sim.engine.Engine``."""
        check_input(queue, clerks, house)
        return _Location(queue, clerks, house).play()


@dataclass(frozen=True)
class _Piece:
    """A piece of a shift in which customers are served; ``limit`` is when it ends at the latest."""

    start: int
    end: int
    limit: int
    skills: frozenset[int]
    pause: int


@dataclass(eq=False)
class _Clerk:
    """A clerk with the pieces of shifts still to come, the present one first."""

    number: int
    speed: int
    pieces: list[_Piece]
    ready: int = -NEVER
    alarm: int = -NEVER
    on_duty: bool = False
    busy: bool = False
    stays: bool = False

    @property
    def skills(self) -> frozenset[int]:
        """Skills held in the present piece; the clerk must be on duty."""
        return self.pieces[0].skills

    @property
    def order(self) -> tuple[int, int]:
        """Order in which idle clerks are called (L4)."""
        return len(self.pieces[0].skills), self.number


@dataclass(eq=False)
class _Line:
    """Customers who wait for one skill: a heap of (rank, row); who left is skipped when met."""

    heap: list[tuple[int, int]] = field(default_factory=list)
    waiting: dict[int, int] = field(default_factory=dict)

    def join(self, rank: int, row: int) -> None:
        """Let the customer wait."""
        self.waiting[row] = rank
        heapq.heappush(self.heap, (rank, row))

    def first(self) -> tuple[int, int]:
        """Return (rank, row) of the customer to be called next; somebody must wait."""
        while self.waiting.get(self.heap[0][1]) != self.heap[0][0]:
            heapq.heappop(self.heap)
        return self.heap[0]


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
        self.rows = _Rows(size)
        self.deadline = [NEVER] * size
        self.lines = [_Line() for _ in house.mean_work]
        self.clerks = list(_read_clerks(clerks))
        self.idle: list[_Clerk] = []
        self.stayers: set[_Clerk] = set()
        self.doors = _read_doors(house)
        self.desks = NEVER
        self.serving = 0
        self.arrived = 0
        self.newcomers: list[int] = []
        self.comers_again: list[int] = []
        self.impatient: list[int] = []
        self.env = simpy.Environment(initial_time=self._before_everything())

    def play(self) -> Outcomes:
        """Run to the end; whoever still waits then leaves unserved."""
        for clerk in self.clerks:
            self._proceed(clerk)
        for _, closing, _ in self.doors:
            self._at(closing, _nothing)
        for instant, desks in zip(
            self.house.desks_from.tolist(), self.house.desks.tolist(), strict=True
        ):
            self._at(max(instant, self._now + 1), partial(self._set_desks, desks))
        self._expect()
        self.env.run()
        for skill, line in enumerate(self.lines):
            if line.waiting:
                self._strand(skill, int(self.house.closing[-1]))
        return self.rows.outcomes()

    @property
    def _now(self) -> int:
        return int(self.env.now)

    def _before_everything(self) -> int:
        firsts = [door[0] for door in self.doors[:1]] + self.arrival[:1]
        firsts += [clerk.pieces[0].start for clerk in self.clerks if clerk.pieces]
        return min(firsts, default=0) - 1

    def _at(self, instant: int, action: Callable[[], None]) -> None:
        """Let ``action`` happen at ``instant``, and settle it if nothing else happens then."""

        def happen(_event: simpy.Event) -> None:
            action()
            self._settle()

        self.env.timeout(instant - self._now).callbacks.append(happen)

    def _expect(self) -> None:
        """Wait for the next first try."""
        if self.arrived < len(self.arrival):
            self._at(self.arrival[self.arrived], self._arrive)

    def _arrive(self) -> None:
        while self.arrived < len(self.arrival) and self.arrival[self.arrived] == self._now:
            self.newcomers.append(self.arrived)
            self.arrived += 1
        self._expect()

    def _settle(self) -> None:
        """Do what follows completions, roster changes and arrivals, once an instant (L1)."""
        if self.env.peek() > self.env.now:
            admitted = self._admit()
            self._dispatch()
            self._expire(admitted)
            self._close()
            self._release()

    # Clerks

    def _set_desks(self, desks: int) -> None:
        self.desks = desks

    def _proceed(self, clerk: _Clerk, leaves: bool = False) -> None:
        """Put a free clerk into the piece of the shift that holds now (L7, L8, L11)."""
        self._off_duty(clerk)
        while clerk.pieces:
            piece = clerk.pieces[0]
            begin = max(piece.start, clerk.ready)
            if begin < piece.limit and self._now < begin:
                self._set_alarm(clerk, begin)
                return
            if begin < piece.limit and self._now < piece.limit and not leaves:
                self._on_duty(clerk, stays=self._now >= piece.end)
                self._set_alarm(clerk, piece.limit if clerk.stays else piece.end)
                return
            if piece.pause:
                clerk.ready = max(begin, self._now) + piece.pause
            clerk.pieces.pop(0)
            leaves = False

    def _off_duty(self, clerk: _Clerk) -> None:
        if clerk.on_duty and not clerk.busy:
            self.idle.remove(clerk)
        self.stayers.discard(clerk)
        clerk.on_duty = clerk.busy = clerk.stays = False

    def _on_duty(self, clerk: _Clerk, stays: bool) -> None:
        clerk.on_duty, clerk.stays = True, stays
        if stays:
            self.stayers.add(clerk)
        insort(self.idle, clerk, key=lambda other: other.order)

    def _set_alarm(self, clerk: _Clerk, instant: int) -> None:
        """Look after a free clerk at ``instant``; a busy one goes on when the case is finished."""
        if clerk.alarm < instant < NEVER:
            clerk.alarm = instant
            self._at(instant, partial(self._turn, clerk))

    def _turn(self, clerk: _Clerk) -> None:
        if not clerk.busy:
            self._proceed(clerk)

    def _finish(self, clerk: _Clerk) -> None:
        self.serving -= 1
        self._proceed(clerk)

    def _release(self) -> None:
        """Let clerks go who stayed and find nobody waiting for them (L1, L11)."""
        for clerk in list(self.stayers):
            if not any(self.lines[skill].waiting for skill in clerk.skills):
                self._proceed(clerk, leaves=True)

    # Customers

    @property
    def _opened(self) -> bool:
        return bool(self.doors) and self.doors[0][0] <= self._now < self.doors[0][1]

    def _admit(self) -> list[int]:
        """Admit or turn away who comes now: first tries, then further tries (L2, L10)."""
        if not self.newcomers and not self.comers_again:
            return []
        opened = self._opened
        comers = [*self.newcomers, *(sorted(self.comers_again) if opened else ())]
        self.newcomers.clear()
        self.comers_again.clear()
        admitted = []
        for row in comers:
            self.rows.tries[row] += 1
            self.rows.last[row] = self._now
            if opened and not self._balks(row):
                offset = self._now - self.arrival[row]
                self.lines[self.skill[row]].join(self.rank[row] + offset, row)
                admitted.append(row)
            else:
                self.rows.refused[row] |= 1 << (self.rows.tries[row] - 1)
                self._leave(row, Fate.TURNED_AWAY)
        return admitted

    def _balks(self, row: int) -> bool:
        """Tell whether the expected wait turns the newcomer away (L13)."""
        if self.house.balk < 0 or not self.may_balk[row]:
            return False
        skill = self.skill[row]
        duty = [clerk for clerk in self.clerks if clerk.on_duty and skill in clerk.skills]
        idle = sum(not clerk.busy for clerk in duty)
        ahead = len(self.lines[skill].waiting) - idle + 1
        mean = int(self.house.mean_work[skill])
        return not duty or ahead * mean > self.house.balk * len(duty)

    def _dispatch(self) -> None:
        """Call customers in the order of L3 to idle clerks in the order of L4 (L5)."""
        while self.idle and self.serving < self.desks:
            calls = [
                (*line.first(), skill, clerk.number)
                for skill, line in enumerate(self.lines)
                if line.waiting and (clerk := self._idle_clerk(skill)) is not None
            ]
            if not calls:
                return
            _, row, _, number = min(calls)
            self._call(row, self.clerks[number])

    def _idle_clerk(self, skill: int) -> _Clerk | None:
        """Return the first idle clerk who holds the skill; ``idle`` is in the order of L4."""
        for clerk in self.idle:
            if skill in clerk.skills:
                return clerk
        return None

    def _call(self, row: int, clerk: _Clerk) -> None:
        """Start serving; the time at the desk follows from the clerk's speed (L15)."""
        del self.lines[self.skill[row]].waiting[row]
        self.idle.remove(clerk)
        self.stayers.discard(clerk)
        clerk.busy, clerk.stays = True, False
        self.serving += 1
        finish = self._now + max(1, self.work[row] * 1000 // clerk.speed)
        self.deadline[row] = NEVER
        self.rows.call[row], self.rows.finish[row] = self._now, finish
        self.rows.clerk[row], self.rows.fate[row] = clerk.number, Fate.SERVED
        self._at(finish, partial(self._finish, clerk))

    def _expire(self, admitted: list[int]) -> None:
        """Let those go whose patience ends now; note the patience of newcomers (L6)."""
        for row in admitted:
            patience = self.patience[row][self.rows.tries[row] - 1]
            if row in self.lines[self.skill[row]].waiting and patience != ENDLESS:
                self.deadline[row] = self._now + patience
                if patience:
                    self._at(self.deadline[row], partial(self.impatient.append, row))
                else:
                    self.impatient.append(row)
        while self.impatient:
            row = self.impatient.pop()
            if self.deadline[row] == self._now:
                del self.lines[self.skill[row]].waiting[row]
                self._leave(row, Fate.ABANDONED)

    def _leave(self, row: int, fate: Fate) -> None:
        """Let a customer go unserved, perhaps to come again (L14)."""
        self.deadline[row] = NEVER
        self.rows.fate[row], self.rows.finish[row] = fate, self._now
        tried = self.rows.tries[row]
        if tried <= self.would_try[row]:
            again = self._now + self.delay[row][tried - 1]
            self._at(again, partial(self.comers_again.append, row))

    def _close(self) -> None:
        """At the closing of the doors let those go whom nobody who stays can serve (L12)."""
        if self.doors and self.doors[0][1] == self._now:
            _, _, remaining = self.doors.pop(0)
            for skill in range(len(self.lines)):
                if not remaining >> skill & 1:
                    self._strand(skill, self._now)

    def _strand(self, skill: int, instant: int) -> None:
        """Let everybody who waits for ``skill`` leave unserved at ``instant``."""
        for row in self.lines[skill].waiting:
            self.deadline[row] = NEVER
            self.rows.fate[row], self.rows.finish[row] = Fate.NOT_SERVED, instant
        self.lines[skill] = _Line()


class _Rows:
    """The outcomes as lists, a row a customer: plain Python is faster one by one."""

    def __init__(self, size: int) -> None:
        self.call = [NOT_CALLED] * size
        self.finish = [NOT_CALLED] * size
        self.clerk = [NO_CLERK] * size
        self.fate = [int(Fate.NOT_SERVED)] * size
        self.tries = [0] * size
        self.refused = [0] * size
        self.last = [NOT_CALLED] * size

    def outcomes(self) -> Outcomes:
        """Return the rows as columns."""
        columns = empty_outcomes(len(self.call))
        for name, column in columns._asdict().items():
            column[:] = getattr(self, name)
        return columns


def _nothing() -> None:
    """Be an event and nothing else: the instant is settled all the same."""


def _read_clerks(clerks: Clerks) -> Iterator[_Clerk]:
    for number, speed in enumerate(clerks.speed.tolist()):
        span = range(clerks.first[number], clerks.first[number + 1])
        pieces = []
        for place in span:
            following = int(clerks.start[place + 1]) if place + 1 in span else NEVER
            end = int(clerks.end[place])
            mask = int(clerks.mask[place])
            pieces.append(
                _Piece(
                    start=int(clerks.start[place]),
                    end=end,
                    limit=max(end, following) if clerks.stays[place] else end,
                    skills=frozenset(bit for bit in range(mask.bit_length()) if mask >> bit & 1),
                    pause=int(clerks.pause[place]),
                )
            )
        yield _Clerk(number, speed, pieces)


def _read_doors(house: House) -> list[tuple[int, int, int]]:
    """Return (opening, closing, skills remaining at the closing) of every open interval."""
    columns = (house.opening, house.closing, house.remaining)
    return list(zip(*(column.tolist() for column in columns), strict=True))
