"""How much work a search may do, and who may end it early."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


def never() -> bool:
    """Return False: nobody asks the search to stop."""
    return False


@dataclass(slots=True)
class Budget:
    """Work that a search may still do.

    Attributes
    ----------
    seconds : float
        Wall time [s]; infinite for a repeatable search.
    work : float
        Deterministic work [units: about a second of one core]; infinite for a search by the
        clock.  A search limited by ``work`` alone gives the same answer every time.
    stop : callable
        Asked often; True ends the search with what it has.
    """

    seconds: float = float("inf")
    work: float = float("inf")
    stop: Callable[[], bool] = never
    spent: float = 0.0
    started: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Wall time since the start [s]."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """What is left, by the tighter of the two limits [s or work units]; never negative."""
        return max(0.0, min(self.seconds - self.elapsed, self.work - self.spent))

    @property
    def over(self) -> bool:
        """Whether the search has to end now."""
        return self.left <= 0 or self.stop()

    @property
    def repeatable(self) -> bool:
        """Whether only deterministic work counts."""
        return self.seconds == float("inf")

    def spend(self, work: float) -> None:
        """Account for ``work`` units done."""
        self.spent += work

    def share(self, fraction: float) -> Budget:
        """Return a budget of ``fraction`` of what is left, with the same stop.

        Work spent on the part is not seen here: add ``part.spent`` afterwards.
        """
        seconds = fraction * max(0.0, self.seconds - self.elapsed)
        return Budget(seconds, fraction * max(0.0, self.work - self.spent), self.stop)
