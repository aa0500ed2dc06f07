"""Work content and patience by inversion: one uniform number a customer, whatever the family."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtri

from planner.domain.service import ServiceTime, TimeFamily
from planner.sim.engine import ENDLESS
from planner.units import MS_PER_MINUTE


def draw_work(time: ServiceTime, uniform: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the work contents [ms] at the quantiles ``uniform``, at least one millisecond.

    Notes
    -----
    Gamma with shape 1/cv²; lognormal with sigma² = ln(1 + cv²) and mu = ln(mean) - sigma²/2
    (Law 2015, Simulation Modeling and Analysis, sec. 6.2.2).
    """
    minutes = _minutes(time, uniform)
    return np.clip(np.rint(minutes * MS_PER_MINUTE), 1, ENDLESS - 1).astype(np.int32)


def draw_patience(mean_minutes: float | None, uniform: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return exponential patience [ms]; ``ENDLESS`` for a mean of None."""
    if mean_minutes is None:
        return np.full(uniform.shape, ENDLESS, dtype=np.int32)
    minutes = -np.log1p(-uniform) * mean_minutes
    return np.clip(np.rint(minutes * MS_PER_MINUTE), 0, ENDLESS - 1).astype(np.int32)


def _minutes(time: ServiceTime, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    if time.family is TimeFamily.EXPONENTIAL:
        return -np.log1p(-uniform) * time.mean_minutes
    if time.squared_cv <= 0:
        return np.full(uniform.shape, time.mean_minutes)
    if time.family is TimeFamily.LOGNORMAL:
        variance = np.log1p(time.cv**2)
        normal = ndtri(np.maximum(uniform, np.finfo(np.float64).tiny))
        return np.asarray(time.mean_minutes * np.exp(np.sqrt(variance) * normal - variance / 2))
    shape = time.cv**-2
    return np.asarray(gammaincinv(shape, uniform) * time.mean_minutes / shape)
