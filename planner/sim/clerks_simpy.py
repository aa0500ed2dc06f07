"""The clerks of the readable reference: pieces of shifts, breaks, and who stays (L7, L8, L9, L11).

Everything that happens is a ``Moment``; the location that has these clerks says what follows when
all that happens at an instant has happened (``settle``).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import insort
from collections.abc import Callable
from typing import Any

import simpy
from simpy.events import NORMAL

from planner.sim.engine import NEVER, Clerks
from planner.sim.reference_state import Clerk, Piece, read_clerks

#: Order of call: (skills held, number) as one number; there are fewer clerks than this (L4).
CLERKS = 1 << 15


class Moment(simpy.Event):
    """An event about a clerk, a customer or a number, which happens whenever it is set."""

    _ok = True

    def __init__(self, env: simpy.Environment, happen: Callable[[Any], None], about: Any) -> None:  # noqa: ANN401
        super().__init__(env)
        self.about = about
        self._happen = [happen]

    def set(self, delay: int) -> None:
        """Happen after ``delay``; the last one must be over."""
        self.callbacks = self._happen
        self.env.schedule(self, NORMAL, delay)


class Staffed(ABC):
    """A place with clerks: who is there and idle (in the order of call), and who stays."""

    def __init__(self, clerks: Clerks, firsts: tuple[int, ...]) -> None:
        """``firsts``: instants before which nothing happens but what clerks do [ms]."""
        self.clerks = list(read_clerks(clerks))
        self.idle: list[int] = []
        self.stayers: set[Clerk] = set()
        self.serving = 0
        starts = [clerk.pieces[0].start for clerk in self.clerks if clerk.pieces]
        self.env: Any = simpy.Environment(initial_time=min((*firsts, *starts), default=0) - 1)

    @abstractmethod
    def settle(self, now: int) -> None:
        """Do what follows when everything of an instant has happened; not before."""

    def begin(self) -> None:
        """Put the clerks where they are before everything."""
        for clerk in self.clerks:
            clerk.finish = Moment(self.env, self.finish, clerk)
            self.proceed(clerk, self.env.now)

    def after(self, delay: int, happen: Callable[[Any], None], about: object) -> None:
        """Let something happen once; if it is the last of its instant it settles that."""
        Moment(self.env, happen, about).set(delay)

    def proceed(self, clerk: Clerk, now: int, leaves: bool = False) -> None:
        """Put a clerk who is off into the piece of the shift that holds now (L7, L8, L11)."""
        while clerk.pieces:
            piece = clerk.pieces[0]
            begin = max(piece.start, clerk.ready)
            if begin < piece.limit and now < begin:
                self._set_alarm(clerk, begin, now)
                return
            if begin < piece.limit and now < piece.limit and not leaves:
                self._on_duty(clerk, piece, now)
                self._set_alarm(clerk, clerk.until, now)
                return
            if piece.pause:
                clerk.ready = max(begin, now) + piece.pause
            clerk.pieces.pop(0)
            leaves = False

    def _on_duty(self, clerk: Clerk, piece: Piece, now: int) -> None:
        stays = now >= piece.end
        clerk.on_duty = True
        clerk.until = piece.limit if stays else piece.end
        clerk.skills = piece.skills
        clerk.order = len(piece.skills) * CLERKS + clerk.number
        if stays:
            self.stayers.add(clerk)
        insort(self.idle, clerk.order)

    def off_duty(self, clerk: Clerk) -> None:
        """Take a clerk who is not busy out of those who can be called."""
        if clerk.on_duty:
            self.idle.remove(clerk.order)
            self.stayers.discard(clerk)
            clerk.on_duty = False

    def _set_alarm(self, clerk: Clerk, instant: int, now: int) -> None:
        """Look after a free clerk at ``instant``; a busy one goes on when the case is finished."""
        if clerk.alarm < instant < NEVER:
            clerk.alarm = instant
            self.after(instant - now, self._turn, clerk)

    def _turn(self, moment: Moment) -> None:
        clerk, now = moment.about, self.env.now
        if not clerk.busy:
            self.off_duty(clerk)
            self.proceed(clerk, now)
        self.settle(now)

    def finish(self, moment: Moment) -> None:
        """Free the clerk whose case is finished."""
        self.free(moment.about, self.env.now)
        self.settle(self.env.now)

    def free(self, clerk: Clerk, now: int) -> None:
        """Let a clerk who was busy be idle, or go on to what comes next (L7)."""
        self.serving -= 1
        clerk.busy = False
        if now < clerk.pieces[0].end:
            insort(self.idle, clerk.order)
        else:
            clerk.on_duty = False
            self.proceed(clerk, now)
