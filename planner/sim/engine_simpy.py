"""The readable reference: the law of a day (``planner.sim.law``) on SimPy.

Customers are rows of a table, clerks are objects, and everything that happens is a ``Timeout``
with a callback.  There are no resources, stores, conditions or interrupts: their hidden
orders of simultaneous events are what the law replaces.  No delay is zero but that of one event
an instant, ``settle``, which therefore comes after everything else of its instant (L1).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import partial

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
    on_duty: bool = False
    busy: bool = False
    stays: bool = False
    errands: int = 0

    def can_take(self, skill: int) -> bool:
        """Tell whether the clerk is idle and holds ``skill``."""
        return self.on_duty and not self.busy and skill in self.pieces[0].skills

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
        self.queue = queue
        self.house = house
        self.out = empty_outcomes(len(queue.arrival))
        self.arrival: list[int] = queue.arrival.tolist()
        self.rank: list[int] = queue.rank.tolist()
        self.skill: list[int] = queue.skill.tolist()
        self.work: list[int] = queue.work.tolist()
        self.tries = [0] * len(self.arrival)
        self.deadline = [NEVER] * len(self.arrival)
        self.lines = [_Line() for _ in house.mean_work]
        self.clerks = list(_read_clerks(clerks))
        self.doors = _read_doors(house)
        self.desks = NEVER
        self.serving = 0
        self.newcomers: list[int] = []
        self.comers_again: list[int] = []
        self.impatient: list[int] = []
        self.touched = -NEVER
        self.env = simpy.Environment(initial_time=self._before_everything())

    def play(self) -> Outcomes:
        """Run to the end; whoever still waits then leaves unserved."""
        for clerk in self.clerks:
            self._proceed(clerk)
        for _, closing, _ in self.doors:
            self._at(closing, self._touch)
        for instant, desks in zip(
            self.house.desks_from.tolist(), self.house.desks.tolist(), strict=True
        ):
            self._at(max(instant, self._now + 1), partial(self._set_desks, desks))
        self.env.process(self._source())
        self.env.run()
        for skill, line in enumerate(self.lines):
            if line.waiting:
                self._strand(skill, int(self.house.closing[-1]))
        return self.out

    @property
    def _now(self) -> int:
        return int(self.env.now)

    def _before_everything(self) -> int:
        firsts = [door[0] for door in self.doors[:1]] + self.arrival[:1]
        firsts += [clerk.pieces[0].start for clerk in self.clerks if clerk.pieces]
        return min(firsts, default=0) - 1

    def _at(self, instant: int, action: Callable[[], None]) -> None:
        timeout = self.env.timeout(instant - self._now)
        timeout.callbacks.append(lambda _event: action())

    def _touch(self) -> None:
        """See to it that this instant is settled, once."""
        if self.touched != self._now:
            self.touched = self._now
            self._at(self._now, self._settle)

    def _source(self) -> Generator[simpy.Event, None, None]:
        for row, instant in enumerate(self.arrival):
            if instant > self._now:
                yield self.env.timeout(instant - self._now)
            self.newcomers.append(row)
            self._touch()

    def _settle(self) -> None:
        """Do what follows the completions, roster changes and arrivals of an instant (L1)."""
        admitted = self._admit()
        self._dispatch()
        self._expire(admitted)
        self._close()
        self._release()

    # Clerks

    def _set_desks(self, desks: int) -> None:
        self.desks = desks
        self._touch()

    def _proceed(self, clerk: _Clerk, leaves: bool = False) -> None:
        """Put a free clerk into the piece of the shift that holds now (L7, L8, L11)."""
        clerk.on_duty = clerk.busy = clerk.stays = False
        while clerk.pieces:
            piece = clerk.pieces[0]
            begin = max(piece.start, clerk.ready)
            if begin < piece.limit and self._now < begin:
                self._at(begin, partial(self._turn, clerk, clerk.errands))
                return
            if begin < piece.limit and self._now < piece.limit and not leaves:
                clerk.on_duty = True
                clerk.stays = self._now >= piece.end
                change = piece.limit if clerk.stays else piece.end
                if change < NEVER:
                    self._at(change, partial(self._turn, clerk, clerk.errands))
                return
            if piece.pause:
                clerk.ready = max(begin, self._now) + piece.pause
            clerk.pieces.pop(0)
            leaves = False

    def _turn(self, clerk: _Clerk, errand: int) -> None:
        """Let a clerk who was not called meanwhile go on to what comes next."""
        if clerk.errands == errand:
            self._proceed(clerk)
            self._touch()

    def _finish(self, clerk: _Clerk) -> None:
        self.serving -= 1
        self._proceed(clerk)
        self._touch()

    def _release(self) -> None:
        """Let clerks go who stayed and find nobody waiting for them (L1, L11)."""
        for clerk in self.clerks:
            if clerk.stays and not any(self.lines[s].waiting for s in clerk.pieces[0].skills):
                clerk.errands += 1
                self._proceed(clerk, leaves=True)

    # Customers

    @property
    def _opened(self) -> bool:
        return bool(self.doors) and self.doors[0][0] <= self._now < self.doors[0][1]

    def _admit(self) -> list[int]:
        """Admit or turn away who comes now: first tries, then further tries (L2, L10)."""
        comers = [*self.newcomers, *(sorted(self.comers_again) if self._opened else ())]
        self.newcomers, self.comers_again = [], []
        admitted = []
        for row in comers:
            self.tries[row] += 1
            self.out.tries[row] = self.tries[row]
            self.out.last[row] = self._now
            if self._opened and not self._balks(row):
                offset = self._now - self.arrival[row]
                self.lines[self.skill[row]].join(self.rank[row] + offset, row)
                admitted.append(row)
            else:
                self.out.refused[row] |= 1 << (self.tries[row] - 1)
                self._leave(row, Fate.TURNED_AWAY)
        return admitted

    def _balks(self, row: int) -> bool:
        """Tell whether the expected wait turns the newcomer away (L13)."""
        if self.house.balk < 0 or not self.queue.may_balk[row]:
            return False
        skill = self.skill[row]
        duty = [c for c in self.clerks if c.on_duty and skill in c.pieces[0].skills]
        idle = sum(not clerk.busy for clerk in duty)
        ahead = len(self.lines[skill].waiting) - idle + 1
        mean = int(self.house.mean_work[skill])
        return not duty or ahead * mean > self.house.balk * len(duty)

    def _dispatch(self) -> None:
        """Call customers in the order of L3 to idle clerks in the order of L4 (L5)."""
        while self.serving < self.desks:
            calls = [
                (*line.first(), skill)
                for skill, line in enumerate(self.lines)
                if line.waiting and any(clerk.can_take(skill) for clerk in self.clerks)
            ]
            if not calls:
                return
            _, row, skill = min(calls)
            takers = (clerk for clerk in self.clerks if clerk.can_take(skill))
            self._call(row, min(takers, key=lambda clerk: clerk.order))

    def _call(self, row: int, clerk: _Clerk) -> None:
        """Start serving; the time at the desk follows from the clerk's speed (L15)."""
        del self.lines[self.skill[row]].waiting[row]
        self.deadline[row] = NEVER
        finish = self._now + max(1, self.work[row] * 1000 // clerk.speed)
        self.out.call[row] = self._now
        self.out.finish[row] = finish
        self.out.clerk[row] = clerk.number
        self.out.fate[row] = Fate.SERVED
        clerk.busy, clerk.stays = True, False
        clerk.errands += 1
        self.serving += 1
        self._at(finish, partial(self._finish, clerk))

    def _expire(self, admitted: list[int]) -> None:
        """Let those go whose patience ends now; note the patience of newcomers (L6)."""
        for row in admitted:
            patience = int(self.queue.patience[row, self.tries[row] - 1])
            if row in self.lines[self.skill[row]].waiting and patience != ENDLESS:
                self.deadline[row] = self._now + patience
                if patience:
                    self._at(self.deadline[row], partial(self._lose_patience, row))
                else:
                    self.impatient.append(row)
        impatient, self.impatient = self.impatient, []
        for row in impatient:
            if self.deadline[row] == self._now:
                del self.lines[self.skill[row]].waiting[row]
                self._leave(row, Fate.ABANDONED)

    def _lose_patience(self, row: int) -> None:
        if self.deadline[row] == self._now:
            self.impatient.append(row)
            self._touch()

    def _leave(self, row: int, fate: Fate) -> None:
        """Let a customer go unserved, perhaps to come again (L14)."""
        self.deadline[row] = NEVER
        self.out.fate[row] = fate
        self.out.finish[row] = self._now
        if self.tries[row] <= self.queue.tries[row]:
            delay = int(self.queue.delay[row, self.tries[row] - 1])
            self._at(self._now + delay, partial(self._come_again, row))

    def _come_again(self, row: int) -> None:
        self.comers_again.append(row)
        self._touch()

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
            self.out.fate[row] = Fate.NOT_SERVED
            self.out.finish[row] = instant
        self.lines[skill] = _Line()


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
