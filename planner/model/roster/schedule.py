"""How hot and how stiff: from a soft city priced by the bound to the roster's own prices.

In a roster one person too few here and one too many there cost their full prices, so whoever moves
must climb over eleven points and more.  Priced by the bound's dual solution they cost next to
nothing at first: the price of a cell is the bound's, and changes by the *stiffness* for every
person missing, within the range from surplus to shortage (the Moreau envelope of the true price,
the same as in the proximal step of ``compiled_proximal``).  Stiffness rises to where only the
roster's own prices are left, heat falls: graduated non-convexity (Blake and Zisserman 1987) on top
of simulated annealing (Kirkpatrick et al. 1983).
"""

from __future__ import annotations

from dataclasses import dataclass

#: Stiffness at the start and at the end, as shares of the dearest price of a person missing.
SOFT, HARD = 0.03, 0.8
#: Temperature at the start and at the end, likewise.
HOT, COLD = 0.2, 0.008
#: Temperature at which nothing that costs is accepted, likewise.
FROZEN = 1e-7
#: Shares of the effort that are spent frozen at the roster's own prices: before, and after.
BEFORE, AFTER = 0.06, 0.06
#: Where in the schedule a search begins that goes on from a given roster.
GIVEN_FROM = 0.6


@dataclass(frozen=True, slots=True)
class Weather:
    """Softness [people per point] and temperature [points] of a stretch of search."""

    softness: float
    heat: float


def weather(share: float, scale: float, *, given: bool) -> Weather:
    """Return softness and temperature when ``share`` of the effort is spent.

    Parameters
    ----------
    scale : float
        Dearest price of a person missing in a cell [points].
    given : bool
        Whether the search goes on from a given roster, which a hot start would throw away.
    """
    if share < BEFORE or share >= 1 - AFTER or scale <= 0:
        return Weather(0.0, FROZEN * max(1.0, scale))
    begin = GIVEN_FROM if given else 0.0
    done = begin + (1 - begin) * (share - BEFORE) / (1 - AFTER - BEFORE)
    stiffness = scale * _between(SOFT, HARD, done)
    return Weather(1 / stiffness, scale * _between(HOT, COLD, done))


def _between(first: float, last: float, share: float) -> float:
    return float(first * (last / first) ** share)
