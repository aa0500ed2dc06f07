"""Square-root staffing: ``c = m + β √(z m)`` and what a β means for the customers."""

from __future__ import annotations

import math

from scipy.stats import norm, poisson


def square_root_servers(load: float, beta: float, peakedness: float = 1.0) -> int:
    """Return ``⌈m + β √(z m)⌉`` (He, Liu, Whitt 2016, PEIS 30, 593-621, for z ≠ 1).

    ``load`` in erlang; ``peakedness`` is 1 for Poisson arrivals.
    """
    return math.ceil(load + beta * math.sqrt(peakedness * load))


def halfin_whitt_delay(beta: float) -> float:
    """Return the limiting probability of waiting without abandonment, ``β > 0``."""
    # 1 / (1 + β Φ(β) / φ(β)); Halfin and Whitt 1981, Oper. Res. 29, 567-588, eq. 2.3.
    return 1.0 / (1.0 + beta * float(norm.cdf(beta)) / float(norm.pdf(beta)))


def equal_rates_delay(beta: float) -> float:
    """Return the limiting probability of waiting when patience and service rates are equal."""
    # N is that of an infinite-server queue: 1 - Φ(β) (Feldman et al. 2008, §4).
    return float(norm.sf(beta))


def infinite_server_staffing(load: float, delay_target: float) -> int:
    """Return ``min{c : P(N >= c) <= delay_target}`` for N Poisson with mean ``load``.

    The fixed point of iterative staffing (ISA) when patience and service rates are equal, exact
    for every staffing (Feldman, Mandelbaum, Massey, Whitt 2008, Management Sci. 54, 324-338).
    """
    return int(poisson.isf(delay_target, load)) + 1
