"""Appointment queues whose no-shows rise with the backlog, and the panels they can serve.

Green and Savin 2008, Oper. Res. 56, 1526-1538; Liu and Ziya 2014, POMS 23.  A customer who is
about to be served fails to show with a probability that depends on the backlog in days, and
rejoins with a probability.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.stats import poisson

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NoShow:
    """No-show probability ``most - (most - least) exp(-days / decay_days)`` (Green, Savin 2008).

    ``slots`` customers are served a day; the backlog in days is ``⌊customers / slots⌋``.
    """

    least: float
    most: float
    decay_days: float
    slots: int

    def probability(self, backlog: NDArray[np.int64]) -> Array:
        """Return the no-show probability by number of customers ahead."""
        days = (backlog // self.slots).astype(np.float64)
        decayed = np.exp(-days / self.decay_days)
        return np.asarray(self.most - (self.most - self.least) * decayed, dtype=np.float64)


def exponential_backlog(load: float, size: int) -> Array:
    """Return the stationary queue length of M/M/1, cut at ``size`` customers."""
    return np.asarray((1.0 - load) * load ** np.arange(size), dtype=np.float64)


def constant_backlog(load: float, size: int) -> Array:
    """Return the stationary queue length of M/D/1, cut at ``size`` customers.

    By the recursion of the chain embedded at departures (Gross et al. 2008, §5.1.3).
    """
    arrivals = poisson.pmf(np.arange(size + 1), load)
    beyond = poisson.sf(np.arange(size + 1), load)
    backlog = np.zeros(size)
    backlog[0] = 1.0 - load
    for state in range(size - 1):
        # Flow up over the cut equals flow down: only nonnegative terms, so nothing cancels.
        up = backlog[0] * beyond[state] + backlog[1 : state + 1] @ beyond[state:0:-1]
        backlog[state + 1] = up / arrivals[0]
    return backlog


def throughput(
    requests: float, no_show: NoShow, backlog: Callable[[float, int], Array], size: int = 20_000
) -> float:
    """Return shows a day when ``requests`` a day join a queue of the given kind."""
    states = backlog(requests / no_show.slots, size)
    shows = 1.0 - no_show.probability(np.arange(size))
    return requests * float(states @ shows)


def best_panel(
    requests_per_person: float, no_show: NoShow, backlog: Callable[[float, int], Array]
) -> float:
    """Return the panel size with the largest throughput (Liu and Ziya 2014)."""

    def lost(panel: float) -> float:
        return -throughput(panel * requests_per_person, no_show, backlog, size=6_000)

    most = no_show.slots / requests_per_person
    found = minimize_scalar(
        lost, bounds=(0.8 * most, 0.999 * most), method="bounded", options={"xatol": 1e-5}
    )
    return float(found.x)


def rejoining_exponential(requests: float, no_show: NoShow, rejoin: float, most: int) -> Array:
    """Return the queue length of M/M/1/``most`` in which no-shows rejoin (Green, Savin 2008)."""
    backlog = np.arange(most + 1)
    leaving = no_show.slots * (1.0 - rejoin * no_show.probability(backlog))
    logs = np.concatenate(([0.0], np.cumsum(np.log(requests / leaving[1:]))))
    weights = np.exp(logs - logs.max())
    shares: Array = weights / weights.sum()
    return shares


def rejoining_constant(requests: float, no_show: NoShow, rejoin: float, most: int) -> Array:
    """Return the queue length of M/D/1/``most`` after services, no-shows rejoining."""
    load = requests / no_show.slots
    arrivals = poisson.pmf(np.arange(most + 1), load)
    moves = np.zeros((most + 1, most + 1))
    chances = rejoin * no_show.probability(np.arange(most + 1))
    for state in range(most + 1):
        served = max(state, 1)
        # Those who find ``most`` customers, the one in service included, are turned away.
        room = most - served
        joined = np.append(arrivals[:room], poisson.sf(room - 1, load))
        for back, chance in ((0, 1.0 - chances[served]), (1, chances[served])):
            moves[state, served - 1 + back : most + back] += chance * joined
    system = moves.T - np.eye(most + 1)
    system[-1] = 1.0
    one = np.zeros(most + 1)
    one[-1] = 1.0
    return np.asarray(np.linalg.solve(system, one), dtype=np.float64)


def bistable_range(slots: float, no_show: NoShow, rejoin: float) -> tuple[float, float]:
    """Return the requests a day between which both a short and a long book sustain themselves.

    Fluid: effective demand is ``λ / (1 - r γ)`` at no-show probability γ.
    """
    return slots * (1.0 - rejoin * no_show.most), slots * (1.0 - rejoin * no_show.least)
