"""The proven lower bound, anytime: proximal prices, evaluated exactly."""

from __future__ import annotations

import numpy as np

from planner.model.roster.arrays import Ints, Lines, Week, empty_lines
from planner.model.roster.compiled_cover import own_cost
from planner.model.roster.compiled_dual import Answer, dual_round
from planner.model.roster.compiled_pricing import memory_for, room_for_line
from planner.model.roster.compiled_proximal import (
    Mix,
    Proximal,
    empty_mix,
    mix_lines,
    proximal_pass,
    room_for_one,
    round_mixes,
)
from planner.model.roster.model import RosterModel
from planner.model.roster.prices import Prices, copy_prices, dearest_prices, no_prices

#: Passes over everybody between two evaluations of the bound.
PASSES = 5
#: Change of a price per person missing [points].
WEIGHT = 1.0
#: Steps without a better bound before smaller ones, and how much smaller they are.
PATIENCE, GENTLER = 3, 0.6


class LowerBound:
    """A lower bound on the value of any roster of the week; ``improve`` raises it.

    Attributes
    ----------
    value : float
        The best bound so far [points]; every price is at least 0, so what nobody can reach is one.
    prices : Prices
        The prices that give it.
    """

    def __init__(self, model: RosterModel, lines: Lines, seed: int = 0) -> None:
        self._week, self._fixed = model.week, model.unreachable
        self._turn = seed
        self._weight, self._failures = WEIGHT, 0
        self._order = np.arange(len(self._week.staff.most))
        self._memory, self._line = memory_for(self._week), room_for_line(self._week)
        self._answer = Answer(*no_prices(self._week), np.zeros(len(self._order)))
        self._state = _from_lines(self._week, lines)
        self._best = -np.inf
        self.value = self._fixed
        self.prices = dearest_prices(self._week)

    def improve(self, passes: int = PASSES) -> float:
        """Do one proximal step and return the best bound [points]."""
        for _ in range(passes):
            proximal_pass(self._week, self._shuffled(), self._weight, self._state)
        before = self._best
        self.evaluate(self._state.prices)
        if self._best > before:
            self._failures = 0
            copy_prices(self._state.prices, self._state.centre)
            return self.value
        self._failures += 1
        copy_prices(self._state.prices, self._state.centre)
        if self._failures > PATIENCE:
            self._failures = 0
            self._weight *= GENTLER
            copy_prices(self.prices, self._state.centre)
        return self.value

    def evaluate(self, prices: Prices) -> float:
        """Return the bound that ``prices`` give, keeping the best [points].

        Any prices within their ranges give a valid bound: each employee's best line is exact, and
        what is missing or beyond costs at least its price times the distance from the need.
        """
        dual_round(self._week, prices, self._memory, self._line, self._answer)
        places = self._week.places
        value = self._fixed - float(self._answer.value.sum())
        value += float((prices.served * places.need).sum())
        value += float((prices.present * places.present_need).sum())
        value += float((prices.back * places.back_need).sum())
        value -= float((prices.desk * places.desks[:, None, None]).sum())
        if value > self._best:
            self._best = value
            self.value = max(self.value, value)
            copy_prices(prices, self.prices)
        return value

    def rounded(self, passes: int) -> Lines:
        """Return a roster near the fractional one: everybody's best line in turn, ``passes`` times.

        The fractional roster stays as it is.
        """
        lines = empty_lines(len(self._order), self._week.grid)
        now = self._state
        copy = now._replace(
            mix=Mix(now.mix.first, *(part.copy() for part in now.mix[1:])),
            total=Prices(*(part.copy() for part in now.total)),
            prices=Prices(*(part.copy() for part in now.prices)),
        )
        for _ in range(passes):
            round_mixes(self._week, self._shuffled(), self._weight, copy, lines)
        return lines

    def _shuffled(self) -> Ints:
        """Return everybody in another order each time: strides that visit all."""
        count = max(1, len(self._order))
        self._turn += 1
        stride = int(count * 0.618) + self._turn % 97
        while np.gcd(stride, count) != 1:
            stride += 1
        return (self._order * stride + self._turn * 31) % count


def _from_lines(week: Week, lines: Lines) -> Proximal:
    """Return the proximal problem at the roster ``lines``, with prices in mid range."""
    mix, total, centre = empty_mix(week), no_prices(week), dearest_prices(week)
    mix_lines(week, lines, mix, total)
    for e in range(len(mix.own)):
        mix.own[e] = own_cost(week, e, lines)
    centre.served[...] *= 0.5
    centre.present[...] = 0.0
    centre.back[...] *= 0.5 * (week.places.back_need > 0)
    return Proximal(
        centre,
        dearest_prices(week),
        mix,
        total,
        room_for_one(week, mix),
        memory_for(week),
        room_for_line(week),
    )
