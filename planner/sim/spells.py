"""Spells at a desk: who served whom from when to when.

Mostly a customer has one clerk; a case that is handed on (L16, L19) has several.  Serving time,
what clerks did and pictures of the day are worked out from the spells of everybody.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.sim.engine import Fate, Outcomes

#: Columns of a table of spells.
CUSTOMER, CLERK, SINCE, UNTIL = range(4)
Table = NDArray[np.int64]


def all_spells(outcomes: Outcomes) -> Table:
    """Return all spells at the desks of a location, by customer and in order.

    Returns
    -------
    int64 array (k, 4)
        Customer (row), clerk, from and to [ms].
    """
    alone = outcomes.fate == Fate.SERVED
    if len(outcomes.spells) == 0:
        return _single(outcomes, alone)
    alone[outcomes.spells[:, CUSTOMER]] = False
    return _in_order(np.concatenate((_single(outcomes, alone), outcomes.spells)))


def with_spells(outcomes: Outcomes, handed: Table, since: NDArray[np.int64]) -> Outcomes:
    """Return the outcomes with the table of spells of those whose case was handed on.

    Parameters
    ----------
    handed : int64 array (k, 4)
        The spells that ended before the case did, in any order.
    since : int64 array (n,)
        Begin of the last spell of each customer who was called [ms].
    """
    last = np.zeros(len(since), dtype=np.bool_)
    last[handed[:, CUSTOMER]] = True
    last &= outcomes.fate == Fate.SERVED
    spells = np.concatenate((handed, _single(outcomes._replace(call=since), last)))
    return outcomes._replace(spells=_in_order(spells))


def _single(outcomes: Outcomes, rows: NDArray[np.bool_]) -> Table:
    """Return the spells of customers who have one, from their call to their end."""
    row = np.flatnonzero(rows)
    columns = (row, outcomes.clerk[row], outcomes.call[row], outcomes.finish[row])
    return np.stack([column.astype(np.int64) for column in columns], axis=1)


def _in_order(spells: Table) -> Table:
    return spells[np.lexsort((spells[:, SINCE], spells[:, CUSTOMER]))]
