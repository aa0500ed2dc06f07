"""Quick pricing of long lines: minutes are counted only near a plan that is known to be good.

The table of half a year and shifts of several lengths has millions of cells.  The programme over
runs alone (``compiled_runs``) gives a bound and a plan at fined minutes in a fraction of the time;
the exact programme then counts minutes in a corridor around that plan.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.model.lines.compiled_runs import WEEKEND_ROW, Runs, cheapest, room_for
from planner.model.lines.counting import WEEKENDS, Fines
from planner.model.lines.kinds import Kinds
from planner.model.lines.problem import FloatArray, IntArray

#: Half the width of a corridor [shifts of the longest kind].
HALF_WIDTH = 2
#: Minutes missing and beyond, by their place among the fined amounts.
MISSING, BEYOND = 0, 1


class Corridor:
    """Narrows the windows of minutes of one employee; follows the fines of minutes."""

    def __init__(self, runs: Runs, kinds: Kinds) -> None:
        self._runs, self._room, self._kinds = runs, room_for(runs), kinds
        self._limited = [shift for shift in kinds.limited if shift >= 0]
        self._minutes = Fines()

    def begin(self, fines: FloatArray) -> None:
        """Begin at ``fines`` of the minutes."""
        self._minutes = Fines({k: float(fines[k]) for k in (MISSING, BEYOND)})

    def narrowed(self, reduced: FloatArray, fines: Fines) -> tuple[float, Kinds]:
        """Return a bound on any lawful line's price, and kinds with windows around a good plan.

        Parameters
        ----------
        reduced : float64 array, shape (D, A)
            Price of each shift that the employee may work.
        fines : Fines
            Of weekends and limited shifts.
        """
        runs, each = self._runs, self._kinds.each
        price = self._priced(fines)
        self._room.reduced[...] = reduced + runs.use @ price
        bound = cheapest(runs, self._room, price[WEEKEND_ROW]) + runs.base
        bound -= float(price @ runs.cap)
        worked = np.where(self._room.plan >= 0, each.units[self._room.plan], 0).cumsum()
        self._follow(int(worked[-1]))
        low, high = self._around(worked)
        return bound, replace(self._kinds, each=each._replace(low=low, high=high))

    def _priced(self, fines: Fines) -> FloatArray:
        """Return the fine of every amount, as ``Runs`` numbers them."""
        minutes = (self._minutes.price.get(k, 0.0) for k in (MISSING, BEYOND))
        others = (fines.price.get(k, 0.0) for k in (WEEKENDS, *self._limited))
        return np.array([*minutes, *others])

    def _follow(self, total: int) -> None:
        shift = max(1, int(self._kinds.each.units.max(initial=1)))
        missing, beyond = self._kinds.least - total, total - self._kinds.most
        self._minutes.follow({MISSING: -(-missing // shift), BEYOND: -(-beyond // shift)})

    def _around(self, worked: IntArray) -> tuple[IntArray, IntArray]:
        """Return the windows around the minutes ``worked``, stretched to end where they must."""
        kinds, each = self._kinds, self._kinds.each
        aim = min(max(int(worked[-1]), kinds.least), kinds.most)
        way = worked * (aim / max(1, int(worked[-1])))
        half = HALF_WIDTH * int(each.units.max(initial=1))
        low = np.clip(np.floor(way) - half, each.low, each.high)
        high = np.clip(np.ceil(way) + half, each.low, each.high)
        return low.astype(np.int32), high.astype(np.int32)
