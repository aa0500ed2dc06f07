"""Exact pricing of lines under work rules: relax the counted resources, tighten where broken.

Decremental state-space relaxation (Righini and Salani 2008, doi 10.1002/net.20212): weekends and
limited shift types are left out of the state until the cheapest line breaks one of them.  Every
relaxed answer is a valid lower bound; the first unbroken one is the optimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.model.lines.compiled_days import DayRules, forward, trace
from planner.model.lines.kinds import Kinds, kind_costs, kinds_of
from planner.model.lines.pricing import Priced
from planner.model.lines.problem import FloatArray, IntArray, Line
from planner.model.lines.workrules import SATURDAY, SUNDAY, ShiftTypes, WorkRules

#: Name of the weekend resource among shift types.
WEEKENDS = -1


@dataclass(slots=True)
class _Person:
    """An employee's rules, kinds and the resources that are in the state by now."""

    rules: WorkRules
    kinds: Kinds | None
    counted: list[int] = field(default_factory=list)


class RulePricer:
    """Prices lines by the compiled dynamic programme (a ``Pricer``).

    Parameters
    ----------
    rules : sequence of WorkRules
        By employee.
    lines : int
        Lines returned for each employee at the most.
    """

    def __init__(self, types: ShiftTypes, rules: Sequence[WorkRules], lines: int = 4) -> None:
        self._types = types
        self._people = [_Person(own, kinds_of(types, own)) for own in rules]
        self._lines = lines

    def price(self, employee: int, duals: FloatArray, exact: bool) -> Priced:
        """Return the cheapest lines at ``duals``; exact unless a lawful one comes cheaper."""
        person = self._people[employee]
        if person.kinds is None:
            return Priced((), float("inf"))
        reduced = person.rules.cost - duals[self._types.rows]
        cost, shift = kind_costs(person.kinds, reduced)
        while True:
            found = self._lines_at(person, cost)
            if not found:
                return Priced((), float("inf"))
            least = found[0][0] + person.rules.base
            plans = [shift_plan(kinds, shift) for _, kinds in found]
            lawful = [plan for plan in plans if not self._broken(person.rules, plan)]
            if lawful and (not exact or lawful[0] is plans[0]):
                return Priced([self._line(employee, plan) for plan in lawful], least)
            person.counted = person.counted + self._broken(person.rules, plans[0])

    def _lines_at(self, person: _Person, cost: FloatArray) -> list[tuple[float, IntArray]]:
        """Return (cost, kinds by day) of the best lines of the relaxation, cheapest first."""
        assert person.kinds is not None
        rules, up = _counting(person)
        off_cost = person.rules.off_cost
        best = forward(rules, cost, off_cost, up)
        lowest = max(0, person.kinds.least - int(rules.low[-1]))
        highest = person.kinds.most - int(rules.low[-1])
        final = best[-1][:, lowest : highest + 1]
        order = np.argsort(final, axis=None, kind="stable")[: self._lines]
        found = []
        for place in order.tolist():
            run, minute, amount = (int(k) for k in np.unravel_index(place, final.shape))
            if np.isfinite(final[run, minute, amount]):
                last = (run, minute + lowest, amount)
                kinds = trace(rules, cost, off_cost, up, best, last)
                found.append((float(final[run, minute, amount]), kinds))
        return found

    def _broken(self, rules: WorkRules, plan: IntArray) -> list[int]:
        """Return the counted resources of which ``plan`` uses too much."""
        used = np.bincount(plan[plan >= 0], minlength=len(self._types.minutes))
        broken = np.flatnonzero(used > rules.most).tolist()
        if worked_weekends(plan, self._types.weekday) > rules.weekends:
            broken.append(WEEKENDS)
        return broken

    def _line(self, employee: int, plan: IntArray) -> Line:
        days = np.flatnonzero(plan >= 0)
        rows = self._types.rows[days, plan[days]]
        cost = self._people[employee].rules.line_cost(plan.tolist())
        return Line(employee, cost, rows, tuple(plan.tolist()))


def shift_plan(kinds: IntArray, shift: IntArray) -> IntArray:
    """Return the shift type by day (-1 for off) from the kinds by day."""
    days = np.arange(len(kinds))
    return np.where(kinds >= 0, shift[days, kinds], -1).astype(np.int32)


def worked_weekends(plan: IntArray, weekday: IntArray) -> int:
    """Return the number of weekends with a shift on Saturday or Sunday."""
    worked = plan >= 0
    saturdays = worked & (weekday == SATURDAY)
    sundays = worked & (weekday == SUNDAY)
    sundays[1:] &= ~saturdays[:-1]
    return int(saturdays.sum() + sundays.sum())


def _counting(person: _Person) -> tuple[DayRules, IntArray]:
    """Return the compiled rules and ``up`` with the counted resources in the state.

    Amounts are numbered in mixed radix, one digit per resource; row 0 of ``up`` is the weekends.
    """
    assert person.kinds is not None
    caps = {r: _cap(person.rules, r) for r in person.counted}
    amounts = int(np.prod([cap + 1 for cap in caps.values()], dtype=np.int64))
    up = np.tile(np.arange(amounts, dtype=np.int32), (len(caps) + 1, 1))
    row = {}
    stride = 1
    for number, (resource, cap) in enumerate(caps.items(), start=1):
        row[resource] = 0 if resource == WEEKENDS else number
        digit = np.arange(amounts) // stride % (cap + 1)
        up[row[resource]] = np.where(digit < cap, np.arange(amounts) + stride, -1)
        stride *= cap + 1
    counted = [row.get(shift, -1) if shift >= 0 else -1 for shift in person.kinds.limited]
    weekend = person.kinds.rules.weekend * (WEEKENDS in caps)
    rules = person.kinds.rules._replace(
        resource=np.array(counted, np.int32), weekend=weekend.astype(np.int32)
    )
    return rules, up


def _cap(rules: WorkRules, resource: int) -> int:
    return rules.weekends if resource == WEEKENDS else int(rules.most[resource])
