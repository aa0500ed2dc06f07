"""How much time is left, if time counts at all."""

from __future__ import annotations

import math
import time


class Clock:
    """Seconds left until somebody says stop or the time is over.

    Parameters
    ----------
    seconds : float
        Time from now on [s]; infinite where work is to be repeatable: then nothing is cut off.
    """

    def __init__(self, seconds: float = math.inf) -> None:
        self._end = time.monotonic() + seconds
        self.stopped = False

    @property
    def left(self) -> float:
        """Seconds left, 0 if it is over."""
        return 0.0 if self.stopped else max(0.0, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        """Whether it is time to end."""
        return self.left <= 0.0

    def part(self, seconds: float) -> float:
        """Return ``seconds`` or what is left of them, infinite if time does not count."""
        return math.inf if math.isinf(self._end) else min(seconds, self.left)
