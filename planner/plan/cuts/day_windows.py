"""The windows of a sampled day: what their customers add to the scores, people by people.

Customers belong to the window in which they arrive and are played alone, with all desks staffed in
all other slots.  More people, or fewer customers, would do no harm; as far as that is so, nobody
can be served better than here, and `planner.model.window_bound` makes a bound of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from planner.model.shift_master import Profile, Shift
from planner.model.window_bound import Window, WindowChoice, WindowDay, window_bound
from planner.plan.cuts.sampled_day import SampledDay

#: Choices of people in a window at the most: longer windows at small locations.
MOST_CHOICES = 1000
LONGEST, SHORTEST = 6, 2
#: People by slot are told apart so far below and above those of a schedule.
BELOW, ABOVE = 4, 2


def day_bound(day: SampledDay, menu: tuple[Shift, ...], near: Profile) -> int:
    """Return a cost [paid minutes] below which no schedule holds the day's targets.

    Parameters
    ----------
    near : tuple of int
        People by slot of a good schedule: around them the bound looks closely; it is valid with
        any.
    """
    most = (day.plan.most,) * len(day.slots)
    found = _Windows(day, most, day.least(), near)
    size = found.size()
    partitions = tuple(found.partition(size, offset) for offset in sorted({0, size // 2}))
    allowed = tuple(found.allowed.tolist())
    return window_bound(WindowDay(menu, most, day.least(), partitions, allowed))


@dataclass
class _Windows:
    day: SampledDay
    most: Profile
    least: Profile
    near: Profile

    def __post_init__(self) -> None:
        self.allowed: NDArray[np.float64] = self.day.allowed()

    def size(self) -> int:
        """Return how many slots a window may have for its choices to be counted out."""
        levels = max(len(self._levels(period)) for period in range(len(self.most)))
        fitting = [size for size in range(SHORTEST, LONGEST + 1) if levels**size <= MOST_CHOICES]
        return max(fitting, default=SHORTEST)

    def partition(self, size: int, offset: int) -> tuple[Window, ...]:
        """Return the day in windows of ``size`` slots, the first one shorter by an offset."""
        edges = [0, *range(offset or size, len(self.most), size), len(self.most)]
        return tuple(self._window(range(first, last)) for first, last in pairwise(edges))

    def _levels(self, period: int) -> list[tuple[int, int]]:
        """Return ranges of people (from, to) that are told apart in a period, in order."""
        low, high = self.least[period], self.most[period]
        people = self.near[period]
        starts = {low, *range(max(low, people - BELOW), min(high, people + ABOVE) + 1)}
        ends = sorted(starts)[1:]
        return list(zip(sorted(starts), [*(end - 1 for end in ends), high], strict=True))

    def _window(self, periods: range) -> Window:
        """Return every choice that fits the targets; who is in a range is played at its end."""
        choices = []
        for ranges in product(*(self._levels(period) for period in periods)):
            people, played = (tuple(column) for column in zip(*ranges, strict=True))
            scores = self._scores(periods, played)
            if (scores <= self.allowed).all():
                choices.append(WindowChoice(people, tuple(scores.tolist())))
        return Window(tuple(periods), tuple(choices))

    def _scores(self, periods: range, people: Profile) -> NDArray[np.float64]:
        profile = list(self.most)
        profile[periods.start : periods.stop] = people
        return self.day.window_scores(tuple(profile), (periods.start, periods.stop))
