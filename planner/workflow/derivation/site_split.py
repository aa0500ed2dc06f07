"""First-choice locations by district of residence, fitted to both published margins.

A matrix of distance decay (district × site) is scaled by iterative proportional fitting until the
rows give every district's share of the demand and the columns every site's share of the volume
(Deming and Stephan 1940, Annals of Mathematical Statistics 11, 427-444).  No randomness.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0
ROUNDS = 2_000


@dataclass(frozen=True, slots=True)
class Travel:
    """Door-to-door travel: speed [km/h], detour over the crow's way, fixed time [min]."""

    kilometres_per_hour: float
    detour_factor: float
    fixed_minutes: float

    def minutes(self, start: tuple[float, float], end: tuple[float, float]) -> float:
        """Return the travel time between two points given as (latitude, longitude) [min]."""
        kilometres = great_circle_km(start, end) * self.detour_factor
        return self.fixed_minutes + kilometres / self.kilometres_per_hour * 60


def great_circle_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance of two points on the sphere [km] (haversine formula)."""
    lat_1, lon_1, lat_2, lon_2 = map(radians, (*start, *end))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def distance_decay(
    minutes: NDArray[np.float64], decay_minutes: float, commuters: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the unscaled attraction of sites (columns) on districts (rows).

    Parameters
    ----------
    minutes : float64 array (districts, sites)
        Travel times [min].
    decay_minutes : float
        Extra travel after which the attraction falls to 1/e [min].
    commuters : float64 array (sites,)
        Share of a site's visitors who come on their way to work, from everywhere alike.
    """
    decay = np.exp(-minutes / decay_minutes)
    alike = decay.mean(axis=0)
    attraction: NDArray[np.float64] = (1 - commuters) * decay + commuters * alike
    return attraction


def fit_to_margins(
    seed: NDArray[np.float64], rows: NDArray[np.float64], columns: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Scale a positive matrix until its margins are ``rows`` and ``columns`` (sums equal).

    Returns
    -------
    float64 array (districts, sites)
        Column sums exact, row sums by convergence.
    """
    fitted = seed.copy()
    for _ in range(ROUNDS):
        fitted *= (rows / fitted.sum(axis=1))[:, None]
        fitted *= columns / fitted.sum(axis=0)
    return fitted


def rounded_shares(shares: NDArray[np.float64], digits: int = 5) -> list[float]:
    """Return the shares over their sum, rounded so that they sum to 1 exactly in decimals."""
    unit = 10**digits
    exact = shares / shares.sum() * unit
    whole = np.floor(exact).astype(np.int64)
    largest = np.argsort(-(exact - whole), kind="stable")
    whole[largest[: unit - int(whole.sum())]] += 1
    return [round(int(count) / unit, digits) for count in whole]
