"""Erlang B and C: servers without and with a waiting room, customers who never leave.

Offered load ``a`` is in erlang (arrival rate times mean service time), times in minutes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


def erlang_b(servers: int, load: float) -> float:
    """Return the blocking probability of M/M/c/c.

    Parameters
    ----------
    servers : int
        Number of servers, at least 0.
    load : float
        Offered load [erlang], at least 0.

    Raises
    ------
    ValueError
        When ``servers`` or ``load`` is negative.
    """
    if servers < 0 or load < 0:
        raise ValueError(f"servers {servers} and load {load} must not be negative")
    blocking = 1.0
    for count in range(1, servers + 1):
        # Recursion B_k = a B_{k-1} / (k + a B_{k-1}); Jagerman 1974, Bell Syst. Tech. J. 53.
        blocking = load * blocking / (count + load * blocking)
    return blocking


def erlang_c(servers: int, load: float) -> float:
    """Return the probability that a customer of M/M/c has to wait; 1 when ``load >= servers``."""
    if load >= servers:
        return 1.0
    blocking = erlang_b(servers, load)
    # C = B / (1 - (a/c)(1 - B)); Cooper 1981, Introduction to Queueing Theory, §3.4.
    return blocking / (1.0 - load / servers * (1.0 - blocking))


@dataclass(frozen=True, slots=True)
class CounterQueue:
    """A stationary M/M/c queue in which everybody waits to be served.

    Attributes
    ----------
    servers : int
        Open counters.
    load : float
        Offered load [erlang].
    service_minutes : float
        Mean service time [min].
    """

    servers: int
    load: float
    service_minutes: float

    @property
    def wait_probability(self) -> float:
        """Probability of any wait (Erlang C)."""
        return erlang_c(self.servers, self.load)

    @property
    def occupancy(self) -> float:
        """Share of server time with a customer, at most 1."""
        return min(1.0, self.load / self.servers)

    @property
    def wait_mean(self) -> float:
        """Mean wait of all customers [min]; infinite when the load reaches the servers."""
        if self.load >= self.servers:
            return math.inf
        # W_q = C S / (c - a); Cooper 1981, §3.4.
        return self.wait_probability * self.service_minutes / (self.servers - self.load)

    def late_share(self, threshold_minutes: float) -> float:
        """Return the share of customers who wait longer than ``threshold_minutes`` [min]."""
        if self.load >= self.servers:
            return 1.0
        # P(W > t) = C exp(-(c - a) t / S), first come first served; Cooper 1981, §3.4.
        decay = (self.servers - self.load) * threshold_minutes / self.service_minutes
        return self.wait_probability * math.exp(-decay)

    def wait_quantile(self, share: float) -> float:
        """Return the wait that ``share`` of the customers do not exceed [min]."""
        if self.load >= self.servers:
            return math.inf
        excess = self.wait_probability / (1.0 - share)
        if excess <= 1.0:
            return 0.0
        return math.log(excess) * self.service_minutes / (self.servers - self.load)
