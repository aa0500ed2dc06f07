"""Prices of the coupling rows: what a unit of cover is worth to everybody."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.model.roster.arrays import Floats, Week


class Prices(NamedTuple):
    """Lagrange multipliers: what a unit is worth.

    Attributes
    ----------
    served : float64 (K, D, C)
        Of a person serving a cover row, between minus ``over`` and ``short``.
    present : float64 (2, L, D, C)
        Of a person present, between 0 and the price of the family.
    desk : float64 (L, D, C)
        Rent of a desk, at least 0.
    back : float64 (L,)
        Of a back-office cell, between 0 and its price.
    """

    served: Floats
    present: Floats
    desk: Floats
    back: Floats


def dearest_prices(week: Week) -> Prices:
    """Return the highest price of everything: right wherever nobody can be."""
    places, grid = week.places, week.grid
    return Prices(
        np.broadcast_to(places.short[:, None, None], places.need.shape).copy(),
        np.broadcast_to(
            places.present_price[:, None, None, None], places.present_need.shape
        ).copy(),
        np.zeros((len(places.desks), grid.days, grid.cells)),
        np.full(len(places.desks), places.back_price),
    )


def no_prices(week: Week) -> Prices:
    """Return prices that are all zero."""
    prices = dearest_prices(week)
    for price in prices:
        price[...] = 0.0
    return prices


def copy_prices(source: Prices, target: Prices) -> None:
    """Make ``target`` equal to ``source``."""
    for one, other in zip(source, target, strict=True):
        other[...] = one
