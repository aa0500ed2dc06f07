"""Two searchers of one roster: each half of the city at a time, put together after every beat."""

from __future__ import annotations

from collections.abc import Callable

from planner.model.roster.arrays import Lines, Week
from planner.model.roster.compiled_search import (
    SearchState,
    adopt,
    first_lines,
    follow,
    new_search,
    ruin_and_recreate,
    soften,
)
from planner.model.roster.halves import Half, everybody, halves
from planner.model.roster.pace import CHUNK
from planner.model.roster.prices import Prices, copy_prices
from planner.model.roster.schedule import Weather

#: People taken out at once, at the most.
TEAM = 3
#: Makes the second searcher's seed another one.
SECOND = 0x5DEECE66D

#: Asked with the rounds done so far before the next ones.
More = Callable[[int], bool]


class Searchers:
    """Two states of search that hold the same roster between beats.

    Attributes
    ----------
    states : tuple of SearchState
        The first starts with everybody's best line in turn, the second is ready after ``align``.
    """

    def __init__(self, week: Week, seed: int) -> None:
        self._week, self._city = week, everybody(week)
        self._splits: dict[int, tuple[Half, Half]] = {}
        self.states = (new_search(week, seed), new_search(week, seed ^ SECOND))
        first_lines(week, self.states[0])

    def warm_up(self) -> None:
        """Have everything compiled, and both hold the same roster."""
        ruin_and_recreate(self._week, self.states[0], 0, TEAM, 1.0)
        soften(self.states[0], 0.0)
        self.go_on_from(Lines(*(part.copy() for part in self.states[0].lines)))
        self.together(self.split(0))

    def go_on_from(self, lines: Lines) -> None:
        """Make ``lines`` the roster of both."""
        for state in self.states:
            adopt(self._week, state, lines)

    def guide(self, prices: Prices) -> None:
        """Let both see the prices of the bound."""
        for state in self.states:
            copy_prices(prices, state.sight.guide)

    def split(self, turn: int) -> tuple[Half, Half]:
        """Return the two halves of a turn."""
        key = turn % max(1, len(self._week.places.desks))
        if key not in self._splits:
            self._splits[key] = halves(self._week, key)
        return self._splits[key]

    def search_city(self, now: Weather, more: More) -> None:
        """Search the whole city with the first; the second follows."""
        self._search(self.states[0], self._city, now, more)
        self._follow(1, self._city)

    def search_half(self, which: int, half: Half, now: Weather, more: More) -> None:
        """Search one half with the searcher ``which``."""
        self._search(self.states[which], half, now, more)

    def together(self, split: tuple[Half, Half]) -> None:
        """Let each take over what the other found."""
        self._follow(1, split[0])
        self._follow(0, split[1])

    def _follow(self, which: int, half: Half) -> None:
        source = self.states[1 - which].lines
        follow(self._week, self.states[which], source, half.people)

    def _search(self, state: SearchState, half: Half, now: Weather, more: More) -> None:
        here = state._replace(members=half.members, first_member=half.first_member)
        soften(here, now.softness)
        done = 0
        while more(done):
            ruin_and_recreate(self._week, here, CHUNK, TEAM, now.heat)
            done += CHUNK
