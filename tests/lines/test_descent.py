"""The descent over runs alone: its programme and its bound against enumeration."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from planner.errors import ModelError
from planner.model.lines.budget import Budget
from planner.model.lines.chance import Chance
from planner.model.lines.compiled_descent import least_value
from planner.model.lines.compiled_runs import room_for
from planner.model.lines.descent import Descent
from planner.model.lines.kinds import kinds_of
from planner.model.lines.master import RestrictedMaster
from planner.model.lines.problem import LineProblem
from planner.model.lines.rulepricer import PricingEffort, RulePricer
from planner.model.lines.runs import runs_of
from planner.model.lines.search import LineSearch, SearchSettings
from tests.lines.small_rules import lawful_plans, random_rules

SEEDS = range(12)
DAYS = 6


def values_at(types, rules, duals):
    """Return cost less duals of every lawful plan."""
    values = []
    for plan in lawful_plans(types, rules):
        worked = [day for day, shift in enumerate(plan) if shift >= 0]
        rows = [types.rows[day, plan[day]] for day in worked]
        values.append(rules.line_cost(np.array(plan)) - duals[rows].sum())
    return values


def random_duals(types, seed):
    """Return duals between -3 and 7."""
    chance = Chance(seed + 1000)
    return np.array([10.0 * chance.unit() - 3.0 for _ in range(types.rows.size)])


@pytest.mark.parametrize("seed", SEEDS)
def test_runs_alone_are_priced_exactly(seed):
    """Without limits on amounts the programme gives the minimum over all lawful plans."""
    types, rules = random_rules(seed, DAYS)
    free = replace(
        rules,
        most=np.full_like(rules.most, DAYS),
        least_minutes=0,
        most_minutes=10_000,
        weekends=DAYS,
    )
    kinds, duals = kinds_of(types, free), random_duals(types, seed)
    assert kinds is not None
    runs = runs_of(types, free, kinds)
    room = room_for(runs)
    least = least_value(runs, room, duals, np.zeros(len(runs.cap)))
    assert least == pytest.approx(min(values_at(types, free, duals)))
    plan = np.where(room.plan >= 0, kinds.able[room.plan], -1)
    assert tuple(plan.tolist()) in lawful_plans(types, free)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_fines_give_a_bound(seed):
    """With limits, no fines whatever claim more than the minimum."""
    types, rules = random_rules(seed, DAYS)
    kinds, duals = kinds_of(types, rules), random_duals(types, seed)
    if kinds is None:
        return
    runs, chance = runs_of(types, rules, kinds), Chance(seed)
    least = min(values_at(types, rules, duals), default=np.inf)
    for _ in range(5):
        fines = np.array([8.0 * chance.unit() for _ in runs.cap])
        assert least_value(runs, room_for(runs), duals, fines) <= least + 1e-9


def pair(seed):
    """Return problem, pricer and the least value of two people's rosters; None without any."""
    types, first = random_rules(seed, DAYS)
    second = replace(first, cost=np.roll(first.cost, 1, axis=0))
    plans = [lawful_plans(types, own) for own in (first, second)]
    if not all(plans):
        return None
    chance = Chance(seed)
    need = np.array([chance.below(3) for _ in range(types.rows.size)], np.int32)
    problem = LineProblem(2, need, np.full(len(need), 7.0), np.full(len(need), 2.0))
    pricer = RulePricer(types, [first, second], PricingEffort(wide=0))
    lines = [[pricer._line(e, np.array(plan)) for plan in own] for e, own in enumerate(plans)]
    return problem, pricer, min(problem.value(both) for both in itertools.product(*lines)), plans


PAIRS = [(seed, made) for seed in range(40, 52) if (made := pair(seed)) is not None]


@pytest.mark.parametrize(("seed", "made"), PAIRS, ids=[str(seed) for seed, _ in PAIRS])
def test_bound_of_the_descent_is_valid_and_its_roster_lawful(seed, made):
    """The bound never exceeds the enumerated best, only rises, and the roster is lawful."""
    problem, pricer, best, plans = made
    told: list[float] = []
    descent = Descent(problem, pricer.runs(), Chance(seed))
    prices = descent.run(Budget(work=1.0), told.append)
    assert prices.bound <= best + 1e-6
    assert prices.bound >= 0.8 * best - 2.0
    assert told == sorted(told)
    pricer.begin(prices.fines)
    with_lines = LineSearch(problem, pricer, Budget(work=2.0), SearchSettings(seed=2)).run()
    assert with_lines.value == pytest.approx(best)
    lines = with_lines.lines or ()
    assert [line.employee for line in lines] == [0, 1]
    assert all(line.payload in plans[line.employee] for line in lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_pricing_along_a_corridor_gives_lawful_lines_and_a_bound(seed):
    """Quick pricing that counts minutes near a plan only is as valid as any other."""
    types, rules = random_rules(seed, DAYS)
    duals = random_duals(types, seed)
    answer = RulePricer(types, [rules], PricingEffort(wide=0)).price(0, duals, exact=False)
    plans = set(lawful_plans(types, rules))
    assert answer.least <= min(values_at(types, rules, duals), default=np.inf) + 1e-9
    assert {line.payload for line in answer.lines} <= plans


def test_master_names_the_missing_line():
    """A master with an employee without a line is no numerical failure."""
    one = np.ones(1)
    master = RestrictedMaster(LineProblem(1, np.ones(1, np.int32), one, one), [0])
    with pytest.raises(ModelError, match="without a line"):
        master.solve()
