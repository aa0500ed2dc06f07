"""Sections of a roster against enumeration: what stands outside stays, what is inside is best."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from planner.model.lines.budget import Budget
from planner.model.lines.chance import Chance
from planner.model.lines.incumbent import Incumbent
from planner.model.lines.neighbourhood import window
from planner.model.lines.pool import LinePool
from planner.model.lines.pricing import Lister
from planner.model.lines.problem import LineProblem
from planner.model.lines.rulepricer import PricingEffort, RulePricer
from planner.model.lines.search import LineSearch, SearchSettings
from planner.model.lines.section import Sectional
from tests.lines.small_rules import lawful, lawful_plans, random_rules

DAYS, WEEKS = 9, 5


def case(seed):
    """Return pricer, problem, rules, everybody's lawful plans and a roster of two people."""
    types, first = random_rules(seed, DAYS)
    _, other = random_rules(seed + 500, DAYS)
    shifts = len(types.minutes)
    second = type(first)(
        **{**vars(first), "off_cost": other.off_cost, "cost": np.roll(first.cost, 1, axis=0)}
    )
    rules = [first, second]
    plans = [lawful_plans(types, own) for own in rules]
    chance = Chance(seed)
    need = np.array([chance.below(3) for _ in range(DAYS * shifts)], np.int32)
    problem = LineProblem(2, need, np.full(len(need), 7.0), np.full(len(need), 2.0))
    pricer = RulePricer(types, rules, PricingEffort(amounts=100_000))
    if not all(plans):
        return None
    standing = [pricer._line(e, np.array(chance.pick(own))) for e, own in enumerate(plans)]
    return pricer, problem, plans, standing


CASES = [(seed, made) for seed in range(24) if (made := case(seed)) is not None]


@pytest.mark.parametrize("seed", range(40))
def test_section_holds_exactly_the_plans_that_keep_the_other_days(seed):
    """Lines of a window of five weeks, made whole: the lawful plans that agree outside of it."""
    types, rules = random_rules(seed, WEEKS * 7)
    pricer, chance = RulePricer(types, [rules], PricingEffort(amounts=100_000)), Chance(seed)
    duals = np.array([6.0 * chance.unit() for _ in range(types.rows.size)])
    priced = pricer.price(0, duals, exact=True).lines
    first = chance.below(WEEKS * 7 - 4)
    days = range(first, first + 2 + chance.below(4))
    nothing = np.zeros(types.rows.size)
    problem = LineProblem(1, nothing.astype(np.int32), nothing, nothing)
    for standing in priced:
        section = pricer.section(problem, [standing], [0], days)
        assert isinstance(section.pricer, Lister)
        listed = section.pricer.within(0, np.zeros(section.problem.rows), 1e6, 100_000)
        whole = section.whole(listed.lines)
        assert listed.whole
        assert {line.payload for line in whole} == refilled(types, rules, standing.payload, days)
        assert [line.cost for line in whole] == pytest.approx([line.cost for line in listed.lines])


def refilled(types, rules, plan, days):
    """Return every lawful plan that differs from ``plan`` on ``days`` only, by enumeration."""
    fillings = itertools.product(range(-1, len(types.minutes)), repeat=len(days))
    plans = ((*plan[: days.start], *filling, *plan[days.stop :]) for filling in fillings)
    return {own for own in plans if lawful(types, rules, own)}


@pytest.mark.parametrize(("seed", "made"), CASES[:8], ids=[str(seed) for seed, _ in CASES[:8]])
def test_value_of_a_section_moves_with_the_value_of_the_whole(seed, made):
    """A change inside is worth the same inside and for the whole roster."""
    pricer, problem, _, standing = made
    section = pricer.section(problem, standing, [1], range(2, 6))
    assert isinstance(section.pricer, Lister)
    inner, outer = Incumbent(section.problem, section.standing), Incumbent(problem, standing)
    assert [line.payload for line in section.whole(section.standing)] == [standing[1].payload]
    for line in section.pricer.within(0, np.zeros(section.problem.rows), 1e6, 50).lines:
        assert outer.gain(section.whole([line])) == pytest.approx(inner.gain([line])), seed


def test_search_over_sections_reaches_the_enumerated_best():
    """With windows among the neighbourhoods, the search finds the best of all pairs of plans."""
    _, (pricer, problem, plans, _) = min(CASES, key=lambda c: len(c[1][2][0]) * len(c[1][2][1]))
    lines = [[pricer._line(e, np.array(plan)) for plan in own] for e, own in enumerate(plans)]
    best = min(problem.value(choice) for choice in itertools.product(*lines))
    settings = SearchSettings(seed=3, long=1)
    found = LineSearch(problem, pricer, Budget(work=6.0), settings).run()
    assert found.value == pytest.approx(best)
    assert found.bound <= best + 1e-6


def test_windows_cover_every_day_and_stay_inside():
    """Windows lie in the horizon, are never all of it, and free each day sooner or later."""
    _, (pricer, problem, _, standing) = CASES[0]
    assert isinstance(pricer, Sectional)
    incumbent, pool, chance = Incumbent(problem, standing), LinePool(problem), Chance(1)
    freed = [window(incumbent, pool, DAYS, 30, chance)[1] for _ in range(60)]
    assert all(0 <= days.start < days.stop <= DAYS and len(days) <= 6 for days in freed)
    assert set().union(*freed) == set(range(DAYS))
