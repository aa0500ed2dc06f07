"""Prices that soften, and two searchers that share a city."""

from __future__ import annotations

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.model.roster.arrays import Lines
from planner.model.roster.compiled_cover import back_slope, cover_cost, slope
from planner.model.roster.compiled_search import (
    adopt,
    follow,
    new_search,
    ruin_and_recreate,
    soften,
)
from planner.model.roster.halves import everybody, halves, may_work
from planner.model.roster.model import RosterModel, build
from planner.model.roster.schedule import COLD, GIVEN_FROM, HARD, HOT, SOFT, weather
from planner.model.roster.searchers import Searchers
from tests.roster.miniature import TUESDAY, a_mini, a_need, a_worker

#: As Python runs them; compiled, they can be called from compiled code only.
SLOPE = getattr(slope, "py_func", slope)
BACK_SLOPE = getattr(back_slope, "py_func", back_slope)
CALM = weather(1.0, 10.0, given=False)


def _city() -> tuple[PlanningCase, RosterModel]:
    """Return two sites with people of their own and two who may work at both."""
    places = [("north",)] * 3 + [("south",)] * 3 + [("north", "south")] * 2
    crew = [
        a_worker(id=f"w{n}", locations=own, home=own[0], contract_minutes=1500 + 60 * n)
        for n, own in enumerate(places)
    ]
    case = a_mini(TUESDAY, 5, *crew)
    return case, build(case, a_need(case))


@pytest.fixture(scope="module")
def city() -> RosterModel:
    """Return the model of the two sites."""
    return _city()[1]


@pytest.mark.parametrize("price", [-1.0, 0.0, 4.5, 10.0])
@pytest.mark.parametrize("missing", [-3, -1, 0, 1, 2, 5])
def test_stiff_prices_are_the_prices_of_the_roster(price: float, missing: int) -> None:
    """Not soft at all: a missing person is worth the shortage, a surplus one costs its price."""
    assert SLOPE(price, missing, 0.0, -1.0, 10.0) == (10.0 if missing > 0 else -1.0)


def test_soft_prices_are_the_guide_and_lean_towards_the_need() -> None:
    """Very soft: the guide's price; stiffer, more where more are missing, in range."""
    assert SLOPE(4.5, 7, float("inf"), -1.0, 10.0) == 4.5
    prices = [SLOPE(4.5, missing, 1.0, -1.0, 10.0) for missing in range(-9, 10)]
    assert prices == sorted(prices)
    assert prices[0] == -1.0
    assert prices[-1] == 10.0
    assert SLOPE(4.5, 1, 1.0, -1.0, 10.0) == 5.0


def test_back_office_at_its_own_price() -> None:
    """Not soft: the last part of a cell counts by its part; soft: between nothing and the price."""
    assert BACK_SLOPE(1.0, 0.25, 0.0, 4.0) == 1.0
    assert BACK_SLOPE(1.0, -2.0, 0.0, 4.0) == 0.0
    assert BACK_SLOPE(1.0, 30.0, 0.0, 4.0) == 4.0
    assert BACK_SLOPE(1.0, 0.5, 1.0, 4.0) == 1.0


@pytest.mark.parametrize("softness", [3.0, 0.3, 0.0])
def test_true_objective_is_kept_under_soft_prices(city: RosterModel, softness: float) -> None:
    """Whatever prices guide the search, the objective kept is that of the lines."""
    week = city.week
    state = new_search(week, 3)
    state.sight.guide.served[...] = 2.0
    state.sight.guide.back[...] = 0.5
    soften(state, softness)
    ruin_and_recreate(week, state, 300, 3, 5.0)
    true = cover_cost(week, state.cover) + state.own.sum()
    assert state.figures[0] == pytest.approx(true)
    assert state.figures[1] <= state.figures[0]
    kept = new_search(week, 1)
    adopt(week, kept, Lines(*(part.copy() for part in state.best)))
    assert kept.figures[0] == pytest.approx(state.figures[1])


def test_weather_from_soft_and_hot_to_stiff_and_cold() -> None:
    """Softness and heat fall between the calm at both ends; a given roster starts later."""
    course = [weather(share, 10.0, given=False) for share in np.linspace(0.07, 0.93, 20)]
    assert [w.softness for w in course] == sorted((w.softness for w in course), reverse=True)
    assert [w.heat for w in course] == sorted((w.heat for w in course), reverse=True)
    assert 10 * SOFT <= 1 / course[0].softness < 1 / course[-1].softness <= 10 * HARD
    assert 10 * COLD <= course[-1].heat < course[0].heat <= 10 * HOT
    assert weather(0.0, 10.0, given=False) == CALM == weather(1.0, 10.0, given=True)
    late = weather(0.07, 10.0, given=True)
    assert late.softness < course[int(20 * GIVEN_FROM) - 1].softness
    assert weather(0.5, 0.0, given=False).softness == 0.0


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_halves_share_nobody_and_no_place(city: RosterModel, turn: int) -> None:
    """People of a half may work only where nobody of the other half may."""
    first, second = halves(city.week, turn)
    may = may_work(city.week)
    assert not set(first.people) & set(second.people)
    assert not (may[first.people].any(axis=0) & may[second.people].any(axis=0)).any()
    for half in (first, second):
        for place in range(may.shape[1]):
            here = half.members[half.first_member[place] : half.first_member[place + 1]]
            assert set(here) == {e for e in half.people if may[e, place]}
    assert len(everybody(city.week).people) == may.shape[0]


def test_two_searchers_hold_one_roster(city: RosterModel) -> None:
    """Put together, both states hold the same lines, and the objective is theirs."""
    week = city.week
    both = Searchers(week, 5)
    both.warm_up()
    split = both.split(1)
    warm = weather(0.3, 10.0, given=False)
    for which, half in enumerate(split):
        both.search_half(which, half, warm, lambda done: done < 200)
    both.together(split)
    one, other = both.states
    for mine, theirs in zip(one.lines, other.lines, strict=True):
        working = one.lines.group >= 0
        assert (mine[working] == theirs[working]).all()
    for state in both.states:
        assert state.figures[0] == pytest.approx(cover_cost(week, state.cover) + state.own.sum())
    assert one.figures[0] == pytest.approx(other.figures[0])


def test_following_nobody_changes_nothing(city: RosterModel) -> None:
    """Taking over no lines leaves lines and objective as they are."""
    state, other = new_search(city.week, 1), new_search(city.week, 2)
    ruin_and_recreate(city.week, state, 50, 2, 0.1)
    before, value = state.lines.start.copy(), state.figures[0]
    follow(city.week, state, other.lines, np.zeros(0, np.int64))
    assert (state.lines.start == before).all()
    assert state.figures[0] == pytest.approx(value)
