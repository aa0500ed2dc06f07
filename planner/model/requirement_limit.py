"""No more desks than a location has: skills share them in proportion to what each can spare."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


def fit_to_desks(
    desks: NDArray[np.int64], loads: NDArray[np.float64], most: int
) -> NDArray[np.int64]:
    """Return desks with at most ``most`` in every slot over all skills.

    Where a slot asks for more, desks are taken one by one from the skill with the largest surplus
    over its offered load, so that work is kept moving for every skill for as long as possible.

    Parameters
    ----------
    desks : int64 array (days, skills, slots)
        Desks asked for.
    loads : float64 array (days, skills, slots)
        Offered load [erlang].
    most : int
        Desks of the location.
    """
    fitted = desks.copy()
    for day, slot in np.argwhere(desks.sum(axis=1) > most):
        fitted[day, :, slot] = _fit(desks[day, :, slot], loads[day, :, slot], most)
    return fitted


def _fit(desks: NDArray[np.int64], loads: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    kept = desks.copy()
    while kept.sum() > most:
        pairs = zip(kept.tolist(), loads.tolist(), strict=True)
        surplus = [_spare(count, load) for count, load in pairs]
        kept[int(np.argmax(surplus))] -= 1
    return kept


def _spare(count: int, load: float) -> float:
    """How readily a skill gives up a desk: its surplus, the last desk only after all others."""
    if count == 0:
        return -math.inf
    return count - load if count > 1 else -1e6 - load
