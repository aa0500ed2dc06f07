"""A location played with anonymous staff: the trial behind the refinement of the requirement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Assignment, Roster
from planner.model.requirement import DeskPlan, slot_rows
from planner.model.requirement_promise import Promise
from planner.plan.requirement_refinement import Tolerances, TrialResult
from planner.sim.absence import sample_absences
from planner.sim.capacity import house_of, staffing_from_requirement
from planner.sim.customer_table import CHANNELS, Customers, queue_at
from planner.sim.engine import Fate, Outcomes, Queue, get_engine
from planner.sim.staffing import LocationStaffing
from planner.units import MS_PER_DAY, MS_PER_MINUTE

#: Blame of a customer who waits in a slot but is not late: it names the slots that feed a queue
#: and decides only where late customers' own slots have no desk left.
FEEDING = 1e-3

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Week:
    """One sampled week of a location.

    Attributes
    ----------
    queue : Queue
        Customers as engines read them.
    due : int64 array (n,)
        Instants from which waits count [ms].
    channel : int8 array (n,)
        ``Came``.
    absent : frozenset of (str, int)
        Desks (skill and number) whose clerk does not come, and the day of the horizon.
    """

    queue: Queue
    due: NDArray[np.int64]
    channel: NDArray[np.int8]
    absent: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True)
class LocationTrial:
    """Plays a location's sampled weeks under a desk plan; the same customers in every call.

    Attributes
    ----------
    location : int
        Code of the location.
    weeks : tuple of Week
        Sampled weeks.
    promises : tuple of Promise
        What is promised at the location.
    """

    case: PlanningCase
    location: int
    weeks: tuple[Week, ...]
    promises: tuple[Promise, ...]
    engine: str = "compiled"

    def __call__(self, plan: DeskPlan) -> TrialResult:
        """Return scores and blame of the plan over all weeks."""
        rows = tuple(slot_rows(self.case, plan))
        wanted = Requirement(self.case.horizon.slot_minutes, rows, (), ())
        staffing = staffing_from_requirement(self.case, wanted)
        here = staffing.locations[self.location]
        return self.play([without(here, week.absent) for week in self.weeks], plan)

    def play(self, staffing: Sequence[LocationStaffing], plan: DeskPlan) -> TrialResult:
        """Return the same for a staffing of each week; blame by the skills of ``plan``."""
        engine, days = get_engine(self.engine), self.case.horizon.days
        score = np.zeros((len(self.promises), len(self.weeks), days))
        customers, blame = np.zeros_like(score), np.zeros(plan.desks.shape)
        for number, (week, present) in enumerate(zip(self.weeks, staffing, strict=True)):
            house = house_of(self.case, self.location, present)
            visits = Visits(week, engine.run(week.queue, present.clerks, house), days)
            for index, promise in enumerate(self.promises):
                score[index, number], customers[index, number] = visits.scores(promise)
            blame += self._blame(visits, plan)
        return TrialResult(score, customers, blame)

    def _blame(self, visits: Visits, plan: DeskPlan) -> Array:
        """Late customers waiting, by slot: from when they are due until they are called."""
        late = np.zeros(len(visits.day), dtype=np.bool_)
        for promise in self.promises:
            late |= visits.late(promise)
        weights = np.where(late, 1.0, FEEDING * (visits.wait > 0))
        return visits.waiting(weights, self._skill_rows(plan), plan.desks.shape)

    def _skill_rows(self, plan: DeskPlan) -> NDArray[np.int64]:
        """Return the plan's row for each number of a skill at the location; -1 without one.

        A plan of one skill asks for people who serve everybody.
        """
        skills = self.case.skills_at(self.case.locations[self.location])
        if len(plan.skills) == 1:
            return np.zeros(len(skills), dtype=np.int64)
        return np.array([plan.skills.index(s) if s in plan.skills else -1 for s in skills])


class Visits:
    """A played week: waits and fates of its customers."""

    def __init__(self, week: Week, outcomes: Outcomes, days: int) -> None:
        self.week, self.outcomes, self.days = week, outcomes, days
        served = outcomes.fate == Fate.SERVED
        last_due = np.where(outcomes.tries > 1, outcomes.last, week.due)
        self.end = np.where(served, outcomes.call, outcomes.finish)
        self.due = last_due
        self.wait = np.maximum(self.end - last_due, 0) / MS_PER_MINUTE
        self.served = served
        self.day = np.clip(week.queue.arrival // MS_PER_DAY, 0, days - 1)

    def late(self, promise: Promise) -> NDArray[np.bool_]:
        """Tell who waits too long for the promise, or leaves unserved."""
        beyond = promise.limit if promise.measure == "wait_mean" else promise.threshold_minutes
        if promise.measure in {"reachability", "abandoned_share"}:
            beyond = np.inf
        late: NDArray[np.bool_] = self._of(promise) & (~self.served | (self.wait > beyond))
        return late

    def scores(self, promise: Promise) -> tuple[Array, Array]:
        """Return sum of scores and number of customers (offered calls) by day."""
        of, late = self._of(promise), self.late(promise)
        offered = np.maximum(self.outcomes.tries, 1).astype(np.float64)
        if promise.measure == "wait_mean":
            return self._by_day(self.wait * of), self._by_day(of.astype(np.float64))
        bad = np.where(late, offered, offered - 1.0) * of
        return self._by_day(bad), self._by_day(offered * of)

    def waiting(self, weights: Array, rows: NDArray[np.int64], shape: tuple[int, ...]) -> Array:
        """Return weights of customers waiting by (day, skill, slot), each slot they wait in."""
        days, skills, slots = shape
        slot_ms = MS_PER_DAY // slots
        midnight = self.day * MS_PER_DAY
        first = np.clip((self.due - midnight) // slot_ms, 0, slots - 1)
        last = np.clip((self.end - midnight) // slot_ms, first, slots - 1)
        skill = rows[self.week.queue.skill]
        counted = np.flatnonzero((weights > 0) & (skill >= 0))
        change = np.zeros((days, skills, slots + 1))
        day, row = self.day[counted], skill[counted]
        np.add.at(change, (day, row, first[counted]), weights[counted])
        np.add.at(change, (day, row, last[counted] + 1), -weights[counted])
        waiting: Array = np.maximum(change.cumsum(axis=2)[:, :, :slots], 0.0)
        return waiting

    def _of(self, promise: Promise) -> NDArray[np.bool_]:
        if promise.channel == "all":
            return np.ones(len(self.wait), dtype=np.bool_)
        words = [channel.value for channel in CHANNELS]
        return np.asarray(self.week.channel == words.index(promise.channel))

    def _by_day(self, values: Array) -> Array:
        return np.bincount(self.day, weights=values, minlength=self.days).astype(np.float64)


def sampled_week(
    case: PlanningCase,
    customers: Customers,
    location: int,
    absent: frozenset[tuple[str, int]] = frozenset(),
) -> Week:
    """Return one location's week of a replication."""
    rows = customers.rows(location)
    queue = queue_at(case, customers, location)
    # Waits run from the booked time, or from arrival if later (DESIGN §3.7).
    due = np.maximum(customers.booked[rows], customers.arrival[rows])
    return Week(queue, due, customers.came[rows], absent)


