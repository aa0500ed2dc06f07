"""Laws that every run must keep, whatever the numbers: as property tests on random locations."""

from __future__ import annotations

import numpy as np
import pytest

from planner.sim.engine import Clerks, Fate, Outcomes, Queue, get_engine
from planner.units import MS_PER_DAY, MS_PER_MINUTE
from tests.engines.random_locations import Shape, random_location
from tests.theory_sim.queues import Markov, play, waits

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


@pytest.mark.parametrize("servers", [1, 3, 10])
def test_work_is_conserved(servers: int) -> None:
    """Whenever somebody waits all clerks are busy (constant staff, one skill)."""
    queue, out = play(Markov(per_hour=servers * 5.7, minutes=10, servers=servers), 20_000, 5)
    waited = np.flatnonzero(out.call > queue.arrival)
    assert len(waited) > 1_000
    assert (busy_at(out, out.call[waited] - 1) == servers).all()
    assert (busy_at(out, queue.arrival[waited]) == servers).all()


def test_littles_law_holds_on_the_table() -> None:
    """The mean number waiting, from its path, is arrival rate times mean wait (Little 1961)."""
    queue, out = play(Markov(per_hour=27, minutes=10, servers=5, patience=15), 50_000, 1)
    end = np.where(out.call < 0, out.finish, out.call)
    instants = np.concatenate((queue.arrival, end))
    step = np.concatenate((np.ones(len(end)), -np.ones(len(end))))
    order = np.lexsort((-step, instants))
    number = np.cumsum(step[order])
    gaps = np.diff(instants[order])
    span = float(instants.max() - instants.min())
    mean_number = float((number[:-1] * gaps).sum()) / span
    rate = len(end) / span
    assert number.min() == 0
    assert mean_number == pytest.approx(rate * (end - queue.arrival).mean(), rel=1e-12)


@pytest.mark.parametrize("servers", [1, 2, 5])
def test_one_clerk_more_delays_nobody(servers: int) -> None:
    """Constant staff, first come first served, no patience: the bound is 0 ms for everybody."""
    few, more = (
        play(Markov(per_hour=servers * 5.5, minutes=10, servers=count), 20_000, 2)
        for count in (servers, servers + 1)
    )
    queue = few[0]._replace(arrival=more[0].arrival, rank=more[0].rank, work=more[0].work)
    again = rerun(queue, servers)
    assert (more[1].call <= again.call).all()
    assert (more[1].call < again.call).any()


def rerun(queue: Queue, servers: int) -> Outcomes:
    """Play the same customers with another number of clerks."""
    until = int(queue.arrival[-1]) + 30 * MS_PER_DAY
    span = np.full(servers, until, dtype=np.int64)
    clerks = Clerks(
        first=np.arange(servers + 1, dtype=np.int32),
        start=np.zeros_like(span),
        end=span,
        mask=np.ones_like(span),
        pause=np.zeros_like(span),
        stays=np.ones(servers, dtype=np.bool_),
        speed=np.full(servers, 1000, dtype=np.int32),
    )
    house = random_location(0, Shape(skills=1))[2]._replace(
        opening=np.array([0]),
        closing=np.array([until]),
        remaining=np.array([1]),
        desks=np.array([servers] * 3, dtype=np.int32),
        balk=-1,
    )
    return ENGINE.run(queue, clerks, house)


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


def test_twice_the_customers_and_twice_the_clerks_wait_less() -> None:
    """Economies of scale: M/M/4 at 0.9 waits less than M/M/2 at 0.9, far beyond the noise."""
    means = []
    for servers in (2, 4):
        model = Markov(per_hour=servers * 5.4, minutes=10, servers=servers)
        means.append([waits(*play(model, 50_000, seed)).mean() for seed in range(10)])
    assert max(means[1]) < min(means[0])
