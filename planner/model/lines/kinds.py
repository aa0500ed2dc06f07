"""From an employee's rules to the compiled programme: kinds of shift, classes, windows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.model.lines.compiled_days import DayRules, forward
from planner.model.lines.problem import FloatArray, IntArray
from planner.model.lines.workrules import SATURDAY, SUNDAY, ShiftTypes, WorkRules


@dataclass(frozen=True, eq=False)
class Kinds:
    """An employee's shifts, and their groups of those that the rules cannot tell apart.

    Attributes
    ----------
    able : int32 array, shape (A,)
        Shift types that the employee may work.
    limited : tuple of int
        For each able shift its type if the number of such shifts is limited, else -1.
    each : DayRules
        For the compiled programme with every able shift a kind of its own; no resource counted yet.
    groups : tuple of int arrays
        Places in ``able`` of shifts alike.
    least, most : int
        Window of minutes over the horizon [minute units].
    """

    able: IntArray
    limited: tuple[int, ...]
    each: DayRules
    groups: tuple[IntArray, ...]
    least: int
    most: int

    @property
    def states(self) -> int:
        """Cells of the programme's table while nothing is counted."""
        each = self.each
        runs = each.rest + int(each.open_to.shape[1]) * each.longest
        return len(each.low) * runs * int((each.high - each.low).max() + 1)

    def grouped(self, each: DayRules) -> DayRules:
        """Return ``each`` with one kind per group."""
        first = [int(group[0]) for group in self.groups]
        return each._replace(
            units=each.units[first],
            leaves=each.leaves[first],
            enters=each.enters[first],
            resource=each.resource[first],
        )

    def group_costs(self, cost: FloatArray) -> FloatArray:
        """Return the least cost in each group (D, groups) from that of the able shifts (D, A)."""
        least = [cost[:, group].min(axis=1) for group in self.groups]
        return np.stack(least, axis=1) if least else np.zeros((len(cost), 0))


def kinds_of(types: ShiftTypes, rules: WorkRules) -> Kinds | None:
    """Return the kinds of an employee's shifts; None if no line can have its minutes."""
    able = np.flatnonzero(np.isfinite(rules.cost).any(axis=0) & (rules.most > 0)).astype(np.int32)
    unit = int(np.gcd.reduce(types.minutes[able])) if len(able) else 1
    forbidden = types.forbidden[np.ix_(able, able)]
    leaves, enters = _classes(forbidden), _classes(forbidden.T)
    limited = tuple(_limit(types, rules, shift) for shift in able.tolist())
    weekend = np.where(types.weekday == SATURDAY, 1, np.where(types.weekday == SUNDAY, 2, 0))
    blank = np.zeros(len(types.weekday), np.int32)
    each = DayRules(
        units=(types.minutes[able] // unit).astype(np.int32),
        leaves=leaves,
        enters=enters,
        open_to=_open(forbidden, leaves, enters),
        resource=np.full(len(able), -1, np.int32),
        weekend=weekend.astype(np.int32),
        low=blank,
        high=blank,
        longest=rules.longest_run,
        shortest=rules.shortest_run,
        rest=rules.shortest_rest,
        fine=0.0,
    )
    least, most = -(-rules.least_minutes // unit), rules.most_minutes // unit
    return _with_windows(Kinds(able, limited, each, _alike(each, limited), least, most), rules)


def _limit(types: ShiftTypes, rules: WorkRules, shift: int) -> int:
    """Return ``shift`` if its number is limited more tightly than by the minutes, else -1."""
    possible = min(len(types.weekday), rules.most_minutes // int(types.minutes[shift]))
    return shift if rules.most[shift] < possible else -1


def _classes(matrix: NDArray[np.bool_]) -> IntArray:
    """Give equal rows equal numbers, from 0."""
    if not len(matrix):
        return np.zeros(0, np.int32)
    return np.unique(matrix, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int32)


def _alike(each: DayRules, limited: tuple[int, ...]) -> tuple[IntArray, ...]:
    """Group the places of shifts that the rules cannot tell apart."""
    groups: dict[tuple[int, ...], list[int]] = {}
    marks = zip(
        each.leaves.tolist(), each.enters.tolist(), each.units.tolist(), limited, strict=True
    )
    for place, mark in enumerate(marks):
        groups.setdefault(mark, []).append(place)
    return tuple(np.array(group, np.int32) for group in groups.values())


def _open(forbidden: NDArray[np.bool_], leaves: IntArray, enters: IntArray) -> NDArray[np.bool_]:
    """Return ``open_to[entry class, successor class]``."""
    open_to = np.zeros((enters.max(initial=-1) + 1, leaves.max(initial=-1) + 1), np.bool_)
    open_to[enters[None, :], leaves[:, None]] = ~forbidden
    return open_to


def _with_windows(kinds: Kinds, rules: WorkRules) -> Kinds | None:
    """Add the windows of minutes that the days before and after a day leave open."""
    each, allowed = kinds.each, np.ascontiguousarray(rules.cost[:, kinds.able])
    days = len(allowed)
    low, high = _reach(each, allowed, rules.off_cost)
    mirrored = each._replace(leaves=each.enters, enters=each.leaves, open_to=each.open_to.T.copy())
    after = _reach(mirrored, allowed[::-1].copy(), rules.off_cost[::-1].copy())
    later_low, later_high = (np.append(side[: days - 1][::-1], 0) for side in after)
    low = np.maximum(low, kinds.least - later_high)
    high = np.minimum(high, kinds.most - later_low)
    if np.any(low > high):
        return None
    windowed = each._replace(low=low.astype(np.int32), high=high.astype(np.int32))
    return replace(kinds, each=windowed)


def _reach(
    rules: DayRules, allowed: FloatArray, off_cost: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the least and the most minutes worked up to each day [minute units]."""
    flat = rules._replace(units=np.zeros_like(rules.units), weekend=np.zeros_like(rules.weekend))
    free = np.where(np.isfinite(off_cost), 0.0, np.inf)
    none = np.zeros((1, 1), np.int32)
    units = rules.units.astype(np.float64)
    spent = np.where(np.isfinite(allowed), units, np.inf)
    earned = np.where(np.isfinite(allowed), -units, np.inf)
    least = forward(flat, spent, free, none).min(axis=(1, 2, 3))
    most = -forward(flat, earned, free, none).min(axis=(1, 2, 3))
    return least, most
