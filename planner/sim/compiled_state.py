"""The state of the compiled engine: where everybody is, in arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.sim.compiled_heap import Ints
from planner.sim.engine import NEVER, Clerks, House, Queue

OFF, IDLE, STAYING, BUSY = 0, 1, 2, 3
#: Positions in ``State.tally``.
NEXT, DOOR, SERVING, LEAVES, AGAIN, FRESH, STAYERS, DESK, WAITING = range(9)


class State(NamedTuple):
    """Where everybody is.  Heaps are arrays of (key, row) with the smallest first.

    Per clerk: ``piece`` (present or next), ``ready`` (end of the last break), ``status``, ``due``
    (next instant at which something happens to the clerk), ``customer``, ``mask`` and ``held``
    (number of skills) of the present piece.  Per skill: ``base`` and ``size`` of its heap in
    ``ranks``/``rows`` and the number ``waiting``; heaps keep those who left until they come up.
    ``tally`` counts by the positions above.
    """

    piece: Ints
    ready: Ints
    status: NDArray[np.int8]
    due: Ints
    customer: Ints
    mask: Ints
    held: Ints
    ranks: Ints
    rows: Ints
    base: Ints
    size: Ints
    waiting: Ints
    waits: NDArray[np.bool_]
    leave_at: Ints
    leave_row: Ints
    again_at: Ints
    again_row: Ints
    fresh: Ints
    tally: Ints


def start(queue: Queue, clerks: Clerks, house: House) -> State:
    """Return the state before the first instant: nobody waits, every clerk is off."""
    skills = len(house.mean_work)
    places = np.bincount(queue.skill, weights=1.0 + queue.tries, minlength=skills)
    base = np.concatenate(([0], np.cumsum(places))).astype(np.int64)
    staff = len(clerks.speed)
    customers = len(queue.arrival)
    return State(
        piece=np.zeros(staff, dtype=np.int64),
        ready=np.full(staff, -NEVER, dtype=np.int64),
        status=np.zeros(staff, dtype=np.int8),
        due=np.full(staff, NEVER, dtype=np.int64),
        customer=np.zeros(staff, dtype=np.int64),
        mask=np.zeros(staff, dtype=np.int64),
        held=np.zeros(staff, dtype=np.int64),
        ranks=np.zeros(base[skills], dtype=np.int64),
        rows=np.zeros(base[skills], dtype=np.int64),
        base=base,
        size=np.zeros(skills, dtype=np.int64),
        waiting=np.zeros(skills, dtype=np.int64),
        waits=np.zeros(customers, dtype=np.bool_),
        leave_at=np.zeros(base[skills], dtype=np.int64),
        leave_row=np.zeros(base[skills], dtype=np.int64),
        again_at=np.zeros(customers, dtype=np.int64),
        again_row=np.zeros(customers, dtype=np.int64),
        fresh=np.zeros(customers, dtype=np.int64),
        tally=np.zeros(9, dtype=np.int64),
    )
