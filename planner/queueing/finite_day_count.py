"""The finite day under ``Closing.COUNT``: completions owed by closed counters free no counter.

When counters close, as many of the next completions as busy counters exceed the new number are
owed.  The state is (owed completions, customers inside); with k owed and c counters, c + k
customers are in service.  Transitions are computed by uniformization (Jensen 1953; Ingolfsson et
al. 2007).  Slower than `planner.queueing.finite_day`, which is the rule of the house; this one is
the second witness for simulators that count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from planner.queueing.finite_day import DayEvaluation, Office, Plan, minutes_to_empty

Array = NDArray[np.float64]
_TAIL = 1e-14


def evaluate_counting(office: Office, plan: Plan) -> DayEvaluation:
    """Return all measures of a plan under ``Closing.COUNT``; nobody leaves, so no leavers."""
    day = _CountingDay(office, plan)
    state = day.start()
    means = np.empty((len(plan), 4))
    for period in range(len(plan)):
        state, means[period] = day.play(period, state)
    inside = state.sum(axis=0)
    customers = np.arange(len(inside))
    over = np.maximum(customers - plan[-1], 0)
    after = inside @ (over * (over + 1) / 2.0) * office.service_minutes / plan[-1]
    rates, queue = np.array(office.rates), means[:, 2]
    arrivals = rates.sum() * office.period_minutes
    return DayEvaluation(
        late=means[:, 0],
        delayed=means[:, 1],
        queue=queue,
        busy=means[:, 3],
        late_pooled=float(means[:, 0] @ rates / rates.sum()),
        wait_mean=float((queue.sum() * office.period_minutes + after) / arrivals),
        minutes_to_empty=float(inside @ minutes_to_empty(office, len(inside), plan[-1])),
        hours_after_close=float(inside @ customers) * office.service_minutes / 60.0,
        hours_of_leavers=0.0,
    )


@dataclass
class _CountingDay:
    """One plan's chain; states are arrays (owed completions, customers)."""

    office: Office
    plan: Plan
    _within: dict[int, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._owed = np.arange(max(self.plan) + 1)[:, None]
        self._customers = np.arange(self.office.most_customers + 1)[None, :]

    def start(self) -> Array:
        """Return the empty office."""
        state = np.zeros((self._owed.size, self._customers.size))
        state[0, 0] = 1.0
        return state

    def play(self, period: int, state: Array) -> tuple[Array, Array]:
        """Return the state after the period, and (late, delayed, queue, busy) within it."""
        if period:
            state = self._change_counters(state, period)
        served = np.minimum(self._customers, self.plan[period] + self._owed)
        waits = self._customers >= self.plan[period] + self._owed
        sums = np.zeros(4)
        for segment in self.office.segments():
            weights = segment.weights(self.office.period_minutes)
            for index, (time, weight) in enumerate(zip(segment.times, weights, strict=True)):
                if index:
                    state = self._forward(state, period, segment.step)
                late = self._late(period, float(time), segment.periods_later)
                values = (late, waits, self._customers - served, served)
                sums += weight * np.array([(state * value).sum() for value in values])
        return state, sums

    def _change_counters(self, state: Array, period: int) -> Array:
        """Owe the completions of busy counters that close; use counters that open."""
        served = np.minimum(self._customers, self.plan[period - 1] + self._owed)
        # Never more in service than the most counters: states beyond have probability zero.
        owed = np.clip(served - self.plan[period], 0, self._owed.size - 1)
        moved = np.zeros_like(state)
        np.add.at(moved, (owed, np.broadcast_to(self._customers, owed.shape)), state)
        return moved

    def _forward(self, state: Array, period: int, minutes: float) -> Array:
        rate, counters = self.office.rates[period], self.plan[period]
        served = np.minimum(self._customers, counters + self._owed)
        deaths = served / self.office.service_minutes
        fastest = rate + float(deaths.max())
        born = np.full_like(deaths, rate)
        born[:, -1] = 0.0

        def jump(values: Array) -> Array:
            after = values * (1.0 - (born + deaths) / fastest)
            after[:, 1:] += (values * born / fastest)[:, :-1]
            leaving = values * deaths / fastest
            after[:-1, :-1] += leaving[1:, 1:]
            after[0, :-1] += leaving[0, 1:]
            return after

        return _uniformized(state, jump, fastest * minutes)

    def _late(self, period: int, time: float, later: int) -> Array:
        """Probability of a late wait by state found at ``time`` of the period."""
        if later == 0 and period in self._within:
            return self._within[period]
        still = self._still_waiting(period, time, later)
        ahead = self._customers - self.plan[period] - self._owed
        late = np.where(ahead >= 0, np.take_along_axis(still, np.maximum(ahead, 0), axis=1), 0.0)
        if later == 0:
            self._within[period] = late
        return late

    def _still_waiting(self, period: int, time: float, later: int) -> Array:
        """Probability of waiting beyond the threshold by (owed, customers ahead)."""
        span, last = self.office.period_minutes, len(self.plan) - 1
        end = time + self.office.threshold_minutes
        values = np.ones((self._owed.size, self._customers.size))
        for step in range(later, -1, -1):
            counters = self.plan[min(period + step, last)]
            begin = max(time, step * span)
            values = self._ahead(values, counters, min(end, (step + 1) * span) - begin)
            if step:
                before = self.plan[min(period + step - 1, last)]
                values = self._at_change(values, before, counters)
        return values

    def _ahead(self, values: Array, counters: int, minutes: float) -> Array:
        """Return the expectation of ``values`` after ``minutes`` with all counters busy."""
        rates = (counters + self._owed) / self.office.service_minutes
        fastest = float(rates.max())
        chance = rates / fastest

        def jump(after: Array) -> Array:
            moved = np.empty_like(after)
            moved[1:] = after[:-1]
            moved[0, 1:], moved[0, 0] = after[0, :-1], 0.0
            return (1.0 - chance) * after + chance * moved

        return _uniformized(values, jump, fastest * minutes)

    def _at_change(self, values: Array, before: int, counters: int) -> Array:
        """Carry values back over a change of counters; all of them are busy."""
        served = before + self._owed
        owed = np.maximum(served - counters, 0)
        ahead = self._customers - np.maximum(counters - served, 0)
        rows = np.broadcast_to(np.minimum(owed, self._owed.size - 1), ahead.shape)
        carried: Array = np.where(ahead >= 0, values[rows, np.maximum(ahead, 0)], 0.0)
        return carried


def _uniformized(start: Array, jump: Callable[[Array], Array], jumps: float) -> Array:
    """Return ``start`` after a Poisson number of jumps with mean ``jumps``."""
    most = int(poisson.isf(_TAIL, jumps)) + 1
    weights = poisson.pmf(np.arange(most + 1), jumps)
    total: Array = weights[0] * start
    values = start
    for weight in weights[1:]:
        values = jump(values)
        total = total + weight * values
    return total
