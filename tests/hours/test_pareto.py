"""The integer model finds exactly the best plans that listing every plan finds."""

from __future__ import annotations

import pytest

from planner.model.opening_hours.model import Floors, HoursModel, SearchLimits
from planner.model.opening_hours.pareto import Steps, pareto_points
from planner.model.opening_hours.score import broken_limits, score
from tests.hours.miniature import all_plans, best_values, miniature

LIMITS = SearchLimits(20.0, 1, lambda: False)


@pytest.mark.parametrize("no_loss", [(), ("b",)], ids=["free", "b loses nothing"])
def test_the_sweep_finds_exactly_the_best_plans(no_loss: tuple[str, ...]):
    """Same values as enumeration, all proven, and plans worth what they say."""
    problem = miniature(no_loss)
    listed = best_values(all_plans(problem))
    points = pareto_points(problem, Steps(1, 1), LIMITS)
    assert len(listed) > 2
    assert {point.score.objectives for point in points} == listed
    assert all(point.proven and point.gap < 1e-9 for point in points)
    for point in points:
        assert score(problem, point.plan) == point.score
        assert broken_limits(problem, point.plan, point.score) == ()


def test_tight_staff_leaves_what_enumeration_leaves():
    """The common limit of staff hours cuts the same plans away."""
    free = all_plans(miniature())
    staff = sorted(sum(value.staff) for _plan, value in free)[len(free) // 3]
    tight = miniature(staff=staff)
    listed = best_values(all_plans(tight))
    points = pareto_points(tight, Steps(1, 1), LIMITS)
    assert {point.score.objectives for point in points} == listed
    assert max(sum(point.score.staff) for point in points) <= staff


def test_floors_beyond_reach_are_infeasible():
    """No plan reaches everybody at all times here; the model says so."""
    problem = miniature()
    most = max(value.reach for _plan, value in all_plans(problem))
    solved = HoursModel(problem).cheapest(Floors(reach=most + 1), LIMITS, problem.today)
    assert solved.plan is None
    assert solved.status.value == "infeasible"


def test_a_stopped_sweep_returns_what_it_has():
    """Ctrl-C before the first search: no points, no error."""
    assert pareto_points(miniature(), Steps(1, 1), SearchLimits(5.0, 1, lambda: True)) == ()
