"""What an engine is: a pure function of (customers, staffing, rules of the house) per location.

Locations are independent of each other given these data, so an engine runs one location at a
time.  The law of the day is in ``planner.sim.law``.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from planner.errors import EngineError

NEVER = int(np.iinfo(np.int64).max)
#: Patience of a customer who waits without limit [ms].
ENDLESS = int(np.iinfo(np.int32).max)
NO_CLERK = -1
NOT_CALLED = -1
#: Rank = class << CLASS_SHIFT + reference time less bonus; 2^44 ms are 557 years.
CLASS_SHIFT = 44


class Fate(IntEnum):
    """How a customer's visit (or last call) ended."""

    SERVED = 0
    ABANDONED = 1
    TURNED_AWAY = 2
    NOT_SERVED = 3


class Hand(IntEnum):
    """What becomes of a case in hand at the end of a piece of the shift (L16)."""

    FINISH = 0
    OVER = 1
    BACK = 2


class Queue(NamedTuple):
    """The customers of one location, in order of arrival.  n customers, k further tries.

    Attributes
    ----------
    arrival : int64 array (n,)
        Arrival of the first try [ms], not decreasing.
    rank : int64 array (n,)
        Order of calling of the first try (L3); ``rank - arrival`` is kept by further tries.
    work : int32 array (n,)
        Work content [ms], at least 1.
    skill : int8 array (n,)
        Skill asked for, numbered within the location.
    patience : int32 array (n, k + 1)
        Patience of each try [ms]; ``ENDLESS``: waits without limit.
    delay : int32 array (n, k)
        From leaving to the next try [ms], at least 1.
    tries : int8 array (n,)
        Further tries that the customer would make, at most k.
    may_balk : bool array (n,)
        Whether a long expected wait turns the customer away (L13).
    """

    arrival: NDArray[np.int64]
    rank: NDArray[np.int64]
    work: NDArray[np.int32]
    skill: NDArray[np.int8]
    patience: NDArray[np.int32]
    delay: NDArray[np.int32]
    tries: NDArray[np.int8]
    may_balk: NDArray[np.bool_]


