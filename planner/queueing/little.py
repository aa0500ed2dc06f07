"""Little's law ``L = λ W``, to be met by every measured queue (Little 1961, Oper. Res. 9)."""

from __future__ import annotations


def queue_from_wait(arrivals_per_minute: float, wait_mean: float) -> float:
    """Return the mean number waiting from arrival rate [1/min] and mean wait [min]."""
    return arrivals_per_minute * wait_mean


def wait_from_queue(arrivals_per_minute: float, queue_mean: float) -> float:
    """Return the mean wait [min] from arrival rate [1/min] and mean number waiting."""
    return queue_mean / arrivals_per_minute
