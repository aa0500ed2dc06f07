"""Approximations for queues that are not M/M/c: general service, arrivals smoother than Poisson.

Everything here is an APPROXIMATION; the simulation decides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from planner.queueing.erlang import erlang_c


@dataclass(frozen=True, slots=True)
class Variability:
    """Squared coefficients of variation of the times between arrivals and of the service time."""

    arrivals: float = 1.0
    service: float = 1.0

    @property
    def factor(self) -> float:
        """Factor on the wait of M/M/c: (c_a² + c_s²) / 2; Allen 1990, §5.2.6 (Allen-Cunneen)."""
        return (self.arrivals + self.service) / 2.0


@dataclass(frozen=True, slots=True)
class PriorityQueue:
    """G/G/c with two classes, the first called before the second, cases finished (approximation).

    Attributes
    ----------
    servers : int
        Open counters.
    first_load, second_load : float
        Offered loads of the classes [erlang].
    service_minutes : float
        Mean service time of both classes [min].
    variability : Variability
        Scales every conditional wait by the Allen-Cunneen factor.
    """

    servers: int
    first_load: float
    second_load: float
    service_minutes: float
    variability: Variability = Variability()

    @property
    def stable(self) -> bool:
        """Whether the load stays below the servers."""
        return self.first_load + self.second_load < self.servers

    def wait_mean(self, first: bool) -> float:
        """Return the mean wait of the first or second class [min]."""
        if not self.stable:
            return math.inf
        return self._wait_probability * self._wait_if_waiting(first)

    def late_share(self, threshold_minutes: float, first: bool) -> float:
        """Return the share of a class that waits longer than ``threshold_minutes`` [min].

        The wait of those who wait is taken as exponential with its own mean, which is exact for
        one class, Poisson arrivals and exponential service.
        """
        if not self.stable:
            return 1.0
        decay = threshold_minutes / max(self._wait_if_waiting(first), 1e-12)
        return self._wait_probability * math.exp(-decay)

    @property
    def _wait_probability(self) -> float:
        return erlang_c(self.servers, self.first_load + self.second_load)

    def _wait_if_waiting(self, first: bool) -> float:
        """Mean wait of those who wait, by class [min]; Cobham 1954, Oper. Res. 2, 70-76."""
        left_by_first = self.servers - self.first_load
        scaled = self.service_minutes * self.variability.factor
        if first:
            return scaled / left_by_first
        left = left_by_first - self.second_load
        return scaled * self.servers / (left_by_first * left)


def wait_mean_general(servers: int, load: float, minutes: float, variability: Variability) -> float:
    """Return the mean wait of G/G/c by Allen and Cunneen [min] (approximation)."""
    return PriorityQueue(servers, 0.0, load, minutes, variability).wait_mean(first=False)
