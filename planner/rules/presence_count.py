"""How many people do something at a place, minute by minute: a plain count over a roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planner.domain.roster import Piece, Roster
from planner.units import MINUTES_PER_DAY

#: People by minute of the day [people], int64 array (1440,), for each key.
Counts = dict[tuple[str, str, date], NDArray[np.int64]]


def people_by_minute(
    roster: Roster, counted: Callable[[Piece], bool], by_skill: bool = False
) -> Counts:
    """Count the people in pieces that are ``counted``, by (location, skill, day).

    ``skill`` is empty unless ``by_skill``.  Minutes outside the day are left out.
    """
    counts: Counts = defaultdict(lambda: np.zeros(MINUTES_PER_DAY, dtype=np.int64))
    for a in roster.assignments:
        for piece in a.pieces:
            if counted(piece):
                skill = piece.skill if by_skill else ""
                first, last = max(0, piece.start_minute), max(0, piece.end_minute)
                counts[a.location, skill, a.day][first:last] += 1
    return counts
