"""The plan over months against enumeration, a second formulation, and the one-group model."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from planner.domain.outcome import SolveStatus
from planner.errors import ModelError
from planner.model.capacity.book import cost, kept, no_recourse, play, staff
from planner.model.capacity.constant_posts import ConstantPosts, constant_posts
from planner.model.capacity.months_search import GAP, Effort, MonthsPlan, can_keep, plan_months
from planner.model.capacity.one_group import CapacityGoals, CapacityProblem, plan_capacity
from planner.model.capacity.problem import Floats, Limits, MonthsProblem, People, Prices
from planner.model.capacity.questions import clearing, posts_question
from planner.queueing.appointment_book import clearing_days
from planner.queueing.workforce import SteadyWorkforce
from tests.capacity.miniatures import miniature

EFFORT = Effort(30.0)
PLAIN = Limits(lead_days=20.0, promise_from=2, probability=0.75)
WITH_RECOURSE = Limits(12.0, 2, 0.66, overtime_share=0.1, lent_share=0.15, lent_loss=0.05)


def _every_hires(problem: MonthsProblem) -> Iterator[Floats]:
    """Yield all whole hires within the limit of a month."""
    groups, columns = len(problem.groups), problem.months - problem.people.start_lead
    monthly = [
        row
        for row in itertools.product(range(problem.people.most_hires + 1), repeat=groups)
        if sum(row) <= int(problem.people.most_hires)
    ]
    for chosen in itertools.product(monthly, repeat=columns):
        hires = np.zeros((groups, problem.months))
        hires[:, :columns] = np.array(chosen).T
        yield hires


def _cheapest_without_recourse(problem: MonthsProblem) -> float:
    best = np.inf
    nothing = no_recourse(problem)
    for hires in _every_hires(problem):
        heads, posts = staff(problem.people, hires)
        share = float(kept(problem, play(problem, posts, nothing)).mean())
        if share >= problem.limits.probability - 1e-9:
            best = min(best, cost(problem, heads, hires, nothing))
    return best


def _later_cost(problem: MonthsProblem, posts: Floats, scenario: int) -> float:
    """Cost of overtime and loans that keep the promise in one scenario, by another solver."""
    groups, months = posts.shape
    cells = groups * months
    limits, today = problem.limits, problem.people.initial_heads[:, 0]

    def column(kind: int, group: int, month: int) -> int:
        return int(kind * cells + group * months + month)

    price, low, high = (np.zeros(4 * cells) for _ in range(3))
    above, right, equal = [], [], []
    for group, month in np.ndindex(groups, months):
        rate = problem.rate[scenario, group, month]
        book, over, lent, got = (column(kind, group, month) for kind in range(4))
        price[over], price[lent] = problem.prices.overtime, problem.prices.lent / rate
        low[book], high[book] = problem.wished[scenario, group, month], np.inf
        high[over] = limits.overtime_share * today[group]
        high[lent], high[got] = limits.lent_share * rate * today[group], np.inf
        slots = np.zeros(4 * cells)
        slots[over], slots[lent], slots[got] = rate, -1.0, 1.0 - limits.lent_loss
        row = -slots
        row[book] -= 1.0
        fixed = problem.asked[scenario, group, month] - rate * posts[group, month]
        if month:
            row[column(0, group, month - 1)] += 1.0
        else:
            fixed += problem.book[group]
        above.append(row)
        right.append(-fixed)
        if month >= limits.promise_from:
            allowed = limits.lead_days / problem.days[month]
            row = -allowed * slots
            row[book] += 1.0
            above.append(row)
            right.append(allowed * rate * posts[group, month])
    for month in range(months):
        row = np.zeros(4 * cells)
        for group in range(groups):
            row[column(3, group, month)], row[column(2, group, month)] = 1.0, -1.0
        equal.append(row)
    found = linprog(
        price, A_ub=above, b_ub=right, A_eq=equal, b_eq=np.zeros(months),
        bounds=list(zip(low, high, strict=True)),
    )  # fmt: skip
    return float(found.fun or 0.0) if found.status == 0 else float(np.inf)


def _cheapest_with_recourse(problem: MonthsProblem) -> float:
    best = np.inf
    for hires in _every_hires(problem):
        heads, posts = staff(problem.people, hires)
        later = sorted(_later_cost(problem, posts, s) for s in range(problem.scenarios))
        needed = later[: problem.scenarios - problem.may_fail]
        fixed = cost(problem, heads, hires, no_recourse(problem))
        best = min(best, fixed + sum(needed) / problem.scenarios)
    return best


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_plan_equals_enumeration(seed: int) -> None:
    """Without overtime and loans: the cheapest of all whole hires, within the gap and bounded."""
    problem = miniature(seed, (4, 2, 4), PLAIN)
    found = plan_months(problem, EFFORT)
    best = _cheapest_without_recourse(problem)
    assert isinstance(found, MonthsPlan)
    assert found.cost == pytest.approx(best, rel=GAP)
    assert found.bound <= best * (1 + 1e-9)
    assert found.held >= 0.75
    assert found.gap <= GAP


@pytest.mark.parametrize("seed", [1, 2])
def test_plan_with_recourse_equals_a_second_formulation(seed: int) -> None:
    """Overtime and loans: hires enumerated, each scenario's linear program by another solver."""
    problem = miniature(seed, (3, 2, 3), WITH_RECOURSE)
    found = plan_months(problem, EFFORT)
    best = _cheapest_with_recourse(problem)
    assert np.isfinite(best)
    assert isinstance(found, MonthsPlan)
    assert found.cost == pytest.approx(best, rel=GAP)
    assert found.bound <= best * (1 + 1e-9)


