"""The law and the wishes of one employee's line: at most one shift a day, counted and spaced.

Counting follows the Employee Shift Scheduling benchmark (Curtois and Qu 2014): a run of shifts or
of days off that touches the first or the last day is long enough; outside the horizon is off; a
weekend counts when its Saturday or its Sunday is worked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.errors import ModelError
from planner.model.lines.problem import FloatArray, IntArray

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, eq=False)
class ShiftTypes:
    """The shift types that all employees share.

    Attributes
    ----------
    minutes : int32 array, shape (S,)
        Paid length of each shift [min].
    forbidden : bool array, shape (S, S)
        ``forbidden[s, t]``: t may not stand on the day after s.
    rows : int32 array, shape (D, S)
        Cover row of each day and shift.
    weekday : int32 array, shape (D,)
        0 for Monday to 6 for Sunday.
    """

    minutes: IntArray
    forbidden: NDArray[np.bool_]
    rows: IntArray
    weekday: IntArray

    def __post_init__(self) -> None:
        """Check shapes.

        Raises
        ------
        ModelError
            If the arrays do not fit together.
        """
        shifts, (days, columns) = len(self.minutes), self.rows.shape
        if self.forbidden.shape != (shifts, shifts) or columns != shifts:
            raise ModelError("forbidden and rows must have one column per shift type")
        if len(self.weekday) != days:
            raise ModelError("weekday must have one entry per day")


@dataclass(frozen=True, eq=False)
class WorkRules:
    """What one employee's line must keep to and what it costs.

    Attributes
    ----------
    cost : float64 array, shape (D, S)
        Price of working shift s on day d; infinite where not allowed [points].
    off_cost : float64 array, shape (D,)
        Price of a day off; infinite where work is fixed [points].
    base : float
        Price of any line of the employee [points].
    most : int32 array, shape (S,)
        Shifts of each type at the most.
    least_minutes, most_minutes : int
        Paid minutes over the horizon [min].
    longest_run, shortest_run, shortest_rest : int
        Consecutive shifts at the most and at the least, consecutive days off at the least [days].
    weekends : int
        Weekends worked at the most.
    """

    cost: FloatArray
    off_cost: FloatArray
    base: float
    most: IntArray
    least_minutes: int
    most_minutes: int
    longest_run: int
    shortest_run: int
    shortest_rest: int
    weekends: int

    def line_cost(self, plan: IntArray) -> float:
        """Return the price of a line given as the shift of each day, -1 for off [points]."""
        days = np.arange(len(plan))
        worked = plan >= 0
        shifts = self.cost[days[worked], plan[worked]].sum()
        return self.base + float(shifts + self.off_cost[~worked].sum())
