"""The search by slopes on targets that fall ever more slowly with more people, and on others."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from planner.model.shift_master import (
    LinearCut,
    MasterSolution,
    Profile,
    ShiftMaster,
    contiguous_menu,
)
from planner.plan.cuts.slope_search import SlopeProblem, search_by_slopes

PERIODS, MOST = 5, 6


class _Convex:
    """Two targets: weighted sums over periods of what falls by half with every person."""

    def __init__(self, weights: NDArray[np.float64]) -> None:
        self.weights, self.played = weights, 0

    def excess(self, profile: Profile) -> NDArray[np.float64]:
        """Return the sums less one."""
        self.played += 1
        sums: NDArray[np.float64] = self.weights @ 0.5 ** np.array(profile, dtype=np.float64) - 1.0
        return sums


class _Steps:
    """A target that nothing but four people in every period holds: no slope below that."""

    def excess(self, profile: Profile) -> NDArray[np.float64]:
        """Return -1 with four people everywhere, else 1."""
        return np.array([-1.0 if min(profile) >= 4 else 1.0])


def _optimum(evaluator: _Convex) -> int:
    menu = contiguous_menu(PERIODS, (2, 3))
    covers = np.array([shift.covers for shift in menu], dtype=np.int64)
    costs = np.array([shift.cost for shift in menu])
    best = MOST * PERIODS
    for counts in product(range(4), repeat=len(menu)):
        profile = np.array(counts) @ covers
        if profile.max() <= MOST and (evaluator.excess(tuple(profile)) <= 0).all():
            best = min(best, int(np.array(counts) @ costs))
    return best


@pytest.mark.parametrize("seed", range(3))
def test_convex_targets_are_solved_to_the_optimum(seed: int) -> None:
    """Three random days, all 16,384 schedules played: the search ends at the cheapest."""
    weights = np.random.default_rng(seed).uniform(0.3, 1.2, (2, PERIODS))
    evaluator = _Convex(weights)
    problem = SlopeProblem(
        contiguous_menu(PERIODS, (2, 3)), (MOST,) * PERIODS, (0,) * PERIODS, evaluator
    )
    found = search_by_slopes(problem, None, lambda: True)
    assert evaluator.played < 400
    assert found.converged
    assert found.best is not None
    assert found.best.cost == _optimum(evaluator)
    assert found.estimate == found.best.cost


def test_a_start_is_kept_where_slopes_show_nothing() -> None:
    """Without slopes every proposal is excluded one by one; the start outlives the budget."""
    menu = contiguous_menu(3, (3,))
    start = MasterSolution((5,), (5, 5, 5), 15, 0.0, proven=False)
    budget = iter(range(40))
    found = search_by_slopes(
        SlopeProblem(menu, (6,) * 3, (0,) * 3, _Steps()), start, lambda: next(budget, 99) < 39
    )
    assert found.best is not None
    assert found.best.cost in {12, 15}
    assert (_Steps().excess(found.best.profile) <= 0).all()


def test_demands_and_prices_bind() -> None:
    """A weighted sum asks for people where they count; nothing cheaper than nothing is left."""
    master = ShiftMaster(contiguous_menu(2, (1,)), (3, 3), (0, 0))
    master.demand(LinearCut((0.5, 0.2), 1.0))
    found = master.solve(5.0)
    assert found.profile == (2, 0)
    master.cheaper_than(found.cost)
    none = master.solve(5.0)
    assert none.counts is None
    assert none.proven
