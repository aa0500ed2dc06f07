"""Counted resources of a line: weekends and shifts of limited types, and two ways to hold them.

*In the state*: the dynamic programme counts them, at the price of a larger table.  *Fined*: every
use costs a multiplier, and the relaxation stays a lower bound when the fines on the caps are given
back (Lagrangian relaxation; Beasley and Christofides 1989, doi 10.1002/net.3230190402).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.model.lines.compiled_days import DayRules
from planner.model.lines.kinds import Kinds
from planner.model.lines.problem import FloatArray, IntArray
from planner.model.lines.workrules import SATURDAY, SUNDAY, WorkRules

#: Name of the weekend resource among shift types.
WEEKENDS = -1
#: First step of a fine [points], and the factors by which steps grow and shrink.
FIRST_STEP, GROW, SHRINK = 3.0, 1.5, 0.4


def cap_of(rules: WorkRules, resource: int) -> int:
    """Return how much of ``resource`` a line may use."""
    return rules.weekends if resource == WEEKENDS else int(rules.most[resource])


def used_amounts(plan: IntArray, weekday: IntArray, shifts: int) -> dict[int, int]:
    """Return the amount of every resource that ``plan`` uses."""
    counts = np.bincount(plan[plan >= 0], minlength=shifts)
    return {WEEKENDS: worked_weekends(plan, weekday), **dict(enumerate(counts.tolist()))}


def worked_weekends(plan: IntArray, weekday: IntArray) -> int:
    """Return the number of weekends with a shift on Saturday or Sunday."""
    worked = plan >= 0
    saturdays = worked & (weekday == SATURDAY)
    sundays = worked & (weekday == SUNDAY)
    sundays[1:] &= ~saturdays[:-1]
    return int(saturdays.sum() + sundays.sum())


@dataclass(slots=True)
class Fines:
    """Multipliers of fined resources, followed from call to call by their own steps.

    A step grows while the multiplier keeps its direction and shrinks when it turns (Riedmiller and
    Braun 1993).
    """

    price: dict[int, float] = field(default_factory=dict)
    _step: dict[int, float] = field(default_factory=dict)

    def follow(self, excess: Mapping[int, int]) -> None:
        """Move the multipliers after a line with ``excess`` use (negative: unused)."""
        for resource, beyond in excess.items():
            price = self.price.get(resource, 0.0)
            if beyond == 0 or (beyond < 0 and price == 0.0):
                continue
            step = self._step.get(resource, 0.0)
            turned = step * beyond < 0
            size = max(abs(step) * (SHRINK if turned else GROW), 1e-3) if step else FIRST_STEP
            self._step[resource] = size if beyond > 0 else -size
            self.price[resource] = max(0.0, price + self._step[resource])

    def refund(self, rules: WorkRules) -> float:
        """Return the fines on the caps: what the relaxation must give back [points]."""
        return sum(price * cap_of(rules, resource) for resource, price in self.price.items())

    def on_shifts(self, cost: FloatArray, able: Sequence[int]) -> FloatArray:
        """Return ``cost`` (shape (D, A)) with the fines on the able shifts added."""
        fines: FloatArray = np.array([self.price.get(shift, 0.0) for shift in able])
        return cost + fines


def counted_rules(
    kinds: Kinds, rules: WorkRules, counted: Sequence[int], fines: Fines
) -> tuple[DayRules, IntArray, IntArray]:
    """Return the rules with ``counted`` in the state, ``up`` and ``down`` of their amounts.

    Amounts are numbered in mixed radix, one digit per resource; row 0 is the weekends.
    """
    caps = {resource: cap_of(rules, resource) for resource in counted}
    amounts = np.arange(int(np.prod([cap + 1 for cap in caps.values()], dtype=np.int64)))
    up = np.tile(amounts.astype(np.int32), (len(caps) + 1, 1))
    down = up.copy()
    row, stride = {}, 1
    for number, (resource, cap) in enumerate(caps.items(), start=1):
        row[resource] = 0 if resource == WEEKENDS else number
        digit = amounts // stride % (cap + 1)
        up[row[resource]] = np.where(digit < cap, amounts + stride, -1)
        down[row[resource]] = np.where(digit > 0, amounts - stride, -1)
        stride *= cap + 1
    each, fine = kinds.each, fines.price.get(WEEKENDS, 0.0)
    resource_row = [row.get(shift, -1) if shift >= 0 else -1 for shift in kinds.limited]
    weekend = each.weekend if WEEKENDS in caps or fine > 0 else np.zeros_like(each.weekend)
    ready = each._replace(resource=np.array(resource_row, np.int32), weekend=weekend, fine=fine)
    return ready, up, down
