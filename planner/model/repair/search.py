"""The search of a repair: one stand-in, then two who share, then small teams.

Every answer of a single person is exact.  First each person alone is asked (which ranks the
stand-ins), the best offer is taken, and so on; then every pair; then teams of up to four by chance,
with people of other places so that somebody can be lent while a third person fills the gap.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import permutations
from math import log

import numpy as np

from planner.model.lines.chance import Chance
from planner.model.repair.compiled_respond import (
    RepairState,
    adopt,
    attempt,
    new_repair,
    total,
)
from planner.model.repair.original import Original
from planner.model.roster.arrays import Ints, Lines, Week

#: Less than this is no improvement [points].
LEAST = 1e-6
#: Below every change: nothing is kept.
NOTHING = -1e18
#: Above every change: everything is kept.
EVERYTHING = 1e18
#: Teams tried without success before the search ends.
ROUNDS = 3000
#: Temperature at first [points]: about the price of touching a person.
HEAT = 4.0


@dataclass(frozen=True, slots=True)
class RepairLimits:
    """How long to search [s], the seed of the choices, and when to stop early."""

    seconds: float
    seed: int
    stop: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Offer:
    """What one person could do alone: points saved, and the changed days.

    ``days`` holds (day, group, start cell, end cell) as in ``Lines``.
    """

    saved: float
    days: tuple[tuple[int, int, int, int], ...]


@dataclass(slots=True)
class Searched:
    """Where a repair search ended.

    Attributes
    ----------
    alone : dict of int to Offer
        What each person alone could do at the start, by employee index.
    exhausted : bool
        Whether neither a person alone nor any pair in any order could save more.
    """

    state: RepairState
    alone: dict[int, Offer] = field(default_factory=dict)
    exhausted: bool = False
    stopped: bool = False
    seconds: float = 0.0
    value: float = 0.0

    def take(self, week: Week, original: Original, lines: Lines) -> None:
        """Go over to ``lines``."""
        everybody = np.arange(len(week.staff.most))
        adopt(week, original, self.state, lines, everybody)
        self.value = float(total(week, self.state))


def search(week: Week, original: Original, places: set[int], limits: RepairLimits) -> Searched:
    """Return the lines after a repair of what is missing at ``places`` (location indices)."""
    state = new_repair(week, original)
    _compile(week, original, state)
    run = _Run(week, original, limits, Searched(state))
    near = _members(week, places, original)
    run.rank(near)
    while run.going:
        if run.alone(near) or run.pairs(near):
            continue
        run.found.exhausted = run.going
        if not run.teams(near, _members(week, _reached(week, near), original)):
            break
        run.found.exhausted = False
    run.found.seconds = time.monotonic() - run.began
    run.found.value = float(total(week, state))
    return run.found


def _compile(week: Week, original: Original, state: RepairState) -> None:
    """Have everything compiled before the clock starts."""
    nobody = np.zeros(0, np.int64)
    attempt(week, original, state, nobody, NOTHING)
    adopt(week, original, state, state.lines, nobody)
    total(week, state)


class _Run:
    def __init__(
        self, week: Week, original: Original, limits: RepairLimits, found: Searched
    ) -> None:
        self._week, self._original, self._limits = week, original, limits
        self.found = found
        self.began = time.monotonic()
        self._chance = Chance(limits.seed)
        self._kept = False

    @property
    def going(self) -> bool:
        """Whether there is time and nobody said stop."""
        self.found.stopped = self.found.stopped or self._limits.stop()
        late = time.monotonic() - self.began >= self._limits.seconds
        return not late and not self.found.stopped

    def rank(self, people: list[int]) -> None:
        """Note what each of ``people`` alone could do now; told to stop, of those so far."""
        state = self.found.state
        for e in people:
            self.found.stopped = self.found.stopped or self._limits.stop()
            if self.found.stopped:
                return
            team = np.array([e], np.int64)
            change = float(attempt(self._week, self._original, state, team, EVERYTHING))
            self.found.alone[e] = Offer(-change, _changed(state.lines, self._original, e))
            adopt(self._week, self._original, state, state.old, team)

    def alone(self, people: list[int]) -> bool:
        """Take the best offer of a single person; tell whether there was one."""
        offers = []
        for e in people:
            if not self.going:
                return False
            offers.append((self._try((e,), NOTHING), e))
        best = min(offers, default=(0.0, -1))
        return best[0] < -LEAST and self._try((best[1],), -LEAST) < -LEAST

    def pairs(self, people: list[int]) -> bool:
        """Take the first two people who save something together; tell whether there are any."""
        ordered = sorted(people, key=lambda e: -self.found.alone[e].saved)
        for pair in permutations(ordered, 2):
            if not self.going:
                return False
            if self._try(pair, -LEAST) < -LEAST:
                return True
        return False

    def teams(self, near: list[int], far: list[int]) -> bool:
        """Anneal teams of up to four by chance; tell whether something better was found.

        What is worse is accepted at a falling heat (Kirkpatrick et al. 1983, Science 220), from a
        person's price down; afterwards the best lines are taken.
        """
        people = np.array(sorted({*near, *far}), np.int64)
        best, at, lowest = self._lines(), 0.0, 0.0
        for done in range(ROUNDS if near else 0):
            if not self.going:
                break
            heat = HEAT * (1 - done / ROUNDS)
            change = self._try(self._team(near, far), -heat * log(1 - self._chance.unit()))
            at += change if self._kept else 0.0
            if at < lowest - LEAST:
                best, lowest = self._lines(), at
        adopt(self._week, self._original, self.found.state, best, people)
        return lowest < 0

    def _team(self, near: list[int], far: list[int]) -> tuple[int, ...]:
        sources = (near, near, near if self._chance.below(2) else far, far)
        size = 1 + self._chance.below(len(sources))
        return tuple(dict.fromkeys(self._chance.pick(source) for source in sources[:size]))

    def _lines(self) -> Lines:
        return Lines(*(part.copy() for part in self.found.state.lines))

    def _try(self, team: tuple[int, ...], below: float) -> float:
        members = np.array(team, np.int64)
        change = float(attempt(self._week, self._original, self.found.state, members, below))
        self._kept = change < below
        return change


def _changed(lines: Lines, original: Original, e: int) -> tuple[tuple[int, int, int, int], ...]:
    was = original.lines
    now = zip(lines.group[e], lines.start[e], lines.end[e], strict=True)
    before = zip(was.group[e], was.start[e], was.end[e], strict=True)
    return tuple(
        (d, int(new[0]), int(new[1]), int(new[2]))
        for d, (new, old) in enumerate(zip(now, before, strict=True))
        if new[0] != old[0] or (new[0] >= 0 and tuple(new) != tuple(old))
    )


def _members(week: Week, places: set[int], original: Original) -> list[int]:
    """Return the people who may work at one of ``places`` and are not locked altogether."""
    staff = week.staff
    return [
        e
        for e in range(len(staff.most))
        if not original.locked[e].all()
        and places.intersection(_places_of(week, staff.first_group[e : e + 2]))
    ]


def _places_of(week: Week, span: Ints) -> list[int]:
    return [int(week.groups.place[g]) for g in week.staff.groups[span[0] : span[1]]]


def _reached(week: Week, people: list[int]) -> set[int]:
    """Return every place where one of ``people`` may work."""
    first = week.staff.first_group
    return {place for e in people for place in _places_of(week, first[e : e + 2])}
