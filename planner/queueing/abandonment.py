"""Erlang A (M/M/c+M): waiting customers leave after an exponential patience; phone lines.

Sources: Palm 1957; Baccelli and Hébuterne 1981; Garnett, Mandelbaum, Reiman 2002, M&SOM 4(3),
208-227; Zeltyn and Mandelbaum 2005, Queueing Systems 51, 361-402.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from scipy.special import gammainc, gammaln

from planner.queueing.erlang import erlang_b

_SERIES_END = 1e-17


@dataclass(frozen=True)
class PhoneQueue:
    """A stationary M/M/c+M queue.

    Attributes
    ----------
    servers : int
        Agents, at least 1.
    arrivals_per_minute : float
        Rate of offered calls [1/min], positive.
    service_minutes : float
        Mean handling time [min].
    patience_minutes : float
        Mean of the exponential patience [min].
    """

    servers: int
    arrivals_per_minute: float
    service_minutes: float
    patience_minutes: float

    @property
    def load(self) -> float:
        """Offered load [erlang]."""
        return self.arrivals_per_minute * self.service_minutes

    @cached_property
    def _queue_weights(self) -> tuple[float, float]:
        """Sums over j >= 0 of p_{c+j} / p_c and of j p_{c+j} / p_c."""
        total, queue, weight, waiting = 1.0, 0.0, 1.0, 0
        while weight > _SERIES_END * total:
            waiting += 1
            # Deaths with j waiting come at rate c mu + j theta (Garnett et al. 2002, §2).
            rate = self.servers / self.service_minutes + waiting / self.patience_minutes
            weight *= self.arrivals_per_minute / rate
            total += weight
            queue += waiting * weight
        return total, queue

    @cached_property
    def _all_busy_none_waiting(self) -> float:
        """Probability of exactly ``servers`` customers."""
        blocking = erlang_b(self.servers, self.load)
        # P(W > 0) = A E_1 / (1 + (A - 1) E_1); Garnett et al. 2002, §2 (Palm's form).
        return blocking / (1.0 + (self._queue_weights[0] - 1.0) * blocking)

    @property
    def wait_probability(self) -> float:
        """Probability that a call does not find a free agent."""
        return self._all_busy_none_waiting * self._queue_weights[0]

    @property
    def queue_mean(self) -> float:
        """Mean number of waiting calls."""
        return self._all_busy_none_waiting * self._queue_weights[1]

    @property
    def wait_mean(self) -> float:
        """Mean wait of all calls, those who leave included [min]."""
        return self.queue_mean / self.arrivals_per_minute  # Little 1961

    @property
    def abandoned_share(self) -> float:
        """Share of calls that leave before they are answered."""
        # lambda P(ab) = theta L_q: flow out of the queue by impatience (Garnett et al. 2002).
        return self.queue_mean / self.patience_minutes / self.arrivals_per_minute

    @property
    def occupancy(self) -> float:
        """Share of agent time with a call."""
        return self.load * (1.0 - self.abandoned_share) / self.servers

    def offered_wait_tail(self, threshold_minutes: float) -> float:
        """Return the share of calls that a caller without limit would wait longer [min]."""
        # Density lambda p_{c-1} exp(lambda (1 - e^{-theta x})/theta - c mu x) (Zeltyn and
        # Mandelbaum 2005, eq. 3.2); with y = e^{-theta x} an incomplete gamma function.
        shape = self.servers * self.patience_minutes / self.service_minutes
        scale = self.arrivals_per_minute * self.patience_minutes
        reached = scale * math.exp(-threshold_minutes / self.patience_minutes)
        return self.wait_probability * float(gammainc(shape, reached) / gammainc(shape, scale))

    def answered_within(self, threshold_minutes: float) -> float:
        """Return the share of all offered calls answered within ``threshold_minutes`` [min]."""
        shape = self.servers * self.patience_minutes / self.service_minutes
        scale = self.arrivals_per_minute * self.patience_minutes
        reached = scale * math.exp(-threshold_minutes / self.patience_minutes)
        # Offered wait x <= t and patience > x: the density above times e^{-theta x}, which
        # raises the shape by one; the constant is fixed by the mass P(wait) of the density.
        higher = float(gammainc(shape + 1.0, scale) - gammainc(shape + 1.0, reached))
        log_ratio = gammaln(shape + 1.0) - gammaln(shape) - math.log(scale)
        waited = higher / float(gammainc(shape, scale)) * math.exp(float(log_ratio))
        return 1.0 - self.wait_probability + self.wait_probability * waited
