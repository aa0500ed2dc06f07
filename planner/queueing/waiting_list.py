"""Arithmetic of waiting lists (Fong et al. 2022, doi 10.1101/2022.08.23.22279117).

Demand and capacity in people a week, times in weeks.
"""

from __future__ import annotations


def load(demand: float, capacity: float) -> float:
    """Return demand over capacity; a list with a load of 1 or more grows without end."""
    return demand / capacity


def target_mean_wait(target: float, factor: float = 4.0) -> float:
    """Return the mean wait at which few wait beyond ``target`` (factor 4: 1.8 %)."""
    # Exponential waits: P(W > target) = exp(-factor); Fong et al. 2022, §3.
    return target / factor


def target_queue_size(demand: float, target: float, factor: float = 4.0) -> float:
    """Return the list size that belongs to the target mean wait (Little 1961)."""
    return demand * target_mean_wait(target, factor)


def queue_ratio(queue: float, target_queue: float) -> float:
    """Return how many times too long a list is."""
    return queue / target_queue


def relief_capacity(demand: float, queue: float, target_queue: float, weeks: float) -> float:
    """Return the capacity that brings a list down to its target size in ``weeks``."""
    return demand + (queue - target_queue) / weeks


def target_capacity(
    demand: float, target: float, factor: float = 1.0, cv: tuple[float, float] = (1.0, 1.0)
) -> float:
    """Return the capacity that holds the target in the long run.

    Parameters
    ----------
    cv : (float, float)
        Coefficients of variation of demand and of capacity.
    """
    # Heavy traffic: capacity = demand + (cv_d² + cv_c²) / 2 · F / target; Fong et al. 2022, §3.
    return demand + (cv[0] ** 2 + cv[1] ** 2) / 2.0 * factor / target


def pressure(mean_wait: float, target: float) -> float:
    """Return the pressure on a list: twice the mean wait over the target."""
    return 2.0 * mean_wait / target
