"""Exact pricing of lines under work rules: fine the counted resources, count only where it must be.

Quick pricing relaxes every counted resource into a fine (``counting``); its answer is a lower bound
and, when the fined line is lawful and uses up what it is fined for, the optimum.  Exact pricing
takes resources that fines cannot settle into the state, one after another: decremental state-space
relaxation (Righini and Salani 2008, doi 10.1002/net.20212).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from planner.model.lines.compiled_days import forward, trace
from planner.model.lines.compiled_runs import WEEKEND_ROW, Runs
from planner.model.lines.corridor import Corridor
from planner.model.lines.counting import (
    WEEKENDS,
    Fines,
    cap_of,
    counted_rules,
    used_amounts,
    worked_weekends,
)
from planner.model.lines.cutting import Cut, cut_around, cut_rules, cut_types
from planner.model.lines.kinds import Kinds, kinds_of
from planner.model.lines.listing import Table, list_lines
from planner.model.lines.pricing import Listed, Priced
from planner.model.lines.problem import FloatArray, IntArray, Line, LineProblem
from planner.model.lines.runs import runs_of
from planner.model.lines.section import Section, section_problem
from planner.model.lines.workrules import ShiftTypes, WorkRules

#: Fines follow unused amounts up to this: all of them.
ANY_SLACK = 1 << 30


@dataclass(frozen=True, slots=True)
class PricingEffort:
    """How hard a pricer tries.

    Attributes
    ----------
    quick, thorough : int
        Rounds of fines before quick pricing gives up and before exact pricing counts instead.
    amounts : int
        Combined amounts of counted resources in the state at the most; beyond it exact pricing
        answers with the bound of the fines.
    cells, section_cells : int
        Cells of the table at the most, in the same way (8 bytes each); of a section's.
    wide : int
        Cells of the table while nothing is counted from which quick pricing looks at a corridor.
    few : int
        Weekends are counted from the beginning if fewer than this may be worked.
    patience : int
        Further passes of exact pricing, or along a corridor, while no lawful line has come up.
    """

    quick: int = 3
    thorough: int = 6
    amounts: int = 600
    cells: int = 20_000_000
    section_cells: int = 1_000_000
    wide: int = 100_000
    few: int = 8
    patience: int = 20


@dataclass(slots=True)
class _Person:
    """An employee's rules, kinds, the resources counted in the state and the fines of the others.

    Quick and exact pricing each have their own: what exact pricing had to count would slow down
    the many quick rounds between two exact ones.
    """

    rules: WorkRules
    kinds: Kinds
    fines: Fines = field(default_factory=Fines)
    counted: tuple[int, ...] = ()
    corridor: Corridor | None = None


class RulePricer:
    """Prices lines by the compiled dynamic programme (a ``Pricer`` and a ``Lister``).

    Parameters
    ----------
    rules : sequence of WorkRules
        By employee.
    """

    def __init__(
        self, types: ShiftTypes, rules: Sequence[WorkRules], effort: PricingEffort | None = None
    ) -> None:
        self._types, self._rules = types, tuple(rules)
        self._effort = effort or PricingEffort()
        kinds = [kinds_of(types, own) for own in rules]
        self._quick, self._exact = (
            [self._person(own, kind, quick) for own, kind in zip(rules, kinds, strict=True)]
            for quick in (True, False)
        )

    def price(self, employee: int, duals: FloatArray, exact: bool) -> Priced:
        """Return the cheapest lawful lines at ``duals``, and a lower bound on their least value."""
        person = (self._exact if exact else self._quick)[employee]
        if person is None:
            return Priced((), float("inf"))
        reduced = person.rules.cost - duals[self._types.rows]
        answer, broken = self._fined(employee, person, reduced, exact)
        while exact and broken and self._fits(person, broken):
            person.counted = (*person.counted, *broken)
            answer, broken = self._fined(employee, person, reduced, exact)
        patient = exact or person.corridor is not None
        for _ in range(self._effort.patience if patient else 0):
            if answer.lines or not broken:
                break
            answer, broken = self._fined(employee, person, reduced, exact, least_excess=0)
        return answer

    def within(self, employee: int, duals: FloatArray, limit: float, count: int) -> Listed:
        """Return up to ``count`` cheapest lines with cost less duals up to ``limit``."""
        person = self._exact[employee]
        if person is None:
            return Listed((), whole=True)
        reduced = person.rules.cost - duals[self._types.rows]
        table = self._filled(person, person.kinds, reduced, Fines())
        places, whole = list_lines(table, limit - person.rules.base, count)
        plans = [_plan(person.kinds, own) for own in places]
        lawful = [plan for plan in plans if not self._broken(person, plan)]
        return Listed([self._line(employee, plan) for plan in lawful], whole)

    def runs(self) -> list[Runs] | None:
        """Return everybody's rules for the descent; None if somebody has no lawful line."""
        everybody = [person for person in self._quick if person is not None]
        if len(everybody) < len(self._quick):
            return None
        return [runs_of(self._types, person.rules, person.kinds) for person in everybody]

    def begin(self, fines: Sequence[FloatArray]) -> None:
        """Begin quick pricing at everybody's ``fines``, as ``Runs`` number the amounts."""
        for person, own in zip(self._quick, fines, strict=True):
            if person is None:
                continue
            if person.corridor is not None:
                person.corridor.begin(own)
            limited = [shift for shift in person.kinds.limited if shift >= 0]
            for resource, fine in zip(
                (WEEKENDS, *limited), own[WEEKEND_ROW:].tolist(), strict=True
            ):
                if resource not in person.counted:
                    person.fines.price[resource] = fine

    @property
    def days(self) -> int:
        """Days of the horizon."""
        return len(self._types.weekday)

    def section(
        self, problem: LineProblem, lines: Sequence[Line], employees: Sequence[int], days: range
    ) -> Section:
        """Return the section of ``employees`` on ``days``; lines must carry their plans."""
        plans = [np.array(lines[e].payload, np.int32) for e in employees]
        rules = [self._rules[e] for e in employees]
        cut = cut_around(self._types, rules, days)
        opened = slice(days.start, days.stop)
        rows = np.unique(self._types.rows[opened]).astype(np.int32)
        served = problem.served(lines)
        for plan in plans:
            worked = np.flatnonzero(plan[opened] >= 0)
            np.add.at(served, self._types.rows[opened][worked, plan[opened][worked]], -1)
        place = np.full(problem.rows, len(rows), np.int32)
        place[rows] = np.arange(len(rows))
        types = cut_types(self._types, cut, place, len(rows))
        own = [cut_rules(self._types, r, cut, p) for r, p in zip(rules, plans, strict=True)]
        effort = replace(self._effort, cells=min(self._effort.cells, self._effort.section_cells))
        pricer = RulePricer(types, own, effort)
        return Section(
            section_problem(problem, served, rows, len(employees)),
            pricer,
            tuple(pricer._line(k, plan[cut.seen]) for k, plan in enumerate(plans)),
            rows,
            partial(self._whole, lines, employees, cut),
        )

    def _whole(
        self, lines: Sequence[Line], employees: Sequence[int], cut: Cut, parts: Sequence[Line]
    ) -> list[Line]:
        """Return whole lines: ``parts`` inside the days in sight, ``lines`` outside."""
        whole = []
        for part in parts:
            employee = employees[part.employee]
            plan = np.array(lines[employee].payload, np.int32)
            plan[cut.seen] = part.payload
            whole.append(self._line(employee, plan))
        return whole

    def _fined(
        self,
        employee: int,
        person: _Person,
        reduced: FloatArray,
        exact: bool,
        least_excess: int = -ANY_SLACK,
    ) -> tuple[Priced, tuple[int, ...]]:
        """Price with fines for what is not counted; return the answer and what stays unsettled.

        With a ``least_excess`` of 0 fines only rise, so that a lawful line comes up at last.
        """
        least, lawful = -np.inf, dict[tuple[int, ...], Line]()
        unsettled: tuple[int, ...] = ()
        for _ in range(self._effort.thorough if exact else self._effort.quick):
            value, plan = self._cheapest(person, reduced)
            if plan is None:
                return Priced((), float("inf")), ()
            least = max(least, value)
            broken, slack = self._broken(person, plan), self._slack(person, plan)
            if not broken:
                lawful[tuple(plan.tolist())] = self._line(employee, plan)
            excess = self._excess(person, plan)
            person.fines.follow({r: max(least_excess, beyond) for r, beyond in excess.items()})
            unsettled = broken or (slack if exact else ())
            if not unsettled:
                break
        return Priced(_ranked(lawful, reduced), least), unsettled

    def _cheapest(self, person: _Person, reduced: FloatArray) -> tuple[float, IntArray | None]:
        """Return the bound of the fined relaxation and its plan; None if there is none."""
        if person.corridor is None:
            return self._planned(person, person.kinds, reduced)
        able = np.ascontiguousarray(reduced[:, person.kinds.able])
        bound, near = person.corridor.narrowed(able, person.fines)
        _, plan = self._planned(person, near, reduced)
        if plan is None:
            return self._planned(person, person.kinds, reduced)
        return bound, plan

    def _planned(
        self, person: _Person, kinds: Kinds, reduced: FloatArray
    ) -> tuple[float, IntArray | None]:
        """Return the value and the plan of the fined relaxation over the windows of ``kinds``."""
        table = self._filled(person, kinds, reduced, person.fines)
        final = table.final
        if not np.isfinite(final.min(initial=np.inf)):
            return float("inf"), None
        last = np.array(np.unravel_index(int(final.argmin()), final.shape), np.int64)
        value = float(final[tuple(last)]) + person.rules.base - person.fines.refund(person.rules)
        last[1] += table.lowest
        places = trace(table.rules, table.cost, table.off_cost, table.down, table.best, last)
        return value, _plan(person.kinds, places)

    def _filled(self, person: _Person, kinds: Kinds, reduced: FloatArray, fines: Fines) -> Table:
        """Return the table of the relaxation at ``reduced`` costs (D, S)."""
        off_cost = person.rules.off_cost
        each, up, down = counted_rules(kinds, person.rules, person.counted, fines)
        cost = np.ascontiguousarray(fines.on_shifts(reduced[:, kinds.able], kinds.able.tolist()))
        best = forward(kinds.grouped(each), kinds.group_costs(cost), off_cost, up)
        lowest, highest = (max(0, m - int(each.low[-1])) for m in (kinds.least, kinds.most))
        return Table(each, cost, off_cost, down, best, lowest, highest)

    def _excess(self, person: _Person, plan: IntArray) -> dict[int, int]:
        """Return use less cap of every resource that is limited and not counted."""
        used = used_amounts(plan, self._types.weekday, len(self._types.minutes))
        limited = {WEEKENDS, *person.kinds.limited} - set(person.counted)
        return {r: used[r] - cap_of(person.rules, r) for r in sorted(limited)}

    def _broken(self, person: _Person, plan: IntArray) -> tuple[int, ...]:
        """Return the resources of which ``plan`` uses too much."""
        return tuple(r for r, beyond in self._excess(person, plan).items() if beyond > 0)

    def _slack(self, person: _Person, plan: IntArray) -> tuple[int, ...]:
        """Return fined resources that ``plan`` leaves unused: the bound may be loose."""
        excess = self._excess(person, plan)
        return tuple(
            r for r, price in person.fines.price.items() if price > 0 and excess.get(r, 0) < 0
        )

    def _person(self, rules: WorkRules, kinds: Kinds | None, quick: bool) -> _Person | None:
        if kinds is None:
            return None
        if quick and kinds.states > self._effort.wide:
            return _Person(
                rules, kinds, corridor=Corridor(runs_of(self._types, rules, kinds), kinds)
            )
        return _Person(rules, kinds, counted=self._at_first(rules))

    def _at_first(self, rules: WorkRules) -> tuple[int, ...]:
        """Return what is counted from the beginning: few weekends."""
        there = worked_weekends(np.zeros_like(self._types.weekday), self._types.weekday)
        return (WEEKENDS,) if rules.weekends < min(there, self._effort.few) else ()

    def _fits(self, person: _Person, more: Sequence[int]) -> bool:
        """Return whether the table with ``more`` counted is small enough; their fines end then."""
        caps = [cap_of(person.rules, r) + 1 for r in (*person.counted, *more)]
        amounts = int(np.prod(caps, dtype=np.int64))
        cells = amounts * person.kinds.states
        fits = amounts <= self._effort.amounts and cells <= self._effort.cells
        for resource in more if fits else ():
            person.fines.price.pop(resource, None)
        return fits

    def _line(self, employee: int, plan: IntArray) -> Line:
        days = np.flatnonzero(plan >= 0)
        rows = self._types.rows[days, plan[days]]
        return Line(employee, self._rules[employee].line_cost(plan), rows, tuple(plan.tolist()))


def _plan(kinds: Kinds, places: IntArray) -> IntArray:
    """Return the shift type by day (-1 for off) from the place among the able shifts."""
    return np.where(places >= 0, kinds.able[places], -1).astype(np.int32)


def _ranked(lawful: dict[tuple[int, ...], Line], reduced: FloatArray) -> list[Line]:
    """Return the lawful lines found, cheapest at ``reduced`` costs first."""

    def value(plan: tuple[int, ...]) -> float:
        return sum(float(reduced[day, shift]) for day, shift in enumerate(plan) if shift >= 0)

    return [lawful[plan] for plan in sorted(lawful, key=lambda plan: (value(plan), plan))]
