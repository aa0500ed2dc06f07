"""What one person more is worth is what the price of the whole falls by, cell by cell."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from planner.model.roster import compiled_cover
from planner.model.roster.arrays import BACK_OFFICE, NOT_WORKING, empty_lines
from planner.model.roster.compiled_cover import Cover, Sight
from planner.model.roster.compiled_pricing import Choice, memory_for
from planner.model.roster.model import RosterModel, build
from planner.model.roster.prices import no_prices
from planner.sim.streams import stream
from tests.roster.interpreted import interpreted
from tests.roster.priced import CREW, a_need, a_week, random_lines

cover = interpreted(compiled_cover)
Key = tuple[int, int, int]


def _model() -> RosterModel:
    case = a_week()
    return build(case, a_need(case, 30))


def _sight(model: RosterModel, seed: int, trust: float) -> Sight:
    """Return the cover of random lines, a third of the back office left, and random prices."""
    given, guide = cover.empty_cover(model.week), no_prices(model.week)
    lines = random_lines(model, seed, share=1.0)
    for e in range(len(CREW)):
        cover.count_line(model.week, e, lines, given, 1)
    given.back[0] = model.week.places.back_need[0] - (0.25 if seed % 2 else -1.0)
    given.back[1] = 0
    draw = stream(seed, 0, "prices")
    for price in guide:
        price[...] = draw.uniform(0.0, 9.0, price.shape)
    return Sight(given, guide, np.array([trust]), np.zeros(1, np.int64))


def _fall(model: RosterModel, given: Cover, k: int, place: int, at: tuple[int, int]) -> float:
    """Return by how much the price of all falls with one more at ``k`` (-1: behind)."""
    d, c = at
    more = Cover(*(part.copy() for part in given))
    more.present[place, d, c] += 1
    if k >= 0:
        more.served[k, d, c] += 1
    else:
        more.back[place] += 1
    return float(cover.cover_cost(model.week, given) - cover.cover_cost(model.week, more))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("trust", [0.0, 0.3, 1.0])
def test_worth_of_one_person_more(seed: int, trust: float) -> None:
    """In every cell the best activity with a desk, and what it saves, mixed with its price."""
    model = _model()
    sight, memory = _sight(model, seed, trust), memory_for(model.week)
    places, groups, guide = model.week.places, model.week.groups, sight.guide
    full = 0
    for g, d in product(range(len(groups.place)), range(0, 4, 3)):
        cover.worth(model.week, g, d, sight, memory)
        place = int(groups.place[g])
        for c in range(places.first[place, d], places.last[place, d]):
            rows = [int(k) for k in groups.rows[groups.first_row[g] : groups.first_row[g + 1]]]
            if sight.cover.serving[place, d, c] >= places.desks[place]:
                rows, full = [], full + 1
            there = guide.present[:, place, d, c].sum()
            price = {k: guide.served[k, d, c] - guide.desk[place, d, c] for k in rows}
            price[BACK_OFFICE] = guide.back[place]
            value = {
                k: (1 - trust) * _fall(model, sight.cover, k, place, (d, c))
                + trust * (price[k] + there)
                for k in price
            }
            assert memory.values[g, d, c] == pytest.approx(max(value.values()))
            assert value[int(memory.activity[g, d, c])] == pytest.approx(max(value.values()))
    assert full > 0


def test_nobody_goes_behind_where_there_is_nothing_to_do_there() -> None:
    """A group without back office serves, however little that is worth."""
    model = _model()
    groups = model.week.groups._replace(back=np.zeros(len(model.week.groups.place), np.bool_))
    week, memory = model.week._replace(groups=groups), memory_for(model.week)
    sight = _sight(model, 0, 0.0)
    sight.cover.serving[...] = 0
    for g in range(len(groups.place)):
        cover.worth(week, g, 0, sight, memory)
        place, rows = groups.place[g], groups.first_row[g + 1] - groups.first_row[g]
        open_cells = slice(week.places.first[place, 0], week.places.last[place, 0])
        assert (memory.activity[g, 0, open_cells] >= 0).all() == (rows > 0)
        assert (memory.values[g, 0, open_cells] > -1e6).all() == (rows > 0)


def test_of_equal_activities_the_first_is_chosen() -> None:
    """Back office before a row that is worth as much, and the first of equal rows."""
    model = _model()
    places, groups, memory = model.week.places, model.week.groups, memory_for(model.week)
    sight = Sight(
        cover.empty_cover(model.week), no_prices(model.week), np.zeros(1), np.zeros(1, np.int64)
    )
    places.need[...], places.back_need[...], places.over[...] = 1, 0.0, 0.0
    g = int(np.argmax(np.diff(groups.first_row)))
    rows = groups.rows[groups.first_row[g] : groups.first_row[g + 1]]
    assert len(rows) > 1
    assert groups.back[g]
    open_cells = slice(places.first[groups.place[g], 0], places.last[groups.place[g], 0])
    for price, first in ((0.0, BACK_OFFICE), (5.0, rows[0])):
        places.short[...] = price
        cover.worth(model.week, g, 0, sight, memory)
        assert (memory.activity[g, 0, open_cells] == first).all()


def test_a_line_is_written_with_its_activities() -> None:
    """The activity of the memory in every worked cell, none in the break or on days off."""
    model = _model()
    grid, memory = model.week.grid, memory_for(model.week)
    memory.activity[...] = 2
    memory.activity[1] = BACK_OFFICE
    long = int(np.flatnonzero(grid.pause)[0])
    length, pause = int(grid.span[long]), int(grid.pause[long])
    line = Choice(
        *(np.array(part) for part in ([0, -1, 1, 0], [2, 0, 4, 2], [2, 9, 8, 2], [4, 0, -1, 5]))
    )
    line.end[[0, 3]] = 2 + length
    lines = empty_lines(2, grid)
    lines.activity[1] = 7
    cover.write_line(model.week, 1, line, memory, lines)
    expected = np.full((4, grid.cells), NOT_WORKING)
    expected[0, 2 : 2 + length] = expected[3, 2 : 2 + length] = 2
    expected[0, 4 : 4 + pause] = expected[3, 5 : 5 + pause] = NOT_WORKING
    expected[2, 4:8] = BACK_OFFICE
    assert (lines.activity[1] == expected).all()
    assert (lines.activity[0] == NOT_WORKING).all()
    for part, written in zip(line, (lines.group, lines.start, lines.end, lines.pause), strict=True):
        assert (written[1] == part).all()
    assert cover.pause_end(grid, 2, 2 + length, 4) == 4 + pause
    assert cover.pause_end(grid, 4, 8, -1) == -1
