"""What a location promises about the wait, slot by slot, and whether a number of desks holds it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.domain.case import PlanningCase
from planner.domain.place import Location, LocationKind
from planner.domain.target import Sense, Target
from planner.queueing.abandonment import PhoneQueue
from planner.queueing.general_service import PriorityQueue

#: Measures that a number of desks decides within a day, and the sense in which they are promised.
SLOT_MEASURES = {
    "wait_within_target": Sense.AT_LEAST,
    "wait_mean": Sense.AT_MOST,
    "wait_p90": Sense.AT_MOST,
    "answered_within_30s": Sense.AT_LEAST,
    "reachability": Sense.AT_LEAST,
    "abandoned_share": Sense.AT_MOST,
}
ANSWER_MINUTES = 0.5
P90_LATE_SHARE = 0.1
#: Measures that promise a share of the customers who are served well.
_KEPT_SHARES = frozenset({"wait_within_target", "answered_within_30s", "reachability"})


@dataclass(frozen=True, slots=True)
class Promise:
    """A wait target as it applies to the customers of one location.

    Attributes
    ----------
    channel : str
        ``appointment``, ``walk_in``, ``phone`` or ``all``.
    limit : float
        In the unit of the measure.
    threshold_minutes : float
        The wait that counts as in time, for shares [min].
    """

    measure: str
    channel: str
    limit: float
    threshold_minutes: float

    @property
    def late_limit(self) -> float | None:
        """Tolerated share of customers beyond the threshold; None where a mean is promised."""
        if self.measure in {"wait_within_target", "answered_within_30s"}:
            return 1.0 - self.limit
        return P90_LATE_SHARE if self.measure == "wait_p90" else None

    def scaled(self, goal: float) -> Promise:
        """Return the promise with ``goal`` times what it tolerates: a share late, or minutes."""
        if self.measure in _KEPT_SHARES:
            return replace(self, limit=1.0 - min(1.0, goal * (1.0 - self.limit)))
        return replace(self, limit=goal * self.limit)


def promises(case: PlanningCase, location: Location) -> tuple[Promise, ...]:
    """Return the wait promises that the desks of ``location`` must hold, in order of the case."""
    areas = {location.area, "all"}
    scopes = {"location", "district", "city"}
    if location.kind is LocationKind.PHONE:
        scopes.add("phone")
    return tuple(
        _promise(target)
        for target in case.targets
        if SLOT_MEASURES.get(target.measure) is target.sense
        and target.area in areas
        and target.scope in scopes
    )


def _promise(target: Target) -> Promise:
    threshold = target.threshold_minutes
    if threshold is None:
        threshold = target.limit if target.measure == "wait_p90" else ANSWER_MINUTES
    return Promise(target.measure, target.channel, target.limit, threshold)


def counter_holds(promise: Promise, queue: PriorityQueue) -> bool:
    """Tell whether a counter queue (appointments first, then walk-ins) holds the promise.

    A promise about all customers is judged by the walk-ins, who wait longer; a promise about
    customers who do not come holds.
    """
    loads = {"appointment": queue.first_load, "walk_in": queue.second_load}
    if loads.get(promise.channel, 1.0) <= 0.0:
        return True
    first = promise.channel == "appointment" or queue.second_load <= 0.0
    late = promise.late_limit
    if late is not None:
        return queue.late_share(promise.threshold_minutes, first) <= late
    return promise.measure != "wait_mean" or queue.wait_mean(first) <= promise.limit


def phone_holds(promise: Promise, queue: PhoneQueue) -> bool:
    """Tell whether a line with patience holds the promise."""
    if promise.measure == "reachability":
        return 1.0 - queue.abandoned_share >= promise.limit
    if promise.measure == "abandoned_share":
        return queue.abandoned_share <= promise.limit
    if promise.measure == "wait_mean":
        return queue.wait_mean <= promise.limit
    late = promise.late_limit
    return late is None or 1.0 - queue.answered_within(promise.threshold_minutes) <= late
