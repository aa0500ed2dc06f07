"""From an employee's rules to the compiled programme: kinds of shift, classes, windows of minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.model.lines.compiled_days import DayRules, forward
from planner.model.lines.problem import FloatArray, IntArray
from planner.model.lines.workrules import SATURDAY, SUNDAY, ShiftTypes, WorkRules


@dataclass(frozen=True, eq=False)
class Kinds:
    """An employee's shifts grouped into kinds that the rules cannot tell apart.

    Attributes
    ----------
    shifts : tuple of int32 arrays
        Shift types of each kind.
    limited : tuple of int
        For each kind its shift type if the number of such shifts is limited, else -1.
    rules : DayRules
        For the compiled programme, with no counted resource used yet.
    least, most : int
        Window of minutes over the horizon [minute units].
    """

    shifts: tuple[IntArray, ...]
    limited: tuple[int, ...]
    rules: DayRules
    least: int
    most: int


def kinds_of(types: ShiftTypes, rules: WorkRules) -> Kinds | None:
    """Return the kinds of an employee's shifts; None if no line can have its minutes."""
    days = len(types.weekday)
    able = np.flatnonzero(np.isfinite(rules.cost).any(axis=0) & (rules.most > 0))
    unit = int(np.gcd.reduce(types.minutes[able])) if len(able) else 1
    leaves, _ = _classes(types.forbidden[np.ix_(able, able)])
    enters, _ = _classes(types.forbidden[np.ix_(able, able)].T)
    groups = _groups(types, rules, able, leaves, enters)
    members = tuple(able[group].astype(np.int32) for group in groups)
    first = np.array([group[0] for group in groups], np.int64)
    weekend = np.where(types.weekday == SATURDAY, 1, np.where(types.weekday == SUNDAY, 2, 0))
    blank = np.zeros(days, np.int32)
    compiled = DayRules(
        units=(types.minutes[able][first] // unit).astype(np.int32),
        leaves=leaves[first],
        enters=enters[first],
        open_to=_open(types.forbidden[np.ix_(able, able)], leaves, enters),
        resource=np.full(len(groups), -1, np.int32),
        weekend=weekend.astype(np.int32),
        low=blank,
        high=blank,
        longest=rules.longest_run,
        shortest=rules.shortest_run,
        rest=rules.shortest_rest,
    )
    least, most = -(-rules.least_minutes // unit), rules.most_minutes // unit
    limited = tuple(_limit(types, rules, int(shifts[0])) for shifts in members)
    return _with_windows(Kinds(members, limited, compiled, least, most), types, rules)


def _limit(types: ShiftTypes, rules: WorkRules, shift: int) -> int:
    """Return ``shift`` if its number is limited more tightly than by the minutes, else -1."""
    possible = min(len(types.weekday), rules.most_minutes // int(types.minutes[shift]))
    return shift if rules.most[shift] < possible else -1


def _classes(matrix: NDArray[np.bool_]) -> tuple[IntArray, int]:
    """Number equal rows equally, from 0; return the numbers and how many there are."""
    if not len(matrix):
        return np.zeros(0, np.int32), 0
    rows, number = np.unique(matrix, axis=0, return_inverse=True)
    return number.reshape(-1).astype(np.int32), len(rows)


def _groups(
    types: ShiftTypes, rules: WorkRules, able: IntArray, leaves: IntArray, enters: IntArray
) -> list[list[int]]:
    """Group positions in ``able`` of shifts that the rules cannot tell apart."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for place, shift in enumerate(able.tolist()):
        alike = (
            int(leaves[place]),
            int(enters[place]),
            int(types.minutes[shift]),
            _limit(types, rules, shift),
        )
        groups.setdefault(alike, []).append(place)
    return list(groups.values())


def _open(forbidden: NDArray[np.bool_], leaves: IntArray, enters: IntArray) -> NDArray[np.bool_]:
    """Return ``open_to[entry class, successor class]``."""
    open_to = np.zeros((enters.max(initial=-1) + 1, leaves.max(initial=-1) + 1), np.bool_)
    for before in range(len(leaves)):
        for after in range(len(enters)):
            open_to[enters[after], leaves[before]] = not forbidden[before, after]
    return open_to


def _with_windows(kinds: Kinds, types: ShiftTypes, rules: WorkRules) -> Kinds | None:
    """Add the windows of minutes that the days before and after a day leave open."""
    days = len(types.weekday)
    allowed = kind_costs(kinds, rules.cost)[0]
    low, high = _reach(kinds.rules, allowed, rules.off_cost)
    back = kinds.rules._replace(
        leaves=kinds.rules.enters, enters=kinds.rules.leaves, open_to=kinds.rules.open_to.T.copy()
    )
    after_low, after_high = _reach(back, allowed[::-1].copy(), rules.off_cost[::-1].copy())
    rest_low = np.concatenate([after_low[: days - 1][::-1], [0]])
    rest_high = np.concatenate([after_high[: days - 1][::-1], [0]])
    low = np.maximum(low, kinds.least - rest_high)
    high = np.minimum(high, kinds.most - rest_low)
    if np.any(low > high):
        return None
    windowed = kinds.rules._replace(low=low.astype(np.int32), high=high.astype(np.int32))
    return replace(kinds, rules=windowed)


def _reach(
    rules: DayRules, allowed: FloatArray, off_cost: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the least and the most minutes worked up to each day [minute units]."""
    flat = rules._replace(units=np.zeros_like(rules.units), weekend=np.zeros_like(rules.weekend))
    free = np.where(np.isfinite(off_cost), 0.0, np.inf)
    none = np.zeros((1, 1), np.int32)
    spent = np.where(np.isfinite(allowed), rules.units.astype(np.float64), np.inf)
    earned = np.where(np.isfinite(allowed), -rules.units.astype(np.float64), np.inf)
    least = forward(flat, spent, free, none).min(axis=(1, 2, 3))
    most = -forward(flat, earned, free, none).min(axis=(1, 2, 3))
    return least, most


def kind_costs(kinds: Kinds, cost: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return the least cost of each kind on each day and the shift type that has it.

    Shapes (D, K); ``cost`` has shape (D, S).
    """
    days, count = len(cost), len(kinds.shifts)
    least = np.empty((days, count))
    shift = np.empty((days, count), np.int32)
    for kind, members in enumerate(kinds.shifts):
        own = cost[:, members]
        place = own.argmin(axis=1)
        least[:, kind] = own[np.arange(days), place]
        shift[:, kind] = members[place]
    return least, shift
