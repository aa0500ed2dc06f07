"""Which weeks are plain, and what is asked in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.model.roster.arrays import Week
from planner.model.roster.unnamed.plain_week import plain_week
from tests.benchmarks.city800 import week_of
from tests.benchmarks.city_size import first_sites

CITY = first_sites(
    json.loads(
        (Path(__file__).parents[1] / "data" / "city800" / "city800.json").read_text("utf-8")
    ),
    2,
)
WEEK = week_of(CITY)
PEOPLE, DAYS = WEEK.staff.free.shape


def changed(part: str, **arrays) -> Week:
    """Return the week with some arrays of a part in place of its own."""
    return WEEK._replace(**{part: getattr(WEEK, part)._replace(**arrays)})


def one(array: np.ndarray, value: float, at: int = -1) -> np.ndarray:
    """Return a copy of which one element is ``value``, the last if not told."""
    copy = array.copy()
    copy.reshape(-1)[at] = value
    return copy


def paid_cost(last: list[float]) -> np.ndarray:
    """Return prices of the cells of the week of which the last employee's begin with ``last``."""
    cost = WEEK.staff.paid_cost.copy()
    cost[-1] = np.inf
    cost[-1, : len(last)] = last
    return cost


GRID, PLACES, GROUPS, STAFF = WEEK
PRESENT = PLACES.present_need
REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "a break": ("grid", {"pause": one(GRID.pause, 1)}),
    "unpaid time": ("grid", {"paid": one(GRID.paid, 19)}),
    "a gap of lengths": (
        "grid",
        {"span": np.delete(GRID.span, 1), "paid": np.delete(GRID.paid, 1)},
    ),
    "no shifts": ("grid", {"span": GRID.span[:0], "paid": GRID.paid[:0]}),
    "a start less": ("grid", {"start_on": one(GRID.start_on, 0)}),
    "an end less": ("grid", {"end_on": one(GRID.end_on, 0)}),
    "rest at night": ("grid", {"rested": one(np.repeat(GRID.rested, 2, axis=2), 0)}),
    "presence": (
        "places",
        {"present_need": one(PRESENT, 1), "present_price": np.array([0.0, 2.0])},
    ),
    "back office": ("places", {"back_need": one(PLACES.back_need, 1), "back_price": 1.0}),
    "a desk less than people": ("places", {"desks": one(PLACES.desks, PEOPLE - 1)}),
    "back-office groups": ("groups", {"back": one(GROUPS.back, 1)}),
    "two rows of a group": ("groups", {"first_row": one(GROUPS.first_row, 99)}),
    "two groups of a row": ("groups", {"rows": one(GROUPS.rows, 0)}),
    "a price of a day": ("staff", {"day_cost": one(STAFF.day_cost, 1)}),
    "a price of early days": ("staff", {"early_cost": one(STAFF.early_cost, 1)}),
    "a price of late days": ("staff", {"late_cost": one(STAFF.late_cost, 1)}),
    "a price of a place": ("staff", {"group_cost": one(STAFF.group_cost, 1)}),
    "late shifts": ("staff", {"late_shift_cost": one(STAFF.late_shift_cost, 1)}),
    "days together": ("staff", {"trail": one(STAFF.trail, 1)}),
    "a price for all": ("staff", {"trail_cost": one(STAFF.trail_cost, 1, 0)}),
    "short days": ("staff", {"longest": one(STAFF.longest, 19)}),
    "days in a row": ("staff", {"most_run": one(STAFF.most_run, 4)}),
    "no day in a row": ("staff", {"most_run": one(STAFF.most_run, 0)}),
    "late mornings": ("staff", {"earliest": one(STAFF.earliest, 1)}),
    "late mornings for early places": (
        "places",
        {"first": one(PLACES.first + 3, 0)},
    ),
    "early evenings": ("staff", {"latest": one(STAFF.latest, 23)}),
    "two numbers of cells": ("staff", {"paid_cost": paid_cost([np.inf] * 40 + [0.0, 5.0])}),
    "no number of cells": ("staff", {"paid_cost": paid_cost([])}),
    "a price of all cells": ("staff", {"paid_cost": paid_cost([np.inf] * 40 + [1.0])}),
    "too few days": ("staff", {"most_days": one(STAFF.most_days, 1)}),
    "no sum of lengths": ("staff", {"paid_cost": paid_cost([np.inf] * 22 + [0.0])}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_told_is_refused(what: str) -> None:
    """Every rule or price that the programme cannot tell is a reason, for one person or place."""
    part, arrays = REFUSED[what]
    week = changed(part, **arrays)
    if what == "late mornings for early places":
        week = week._replace(staff=STAFF._replace(earliest=STAFF.earliest + 1))
    assert plain_week(week) is None


@pytest.mark.parametrize(
    ("part", "arrays"),
    [
        ("places", {"desks": np.full_like(PLACES.desks, PEOPLE)}),
        ("places", {"present_need": PRESENT + 1, "present_price": np.zeros(2)}),
        ("places", {"present_price": np.ones(2)}),
        ("places", {"back_need": PLACES.back_need + 1}),
        ("places", {"back_price": 1.0}),
        ("staff", {"longest": np.full_like(STAFF.longest, 20)}),
        ("staff", {"most_days": -(-np.argmin(STAFF.paid_cost, axis=1) // 20)}),
        ("staff", {"trail_cost": np.array([[0.0], [3.0]])}),
        ("staff", {"paid_cost": paid_cost([np.inf] * 40 + [0.0])}),
        ("grid", {"span": GRID.span[::-1], "paid": GRID.paid[::-1]}),
    ],
)
def test_what_changes_nothing_is_taken(part: str, arrays) -> None:
    """Limits that are never reached, needs without a price, prices without a need."""
    assert plain_week(changed(part, **arrays)) is not None


def test_nobody_comes_before_the_doors_open() -> None:
    """Earliest hours that are no later than every place's first are none."""
    late = WEEK._replace(
        places=PLACES._replace(first=PLACES.first + 3),
        staff=STAFF._replace(earliest=STAFF.earliest + 3),
    )
    assert plain_week(late) is not None


def test_it_asks_what_the_file_asks() -> None:
    """Needs by group, groups by employee, cells and days owed, as the file has them."""
    places = PLACES._replace(last=one(PLACES.last, 99, 0), first=one(PLACES.first, 3, 1))
    week = plain_week(WEEK._replace(places=places))
    assert week is not None
    assert (week.shortest, week.longest) == (CITY["min_len"], CITY["max_len"])
    rows = CITY["requirements"]
    assert np.array_equal(week.need, [row["need"] for row in rows])
    assert week.place.tolist() == [row["location"] for row in rows]
    for employee, person in enumerate(CITY["staff"]):
        own = [
            k
            for k, row in enumerate(rows)
            if row["location"] in person["locations"] and row["skill"] in person["skills"]
        ]
        assert sorted(week.groups[employee]) == own
        assert np.flatnonzero(week.able[employee]).tolist() == own
        assert week.owed[employee] == person["slots_per_week"]
        assert week.fewest_days[employee] == int(np.ceil(person["slots_per_week"] / 20))
    assert week.last.max() == CITY["slots"]
    at_first = [k for k, row in enumerate(rows) if row["location"] == 0]
    assert (week.first[at_first, 1] == 3).all()
    assert week.first.sum() == 3 * len(at_first)
    assert np.array_equal(week.short, np.full(len(rows), CITY["weight_under"]))
    assert np.array_equal(week.over, np.full(len(rows), CITY["weight_over"]))
