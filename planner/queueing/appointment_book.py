"""The appointment book of one site as a queue in days: backlog, lead time, relaxation.

Requests of a day are Poisson; a day has ``slots`` slots; everybody takes the earliest free slot
from the next working day on.  Overnight backlog Y of booked slots: ``Y' = max(Y + A - slots, 0)``,
a queue with bulk service (Lindley 1952; Izady 2015, Oper. Res. 63, 916-930 sizes clinics with it).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import poisson

Array = NDArray[np.float64]
_TAIL = 1e-14


@dataclass(frozen=True)
class SteadyBook:
    """The book of a site in the long run; needs ``requests < slots``.

    Attributes
    ----------
    slots : int
        Slots a day.
    requests : float
        Expected requests a day.

    Raises
    ------
    ValueError
        When the requests reach the slots: the backlog grows without end.
    """

    slots: int
    requests: float

    def __post_init__(self) -> None:
        if self.requests >= self.slots:
            raise ValueError(f"{self.requests} requests a day need more than {self.slots} slots")

    @cached_property
    def backlog(self) -> Array:
        """Distribution of the overnight backlog; float64 (states,)."""
        size = self._states()
        chances = poisson.pmf(np.arange(size + self.slots), self.requests)
        shift = np.arange(size)[None, :] - np.arange(size)[:, None] + self.slots
        moves = np.where(shift >= 0, chances[np.maximum(shift, 0)], 0.0)
        moves[:, 0] = poisson.cdf(self.slots - np.arange(size), self.requests)
        moves[:, -1] += 1.0 - moves.sum(axis=1)
        system = moves.T - np.eye(size)
        system[-1] = 1.0
        one = np.zeros(size)
        one[-1] = 1.0
        shares: Array = np.clip(np.linalg.solve(system, one), 0.0, None)
        return shares

    @property
    def empty_probability(self) -> float:
        """Probability of an empty book overnight."""
        return float(self.backlog[0])

    @property
    def backlog_mean(self) -> float:
        """Mean booked slots overnight."""
        return float(self.backlog @ np.arange(len(self.backlog)))

    @property
    def lead_mean(self) -> float:
        """Mean lead over requests [working days]; the earliest slot is a lead of 1."""
        total, days = 0.0, 0
        while (beyond := 1.0 - self.share_within(days)) > 1e-12:
            total += beyond
            days += 1
        return total

    def share_within(self, days: int) -> float:
        """Return the share of requests with a lead of at most ``days`` working days."""
        room = np.maximum(days * self.slots - np.arange(len(self.backlog)), 0)
        # Of A requests, the first min(A, room) fit; E[min(A, n)] = sum over m < n of P(A > m).
        beyond = poisson.sf(np.arange(int(room.max()) + 1), self.requests)
        fitting = np.concatenate(([0.0], np.cumsum(beyond)))[room]
        return float(self.backlog @ fitting) / self.requests

    def lead_quantile(self, share: float) -> int:
        """Return the lead that ``share`` of the requests do not exceed [working days]."""
        days = 1
        while self.share_within(days) < share:
            days += 1
        return days

    @property
    def third_next_mean(self) -> float:
        """Mean days to the third next free slot at the start of a day [working days]."""
        ahead = np.arange(len(self.backlog)) + 3
        return float(self.backlog @ np.ceil(ahead / self.slots))

    def _states(self) -> int:
        """States beyond which the tail exp(-θ y) is negligible (Kingman's exponent)."""

        def excess(theta: float) -> float:
            # E[exp(θ (A - slots))] = 1; Kingman 1964, for Poisson A.
            return self.requests * math.expm1(theta) - theta * self.slots

        high = 1.0
        while excess(high) < 0:
            high *= 2.0
        low = high
        while excess(low) >= 0:
            low /= 2.0
        theta = float(brentq(excess, low, high))
        return int(-math.log(_TAIL) / theta) + 2 * self.slots


def relaxation_days(slots: int, requests: float) -> float:
    """Return the days after which a book forgets its start, about ``λ / (c - λ)²``.

    Heavy-traffic limit by reflected Brownian motion; Abate and Whitt 1987, Queueing Systems 2.
    """
    return requests / (slots - requests) ** 2


def clearing_days(backlog: float, slots: float, requests: float) -> float:
    """Return the days a backlog takes to clear in the fluid limit; infinite without surplus."""
    return backlog / (slots - requests) if slots > requests else math.inf


def slots_to_clear(backlog: float, requests: float, days: float, lead: float) -> float:
    """Return the slots a day with which a request waits ``lead`` days after ``days`` days.

    Fluid limit: the backlog is then ``backlog + (requests - slots) days``, which the slots serve
    within ``lead`` days if ``slots >= (backlog + requests days) / (days + lead)``.
    """
    return (backlog + requests * days) / (days + lead)


def backlog_after(backlog: int, slots: int, requests: float, days: int) -> Array:
    """Return the distribution of the overnight backlog ``days`` working days after a backlog."""
    most = int(poisson.isf(_TAIL, max(requests, 1e-12))) + 1
    chances = poisson.pmf(np.arange(most + 1), requests)
    state = np.zeros(backlog + 1)
    state[backlog] = 1.0
    for _ in range(days):
        joined = np.convolve(state, chances)
        state = np.concatenate(([joined[: slots + 1].sum()], joined[slots + 1 :]))
        state = state[: int(np.flatnonzero(state > 1e-300).max()) + 1]
    return state


def surplus_for_share(days: float, share: float) -> float:
    """Return the slots a day beyond the requests so that ``share`` of them wait at most ``days``.

    Heavy traffic: P(Y > y) = exp(-2 (c - λ) y / λ) with y = ``days`` c (Kingman 1962).
    """
    return math.log(1.0 / (1.0 - share)) / (2.0 * days)


def surplus_for_mean(days: float) -> float:
    """Return the slots a day beyond the requests for a mean lead of ``days`` > 1 working days.

    Heavy traffic: E[Y] = λ / (2 (c - λ)), and a lead of 1 + Y / c.
    """
    return 1.0 / (2.0 * (days - 1.0))


def slots_for_lead(requests: float, days: int, share: float) -> int:
    """Return the fewest slots a day such that ``share`` of requests wait at most ``days``.

    Parameters
    ----------
    requests : float
        Expected requests a day.
    days : int
        Working days, at least 1.
    """
    slots = int(requests) + 1
    while SteadyBook(slots, requests).share_within(days) < share:
        slots += 1
    return slots
