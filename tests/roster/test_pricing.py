"""Pricing finds the best line: compared with every line of a miniature."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.domain.rule import GroupRule
from planner.model.roster.arrays import Lines, empty_lines
from planner.model.roster.compiled_cover import own_cost
from planner.model.roster.compiled_dual import Answer, dual_round
from planner.model.roster.compiled_pricing import memory_for, room_for_line
from planner.model.roster.model import RosterModel, build
from planner.model.roster.prices import no_prices
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.min_rest import MinRest
from planner.sim.streams import stream
from tests.roster.miniature import SATURDAY, TUESDAY, a_mini, a_need, a_worker, wishful


def _every_line(model: RosterModel, e: int) -> list[Lines]:  # noqa: C901  # plain loops
    """Return all lines of employee e, activities left open, by plain loops over the arrays."""
    grid, staff, week = model.week.grid, model.week.staff, model.week
    lines = [(empty_lines(len(staff.most), grid), 0, 0, 0, int(staff.run_before[e]))]
    for d in range(grid.days):
        longer = []
        for line, paid, worked, night, run in lines:
            longer.append((line, paid, worked, 0, 0))
            if 0 <= staff.most_run[e] <= run:
                continue
            for g in staff.groups[staff.first_group[e] : staff.first_group[e + 1]]:
                place = week.groups.place[g]
                for start in range(week.places.first[place, d], week.places.last[place, d]):
                    if not staff.free[e, d] or not grid.start_on[start]:
                        continue
                    if start < staff.earliest[e, d]:
                        continue
                    if not grid.rested[staff.rest[e], d, night, grid.start_class[start]]:
                        continue
                    for s in range(len(grid.span)):
                        end = start + grid.span[s]
                        if end > week.places.last[place, d] or not grid.end_on[end]:
                            continue
                        if end > staff.latest[e, d] or grid.paid[s] > staff.longest[e]:
                            continue
                        pauses = [-1]
                        if grid.pause[s]:
                            first, last = grid.pause_first[s], grid.pause_last[s]
                            pauses = [
                                at
                                for at in range(start + first, start + last + 1)
                                if grid.pause_on[at]
                            ]
                        for pause in pauses:
                            new = Lines(*(part.copy() for part in line))
                            new.group[e, d], new.start[e, d] = g, start
                            new.end[e, d], new.pause[e, d] = end, pause
                            cells = range(start, end)
                            for c in cells:
                                if not pause <= c < pause + grid.pause[s] or pause < 0:
                                    new.activity[e, d, c] = -1
                            after = int(grid.end_night[grid.end_class[end]])
                            longer.append(
                                (new, paid + int(grid.paid[s]), worked + 1, after, run + 1)
                            )
        lines = longer
    return [
        line
        for line, paid, worked, *_ in lines
        if paid <= staff.most[e] and worked <= staff.most_days[e]
    ]


def _value(model: RosterModel, e: int, line: Lines, values: np.ndarray) -> float:
    total = 0.0
    for d in range(model.week.grid.days):
        if line.group[e, d] >= 0:
            total += values[line.group[e, d], d][line.activity[e, d] == -1].sum()
    return total - own_cost(model.week, e, line)


@pytest.mark.parametrize("first_day", [SATURDAY, TUESDAY])
@pytest.mark.parametrize("seed", range(4))
def test_best_line_of_all(first_day, seed: int) -> None:
    """The value of pricing is the greatest over all lines of two people, at random prices."""
    staff = (a_worker(max_days=1), wishful(first_day))
    case = a_mini(first_day, 2, *staff, off=("no_sunday_or_holiday",))
    _best_of_all(case, seed)


@pytest.mark.parametrize("seed", range(3))
def test_best_line_of_a_group_with_rules_of_its_own(seed: int) -> None:
    """So is it with shorter days, more rest, a last shift and days in a row before the week."""
    yesterday = datetime.combine(TUESDAY, time(20)) - timedelta(days=1)
    before = {"last_end": yesterday, "days_in_row": 2}
    staff = (
        a_worker(contract_group="youth", max_days=3, weekdays=tuple(range(7)), **before),
        replace(wishful(TUESDAY), last_end=yesterday),
    )
    case = replace(
        a_mini(TUESDAY, 2, *staff),
        group_rules=(
            GroupRule("youth", MaxDailyMinutes(minutes=300)),
            GroupRule("youth", MinRest(hours=13)),
            GroupRule("youth", MaxConsecutiveDays(days=3)),
        ),
    )
    model = _best_of_all(case, seed)
    assert model.week.grid.rested.shape[0] == 2
    assert model.week.staff.most_run.tolist() == [3, -1]
    assert model.week.staff.longest[0] == 5


def _best_of_all(case: PlanningCase, seed: int) -> RosterModel:
    model = build(case, a_need(case))
    week, draw = model.week, stream(seed, 0, "prices")
    prices = no_prices(week)
    for price in prices:
        price[...] = draw.uniform(-1.0, 6.0, price.shape)
    memory, line = memory_for(week), room_for_line(week)
    answer = Answer(*no_prices(week), np.zeros(2))
    dual_round(week, prices, memory, line, answer)
    for e in range(2):
        lines = _every_line(model, e)
        assert len(lines) > 50
        best = max(_value(model, e, one, memory.values) for one in lines)
        assert answer.value[e] == pytest.approx(best)
    return model


def test_answers_count_the_lines() -> None:
    """What the lines give adds up: everybody present serves or works behind the counters."""
    case = a_mini(TUESDAY, 3, a_worker(), wishful(TUESDAY))
    model = build(case, a_need(case))
    prices = no_prices(model.week)
    prices.served[...] = 5.0
    prices.back[...] = 0.1
    answer = Answer(*no_prices(model.week), np.zeros(2))
    dual_round(model.week, prices, memory_for(model.week), room_for_line(model.week), answer)
    assert answer.present[0].sum() == answer.served.sum() + answer.back.sum() > 0
    assert answer.desk.sum() == answer.served.sum()
    assert (answer.present[0] == answer.present[1]).all()
