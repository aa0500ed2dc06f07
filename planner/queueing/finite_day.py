"""One office on one day, exactly: opens empty, closes its doors, serves everybody inside.

One queue first come first served, exponential service, Poisson arrivals with a constant rate in
each period, a number of counters in each period (the last one holds until the office is empty).
When counters close, one of two rules holds:

* ``Closing.LEAVING_CLERK``: idle clerks leave first; a busy clerk who leaves finishes the
  customer in hand in addition to the counters that stay (this module);
* ``Closing.COUNT``: as many of the next completions as counters close free no counter
  (`planner.queueing.finite_day_count`).

The state is the number of customers in the office (without those of leaving clerks).  Transition
probabilities come from uniformization; averages over a period use Simpson's rule, split where the
wait of an arrival starts to reach into another period.  Ingolfsson, Akhmetshina, Budge, Li, Wu
2007, INFORMS J. Comput. 19, 201-214 compare such methods.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtr
from scipy.stats import poisson

Array = NDArray[np.float64]
Plan = tuple[int, ...]

STEP_MINUTES = 0.5
_TAIL = 1e-14


class Closing(StrEnum):
    """What happens when counters close while customers are served."""

    COUNT = "count"
    LEAVING_CLERK = "leaving_clerk"


@dataclass(frozen=True)
class Office:
    """The day of an office.

    Attributes
    ----------
    rates : tuple of float
        Arrival rate by period [1/min].
    period_minutes, service_minutes : float
        Length of a period, mean service time [min].
    threshold_minutes : float
        A customer who waits longer is late [min].
    """

    rates: tuple[float, ...]
    period_minutes: float
    service_minutes: float
    threshold_minutes: float

    @cached_property
    def most_customers(self) -> int:
        """Customers beyond which the state space is cut off (probability below 1e-14 a day)."""
        mean = sum(self.rates) * self.period_minutes
        return int(poisson.isf(_TAIL, mean)) + 1

    def reach(self, period: int) -> int:
        """Return the last period whose counters decide whether a customer of ``period`` is late."""
        last = len(self.rates) - 1
        return min(last, period + int(np.ceil(self.threshold_minutes / self.period_minutes)))

    def segments(self) -> tuple[Segment, ...]:
        """Return the spans of a period in which a late customer's wait ends in one period."""
        whole, rest = divmod(self.threshold_minutes, self.period_minutes)
        if rest == 0:
            return (Segment(0.0, self.period_minutes, int(whole)),)
        cut = self.period_minutes - rest
        return (
            Segment(0.0, cut, int(whole)),
            Segment(cut, self.period_minutes, int(whole) + 1),
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of a period and how many periods later a wait of the threshold ends."""

    start: float
    end: float
    periods_later: int

    @property
    def steps(self) -> int:
        """Number of steps of Simpson's rule, even."""
        return 2 * max(1, int(np.ceil((self.end - self.start) / STEP_MINUTES / 2)))

    @property
    def step(self) -> float:
        """Length of a step [min]."""
        return (self.end - self.start) / self.steps

    @property
    def times(self) -> Array:
        """Grid of the segment [min after the start of the period]; float64 (steps + 1,)."""
        return np.linspace(self.start, self.end, self.steps + 1)

    def weights(self, period_minutes: float) -> Array:
        """Return Simpson weights for the mean over a whole period; float64 (steps + 1,)."""
        weights = np.full(self.steps + 1, 2.0)
        weights[1::2] = 4.0
        weights[0] = weights[-1] = 1.0
        return weights * self.step / 3.0 / period_minutes


@dataclass(frozen=True)
class DayEvaluation:
    """What a plan gives, exactly.

    Attributes
    ----------
    late, delayed, queue, busy : float64 array (periods,)
        Share of the period's arrivals that wait longer than the threshold, or at all; mean
        numbers waiting and in service (leaving clerks excluded).
    late_pooled : float
        Share late of the day's arrivals.
    wait_mean : float
        Mean wait of the day's arrivals, pooled [min].
    minutes_to_empty : float
        Mean time from closing until nobody is inside [min].
    hours_after_close, hours_of_leavers : float
        Expected service after closing, and by leaving clerks beyond their time [h].
    """

    late: Array
    delayed: Array
    queue: Array
    busy: Array
    late_pooled: float
    wait_mean: float
    minutes_to_empty: float
    hours_after_close: float
    hours_of_leavers: float


class FiniteDay:
    """Evaluates plans of one office under ``Closing.LEAVING_CLERK``; keeps what plans share."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._size = office.most_customers + 1
        self._matrices: dict[tuple[float, int, float], Array] = {}
        self._late: dict[tuple[float, Plan, float], Array] = {}

    def late_shares(self, plan: Plan) -> Array:
        """Return the share late of every period's arrivals; float64 (periods,)."""
        shares = np.empty(len(plan))
        for period, start in enumerate(self._starts(plan)):
            shares[period] = start @ self._late_vector(period, plan)
        return shares

    def late_share(self, plan: Plan, period: int) -> float:
        """Return the share late of one period's arrivals."""
        start = self._starts(plan[: period + 1])[period]
        return float(start @ self._late_vector(period, plan))

    def evaluate(self, plan: Plan) -> DayEvaluation:
        """Return all measures of a plan."""
        starts = self._starts(plan)
        means = [self._mean_state(s, p, plan[p]) for p, s in enumerate(starts)]
        states = np.arange(self._size)
        over = [np.maximum(states - counters, 0) for counters in plan]
        queue = np.array([m @ o for m, o in zip(means, over, strict=True)])
        closing = self._advance(starts[-1], len(plan) - 1, plan[-1])
        late = self.late_shares(plan)
        rates = np.array(self.office.rates)
        return DayEvaluation(
            late=late,
            delayed=np.array([m[c:].sum() for m, c in zip(means, plan, strict=True)]),
            queue=queue,
            busy=np.array([m @ states for m in means]) - queue,
            late_pooled=float(late @ rates / rates.sum()),
            wait_mean=self._wait_mean(queue, closing, plan[-1]),
            minutes_to_empty=float(closing @ minutes_to_empty(self.office, self._size, plan[-1])),
            hours_after_close=float(closing @ states) * self.office.service_minutes / 60.0,
            hours_of_leavers=self._leaver_hours(starts, plan),
        )

    def _starts(self, plan: Plan) -> list[Array]:
        """Distributions at the starts of the periods."""
        state = np.zeros(self._size)
        state[0] = 1.0
        starts = [state]
        for period, counters in enumerate(plan[:-1]):
            ended = self._advance(starts[-1], period, counters)
            starts.append(leave(ended, counters, plan[period + 1]))
        return starts

    def _advance(self, state: Array, period: int, counters: int) -> Array:
        for segment in self.office.segments():
            state = state @ self._power(self.office.rates[period], counters, segment)
        return state

    def _late_vector(self, period: int, plan: Plan) -> Array:
        """Probability that an arrival of the period is late, by state at the period's start."""
        rate, counters = self.office.rates[period], plan[period]
        total = np.zeros(self._size)
        for segment in reversed(self.office.segments()):
            total = self._power(rate, counters, segment) @ total
            total += self._segment_late(period, plan, segment)
        return total

    def _segment_late(self, period: int, plan: Plan, segment: Segment) -> Array:
        """Part of the late share that falls in a segment, by state at the segment's start."""
        rate, last = self.office.rates[period], len(plan) - 1
        seen = tuple(plan[min(period + k, last)] for k in range(segment.periods_later + 1))
        key = (rate, seen, segment.start)
        if key not in self._late:
            step = self._step(rate, plan[period], segment.step)
            late = self._late_on_grid(seen, segment)
            weighted = late * segment.weights(self.office.period_minutes)[:, None]
            total: Array = weighted[-1]
            for row in weighted[-2::-1]:
                total = step @ total + row
            self._late[key] = total
        return self._late[key]

    def _late_on_grid(self, seen: Plan, segment: Segment) -> Array:
        """Probability of a late wait by time on the grid and state found; (steps + 1, states).

        ``seen`` are the counters of this period and of those that a wait reaches into.
        """
        counters, opened = seen[0], 0
        span = self.office.period_minutes
        left = span - segment.times
        work = counters * np.minimum(left, self.office.threshold_minutes)
        for later in range(1, segment.periods_later + 1):
            now, before = seen[later], seen[later - 1]
            opened += max(0, now - before)
            until = np.minimum(self.office.threshold_minutes, left + later * span)
            work = work + now * np.maximum(0.0, until - left - (later - 1) * span)
        ahead = np.arange(self._size) - counters
        # Late with q ahead and all counters busy iff Poisson(mu * counter minutes) + counters
        # opened meanwhile <= q: leaving clerks free no counter.
        room = np.maximum(ahead - opened, 0)
        late = pdtr(room[None, :], work[:, None] / self.office.service_minutes)
        late_if_found: Array = np.where((ahead >= 0) & (ahead >= opened), late, 0.0)
        return late_if_found

    def _mean_state(self, start: Array, period: int, counters: int) -> Array:
        """Mean distribution over a period."""
        total, state = np.zeros(self._size), start
        for segment in self.office.segments():
            step = self._step(self.office.rates[period], counters, segment.step)
            weights = segment.weights(self.office.period_minutes)
            total += weights[0] * state
            for weight in weights[1:]:
                state = state @ step
                total += weight * state
        return total

    def _wait_mean(self, queue: Array, closing: Array, counters: int) -> float:
        """Little's law over the whole day, the time after closing included [min]."""
        over = np.maximum(np.arange(self._size) - counters, 0)
        # n waiting customers are started one by one: S / c (n + ... + 1) customer minutes.
        after = closing @ (over * (over + 1) / 2.0) * self.office.service_minutes / counters
        arrivals = sum(self.office.rates) * self.office.period_minutes
        return float((queue.sum() * self.office.period_minutes + after) / arrivals)

    def _leaver_hours(self, starts: list[Array], plan: Plan) -> float:
        customers = 0.0
        for period in range(len(plan) - 1):
            before, after = plan[period], plan[period + 1]
            ended = self._advance(starts[period], period, before)
            customers += float(ended @ leavers(self._size, before, after))
        return customers * self.office.service_minutes / 60.0

    def _step(self, rate: float, counters: int, minutes: float) -> Array:
        key = (rate, counters, minutes)
        if key not in self._matrices:
            self._matrices[key] = self._matrix(rate, counters, minutes)
        return self._matrices[key]

    def _power(self, rate: float, counters: int, segment: Segment) -> Array:
        return self._step(rate, counters, segment.end - segment.start)

    def _matrix(self, rate: float, counters: int, minutes: float) -> Array:
        """Return the transition matrix by uniformization (Jensen 1953, Skand. Aktuarietidskr. 36).

        The jump chain is tridiagonal, so products are shifts; only nonnegative terms are added.
        """
        deaths = np.minimum(np.arange(self._size), counters) / self.office.service_minutes
        births = np.full(self._size, rate)
        births[-1] = 0.0
        fastest = float((births + deaths).max())
        if fastest <= 0:
            return np.eye(self._size)
        up, down = births / fastest, deaths / fastest
        stay = 1.0 - up - down
        jumps = fastest * minutes
        weights = poisson.pmf(np.arange(int(poisson.isf(_TAIL, jumps)) + 2), jumps)
        power = np.eye(self._size)
        total: Array = weights[0] * power
        for weight in weights[1:]:
            after = power * stay
            after[:, 1:] += power[:, :-1] * up[:-1]
            after[:, :-1] += power[:, 1:] * down[1:]
            power = after
            total += weight * power
        return total


def leavers(size: int, before: int, after: int) -> NDArray[np.int64]:
    """Return by state how many busy clerks leave when counters go from ``before`` to ``after``."""
    busy: NDArray[np.int64] = np.minimum(np.arange(size), before)
    leaving: NDArray[np.int64] = np.maximum(busy - after, 0)
    return leaving


def leave(state: Array, before: int, after: int) -> Array:
    """Return the distribution without the customers of the clerks who leave."""
    if after >= before:
        return state
    states = np.arange(len(state))
    moved = np.zeros(len(state))
    np.add.at(moved, states - leavers(len(state), before, after), state)
    return moved


def minutes_to_empty(office: Office, size: int, counters: int) -> Array:
    """Return by state the mean time until the office is empty without arrivals [min]."""
    rates = np.minimum(np.arange(1, size), counters) / office.service_minutes
    return np.concatenate(([0.0], np.cumsum(1.0 / rates)))
