"""A bound on shifts from windows of the day: what each window costs when all others are staffed.

A target of a whole day allows any single hour to fail, so a bound must look at all hours at once.
The day is cut into short windows; for every number of people in a window's periods it is known what
the window's own customers add to every target's score when all other periods have all desks.
Since that is the least they can add, the scores of the windows together must fit the targets.  The
cheapest shifts under this condition, as a linear programme, cost no more than any schedule.

The idea of judging a part with the rest at its best is Lagrangian decomposition (Guignard, Kim
1987, Math. Programming 39); the windows are this project's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ortools.linear_solver import pywraplp

from planner.model.shift_master import Profile, Shift


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """At least so many people by period of the window, and what is then added to each score."""

    people: Profile
    scores: tuple[float, ...]


@dataclass(frozen=True)
class Window:
    """Neighbouring periods and every choice of people in them."""

    periods: tuple[int, ...]
    choices: tuple[WindowChoice, ...]


@dataclass(frozen=True)
class WindowDay:
    """A day in windows.

    Attributes
    ----------
    menu, most, least
        As in ``ShiftMaster``.
    partitions : tuple of tuple of Window
        Each is the whole day in disjoint windows; all must fit.
    allowed : tuple of float
        The most that each target's score may sum up to over the day.
    """

    menu: tuple[Shift, ...]
    most: Profile
    least: Profile
    partitions: tuple[tuple[Window, ...], ...]
    allowed: tuple[float, ...]


def window_bound(day: WindowDay) -> int:
    """Return a cost that no schedule of the menu that holds the targets undercuts.

    The optimum of the linear programme, rounded up to what sums of costs can be; where it has no
    solution, or is not solved, the bound is 0 (nothing is claimed).
    """
    solver = pywraplp.Solver.CreateSolver("GLOP")
    counts = [solver.NumVar(0.0, float(max(day.most)), "") for _ in day.menu]
    present = [
        solver.NumVar(float(low), float(high), "")
        for low, high in zip(day.least, day.most, strict=True)
    ]
    for period, people in enumerate(present):
        covering = [c for c, s in zip(counts, day.menu, strict=True) if s.covers[period]]
        solver.Add(solver.Sum(covering) == people)
    for windows in day.partitions:
        _fit(solver, present, windows, day.allowed)
    solver.Minimize(solver.Sum([s.cost * count for s, count in zip(day.menu, counts, strict=True)]))
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return 0
    step = math.gcd(*(shift.cost for shift in day.menu))
    least: float = solver.Objective().Value()
    return step * math.ceil(least / step - 1e-6)


def _fit(
    solver: pywraplp.Solver,
    present: list[pywraplp.Variable],
    windows: tuple[Window, ...],
    allowed: tuple[float, ...],
) -> None:
    """Ask every window to choose, with the people to match, and the scores to fit together."""
    totals: list[list[pywraplp.LinearExpr]] = [[] for _ in allowed]
    for window in windows:
        chosen = [solver.NumVar(0.0, 1.0, "") for _ in window.choices]
        solver.Add(solver.Sum(chosen) == 1.0)
        for place, period in enumerate(window.periods):
            asked = [c.people[place] * v for c, v in zip(window.choices, chosen, strict=True)]
            solver.Add(solver.Sum(asked) <= present[period])
        for target, total in enumerate(totals):
            total += [c.scores[target] * v for c, v in zip(window.choices, chosen, strict=True)]
    for most, total in zip(allowed, totals, strict=True):
        solver.Add(solver.Sum(total) <= most)
