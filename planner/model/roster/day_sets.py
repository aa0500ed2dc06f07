"""Posting of the rules about which days of the week somebody works.

Seven days have 128 sets of worked days, so every such rule is a price of the set: the sets are
listed, priced, and folded into as few states as tell their prices apart (the minimal automaton of
the list, from the last day back; Hopcroft, Motwani, Ullman 2006, Introduction to automata theory,
section 4.4), a *trail*.  Pricing carries the state from day to day and pays at the end; where no
rule asks, there is one state.  A set is a whole number: bit d stands for work on day d.
"""

from __future__ import annotations

from datetime import timedelta
from math import inf
from typing import NamedTuple

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.staff import Employee
from planner.model.roster.arrays import OFF, Floats, Ints
from planner.model.roster.postings import hard, posted
from planner.rules.days_together import DaysTogether
from planner.rules.min_days_off_in_a_row import MinDaysOffInARow


class Trail(NamedTuple):
    """The states of one person's days: ``step`` (D, T, L), ``cost`` (T,), ``alive`` (D + 1,).

    There is one letter for a day off and one (or more: ``type_counts``) for a working day.
    """

    step: Ints
    cost: Floats
    alive: Ints


def set_prices(case: PlanningCase, employee: Employee) -> Floats:
    """Return the price of every set of worked days, infinite where forbidden; (2^D,) [points].

    The empty set has the price 0 and is never forbidden.
    """
    prices = np.zeros(2**case.horizon.days)
    together = posted(case, DaysTogether, employee.contract_group)
    if together is not None:
        price = inf if hard(together) else together.price
        for mask in _masks(case, employee, together):
            _add(prices, price, np.array([_torn(days, mask) for days in range(len(prices))]))
    in_row = posted(case, MinDaysOffInARow, employee.contract_group)
    if in_row is not None:
        price = inf if hard(in_row) else in_row.price
        excused, before = _excused(case, employee), _off_before(case, employee)
        lacks = [
            _lacking(days, case.horizon.days, in_row.days, excused, before)
            for days in range(len(prices))
        ]
        _add(prices, price, np.array(lacks))
    return prices


def fold(prices: Floats) -> Trail:
    """Return the fewest states that tell the prices of all sets apart."""
    days = len(prices).bit_length() - 1
    known: dict[float, int] = {}
    ids = [OFF if p == inf else known.setdefault(p, len(known)) for p in prices.tolist()]
    cost, counts = list(known), [len(known)]
    steps: list[list[tuple[int, ...]]] = []
    for d in reversed(range(days)):
        layer: dict[tuple[int, ...], int] = {}
        pairs = [(ids[s], ids[s | 1 << d]) for s in range(1 << d)]
        ids = [OFF if p == (OFF, OFF) else layer.setdefault(p, len(layer)) for p in pairs]
        steps.insert(0, list(layer))
        counts.insert(0, len(layer))
    return packed(steps, cost, counts)


def packed(steps: list[list[tuple[int, ...]]], cost: list[float], counts: list[int]) -> Trail:
    """Return the states of each day and their ways on as arrays."""
    most = max(counts)
    step = np.full((len(steps), most, len(steps[0][0])), OFF)
    for d, states in enumerate(steps):
        step[d, : len(states)] = states
    ends = np.zeros(most)
    ends[: len(cost)] = cost
    return Trail(step, ends, np.array(counts, np.int64))


def _add(prices: Floats, price: float, times: Ints) -> None:
    """Add ``price`` as often as ``times`` says; an infinite price none times is nothing."""
    broken = times > 0
    prices[broken] += price * times[broken]


def _masks(case: PlanningCase, employee: Employee, rule: DaysTogether) -> list[int]:
    """Return the groups of days as sets: those of one calendar week that can be worked."""
    found: dict[tuple[int, int], int] = {}
    for d, day in enumerate(case.horizon.dates):
        for number, group in enumerate(rule.days):
            if day.weekday() in group and employee.available(day, case.horizon):
                key = day.toordinal() - day.weekday(), number
                found[key] = found.get(key, 0) | 1 << d
    return list(found.values())


def _torn(days: int, mask: int) -> int:
    """Return how many days of ``mask`` would have to change for it to be whole."""
    worked = (days & mask).bit_count()
    return min(worked, mask.bit_count() - worked)


def _excused(case: PlanningCase, employee: Employee) -> int:
    """Return the days that make a row of days off long enough, one bit a day from the last shift.

    Bit 0 is the day after the last shift before the horizon, or the first day of the horizon.
    """
    before = max(0, _off_before(case, employee))
    first = case.horizon.first_day - timedelta(days=before)
    days = (first + timedelta(days=n) for n in range(before + case.horizon.days))
    return sum(
        1 << n
        for n, day in enumerate(days)
        if day in employee.absent or case.horizon.is_holiday(day)
    )


def _off_before(case: PlanningCase, employee: Employee) -> int:
    """Return the days off just before the horizon; -1 where the last shift is not known."""
    if employee.last_end is None:
        return -1
    last = employee.last_end - timedelta(minutes=1)
    return max(0, (case.horizon.first_day - last.date()).days - 1)


def _lacking(days: int, length: int, least: int, excused: int, before: int) -> int:
    """Return the days off that the set lacks: in rows that are too short, between working days."""
    worked = [False] * max(0, before) + [bool(days >> d & 1) for d in range(length)]
    lacking, row, known = 0, 0, before >= 0
    for n, works in enumerate(worked):
        if works:
            taken = (excused >> (n - row)) & ((1 << row) - 1)
            if known and row and not taken:
                lacking += max(0, least - row)
            row, known = 0, True
        else:
            row += 1
    return lacking
