"""Laws of queues as property tests: for whatever queue hypothesis thinks of, not for one seed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.queueing.erlang import CounterQueue
from planner.queueing.little import queue_from_wait
from planner.sim.engine import CLASS_SHIFT, Clerks, House, Outcomes, Queue, get_engine
from planner.units import MS_PER_MINUTE
from tests.engines.ciw_oracle import Constant, constant_location
from tests.theory_sim.queues import Markov, play, waits

ENGINE = get_engine("compiled")
CUSTOMERS = 400
Location = tuple[Queue, Clerks, House]


@st.composite
def locations(
    draw: st.DrawFn, patient: bool = True, classes: bool = False, equal_work: bool = False
) -> Location:
    """Draw a location with constant staff: one to six clerks, half empty to overloaded."""
    case = Constant(
        clerks=draw(st.integers(1, 6)),
        occupancy=draw(st.floats(0.5, 1.3)),
        first_class=draw(st.floats(0.1, 0.9)) if classes else 0.0,
        patience_minutes=None if patient else draw(st.floats(2.0, 40.0)),
    )
    queue, clerks, house = constant_location(case, CUSTOMERS, draw(st.integers(0, 10_000)))
    grid = draw(st.sampled_from([1, MS_PER_MINUTE]))
    arrival = queue.arrival // grid * grid
    queue = queue._replace(arrival=arrival, rank=queue.rank - queue.arrival + arrival)
    if equal_work:
        queue = queue._replace(work=np.full_like(queue.work, 10 * MS_PER_MINUTE))
    return queue, clerks, house


def one_more(location: Location) -> Outcomes:
    """Play the same customers with one clerk and one desk more."""
    queue, clerks, house = location
    again = Clerks(
        first=np.append(clerks.first, clerks.first[-1] + 1).astype(np.int32),
        **{
            name: np.append(getattr(clerks, name), getattr(clerks, name)[-1])
            for name in Clerks._fields[1:]
        },
    )
    return ENGINE.run(queue, again, house._replace(desks=house.desks + 1))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(location=locations())
def test_one_clerk_more_delays_nobody(location: Location) -> None:
    """First come first served, nobody leaves: the bound is 0 ms for every single customer."""
    before, after = ENGINE.run(*location), one_more(location)
    assert (after.call <= before.call).all()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(location=locations(classes=True, equal_work=True))
def test_one_clerk_more_delays_nobody_by_more_than_one_service(location: Location) -> None:
    """Two classes: who is called earlier may be at a desk when the first class comes.

    With equal work content the bound is one service.
    """
    before, after = ENGINE.run(*location), one_more(location)
    assert (after.call - before.call).max() <= 10 * MS_PER_MINUTE
    assert after.call.sum() <= before.call.sum()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(location=locations(patient=False, classes=True))
def test_littles_law_is_an_identity(location: Location) -> None:
    """The mean number waiting, from its path, is arrival rate times mean wait (Little 1961)."""
    queue, out = location[0], ENGINE.run(*location)
    end = np.where(out.call < 0, out.finish, out.call)
    instants = np.concatenate((queue.arrival, end))
    steps = np.concatenate((np.ones(len(end)), -np.ones(len(end))))
    order = np.lexsort((-steps, instants))
    number, gaps = np.cumsum(steps[order])[:-1], np.diff(instants[order])
    span = float(instants.max() - instants.min())
    mean_wait = float((end - queue.arrival).mean())
    path = float((number * gaps).sum()) / span
    assert number.min(initial=0) >= 0
    assert path == pytest.approx(queue_from_wait(len(end) / span, mean_wait), rel=1e-12)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(location=locations(patient=False, classes=True))
def test_work_is_conserved(location: Location) -> None:
    """Nobody waits beside an idle clerk; the time at desks is the work of those served."""
    queue, clerks, _ = location
    out = ENGINE.run(*location)
    served = out.call >= 0
    at_desks = (out.finish - out.call)[served].sum()
    assert at_desks == queue.work[served].astype(np.int64).sum()
    calls, ends = np.sort(out.call[served]), np.sort(out.finish[served])
    left = np.where(served, out.call, out.finish)
    for row in np.flatnonzero(left > queue.arrival):
        middle = (queue.arrival[row] + left[row]) // 2
        busy = np.searchsorted(calls, middle, "right") - np.searchsorted(ends, middle, "right")
        assert busy == len(clerks.speed)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(location=locations(patient=False, classes=True))
def test_relabelling_changes_nothing(location: Location) -> None:
    """Classes numbered otherwise in the same order, and customers who come at once renumbered.

    Who comes at the same instant with the same class keeps the order of rows (L3), so rows are
    permuted within an instant and class together with what they bring.
    """
    queue, clerks, house = location
    out = ENGINE.run(*location)
    shifted = ENGINE.run(queue._replace(rank=queue.rank + (3 << CLASS_SHIFT)), clerks, house)
    for one, other in zip(out, shifted, strict=True):
        np.testing.assert_array_equal(one, other)
    first = (queue.rank - queue.arrival).argsort(kind="stable")
    order = first[queue.arrival[first].argsort(kind="stable")]
    renumbered = queue._replace(**{name: getattr(queue, name)[order] for name in Queue._fields})
    again = ENGINE.run(renumbered, clerks, house)
    for name in ("call", "finish", "fate"):
        np.testing.assert_array_equal(getattr(again, name), getattr(out, name)[order])


@pytest.mark.parametrize("occupancy", [0.8, 0.9])
@pytest.mark.parametrize("servers", [1, 2, 4])
def test_twice_the_customers_and_twice_the_clerks_wait_less(servers: int, occupancy: float) -> None:
    """Economies of scale in every one of six runs, and in Erlang C; so is P(W > 10 min)."""
    found = []
    for count in (servers, 2 * servers):
        model = Markov(per_hour=count * occupancy * 6, minutes=10, servers=count)
        runs = [waits(*play(model, 30_000, seed)) for seed in range(6)]
        exact = CounterQueue(count, model.load, 10)
        found.append(
            (
                [float(wait.mean()) for wait in runs],
                [float((wait > 10).mean()) for wait in runs],
                (exact.wait_mean, exact.late_share(10)),
            )
        )
    small, large = found
    assert max(large[0]) < min(small[0])
    assert max(large[1]) < min(small[1])
    assert large[2] < small[2]
