"""The best lines so far, safe from what the search does next."""

from __future__ import annotations

import numpy as np

from planner.model.roster.arrays import Lines


class Incumbent:
    """The best lines found, and their value [points] (infinite before the first)."""

    def __init__(self) -> None:
        self.value = np.inf
        self.lines: Lines | None = None

    def offer(self, lines: Lines, value: float) -> bool:
        """Keep a copy of ``lines`` if they are better; tell whether they were."""
        if value >= self.value:
            return False
        self.value = value
        self.lines = Lines(*(part.copy() for part in lines))
        return True
