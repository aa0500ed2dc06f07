"""Capacity over months against the reference instance and hand-made ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.outcome import SolveStatus
from planner.model.capacity.one_group import (
    CapacityGoals,
    CapacityProblem,
    plan_capacity,
    posts_for_lead,
)
from tests.theory.reference import floats, rows


def _instance() -> tuple[CapacityProblem, CapacityGoals, dict[str, str]]:
    cells = {row["key"]: row["value"] for row in rows("fte_plan_instance")}
    problem = CapacityProblem(
        demand=tuple(floats(cells["demand_by_month"])),
        initial_fte=float(cells["initial_fully_productive_fte"]),
        attrition=float(cells["attrition_per_month"]),
        start_lead=int(cells["decision_to_start_lead_months"]),
        productivity=(0.0, 0.5),
        slots_per_fte=float(cells["slots_per_productive_fte_month"]),
        most_hires=float(cells["max_hires_per_month"]),
        backlog=float(cells["start_backlog"]),
    )
    goals = CapacityGoals(
        salary=float(cells["salary_per_head_month"]),
        hire_cost=float(cells["hire_cost"]),
        backlog_cost=float(cells["backlog_cost_per_slot_month"]),
        end_backlog=float(cells["end_backlog_max"]),
    )
    return problem, goals, cells


def test_reference_instance_with_parts_of_people() -> None:
    """The linear optimum to a hundredth, with 4 and 0.7856 hires."""
    problem, goals, cells = _instance()
    found = plan_capacity(problem, replace(goals, whole_hires=False))
    assert found.cost == pytest.approx(float(cells["optimum_lp"]), abs=1e-2)
    assert found.bound == found.cost
    assert found.hires[:3] == pytest.approx((4.0, 0.785628, 0.0), abs=1e-5)


def test_reference_instance_with_whole_hires() -> None:
    """The integer optimum to a hundredth, proven, with the tabulated hires."""
    problem, goals, cells = _instance()
    found = plan_capacity(problem, goals)
    assert found.cost == pytest.approx(float(cells["optimum_integer_hires"]), abs=1e-2)
    assert found.bound == pytest.approx(found.cost)
    assert found.status is SolveStatus.OPTIMAL
    assert found.hires == pytest.approx(tuple(floats(cells["integer_hires"])), abs=1e-6)
    assert found.backlog[-1] <= 400
    assert found.fte[4] < found.heads[4]


def test_a_lead_promise_costs_more_and_is_kept() -> None:
    """Five working days from month 6 on: the backlog keeps the lead in each of these months."""
    problem, goals, _ = _instance()
    promise = replace(goals, lead_days=5.0, lead_from=6, end_backlog=None)
    found = plan_capacity(problem, promise)
    free = plan_capacity(problem, replace(goals, end_backlog=None))
    assert found.cost is not None
    assert free.cost is not None
    assert found.cost >= free.cost
    for month in range(6, 12):
        lead = found.backlog[month] * 21.0 / (problem.slots_per_fte * found.fte[month])
        assert lead <= 5.0 + 1e-6


def test_a_promise_that_no_hire_can_keep_is_an_outcome() -> None:
    """A lead of a day in the first month, before anybody can start: no plan, and no error."""
    problem, goals, _ = _instance()
    found = plan_capacity(problem, replace(goals, lead_days=1.0))
    assert (found.status, found.cost, found.hires) == (SolveStatus.INFEASIBLE, None, ())


def test_posts_for_a_lead() -> None:
    """Mean demand over slots a post; a backlog beyond the lead is spread over the months."""
    problem, _, _ = _instance()
    mean = sum(problem.demand) / 12
    assert posts_for_lead(problem, 10.0) == pytest.approx(mean / 80)
    crowded = replace(problem, backlog=3000.0)
    excess = (3000.0 - mean * 10 / 21) / 12
    assert posts_for_lead(crowded, 10.0) == pytest.approx((mean + excess) / 80)