def test_one_group_and_one_scenario_is_the_known_model() -> None:
    """The same optimum as the model that reproduces the reference instance."""
    months, demand = 8, (1900.0, 1950.0, 2100.0, 2100.0, 2150.0, 2200.0, 1700.0, 1650.0)
    known = plan_capacity(
        CapacityProblem(demand, 24.0, 0.015, 2, (0.0, 0.5), 80.0, 4.0, 300.0),
        CapacityGoals(5000.0, 6000.0, 12.0, lead_days=6.0, lead_from=6),
    )
    alive = np.asarray(24.0 * 0.985 ** np.arange(months)[None], np.float64)
    problem = MonthsProblem(
        groups=("one",),
        asked=np.array(demand)[None, None],
        rate=np.full((1, 1, months), 80.0),
        wished=np.zeros((1, 1, months)),
        book=np.array([300.0]),
        days=np.full(months, 21.0),
        people=People(alive, alive, 0.015, 2, (0.0, 0.5), 4),
        prices=Prices(5000.0, 6000.0, 0.0, 0.0, waiting=12.0),
        limits=Limits(6.0, 6, 1.0),
    )
    found = plan_months(problem, EFFORT)
    assert isinstance(found, MonthsPlan)
    assert known.cost is not None
    assert found.cost == pytest.approx(known.cost, rel=GAP)
    assert found.hires[0].sum() == pytest.approx(sum(known.hires))


@pytest.mark.parametrize("seed", [4, 5])
def test_constant_posts_equal_enumeration(seed: int) -> None:
    """The fewest filled posts of two groups, over all pairs of numbers of posts."""
    problem = posts_question(miniature(seed, (5, 2, 4), Limits(12.0, 0, 0.8)))
    found = constant_posts(problem)
    ratio = problem.people.initial_posts[0, 0]
    best = min(
        sum(pair)
        for pair in itertools.product(range(12), repeat=2)
        if kept(
            problem,
            play(problem, np.outer(pair, np.full(4, ratio)), no_recourse(problem)),
        ).mean()
        >= 0.8 - 1e-9
    )
    assert isinstance(found, ConstantPosts)
    assert int(found.posts.sum()) == best
    assert found.least == pytest.approx(best)
    assert found.held >= 0.8


def test_a_promise_that_nothing_can_keep_is_an_outcome() -> None:
    """A lead of half a day within the first month: infeasible, and told so."""
    problem = miniature(1, (4, 2, 4), Limits(3.1, 0, 1.0))
    assert plan_months(problem, EFFORT) is SolveStatus.INFEASIBLE
    assert not can_keep(problem)
    assert can_keep(miniature(1, (4, 2, 4), Limits(60.0, 0, 1.0)))


def test_a_wish_to_stop_is_heard() -> None:
    """Stopped before the first plan: an outcome, not an error."""
    problem = miniature(1, (20, 3, 8), WITH_RECOURSE, most_hires=20)
    found = plan_months(problem, Effort(60.0, lambda: True))
    status = found.status if isinstance(found, MonthsPlan) else found
    assert status is SolveStatus.INTERRUPTED


def test_parts_that_do_not_fit_are_refused() -> None:
    """A book of another length, and a month without any slot a post."""
    problem = miniature(1, (2, 2, 3), PLAIN)
    with pytest.raises(ModelError, match="do not fit"):
        replace(problem, book=np.zeros(3))
    with pytest.raises(ModelError, match="without any slot"):
        replace(problem, rate=problem.rate * 0.0)


def test_clearing_is_the_fluid_formula() -> None:
    """A constant surplus clears what is beyond the promise in excess over surplus months."""
    limits = Limits(lead_days=10.0, promise_from=0, probability=1.0)
    months, slots, asked = 24, 1000.0, 900.0
    ones = np.ones((1, months))
    problem = MonthsProblem(
        groups=("one",),
        asked=np.full((1, 1, months), asked),
        rate=np.full((1, 1, months), slots),
        wished=np.zeros((1, 1, months)),
        book=np.array([1700.0]),
        days=np.full(months, 30.0),
        people=People(ones, ones, 0.0, 1, (), 5),
        prices=Prices(1.0, 1.0, 1.0, 1.0),
        limits=limits,
    )
    excess = 1700.0 - slots * 10.0 / 30.0
    expected = clearing_days(excess, slots, asked)
    assert clearing(problem, 0).quantile(0.5) == pytest.approx(np.ceil(expected), abs=1.0)
    assert clearing(problem, 1).quantile(0.5) <= 4.0
    assert clearing(problem, 1).by_group.tolist() == [1]


def test_steady_hires_tend_to_the_steady_workforce() -> None:
    """The same hires every month end in the heads and the posts of the formula."""
    months, attrition, ramp = 900, 0.02, (0.0, 0.5, 0.8)
    zero = np.zeros((1, months))
    people = People(zero, zero, attrition, 3, ramp, 10)
    heads, posts = staff(people, np.full((1, months), 2.0))
    force = SteadyWorkforce(float(posts[0, -1]), attrition, ramp)
    assert force.hires == pytest.approx(2.0, rel=1e-6)
    assert heads[0, -1] == pytest.approx(force.headcount, rel=1e-6)


def test_a_book_by_wish_only_has_the_wished_lead() -> None:
    """With slots to spare the lead is what customers wish, whatever is offered (Little's law)."""
    problem = miniature(1, (2, 2, 3), PLAIN)
    years = play(problem, np.full((2, 3), 50.0), no_recourse(problem))
    assert years.lead == pytest.approx(np.full((2, 2, 3), 3.0))
    capped = play(problem, np.full((2, 3), 1.0), no_recourse(problem), longest_days=60.0)
    assert capped.lead[:, :, -1] == pytest.approx(np.full((2, 2), 60.0))
