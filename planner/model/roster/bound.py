"""The proven lower bound, anytime: proximal prices, evaluated exactly."""

from __future__ import annotations

import numpy as np

from planner.model.roster.arrays import Floats, Week
from planner.model.roster.compiled_dual import Answer, Prices, dual_round, new_dual
from planner.model.roster.compiled_proximal import Mix, empty_mix, proximal_pass
from planner.model.roster.model import RosterModel

#: Passes over everybody between two evaluations of the bound.
PASSES = 5
#: Change of a price per person missing [points].
WEIGHT = 1.0


class LowerBound:
    """A lower bound on the value of any roster of the week; ``improve`` raises it.

    Attributes
    ----------
    value : float
        The best bound so far [points].
    prices : Prices
        The prices that give it.
    mix, total : Mix, Prices
        The fractional roster that goes with them, and its cover.
    """

    def __init__(self, model: RosterModel, seed: int = 0) -> None:
        self._week, self._fixed = model.week, model.unreachable
        self.value = -np.inf
        self.mix = empty_mix(self._week)
        self.total = _like(self._week)
        self.prices = dearest_prices(self._week)
        self._now = dearest_prices(self._week)
        self._centre = dearest_prices(self._week)
        self._order = np.arange(len(self._week.staff.most))
        self._state, self._check = new_dual(self._week), new_dual(self._week)
        self._answer = Answer(*_like(self._week), np.zeros(len(self._order)))
        self._move = _room_for_one(self._week, self.mix)
        self._turn = seed

    def improve(self) -> float:
        """Do one proximal step and return the best bound [points]."""
        if not len(self._order):
            return self.evaluate(self._now)
        for _ in range(PASSES):
            proximal_pass(
                self._week,
                self._shuffled(),
                self._centre,
                WEIGHT,
                self.mix,
                self.total,
                self._now,
                self._state,
                self._move,
            )
        self.evaluate(self._now)
        for centre, now in zip(self._centre, self._now, strict=True):
            centre[...] = now
        return self.value

    def evaluate(self, prices: Prices) -> float:
        """Return the bound that ``prices`` give, keeping the best [points]."""
        dual_round(self._week, prices, self._check, self._answer)
        places = self._week.places
        value = self._fixed - float(self._answer.value.sum())
        value += float((prices.served * places.need).sum())
        value += float((prices.present * places.present_need).sum())
        value += float((prices.back * places.back_need).sum())
        value -= float((prices.desk * places.desks[:, None, None]).sum())
        if value > self.value:
            self.value = value
            for best, now in zip(self.prices, prices, strict=True):
                best[...] = now
        return value

    def _shuffled(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Return everybody in another order each time: strides that visit all."""
        count = len(self._order)
        self._turn += 1
        stride = max(1, int(count * 0.618)) + self._turn % 97
        while np.gcd(stride, count) != 1:
            stride += 1
        return (self._order * stride + self._turn * 31) % count


def dearest_prices(week: Week) -> Prices:
    """Return the highest price of everything: right wherever nobody can be."""
    places, grid = week.places, week.grid
    shape = (len(places.desks), grid.days, grid.cells)
    return Prices(
        np.broadcast_to(places.short[:, None, None], places.need.shape).copy(),
        np.broadcast_to(
            places.present_price[:, None, None, None], places.present_need.shape
        ).copy(),
        np.zeros(shape),
        np.full(len(places.desks), places.back_price),
    )


def _like(week: Week) -> Prices:
    zero = dearest_prices(week)
    for prices in zero:
        prices[...] = 0.0
    return zero


def _room_for_one(week: Week, mix: Mix) -> Mix:
    """Return a ``Mix`` with room for the employee with most groups."""
    first = week.staff.first_group
    groups = int(np.diff(first).max(initial=1))
    rows = int((mix.first[first[1:]] - mix.first[first[:-1]]).max(initial=1))
    shape = (week.grid.days, week.grid.cells)
    empty: Floats = np.zeros(1)
    return Mix(
        mix.first, np.zeros((rows, *shape)), np.zeros((groups, *shape)), np.zeros(groups), empty
    )
