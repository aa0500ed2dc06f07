"""Offered load that follows a changing arrival rate: busy counters if there were ever enough.

``m(t) = E[∫ λ(u) 1{t - S < u <= t} du]`` (Eick, Massey, Whitt 1993, Oper. Res. 41, 731-742);
fed to Erlang's formulas it is the modified offered load (Jennings, Mandelbaum, Massey, Whitt
1996, Management Sci. 42, 1383-1394).  An office opens empty: ``m(0) = 0``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def load_at_ends(
    rates: Array, period_minutes: float, service_minutes: float, start: float = 0.0
) -> Array:
    """Return the load at the ends of the periods, exponential service.

    Parameters
    ----------
    rates : float64 array (periods,)
        Arrival rate in each period, constant within it [1/min].
    period_minutes, service_minutes : float
        Length of a period and mean service time [min].
    start : float
        Load at the beginning of the first period [erlang].

    Returns
    -------
    float64 array (periods,)
        Load at the end of each period [erlang].
    """
    decay = math.exp(-period_minutes / service_minutes)
    ends = np.empty(len(rates))
    load = start
    for index, rate in enumerate(rates):
        # dm/dt = λ - m / S (Jennings et al. 1996, eq. 8), solved over a constant rate.
        load = rate * service_minutes + (load - rate * service_minutes) * decay
        ends[index] = load
    return ends


def load_means(
    rates: Array, period_minutes: float, service_minutes: float, start: float = 0.0
) -> Array:
    """Return the mean load within each period [erlang]; parameters as in `load_at_ends`."""
    ends = load_at_ends(rates, period_minutes, service_minutes, start)
    begins = np.concatenate(([start], ends[:-1]))
    # Integrate dm/dt = λ - m / S over the period: h mean(m) / S = λ h - (m(h) - m(0)).
    return rates * service_minutes - (ends - begins) * service_minutes / period_minutes


def load_maxima(
    rates: Array, period_minutes: float, service_minutes: float, start: float = 0.0
) -> Array:
    """Return the largest load within each period [erlang]; the load is monotone in a period."""
    ends = load_at_ends(rates, period_minutes, service_minutes, start)
    return np.maximum(np.concatenate(([start], ends[:-1])), ends)


@dataclass(frozen=True, slots=True)
class SinusoidalLoad:
    """Load of ``λ(t) = mean + amplitude sin(γ t)``: mean, amplitude and lag of its own sinusoid."""

    mean: float
    amplitude: float
    lag: float


def sinusoid_exponential(
    mean_rate: float, amplitude: float, frequency: float, service_rate: float
) -> SinusoidalLoad:
    """Return the load under exponential service (Eick, Massey, Whitt 1993b, Management Sci. 39).

    ``frequency`` is in radians per unit of time, ``service_rate`` in 1 per unit of time.
    """
    return SinusoidalLoad(
        mean_rate / service_rate,
        amplitude / math.hypot(service_rate, frequency),
        math.atan(frequency / service_rate) / frequency,
    )


def sinusoid_deterministic(
    mean_rate: float, amplitude: float, frequency: float, service_rate: float
) -> SinusoidalLoad:
    """Return the load under constant service times (Eick, Massey, Whitt 1993b)."""
    service = 1.0 / service_rate
    swing = 2.0 * amplitude / frequency * abs(math.sin(frequency * service / 2.0))
    return SinusoidalLoad(mean_rate * service, swing, service / 2.0)
