"""Overbooking: what becomes of ``booked`` appointments when everybody comes with a probability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import binom


@dataclass(frozen=True, slots=True)
class Overbooking:
    """A block of ``slots`` slots for which ``booked`` customers are booked.

    Shows are binomial: customers come independently of each other with ``show_probability``.
    """

    slots: int
    booked: int
    show_probability: float

    @property
    def shows_mean(self) -> float:
        """Expected number of customers who come."""
        return self.booked * self.show_probability

    @property
    def overflow_probability(self) -> float:
        """Probability that more come than there are slots."""
        return float(binom.sf(self.slots, self.booked, self.show_probability))

    @property
    def overflow_mean(self) -> float:
        """Expected number of customers beyond the slots."""
        shows = np.arange(self.booked + 1)
        chances = binom.pmf(shows, self.booked, self.show_probability)
        return float(chances @ np.maximum(shows - self.slots, 0))

    @property
    def empty_mean(self) -> float:
        """Expected number of empty slots."""
        # E[(c - X)^+] = c - E[X] + E[(X - c)^+].
        return self.slots - self.shows_mean + self.overflow_mean


def most_bookings(slots: int, show_probability: float, overflow_limit: float) -> int:
    """Return the most bookings whose expected overflow is at most ``overflow_limit``."""
    booked = slots
    while Overbooking(slots, booked + 1, show_probability).overflow_mean <= overflow_limit:
        booked += 1
    return booked
