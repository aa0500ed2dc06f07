"""Posting of the rule about types of shift, second part: counts of a week as states.

Shifts of each type are counted up to their limit; what is beyond is forbidden or one more to pay.
The states that can be reached from Monday on are listed day by day and folded, from the last day
back, into as few as tell the prices of all weeks apart (as sets of days are in ``day_sets``).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from math import inf
from typing import TypeVar

from planner.model.roster.arrays import OFF
from planner.model.roster.day_sets import Trail, packed
from planner.model.roster.postings import hard, price_of
from planner.rules.shifts_of_type import ShiftsOfType

State = TypeVar("State", bound=Hashable)
#: Shifts of each type, up to its limit, and those beyond all limits.
Counts = tuple[tuple[int, ...], int]


def counted(rule: ShiftsOfType, by_letter: list[tuple[int, ...]], days: int) -> Trail:
    """Return the counts of a week as a trail; ``by_letter``: the types of a day of each letter."""
    most = [kind.most for kind in rule.types]

    def follow(_: int, state: Counts, letter: int) -> Counts | None:
        counts, beyond = list(state[0]), state[1]
        for number in by_letter[letter]:
            full = counts[number] == most[number]
            beyond += full
            counts[number] += not full
        return None if beyond and hard(rule) else (tuple(counts), beyond)

    start: Counts = (0,) * len(most), 0
    return _folded((days, len(by_letter)), start, follow, lambda end: price_of(rule) * end[1])


def joined(days: Trail, counts: Trail) -> Trail:
    """Return the trail of both: of the days worked and of the types counted on them."""

    def follow(d: int, state: tuple[int, int], letter: int) -> tuple[int, int] | None:
        one = int(days.step[d, state[0], min(letter, 1)])
        two = int(counts.step[d, state[1], letter])
        return None if OFF in (one, two) else (one, two)

    def cost(end: tuple[int, int]) -> float:
        return float(days.cost[end[0]] + counts.cost[end[1]])

    return _folded((len(days.step), counts.step.shape[2]), (0, 0), follow, cost)


def _folded(
    shape: tuple[int, int],
    start: State,
    follow: Callable[[int, State, int], State | None],
    cost: Callable[[State], float],
) -> Trail:
    """Return the fewest states that tell all ways apart; ``shape``: days and letters."""
    here, ways = [start], []
    for d in range(shape[0]):
        index: dict[State, int] = {}
        rows = []
        for state in here:
            nexts = [follow(d, state, letter) for letter in range(shape[1])]
            rows.append([OFF if n is None else index.setdefault(n, len(index)) for n in nexts])
        ways.append(rows)
        here = list(index)
    return _merged(ways, [cost(state) for state in here])


def _merged(ways: list[list[list[int]]], ends: list[float]) -> Trail:
    known: dict[float, int] = {}
    ids = [OFF if price == inf else known.setdefault(price, len(known)) for price in ends]
    counts: list[int] = [len(known)]
    steps: list[list[tuple[int, ...]]] = []
    for rows in reversed(ways):
        layer: dict[tuple[int, ...], int] = {}
        nexts = [tuple(OFF if n == OFF else ids[n] for n in row) for row in rows]
        ids = [OFF if max(row) == OFF else layer.setdefault(row, len(layer)) for row in nexts]
        steps.insert(0, list(layer))
        counts.insert(0, len(layer))
    return packed(steps, list(known), counts)
