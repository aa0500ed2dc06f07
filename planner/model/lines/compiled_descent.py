"""Steps of the descent over one employee's lines, compiled: block-coordinate Frank-Wolfe.

The Lagrangian dual prices cover rows and fines each employee's amounts (``compiled_runs``).  Its
proximal step around a centre has a dual of its own over mixes of lines; one employee at a time
moves the mix towards the best line at the prices of now, as far as a line search says
(Lacoste-Julien et al. 2013, ICML, algorithm 3; as in ``planner.model.roster.compiled_proximal``).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.model.lines.compiled_runs import WEEKEND_ROW, Room, Runs, cheapest
from planner.model.lines.problem import FloatArray
from planner.model.roster.compiled_code import compiled, compiled_inner

#: Halvings of the line search.
HALVINGS = 7


class Rows(NamedTuple):
    """Cover rows of the proximal problem (float64 arrays, shape (m,)).

    Attributes
    ----------
    need, under, over
        As in ``LineProblem``, prices finite.
    centre
        Duals stepped from [points].
    total
        Cover that all mixes give together.
    """

    need: FloatArray
    under: FloatArray
    over: FloatArray
    centre: FloatArray
    total: FloatArray


class Mix(NamedTuple):
    """One employee's mix of lines.

    Attributes
    ----------
    shares : float64 array, shape (D, A)
        Share of the mix that works each shift.
    mean, use : float64 arrays, shape (K,)
        Amounts that the mix uses, and room for those of a line.
    centre : float64 array, shape (K,)
        Fines stepped from [points].
    own : float64 array, shape (1,)
        Price of the mix by itself [points].
    """

    shares: FloatArray
    mean: FloatArray
    use: FloatArray
    centre: FloatArray
    own: FloatArray


class Weights(NamedTuple):
    """Change of a dual per unit missing, and of a fine per unit beyond [points]."""

    cover: float
    amounts: float


def empty_mix(runs: Runs) -> Mix:
    """Return a mix in which the employee never works."""
    amounts = len(runs.cap)
    return Mix(
        shares=np.zeros_like(runs.cost),
        mean=np.zeros(amounts),
        use=np.zeros(amounts),
        centre=np.zeros(amounts),
        own=np.array([runs.base]),
    )


@compiled
def least_value(runs: Runs, room: Room, duals: FloatArray, fines: FloatArray) -> float:
    """Return a bound on the cost less duals of any lawful line [points]; plan in ``room``."""
    days, able = runs.cost.shape
    for a in range(able):
        fine = _fine(runs, fines, a)
        for day in range(days):
            room.reduced[day, a] = runs.cost[day, a] - duals[runs.rows[day, a]] + fine
    value = cheapest(runs, room, fines[WEEKEND_ROW]) + runs.base
    for k in range(len(fines)):
        value -= fines[k] * runs.cap[k]
    return value


@compiled
def move(runs: Runs, room: Room, rows: Rows, mix: Mix, weights: Weights) -> float:
    """Move ``mix`` towards the best line at the prices of now; return the step taken."""
    days, able = runs.cost.shape
    for a in range(able):
        fine = 0.0
        for k in range(len(mix.mean)):
            fine += _fine_now(runs, mix, weights, 0.0, k) * runs.use[a, k]
        for day in range(days):
            price = _price(rows, runs.rows[day, a], weights.cover, 0.0)
            room.reduced[day, a] = runs.cost[day, a] - price + fine
    cheapest(runs, room, _fine_now(runs, mix, weights, 0.0, WEEKEND_ROW))
    own = _amounts(runs, room, mix.use)
    step = _line_search(runs, room, rows, mix, weights, own)
    for day in range(days):
        for a in range(able):
            change = step * ((1.0 if room.plan[day] == a else 0.0) - mix.shares[day, a])
            mix.shares[day, a] += change
            rows.total[runs.rows[day, a]] += change
    for k in range(len(mix.mean)):
        mix.mean[k] += step * (mix.use[k] - mix.mean[k])
    mix.own[0] += step * (own - mix.own[0])
    return step


@compiled_inner
def _fine(runs: Runs, fines: FloatArray, a: int) -> float:
    fine = 0.0
    for k in range(len(fines)):
        fine += fines[k] * runs.use[a, k]
    return fine


@compiled_inner
def _price(rows: Rows, row: int, weight: float, more: float) -> float:
    """Return the dual of ``row`` once the mixes give ``more``."""
    price: float = rows.centre[row] + weight * (rows.need[row] - rows.total[row] - more)
    highest: float = rows.under[row]
    lowest: float = -rows.over[row]
    return min(highest, max(lowest, price))


@compiled_inner
def _fine_now(runs: Runs, mix: Mix, weights: Weights, step: float, k: int) -> float:
    """Return the fine of amount ``k`` once the mix has moved by ``step`` to the line at hand."""
    used: float = mix.mean[k] + step * (mix.use[k] - mix.mean[k])
    fine: float = mix.centre[k] + weights.amounts * (used - runs.cap[k])
    return max(0.0, fine)


@compiled_inner
def _amounts(runs: Runs, room: Room, use: FloatArray) -> float:
    """Write the amounts that the plan in ``room`` uses; return its own price."""
    use[:] = 0.0
    own = runs.base
    for day in range(len(room.plan)):
        a = room.plan[day]
        if a < 0:
            own += runs.off_cost[day]
            continue
        own += runs.cost[day, a]
        for k in range(len(use)):
            use[k] += runs.use[a, k]
        kind = runs.weekend[day]
        if kind == 1 or (kind == 2 and (day == 0 or room.plan[day - 1] < 0)):
            use[WEEKEND_ROW] += 1.0
    return own


@compiled_inner
def _line_search(
    runs: Runs, room: Room, rows: Rows, mix: Mix, weights: Weights, own: float
) -> float:
    """Return the step in [0, 1] that the proximal problem likes best."""
    low, high, step = 0.0, 1.0, 1.0
    for _ in range(HALVINGS):
        if _slope(runs, room, rows, mix, weights, step) + own - mix.own[0] <= 0.0:
            low = step
            if step == 1.0:
                break
        else:
            high = step
        step = 0.5 * (low + high)
    return low


@compiled_inner
def _slope(runs: Runs, room: Room, rows: Rows, mix: Mix, weights: Weights, step: float) -> float:
    """Return the slope of the proximal problem at ``step``, own prices apart."""
    slope = 0.0
    for k in range(len(mix.mean)):
        slope += _fine_now(runs, mix, weights, step, k) * (mix.use[k] - mix.mean[k])
    for day in range(mix.shares.shape[0]):
        for a in range(mix.shares.shape[1]):
            change = (1.0 if room.plan[day] == a else 0.0) - mix.shares[day, a]
            if change != 0.0:
                row = runs.rows[day, a]
                slope -= change * _price(rows, row, weights.cover, step * change)
    return slope
