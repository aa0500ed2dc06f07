"""Ciw models nearest to the three cases: one network a location.

The queue is the same model.  Ciw knows no skills and no breaks of single clerks, so in the city
week everybody can serve everybody and the number of clerks follows the roster; and its ``Schedule``
replaces all servers at every change while busy ones finish beside the new ones, also in the day.
So these two have other rules than ours: peers for speed, not for rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ciw
import numpy as np

from planner.sim.engine import CLASS_SHIFT, ENDLESS, Clerks, House, Queue
from planner.units import MS_PER_DAY, MS_PER_MINUTE

#: After the last change: nobody is left by then.
TAIL = 2 * MS_PER_DAY


class _Column(ciw.dists.Distribution):  # type: ignore[misc]
    """Looks up a column [min] of the customer, who is known by the number of arrival."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = (values / MS_PER_MINUTE).tolist()

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        """Return the customer's value."""
        return float(self.values[ind.id_number - 1])


def model_of(case: str) -> Callable[..., int]:
    """Return the model of the case: location in, customers done with out."""
    return _play_queue if case == "queue" else _play_classes


def _play_queue(queue: Queue, clerks: Clerks, _house: House) -> int:
    network = ciw.create_network(
        arrival_distributions=[_gaps(queue.arrival)],
        service_distributions=[_Column(queue.work)],
        number_of_servers=[len(clerks.speed)],
    )
    return _run(network, int(queue.arrival[-1]))


def _play_classes(queue: Queue, clerks: Clerks, house: House) -> int:
    classes = np.minimum(queue.rank >> CLASS_SHIFT, 1)
    names = ("first", "second")
    patience = np.minimum(queue.patience[:, 0], ENDLESS)
    network = ciw.create_network(
        arrival_distributions={
            name: [_gaps(queue.arrival[classes == code])] for code, name in enumerate(names)
        },
        service_distributions={name: [_Column(queue.work)] for name in names},
        reneging_time_distributions={name: [_Column(patience)] for name in names},
        number_of_servers=[_schedule(clerks, house)],
        priority_classes={"first": 0, "second": 1},
    )
    return _run(network, int(house.closing[-1]))


def _gaps(arrival: np.ndarray) -> Any:
    gaps = np.diff(arrival, prepend=0) / MS_PER_MINUTE
    return ciw.dists.Sequential([*gaps.tolist(), float("inf")])


def _schedule(clerks: Clerks, house: House) -> Any:
    """Return the clerks on duty, at most as many as there are desks, by time."""
    steps = np.unique(np.concatenate((clerks.start, clerks.end, house.desks_from.clip(0))))
    steps = steps[steps >= 0]
    counts = [
        min(
            int(((clerks.start <= step) & (step < clerks.end)).sum()),
            int(house.desks[max(np.searchsorted(house.desks_from, step, side="right") - 1, 0)]),
        )
        for step in steps.tolist()
    ]
    if steps[0] > 0:
        steps, counts = np.concatenate(([0], steps)), [0, *counts]
    ends = [*steps[1:].tolist(), int(steps[-1]) + TAIL]
    return ciw.Schedule(
        numbers_of_servers=counts, shift_end_dates=[end / MS_PER_MINUTE for end in ends]
    )


def _run(network: Any, last: int) -> int:
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time((last + TAIL // 2) / MS_PER_MINUTE)
    return len(simulation.nodes[-1].all_individuals)
