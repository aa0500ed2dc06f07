"""Problems over months that are small enough to be enumerated."""

from __future__ import annotations

import numpy as np

from planner.model.capacity.problem import Limits, MonthsProblem, People, Prices


def miniature(
    seed: int, shape: tuple[int, int, int], limits: Limits, most_hires: int = 2
) -> MonthsProblem:
    """Return a made-up problem of (scenarios, groups, months); its numbers follow from ``seed``."""
    scenarios, groups, months = shape
    index = np.arange(scenarios * groups * months).reshape(shape)
    wave = ((index * 7919 + seed * 104729) % 101) / 101.0
    size = 4.0 + np.arange(groups)
    asked = 100.0 * size[None, :, None] * (0.95 + 0.2 * wave)
    rate = 100.0 * (0.85 + 0.15 * (((index * 3571 + seed * 7) % 89) / 89.0))
    days = np.full(months, 30.0)
    alive = 0.97 ** np.arange(months)
    people = People(
        initial_heads=np.outer(size, alive),
        initial_posts=0.95 * np.outer(size, alive),
        attrition=0.03,
        start_lead=1,
        ramp=(0.5,),
        most_hires=most_hires,
    )
    return MonthsProblem(
        groups=tuple(f"g{group}" for group in range(groups)),
        asked=asked,
        rate=rate,
        wished=asked * 3.0 / days,
        book=asked[0, :, 0] * 10.0 / 30.0,
        days=days,
        people=people,
        prices=Prices(post=1000.0, hire=700.0, overtime=1500.0, lent=100.0),
        limits=limits,
    )
