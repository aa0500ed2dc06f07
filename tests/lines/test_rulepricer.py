"""Pricing under work rules against enumeration of every lawful line."""

from __future__ import annotations

import numpy as np
import pytest

from planner.errors import ModelError
from planner.model.lines.chance import Chance
from planner.model.lines.pricing import Lister
from planner.model.lines.rulepricer import PricingEffort, RulePricer
from planner.model.lines.workrules import ShiftTypes
from tests.lines.small_rules import lawful_plans, random_rules

SEEDS = range(30)


def priced(seed):
    """Return pricer, duals and the value of every lawful plan at them."""
    types, rules = random_rules(seed)
    chance = Chance(seed + 1000)
    duals = np.array([10.0 * chance.unit() - 3.0 for _ in range(types.rows.size)])
    values = {}
    for plan in lawful_plans(types, rules):
        worked = [day for day, shift in enumerate(plan) if shift >= 0]
        rows = [types.rows[day, plan[day]] for day in worked]
        values[plan] = rules.line_cost(np.array(plan)) - duals[rows].sum()
    return RulePricer(types, [rules], PricingEffort(amounts=100_000)), duals, values


@pytest.mark.parametrize("seed", SEEDS)
def test_exact_price_is_the_least_of_all_lawful_lines(seed):
    """The bound equals the minimum, and a line with that value is returned; or there is none."""
    pricer, duals, values = priced(seed)
    answer = pricer.price(0, duals, exact=True)
    if not values:
        assert not answer.lines
        assert answer.least == np.inf
        return
    assert answer.least == pytest.approx(min(values.values()))
    assert values[answer.lines[0].payload] == pytest.approx(answer.least)


@pytest.mark.parametrize("seed", SEEDS)
def test_quick_price_is_a_valid_bound_with_lawful_lines(seed):
    """Quick pricing never claims more than the minimum and returns only lawful lines."""
    pricer, duals, values = priced(seed)
    answer = pricer.price(0, duals, exact=False)
    assert answer.least <= min(values.values(), default=np.inf) + 1e-9
    assert all(line.payload in values for line in answer.lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_listing_gives_exactly_the_lines_up_to_the_limit(seed):
    """All lawful lines within 5 points of the best are listed, and no others."""
    pricer, duals, values = priced(seed)
    limit = min(values.values(), default=0.0) + 5.0
    listed = pricer.within(0, duals, limit, 100_000)
    assert listed.whole
    expected = {plan for plan, value in values.items() if value <= limit}
    assert {line.payload for line in listed.lines} == expected


def test_short_listing_says_so():
    """A listing that has no room for all lines is not called whole."""
    pricer, duals, values = priced(next(s for s in SEEDS if len(priced(s)[2]) > 20))
    listed = pricer.within(0, duals, max(values.values()), 5)
    assert not listed.whole
    assert len(listed.lines) <= 5


@pytest.mark.parametrize("seed", SEEDS)
def test_fines_alone_stay_a_bound(seed):
    """Where nothing may be counted, the answer is a bound and its lines are lawful."""
    types, rules = random_rules(seed)
    _, duals, values = priced(seed)
    pricer = RulePricer(types, [rules], PricingEffort(amounts=0, few=0, patience=1))
    answer = pricer.price(0, duals, exact=True)
    assert answer.least <= min(values.values(), default=np.inf) + 1e-9
    assert all(line.payload in values for line in answer.lines)


def test_pricer_of_rules_can_list():
    """The pricer is a lister, so that small gaps can be closed by proof."""
    assert isinstance(priced(0)[0], Lister)


def test_arrays_that_do_not_fit_are_refused():
    """Shift types with a wrong shape are an error."""
    rows = np.zeros((3, 2), np.int32)
    minutes, weekday = np.array([1, 2], np.int32), np.zeros(3, np.int32)
    with pytest.raises(ModelError, match="column"):
        ShiftTypes(minutes, np.zeros((1, 1), np.bool_), rows, weekday)
    with pytest.raises(ModelError, match="weekday"):
        ShiftTypes(minutes, np.zeros((2, 2), np.bool_), rows, weekday[:2])
