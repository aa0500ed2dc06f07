"""From a schedule that holds the targets to a cheaper one: shifts dropped, exchanged, joined.

Cuts prove, but find a schedule only at their end; with targets of a whole day that can be late.
This descent finds one early: it takes the move that saves most among those that the evaluator
lets pass, over and over.  Nothing is proven by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from planner.model.shift_master import MasterSolution, Profile, Shift

Counts = NDArray[np.int64]
#: (saving, shifts out, shift in or -1)
Move = tuple[int, tuple[int, ...], int]
#: Periods that an exchanged shift may cover beyond the shift (or shifts) whose place it takes.
MOST_BEYOND = 2


def descend(
    menu: tuple[Shift, ...],
    limits: tuple[Profile, Profile],
    start: MasterSolution,
    holds: Callable[[Profile], bool | None],
) -> MasterSolution:
    """Return the cheapest schedule found; ``start`` where nothing cheaper holds.

    Parameters
    ----------
    limits : (most, least)
        People by period.
    start : MasterSolution
        A schedule that holds the targets.
    holds : callable
        Plays a profile; None: the budget is used up.
    """
    if start.counts is None:
        return start
    moves = _Moves(menu, limits)
    counts = np.array(start.counts, dtype=np.int64)
    tried: set[bytes] = set()
    while (better := _better(moves, counts, holds, tried)) is not None:
        counts = better
    profile = tuple(int(people) for people in counts @ moves.covers)
    cost = int(counts @ moves.costs)
    return MasterSolution(tuple(int(c) for c in counts), profile, cost, 0.0, proven=False)


def _better(
    moves: _Moves,
    counts: Counts,
    holds: Callable[[Profile], bool | None],
    tried: set[bytes],
) -> Counts | None:
    for candidate in moves.of(counts):
        key = candidate.tobytes()
        if key in tried:
            continue
        tried.add(key)
        answer = holds(tuple(int(people) for people in candidate @ moves.covers))
        if answer is None:
            return None
        if answer:
            return candidate
    return None


class _Moves:
    """Cheaper neighbours of a schedule within the limits, the largest saving first."""

    def __init__(self, menu: tuple[Shift, ...], limits: tuple[Profile, Profile]) -> None:
        self.covers = np.array([shift.covers for shift in menu], dtype=np.int64)
        self.costs = np.array([shift.cost for shift in menu], dtype=np.int64)
        self._most, self._least = (np.array(limit, dtype=np.int64) for limit in limits)

    def of(self, counts: Counts) -> Iterator[Counts]:
        """Yield neighbours: one or two shifts out, none or one in."""
        used = np.flatnonzero(counts)
        out: list[tuple[int, ...]] = [(int(j),) for j in used]
        out += [
            (int(i), int(j))
            for i, j in combinations_with_replacement(used, 2)
            if i != j or counts[i] > 1
        ]
        found = [move for gone in out for move in self._moves(counts, gone)]
        for _saving, gone, come in sorted(found, key=lambda move: (-move[0], move[1:])):
            changed = counts.copy()
            for shift in gone:
                changed[shift] -= 1
            if come >= 0:
                changed[come] += 1
            yield changed

    def _moves(self, counts: Counts, gone: tuple[int, ...]) -> list[Move]:
        left = counts @ self.covers - self.covers[list(gone)].sum(axis=0)
        saved = int(self.costs[list(gone)].sum())
        alone = len(gone) == 1 and bool((left >= self._least).all())
        moves: list[Move] = [(saved, gone, -1)] if alone else []
        profiles = left + self.covers
        covered = self.covers[list(gone)].max(axis=0)
        fits = (profiles >= self._least).all(axis=1) & (profiles <= self._most).all(axis=1)
        near = (self.covers > covered).sum(axis=1) <= MOST_BEYOND
        cheaper = np.flatnonzero(fits & near & (self.costs < saved)).tolist()
        return moves + [(saved - int(self.costs[come]), gone, come) for come in cheaper]