class Clerks(NamedTuple):
    """The clerks of one location: c clerks with s pieces of serving time in all.

    The pieces of clerk i are ``first[i]:first[i + 1]``, in order and disjoint, each within one
    opening interval.

    Attributes
    ----------
    first : int32 array (c + 1,)
    start, end : int64 array (s,)
        Span of the piece [ms].
    mask : int64 array (s,)
        Bit i set: holds skill i in this piece.
    pause : int64 array (s,)
        Length of the break that follows the piece directly [ms]; 0: none.
    stays : bool array (s,)
        Whether the clerk stays until nobody waits (L11).
    hands : int8 array (s,)
        ``Hand``: what becomes of a case in hand at the end (L16); not read where the clerk stays.
    speed : int32 array (c,)
        Per mille of a standard clerk's speed.
    """

    first: NDArray[np.int32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    mask: NDArray[np.int64]
    pause: NDArray[np.int64]
    stays: NDArray[np.bool_]
    hands: NDArray[np.int8]
    speed: NDArray[np.int32]


class House(NamedTuple):
    """Doors, desks and balking of one location: m open intervals, d changes of desks.

    Attributes
    ----------
    opening, closing : int64 array (m,)
        Doors open in ``[opening, closing)`` [ms], in order, disjoint and not touching.
    remaining : int64 array (m,)
        Bit i set: somebody who stays at this closing holds skill i (L11, L12).
    desks_from : int64 array (d,)
        Instants from which ``desks`` hold [ms]; before the first: no limit.
    desks : int32 array (d,)
        Customers served at once at the most (L5).
    desk_loss : int64
        1: who was called last goes back where more are served than there are desks (L19); 0: all
        are finished (L5).
    balk : int64
        Expected wait above which newcomers are turned away [ms]; -1: never.
    mean_work : int64 array (skills,)
        Mean work content by skill [ms], for the expected wait.
    """

    opening: NDArray[np.int64]
    closing: NDArray[np.int64]
    remaining: NDArray[np.int64]
    desks_from: NDArray[np.int64]
    desks: NDArray[np.int32]
    desk_loss: int
    balk: int
    mean_work: NDArray[np.int64]


class Outcomes(NamedTuple):
    """What became of each customer of a location; arrays of shape (n,) but for ``spells``.

    Attributes
    ----------
    call, finish : int64
        First call to the desk (``NOT_CALLED`` if never) and end: of service, or of the last wait
        [ms].
    clerk : int16
        Number within the location of the clerk who served last; ``NO_CLERK`` if never called.
    fate : int8
        ``Fate`` of the last try.
    tries : int8
        Tries made, the first included.
    refused : int8
        Bit j set: try j was turned away (L10, L13).
    last : int64
        Arrival of the last try [ms].
    spells : int64 array (k, 4)
        Customer, clerk, from and to [ms] of every spell at a desk of customers whose case was
        handed on (L16, L19), by customer and in order.  All others, if served, have the one spell
        (``clerk``, ``call``, ``finish``); ``planner.sim.spells`` has both.
    """

    call: NDArray[np.int64]
    finish: NDArray[np.int64]
    clerk: NDArray[np.int16]
    fate: NDArray[np.int8]
    tries: NDArray[np.int8]
    refused: NDArray[np.int8]
    last: NDArray[np.int64]
    spells: NDArray[np.int64]


class Engine(Protocol):
    """A way to play a location's horizon; all engines give the same rows."""

    name: str

    def run(self, queue: Queue, clerks: Clerks, house: House) -> Outcomes:
        """Play the customers of one location.

        Raises
        ------
        EngineError
            When the engine does not support a feature of the input; the message names it.
        """
        ...


def get_engine(name: str) -> Engine:
    """Return the engine ``compiled`` or ``simpy``.

    Raises
    ------
    EngineError
        For any other name.
    """
    if name == "compiled":
        from planner.sim.engine_compiled import CompiledEngine

        return CompiledEngine()
    if name == "simpy":
        from planner.sim.engine_simpy import SimPyEngine

        return SimPyEngine()
    raise EngineError(f"engine: {name!r} is not known; it may be 'compiled' or 'simpy'")


def empty_outcomes(customers: int) -> Outcomes:
    """Return outcomes to be filled in: nobody called, nobody left."""
    return Outcomes(
        call=np.full(customers, NOT_CALLED, dtype=np.int64),
        finish=np.full(customers, NOT_CALLED, dtype=np.int64),
        clerk=np.full(customers, NO_CLERK, dtype=np.int16),
        fate=np.full(customers, Fate.NOT_SERVED, dtype=np.int8),
        tries=np.zeros(customers, dtype=np.int8),
        refused=np.zeros(customers, dtype=np.int8),
        last=np.full(customers, NOT_CALLED, dtype=np.int64),
        spells=np.empty((0, 4), dtype=np.int64),
    )


def check_input(queue: Queue, clerks: Clerks, house: House) -> None:
    """Refuse what no engine can play.

    Raises
    ------
    EngineError
        When more than 62 skills, 7 further tries or 32,767 clerks are asked for, or when work,
        breaks or delays of less than a millisecond would make an instant endless.
    """
    check_sizes(queue, clerks, house)
    if len(queue.arrival) and (
        queue.work.min() < 1 or (queue.delay.size and queue.delay.min() < 1)
    ):
        raise EngineError("work content and time to the next try: at least one millisecond")
    if len(clerks.speed) and clerks.speed.min() < 1:
        raise EngineError("speed of a clerk: at least 1 per mille")


def check_sizes(queue: Queue, clerks: Clerks, house: House) -> None:
    """Refuse more than an engine has room for; part of ``check_input``.

    Raises
    ------
    EngineError
        When more than 62 skills, 7 further tries or 32,767 clerks are asked for.
    """
    if len(house.mean_work) > 62:
        raise EngineError(f"skills: {len(house.mean_work)} at one location; at most 62")
    if queue.delay.shape[1] > 6:
        raise EngineError(f"redials: {queue.delay.shape[1]}; at most 6")
    if len(clerks.speed) > np.iinfo(np.int16).max:
        raise EngineError(f"clerks: {len(clerks.speed)} at one location; at most 32767")
