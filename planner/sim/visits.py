"""What happened to everybody: every try of every customer with its wait and its end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.sim.customer_table import Came, Customers
from planner.sim.engine import NOT_CALLED, Fate, Outcomes


@dataclass(frozen=True, eq=False)
class Tries:
    """Tries of one location's customers; several for callers who call again.  Shape (tries,).

    Attributes
    ----------
    customer : int64
        Row of the customer within the location.
    came, fate : int8
        ``Came`` and ``Fate``.
    wait : int64
        From arrival, or from the booked time if that is later, to the first call or to leaving
        [ms].  Who has to wait again (L18, L19) does not wait longer by that.
    """

    customer: NDArray[np.int64]
    came: NDArray[np.int8]
    fate: NDArray[np.int8]
    wait: NDArray[np.int64]


def tries_of(customers: Customers, location: int, outcomes: Outcomes) -> Tries:
    """Return all tries at a location: the last one of each customer, then the earlier ones."""
    rows = customers.rows(location)
    came, booked = customers.came[rows], customers.booked[rows]
    start = np.where(came == Came.APPOINTMENT, np.maximum(outcomes.last, booked), outcomes.last)
    end = np.where(outcomes.call == NOT_CALLED, outcomes.finish, outcomes.call)
    last = Tries(np.arange(len(came)), came, outcomes.fate, np.maximum(end - start, 0))
    earlier = [_earlier(customers, location, outcomes, number) for number in range(7)]
    found = [last, *(tries for tries in earlier if len(tries.customer))]
    return Tries(
        *(np.concatenate([getattr(t, name) for t in found]) for name in Tries.__dataclass_fields__)
    )


def _earlier(customers: Customers, location: int, outcomes: Outcomes, number: int) -> Tries:
    """Return the tries with this number (0: the first) after which another one was made."""
    again = np.flatnonzero(outcomes.tries > number + 1)
    rows = customers.rows(location)
    refused = (outcomes.refused[again] >> number) & 1 == 1
    if number == 0:
        patience = customers.patience[rows][again]
    elif len(again):
        first = int(customers.again_from[location])
        patience = customers.patience_again[first + again, number - 1]
    else:
        patience = np.empty(0, dtype=np.int32)
    return Tries(
        again,
        customers.came[rows][again],
        np.where(refused, Fate.TURNED_AWAY, Fate.ABANDONED).astype(np.int8),
        np.where(refused, 0, patience).astype(np.int64),
    )
