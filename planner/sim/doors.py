"""When the doors of a location are open over the horizon, on the simulation clock."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.horizon import Horizon
from planner.domain.place import Location, OpeningHours
from planner.units import MS_PER_DAY, MS_PER_MINUTE


def open_doors(case: PlanningCase, location: Location) -> NDArray[np.int64]:
    """Return opening and closing [ms] of each open interval, shape (intervals, 2), in order.

    Intervals that touch, also at midnight, are one: a location that is always open closes once.
    """
    return _open_doors(location.opening, case.horizon)


@lru_cache(maxsize=256)
def _open_doors(hours: OpeningHours, horizon: Horizon) -> NDArray[np.int64]:
    """Return the doors, read-only: every replication asks for those of every location."""
    doors: list[list[int]] = []
    for number, day in enumerate(horizon.dates):
        for interval in hours.on(day, horizon):
            opening = number * MS_PER_DAY + interval.start_minute * MS_PER_MINUTE
            closing = number * MS_PER_DAY + interval.end_minute * MS_PER_MINUTE
            if doors and doors[-1][1] == opening:
                doors[-1][1] = closing
            else:
                doors.append([opening, closing])
    found = np.array(doors, dtype=np.int64).reshape(-1, 2)
    found.flags.writeable = False
    return found


def clip_to_doors(instants: NDArray[np.int64], doors: NDArray[np.int64]) -> NDArray[np.int64]:
    """Move ``instants`` [ms] into the nearest open interval (its last ms is before closing)."""
    if len(doors) == 0 or len(instants) == 0:
        return instants
    later = np.minimum(np.searchsorted(doors[:, 1], instants, side="right"), len(doors) - 1)
    earlier = np.maximum(later - 1, 0)
    forward = np.maximum(instants, doors[later, 0])
    backward = doors[earlier, 1] - 1
    inside_last = np.minimum(forward, doors[later, 1] - 1)
    nearer = (instants - backward < inside_last - instants) & (earlier < later)
    return np.asarray(np.where(nearer, backward, inside_last), dtype=np.int64)
