"""Where the staff's time went at one location: serving, idle, overtime, back office."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.sim.engine import Outcomes
from planner.sim.spells import all_spells
from planner.sim.staffing import LocationStaffing
from planner.units import MS_PER_MINUTE

#: Larger than any instant [ms]: orders (clerk, instant) as one number.
SPAN = 1 << 44


@dataclass(frozen=True, slots=True)
class StaffTime:
    """Minutes of one location's staff over the horizon.

    Attributes
    ----------
    planned : float
        Planned serving time inside the opening hours.
    serving : float
        Time with customers.
    beyond : float
        Part of ``serving`` outside the planned serving time: the case in hand, and who stays.
    overtime : float
        Part of ``beyond`` after the end of the shift.
    """

    planned: float
    serving: float
    beyond: float
    overtime: float

    @property
    def available(self) -> float:
        """Planned serving time and the serving beyond it: the denominator of the occupancy."""
        return self.planned + self.beyond


def staff_time(staffing: LocationStaffing, outcomes: Outcomes, since: int) -> StaffTime:
    """Add up the time of the staff from the instant ``since`` [ms] on.

    A customer's time counts for the clerks who served, each with the own part (L16, L19), also
    where the customer left unserved in the end (L21).
    """
    clerks = staffing.clerks
    planned = np.maximum(clerks.end - np.maximum(clerks.start, since), 0).sum()
    _, number, called, finish = all_spells(outcomes).T
    call = np.maximum(called, since)
    serving = np.maximum(finish - call, 0).sum()
    beyond = overtime = 0
    if len(number):
        owner = np.repeat(np.arange(len(clerks.speed)), np.diff(clerks.first))
        starts = owner * SPAN + clerks.start
        piece = np.searchsorted(starts, number * SPAN + called, side="right") - 1
        following = np.append(starts, np.iinfo(np.int64).max)[piece + 1] - number * SPAN
        until = np.minimum(finish, following)
        beyond = np.maximum(until - np.maximum(call, clerks.end[piece]), 0).sum()
        overtime = np.maximum(finish - np.maximum(call, staffing.duty_end[piece]), 0).sum()
    return StaffTime(*(float(ms) / MS_PER_MINUTE for ms in (planned, serving, beyond, overtime)))
