"""Slots that hold the lead targets in the simulated book of the small case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planner.domain.case import PlanningCase
from planner.domain.target import Sense, Target
from planner.model.requirement_lead import CounterHours, counter_hours
from planner.plan import held_lead as module
from planner.plan.held_lead import LeadTrial, held_lead
from planner.scenario.loading import load_case

SMALL = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
TRIAL = LeadTrial(seed=2, replications=3)


def a_case(limit: float, scope: str = "location") -> PlanningCase:
    """Return the small case with one lead target."""
    target = Target("lead_offered_mean", scope, "residents", "appointment", Sense.AT_MOST, limit)
    return replace(load_case(SMALL), targets=(target,))


def few(case: PlanningCase) -> tuple[CounterHours, ...]:
    """Return half of what the case asks for."""
    return tuple(
        replace(row, slots_per_week=0.7 * row.requests_per_week, needed_hours=1.0)
        for row in counter_hours(case)
    )


@pytest.fixture(scope="module")
def generous() -> PlanningCase:
    """Return the case whose target nobody misses."""
    return a_case(1000.0)


def test_what_holds_stays_as_it_is(generous: PlanningCase) -> None:
    """What holds stays as it is."""
    hours = counter_hours(generous)
    found = held_lead(generous, hours, TRIAL)
    assert found.hours == hours
    assert found.missed == ()


def test_too_few_slots_grow_until_the_target_holds() -> None:
    """Too few slots grow until the target holds, and no further than a step."""
    case = a_case(5.0)
    begin = few(case)
    found = held_lead(case, begin, TRIAL)
    assert found.missed == ()
    for before, after in zip(begin, found.hours, strict=True):
        steps = after.slots_per_week / before.slots_per_week
        assert steps > 1.0
        assert after.needed_hours == pytest.approx(steps * before.needed_hours)
    # A step less is too few: the last round but one missed somewhere.
    less = tuple(
        replace(row, slots_per_week=row.slots_per_week / (1.0 + module.STEP)) for row in found.hours
    )
    assert module._missed(case, less, TRIAL)


def test_a_city_that_misses_asks_all_its_locations() -> None:
    """A city that misses asks all its locations."""
    case = a_case(5.0, scope="city")
    missed = module._missed(case, few(case), TRIAL)
    assert missed == {row.location for row in counter_hours(case)}


def test_what_no_slots_can_hold_is_told() -> None:
    """A lead below that of the next day is not for slots to hold."""
    case = a_case(0.1)
    found = held_lead(case, counter_hours(case), TRIAL, stop=lambda: True)
    assert found.missed
    assert found.hours == counter_hours(case)
