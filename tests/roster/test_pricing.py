"""Pricing finds the best line: compared with every line of a miniature."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.roster.arrays import Lines, empty_lines
from planner.model.roster.compiled_cover import own_cost
from planner.model.roster.compiled_dual import Answer, dual_round
from planner.model.roster.compiled_pricing import memory_for, room_for_line
from planner.model.roster.model import RosterModel, build
from planner.model.roster.prices import no_prices
from planner.sim.streams import stream
from tests.roster.miniature import SATURDAY, TUESDAY, a_mini, a_need, a_worker, wishful


def _every_line(model: RosterModel, e: int) -> list[Lines]:  # noqa: C901  # plain loops
    """Return all lines of employee e, activities left open, by plain loops over the arrays."""
    grid, staff, week = model.week.grid, model.week.staff, model.week
    lines = [(empty_lines(len(staff.most), grid), 0, 0, 0)]
    for d in range(grid.days):
        longer = []
        for line, paid, worked, night in lines:
            longer.append((line, paid, worked, 0))
            for g in staff.groups[staff.first_group[e] : staff.first_group[e + 1]]:
                place = week.groups.place[g]
                for start in range(week.places.first[place, d], week.places.last[place, d]):
                    if not staff.free[e, d] or not grid.start_on[start]:
                        continue
                    if not grid.rested[staff.rest[e], d, night, grid.start_class[start]]:
                        continue
                    for s in range(len(grid.span)):
                        end = start + grid.span[s]
                        if end > week.places.last[place, d] or not grid.end_on[end]:
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
                            longer.append((new, paid + int(grid.paid[s]), worked + 1, after))
        lines = longer
    return [
        line
        for line, paid, worked, _ in lines
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
        assert len(lines) > 100
        best = max(_value(model, e, one, memory.values) for one in lines)
        assert answer.value[e] == pytest.approx(best)


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
