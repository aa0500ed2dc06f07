"""Workload in, requirement out: what reaches a location, and the desks that hold its targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Workload:
    """Expected work of one skill at one location over the horizon, on the slot grid.

    Attributes
    ----------
    walk_in_rate : float64 array (days, slots)
        Expected walk-ins (or calls) per slot, admitted at the doors [1/slot].
    appointment_rate : float64 array (days, slots)
        Expected appointments kept (no-shows removed) whose booked time lies in the slot [1/slot].
    mean_minutes : float
        Mean work content per customer [min].
    squared_cv : float
        Squared CV of the work content.
    """

    location: str
    skill: str
    walk_in_rate: NDArray[np.float64]
    appointment_rate: NDArray[np.float64]
    mean_minutes: float
    squared_cv: float


@dataclass(frozen=True, slots=True, order=True)
class SlotRequirement:
    """Desks required at a location in one slot for one skill."""

    location: str
    day: date
    start_minute: int
    skill: str
    desks: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a roster has to cover.

    Attributes
    ----------
    slot_minutes : int
        Length of a slot [min].
    slots : tuple of SlotRequirement
        Sorted; only slots with at least one desk.
    back_office_minutes : tuple of (location id, minutes)
        Deferrable back-office work of the horizon by location [min].
    presence : tuple of SlotRequirement
        People present (any skill, any activity but break) while open; ``skill`` is "".
    """

    slot_minutes: int
    slots: tuple[SlotRequirement, ...]
    back_office_minutes: tuple[tuple[str, int], ...]
    presence: tuple[SlotRequirement, ...]

    def desk_hours(self, location: str) -> float:
        """Return the required desk hours at ``location`` over the horizon [h]."""
        desks = sum(slot.desks for slot in self.slots if slot.location == location)
        return desks * self.slot_minutes / 60
