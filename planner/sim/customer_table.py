"""The customers of one replication: causes in columns, never decisions (DESIGN §2).

Sampled by ``planner.sim.customers``.  Everything random about a customer is here before an engine
starts, so that two rosters meet the same customers and a replication can be stored and replayed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.demand import Channel
from planner.sim.engine import CLASS_SHIFT, Queue
from planner.sim.served import skill_codes
from planner.units import minutes_to_ms

NO_REQUEST = -1


class Came(IntEnum):
    """How a customer comes; ``CHANNELS`` has the words."""

    APPOINTMENT = 0
    WALK_IN = 1
    CALL = 2


CHANNELS = (Channel.APPOINTMENT, Channel.WALK_IN, Channel.PHONE)


@dataclass(frozen=True, eq=False)
class Customers:
    """All customers of the horizon in order of (location, arrival, row): n customers.

    ``patience_again`` and ``delay_again`` have rows for the customers of those locations only
    where people come again, and a column for each further try.

    Attributes
    ----------
    location, service, origin : int16
        Codes into the tuples of the case; the service is the one asked for.
    came : int8
        ``Came``.
    arrival, booked : int64
        Arrival (first call) and booked time [ms]; ``NO_TIME`` without appointment.
    work : int32
        Work content [ms].
    patience : int32
        Patience of the first try [ms]; ``ENDLESS``: waits without limit.
    tries : int8
        Further calls the customer would make.
    request : int32
        Row of the request in the booking stage; ``NO_REQUEST`` where there is none.
    again_from : int32 (locations + 1,)
        The rows of location ``i`` in the two tables that follow are
        ``again_from[i]:again_from[i + 1]``: all of its customers, or none.
    patience_again, delay_again : int32 (m, k)
        Patience of further tries and time until them [ms].
    """

    location: NDArray[np.int16]
    service: NDArray[np.int16]
    origin: NDArray[np.int16]
    came: NDArray[np.int8]
    arrival: NDArray[np.int64]
    booked: NDArray[np.int64]
    work: NDArray[np.int32]
    patience: NDArray[np.int32]
    tries: NDArray[np.int8]
    request: NDArray[np.int32]
    again_from: NDArray[np.int32]
    patience_again: NDArray[np.int32]
    delay_again: NDArray[np.int32]

    def __len__(self) -> int:
        """Return the number of customers."""
        return len(self.arrival)

    @property
    def nbytes(self) -> int:
        """Memory of all columns [byte]."""
        return sum(getattr(self, column.name).nbytes for column in fields(self))

    def rows(self, location: int) -> slice:
        """Return the rows of the location with this code."""
        first, last = np.searchsorted(self.location, [location, location + 1])
        return slice(int(first), int(last))


def queue_at(case: PlanningCase, customers: Customers, location: int) -> Queue:
    """Return the customers of one location as engines read them, ranked by the discipline (L3).

    Notes
    -----
    Only appointments have a bonus: the reference time of everybody else is the arrival.
    """
    rows = customers.rows(location)
    arrival, came = customers.arrival[rows], customers.came[rows]
    appointment = came == Came.APPOINTMENT
    bonus = minutes_to_ms(case.discipline.appointment_bonus_minutes)
    due = np.where(appointment, customers.booked[rows] - bonus, arrival)
    classes = np.where(
        appointment, case.discipline.appointment_class, case.discipline.walk_in_class
    ).astype(np.int64)
    spare = slice(int(customers.again_from[location]), int(customers.again_from[location + 1]))
    patience_again, delay = customers.patience_again[spare], customers.delay_again[spare]
    if len(delay) == 0:
        patience_again = delay = np.empty((len(arrival), 0), dtype=np.int32)
    return Queue(
        arrival=arrival,
        rank=(classes << CLASS_SHIFT) + due,
        work=customers.work[rows],
        skill=skill_codes(case, location)[customers.service[rows]],
        patience=np.column_stack((customers.patience[rows], patience_again)),
        delay=delay,
        tries=customers.tries[rows],
        may_balk=~appointment,
    )
