"""Rosters of plain weeks against programmes that name every shift, and against bounds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from planner.model.roster.arrays import OFF
from planner.model.roster.unnamed.clock import Clock
from planner.model.roster.unnamed.plain_week import plain_week
from planner.model.roster.unnamed.plan import PartialModel, Plan
from planner.model.roster.unnamed.unnamed_roster import shifts_of, unnamed_roster
from tests.benchmarks.city800 import recount, week_of
from tests.benchmarks.city_size import first_sites
from tests.unnamed.plain_weeks import least_price_of, price, random_plain_week
from tests.unnamed.test_exchange import lawful

CITY = json.loads(
    (Path(__file__).parents[1] / "data" / "city800" / "city800.json").read_text(encoding="utf-8")
)
SEEDS = range(12)


@pytest.fixture(scope="module")
def small():
    """Return random weeks with the price of their best roster."""
    weeks = [random_plain_week(seed) for seed in SEEDS]
    return [(week, least_price_of(seed)) for seed, week in zip(SEEDS, weeks, strict=True)]


def test_rosters_are_lawful_and_nearly_all_the_best(small) -> None:
    """Of twelve small weeks (fixed seeds) ten rosters are the best, none is better than it."""
    best = 0
    for week, least in small:
        shifts = shifts_of(week, Clock(), seed=1)
        assert shifts is not None
        assert lawful(week, shifts)
        works = shifts.group != OFF
        assert np.array_equal(np.where(works, shifts.end - shifts.start, 0).sum(axis=1), week.owed)
        listed = [
            (e, d, int(shifts.group[e, d]), int(shifts.start[e, d]), int(shifts.end[e, d]))
            for e, d in np.argwhere(works)
        ]
        found = price(week, listed)
        assert found >= least - 1e-6
        best += found <= least + 1e-6
    assert best >= 10


def test_the_relaxation_is_a_bound(small) -> None:
    """The relaxation, and what is owed, never cost more than the best roster."""
    for week, least in small:
        plan = Plan.open(week)
        model = PartialModel(plan, set(week.place.tolist()))
        point = model.programme.relaxed(60.0)
        assert point is not None
        beyond = float(week.over[0]) * (int(week.owed.sum()) - int(week.need.sum()))
        assert float(point @ model.programme.prices) + beyond <= least + 1e-6


def test_a_site_of_the_city_is_within_a_person_of_its_bound() -> None:
    """One site: lawful by the file, within one missing person of the bound, twice the same."""
    city = first_sites(CITY, 1)
    week = week_of(city)
    plain = plain_week(week)
    assert plain is not None
    lines, again = (unnamed_roster(plain, week, Clock(), seed=1) for _ in range(2))
    assert lines is not None
    assert again is not None
    assert all(np.array_equal(a, b) for a, b in zip(lines, again, strict=True))
    model = PartialModel(Plan.open(plain), {0})
    point = model.programme.relaxed(60.0)
    assert point is not None
    beyond = CITY["weight_over"] * (int(plain.owed.sum()) - int(plain.need.sum()))
    bound = float(point @ model.programme.prices) + beyond
    person = CITY["weight_under"] + CITY["weight_over"]
    assert bound <= recount(city, week, lines) < bound + person


def test_stop_ends_it_without_a_roster() -> None:
    """A clock that is over gives no roster."""
    week = week_of(first_sites(CITY, 1))
    plain = plain_week(week)
    assert plain is not None
    over = Clock(60.0)
    over.stopped = True
    assert unnamed_roster(plain, week, over, 1) is None


def test_closed_days_have_no_shifts() -> None:
    """A group that is closed on a day gets nobody then."""
    week = random_plain_week(3)
    week.last[0, 1] = week.first[0, 1]
    shifts = shifts_of(week, Clock(), seed=1)
    assert shifts is not None
    assert not (shifts.group[:, 1] == 0).any()
