"""Desks for one skill at one location on one day, slot by slot, from the offered load.

The load follows the arrivals with the service time behind it and starts at nothing when the doors
open (modified offered load); fed to Erlang's formulas slot by slot it gives the requirement.  Work
still inside at closing drains at desks of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.model.requirement_promise import Promise, counter_holds, phone_holds
from planner.queueing.abandonment import PhoneQueue
from planner.queueing.general_service import PriorityQueue, Variability
from planner.queueing.offered_load import load_means
from planner.queueing.staffing import least_servers

#: Squared CV of the times between kept appointments, taken for the formula: a grid thinned by
#: no-shows and blurred by punctuality is smoother than Poisson.  The simulation corrects it.
APPOINTMENT_SQUARED_CV = 0.3
#: A slot with less than one customer in a few days is not staffed for its own sake [erlang].
NEGLIGIBLE_LOAD = 0.02
#: Desks are never planned fuller than this, whatever is promised.
MOST_OCCUPANCY = 0.95
#: How finely ``most_load`` is told [erlang].
_LOAD_STEP = 1e-3

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DayWork:
    """One day's work of one skill.

    Attributes
    ----------
    walk_ins, appointments : float64 array (slots,)
        Customers per slot [1/slot].
    slot_minutes, mean_minutes : float
        Length of a slot, mean work content [min].
    squared_cv : float
        Squared CV of the work content.
    patience_minutes : float or None
        Mean patience of callers [min]; None: nobody leaves.
    """

    walk_ins: Array
    appointments: Array
    slot_minutes: float
    mean_minutes: float
    squared_cv: float
    patience_minutes: float | None = None

    def walk_in_load(self) -> Array:
        """Return the mean offered load of walk-ins or calls by slot [erlang]."""
        return load_means(self.walk_ins / self.slot_minutes, self.slot_minutes, self.mean_minutes)

    def appointment_load(self) -> Array:
        """Return the mean offered load of appointments by slot [erlang]."""
        rates = self.appointments / self.slot_minutes
        return load_means(rates, self.slot_minutes, self.mean_minutes)


def desks_by_slot(work: DayWork, promises: tuple[Promise, ...], most: int) -> NDArray[np.int64]:
    """Return the least desks by slot that hold every promise, at most ``most``; int64 (slots,)."""
    desks = np.zeros(len(work.walk_ins), dtype=np.int64)
    if most < 1:
        return desks
    walk_ins, appointments = work.walk_in_load(), work.appointment_load()
    arriving = (work.walk_ins + work.appointments) > 0
    for slot in np.flatnonzero(walk_ins + appointments >= NEGLIGIBLE_LOAD):
        if not arriving[slot]:
            desks[slot] = min(most, _to_drain(walk_ins[slot] + appointments[slot]))
        elif work.patience_minutes is not None:
            calls = walk_ins[slot] / work.mean_minutes
            line = PhoneQueue(1, calls, work.mean_minutes, work.patience_minutes)
            desks[slot] = _phone_agents(line, promises, most)
        else:
            desks[slot] = _counters(work, (appointments[slot], walk_ins[slot]), promises, most)
    return desks


def most_load(work: DayWork, promises: tuple[Promise, ...], desks: int) -> float:
    """Return the most that so many desks carry with every promise kept [erlang].

    The share of appointments is the day's; the same formula as ``desks_by_slot``, turned round.
    """
    walk_ins, booked = float(work.walk_in_load().sum()), float(work.appointment_load().sum())
    if desks < 1 or walk_ins + booked <= 0:
        return 0.0
    share = booked / (walk_ins + booked)
    low, high = 0.0, MOST_OCCUPANCY * desks
    while high - low > _LOAD_STEP:
        load = (low + high) / 2.0
        loads = (share * load, (1.0 - share) * load)
        low, high = (load, high) if _holds(work, loads, promises, desks) else (low, load)
    return low


def _to_drain(load: float) -> int:
    """Desks that serve a load without arrivals: each takes its share of what is left."""
    return math.ceil(load - NEGLIGIBLE_LOAD)


def _counters(
    work: DayWork, loads: tuple[float, float], promises: tuple[Promise, ...], most: int
) -> int:
    lowest = min(most, math.ceil(sum(loads) / MOST_OCCUPANCY))
    return least_servers(
        lambda desks: _holds(work, loads, promises, desks), lowest=lowest, highest=most
    )


def _holds(
    work: DayWork, loads: tuple[float, float], promises: tuple[Promise, ...], desks: int
) -> bool:
    """Tell whether the desks hold every promise with these loads of (appointments, walk-ins)."""
    arrivals = (loads[0] * APPOINTMENT_SQUARED_CV + loads[1]) / sum(loads)
    variability = Variability(arrivals, work.squared_cv)
    queue = PriorityQueue(desks, loads[0], loads[1], work.mean_minutes, variability)
    return queue.stable and all(counter_holds(promise, queue) for promise in promises)


def _phone_agents(line: PhoneQueue, promises: tuple[Promise, ...], most: int) -> int:
    def holds(agents: int) -> bool:
        staffed = replace(line, servers=agents)
        return all(phone_holds(promise, staffed) for promise in promises)

    return least_servers(holds, highest=most)
