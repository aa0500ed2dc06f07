"""Laws that every run must keep, on random locations with everything on.

The laws of queues with constant staff are in ``test_property_laws``.
"""

from __future__ import annotations

import numpy as np
import pytest

from planner.sim.engine import Fate, Outcomes, get_engine
from planner.units import MS_PER_DAY, MS_PER_MINUTE
from tests.engines.random_locations import Shape, random_location

ENGINE = get_engine("compiled")
SEEDS = range(40)


def served(outcomes: Outcomes) -> np.ndarray:
    """Return the rows of those served."""
    return np.flatnonzero(outcomes.fate == Fate.SERVED)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clerk_serves_one_customer_at_a_time_and_holds_the_skill(seed: int) -> None:
    """Services of a clerk follow each other; desks are never exceeded; time at the desk is L15."""
    queue, clerks, house = random_location(seed, Shape(grid=MS_PER_MINUTE))
    out = ENGINE.run(queue, clerks, house)
    rows = served(out)
    order = rows[np.lexsort((out.call[rows], out.clerk[rows]))]
    same = out.clerk[order][1:] == out.clerk[order][:-1]
    assert (out.call[order][1:] >= out.finish[order][:-1])[same].all()
    speed = clerks.speed[out.clerk[rows]]
    expected = np.maximum(1, queue.work[rows].astype(np.int64) * 1000 // speed)
    np.testing.assert_array_equal(out.finish[rows] - out.call[rows], expected)
    held = [
        np.bitwise_or.reduce(clerks.mask[clerks.first[c] : clerks.first[c + 1]])
        for c in out.clerk[rows]
    ]
    assert ((np.array(held, dtype=np.int64) >> queue.skill[rows]) & 1).all()
    assert busy_at(out, out.call[rows]).max(initial=0) <= house.desks.max()


def busy_at(outcomes: Outcomes, instants: np.ndarray) -> np.ndarray:
    """Return how many are being served just after each instant."""
    rows = served(outcomes)
    calls, ends = np.sort(outcomes.call[rows]), np.sort(outcomes.finish[rows])
    return np.searchsorted(calls, instants, "right") - np.searchsorted(ends, instants, "right")


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_has_one_end_in_time(seed: int) -> None:
    """Conservation: each customer has a fate, patience is kept, nobody is called too early."""
    queue, clerks, house = random_location(seed, Shape())
    out = ENGINE.run(queue, clerks, house)
    assert (out.tries >= 1).all()
    assert (out.tries <= queue.tries + 1).all()
    assert (out.last >= queue.arrival).all()
    assert (out.finish >= out.last).all()
    rows = served(out)
    last_patience = queue.patience[rows, out.tries[rows] - 1]
    assert (out.call[rows] - out.last[rows] <= last_patience).all()
    left = np.flatnonzero(out.fate == Fate.ABANDONED)
    exactly = queue.patience[left, out.tries[left] - 1]
    np.testing.assert_array_equal(out.finish[left] - out.last[left], exactly)
    assert (out.clerk[out.fate != Fate.SERVED] == -1).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_later_day_and_other_names_change_nothing(seed: int) -> None:
    """Shifted by 50 days everything is shifted; skills numbered otherwise give the same rows."""
    queue, clerks, house = random_location(seed, Shape(grid=MS_PER_MINUTE))
    out = ENGINE.run(queue, clerks, house)
    late = 50 * MS_PER_DAY
    shifted = ENGINE.run(
        queue._replace(arrival=queue.arrival + late, rank=queue.rank + late),
        clerks._replace(start=clerks.start + late, end=clerks.end + late),
        house._replace(
            opening=house.opening + late,
            closing=house.closing + late,
            desks_from=house.desks_from + late,
        ),
    )
    np.testing.assert_array_equal(shifted.finish, out.finish + late)
    np.testing.assert_array_equal(shifted.clerk, out.clerk)
    swapped = ENGINE.run(
        queue._replace(skill=(2 - queue.skill).astype(np.int8)),
        clerks._replace(mask=_mirrored(clerks.mask)),
        house._replace(remaining=_mirrored(house.remaining)),
    )
    for one, other in zip(out, swapped, strict=True):
        np.testing.assert_array_equal(one, other)


def _mirrored(mask: np.ndarray) -> np.ndarray:
    """Return masks of three skills with skills 0 and 2 exchanged."""
    return (mask & 2) | ((mask & 1) << 2) | ((mask >> 2) & 1)
