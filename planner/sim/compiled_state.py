"""The state of the compiled engine: where everybody is, in arrays."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.sim.compiled_heap import Ints, compiled_part, compiled_rare
from planner.sim.engine import NEVER, NO_CLERK, NOT_CALLED, Clerks, Fate, House, Outcomes, Queue

OFF, IDLE, STAYING, BUSY = 0, 1, 2, 3
#: Positions in ``State.tally``.
NEXT, DOOR, SERVING, LEAVES, AGAIN, FRESH, STAYERS, DESK, IDLERS = range(9)
TURNS, TIMED, QUEUED, HOUSE, DESKS = range(9, 14)
#: Turns of a clerk that may stand in the heap at once: an end of service, the end of the piece, and
#: the start of the next one, known before that.
TURNS_PER_CLERK = 3
#: A number of a clerk fits into so many bits (``check_input``): instants and orders carry it.
CLERK_BITS = 15
CLERK_MASK = (1 << CLERK_BITS) - 1
NOT_SERVED = int(Fate.NOT_SERVED)


class State(NamedTuple):
    """Where everybody is.  Heaps are arrays of (key, row) with the smallest first.

    Per clerk: ``piece`` (present or next), ``ready`` (end of the last break), ``status``, ``due``
    (next instant at which something happens to the clerk), ``alarm`` (the last instant of the
    roster put into ``turns``), ``mask`` (skills of the present piece) and ``order`` (of call, L4;
    ``NEVER`` unless idle).  ``turns`` is a heap of instants, of which only those that are still
    ``due`` count; they and ``order`` carry the number of the clerk in their last ``CLERK_BITS``.
    Per skill: ``base`` and ``size`` of its heap in ``ranks``/``rows`` and the number ``waiting``;
    heaps keep those who left until they come up.  ``tally`` counts by the positions above:
    ``IDLERS`` idle clerks, those who stay included; ``QUEUED`` items in the heaps of those who
    wait; ``HOUSE`` the next instant of doors or desks; ``DESKS`` how many may be served at once;
    ``TURNS`` the size of ``turns``; ``TIMED`` whether the instant at which patience ends is an
    event (``planner.sim.compiled_patience``).
    """

    piece: Ints
    ready: Ints
    status: NDArray[np.int8]
    due: Ints
    alarm: Ints
    mask: Ints
    order: Ints
    turns: Ints
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


def reserve(queue: Queue, clerks: Clerks, house: House) -> State:
    """Return arrays for the state, not filled (``clear``)."""
    customers, staff, skills = len(queue.arrival), len(clerks.speed), len(house.mean_work)
    again = customers if queue.delay.shape[1] else 0
    places = customers + int(queue.tries.sum()) if again else customers
    timed = places if again or house.balk >= 0 else 0
    sizes = [staff] * 6 + [TURNS_PER_CLERK * staff] + [places] * 2 + [skills + 1] + [skills] * 2
    sizes += [timed] * 2 + [again] * 2 + [customers if timed else 0, DESKS + 1]
    cuts = list(accumulate(sizes))
    block = np.empty(cuts[-1], dtype=np.int64)
    parts = [block[cut - size : cut] for cut, size in zip(cuts, sizes, strict=True)]
    status, waits = np.empty(staff, dtype=np.int8), np.empty(customers, dtype=np.bool_)
    return State._make([*parts[:2], status, *parts[2:12], waits, *parts[12:]])


def reserve_outcomes(customers: int) -> Outcomes:
    """Return outcomes, not filled (``clear``)."""
    longs = np.empty((3, customers), dtype=np.int64)
    bytes_ = np.empty((3, customers), dtype=np.int8)
    return Outcomes(
        call=longs[0],
        finish=longs[1],
        clerk=np.empty(customers, dtype=np.int16),
        fate=bytes_[0],
        tries=bytes_[1],
        refused=bytes_[2],
        last=longs[2],
    )


@compiled_rare
def clear(queue: Queue, house: House, state: State, out: Outcomes) -> None:
    """Fill state and outcomes as before the first instant: nobody waits, every clerk is off."""
    state.tally[:] = 0
    state.tally[TIMED] = house.balk >= 0 or queue.delay.shape[1] > 0
    state.ready[:] = -NEVER
    state.status[:] = OFF
    state.due[:] = NEVER
    state.alarm[:] = -NEVER
    state.mask[:] = 0
    state.order[:] = NEVER
    state.size[:] = 0
    state.waiting[:] = 0
    state.waits[:] = False
    _set_bases(queue, state)
    out.call[:] = NOT_CALLED
    out.finish[:] = NOT_CALLED
    out.clerk[:] = NO_CLERK
    out.fate[:] = NOT_SERVED
    out.tries[:] = 0
    out.refused[:] = 0
    out.last[:] = NOT_CALLED


@compiled_part
def _set_bases(queue: Queue, state: State) -> None:
    """Give each skill's heap room for every try of every customer of the skill."""
    state.base[:] = 0
    for row in range(len(queue.skill)):
        state.base[queue.skill[row] + 1] += 1 + queue.tries[row]
    for skill in range(len(state.size)):
        state.base[skill + 1] += state.base[skill]