def desk_absences(
    case: PlanningCase, plan: DeskPlan, seed: int, replication: int
) -> frozenset[tuple[str, int]]:
    """Return the desks and days without their clerk, as if each had one for the day.

    Absence at short notice is drawn as for a roster, so a requirement keeps its promises with the
    absence of the case.
    """
    names = [f"{skill} {number + 1}" for skill in plan.skills for number in range(plan.most)]
    shifts = [
        Assignment(n, day, plan.location, 0, 0, ()) for n in names for day in case.horizon.dates
    ]
    absent = sample_absences(case, Roster.of(shifts), seed, replication)
    return frozenset((name, case.horizon.offset(day)) for name, day in absent)


def without(staffing: LocationStaffing, absent: frozenset[tuple[str, int]]) -> LocationStaffing:
    """Return the staffing less the pieces of those absent."""
    if not absent:
        return staffing
    clerks = staffing.clerks
    clerk = np.repeat(np.arange(len(staffing.names)), np.diff(clerks.first))
    day = clerks.start // MS_PER_DAY
    away = np.array(
        [
            (staffing.names[c], d) in absent
            for c, d in zip(clerk.tolist(), day.tolist(), strict=True)
        ],
        dtype=np.bool_,
    )
    counts = np.bincount(clerk[~away], minlength=len(staffing.names))
    kept = clerks._replace(
        first=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        **{
            name: getattr(clerks, name)[~away]
            for name in ("start", "end", "mask", "pause", "stays")
        },
    )
    return replace(staffing, clerks=kept, duty_end=staffing.duty_end[~away])


def tolerances(promises: tuple[Promise, ...]) -> Tolerances:
    """Return the promises as limits of mean scores, with the spread of a score at the limit."""
    limits, variances = [], []
    for promise in promises:
        if promise.measure == "wait_mean":
            # Waits are about exponential for the part who wait: standard deviation over mean > 1.
            limits.append(promise.limit)
            variances.append(2.0 * promise.limit**2)
            continue
        share = promise.late_limit
        if share is None:
            share = promise.limit if promise.measure == "abandoned_share" else 1.0 - promise.limit
        limits.append(share)
        variances.append(share * (1.0 - share))
    return Tolerances(np.array(limits), np.array(variances))
