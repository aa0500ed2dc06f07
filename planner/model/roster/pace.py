"""How long to search and how hot: by the clock, or counted out so that it can be repeated."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from planner.model.roster.effort import Effort

#: Work per second of effort in repeatable mode, for a city of ``NOMINAL_STAFF`` people.
BEATS_PER_SECOND = 2.0
ROUNDS_PER_BEAT = 1200
NOMINAL_STAFF = 700
#: Beats that a small case can use at the most per second of effort.
MOST_BEATS_PER_SECOND = 20.0
#: Rounds between two looks at the clock.
CHUNK = 100


@dataclass
class Pace:
    """Beats of work: one step of the bound beside a stretch of search.

    Attributes
    ----------
    effort : Effort
        The limits.
    staff : int
        People in the case; fewer people, more beats.
    """

    effort: Effort
    staff: int
    beat: int = 0
    _began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Time since the start [s]."""
        return time.monotonic() - self._began

    @property
    def beats(self) -> int:
        """Beats in all, in repeatable mode."""
        rate = BEATS_PER_SECOND * NOMINAL_STAFF / max(1, self.staff)
        return max(3, round(self.effort.seconds * min(MOST_BEATS_PER_SECOND, rate)))

    @property
    def share(self) -> float:
        """Share of the work that is done, 1 at the end."""
        if self.effort.repeatable:
            return min(1.0, self.beat / self.beats)
        return min(1.0, self.seconds / self.effort.seconds)
