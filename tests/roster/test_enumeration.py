"""The rosters that the model has are exactly those in which the checks find nothing hard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.domain.rule import Severity
from planner.model.roster.arrays import Week
from planner.model.roster.model import RosterModel, build
from planner.rules.audit import audit
from tests.roster.miniature import (
    SATURDAY,
    TUESDAY,
    Shift,
    a_mini,
    a_need,
    a_roster,
    a_worker,
    accepts,
    some_weeks,
    universe,
)


def _lawful(days, case, model, requirement) -> bool:
    findings = audit(a_roster(days, case, model, "w1"), case, requirement)
    return all(finding.severity is not Severity.HARD for finding in findings)


def _differences(case, model: RosterModel, week: Week, weeks) -> list[object]:
    """Return the lines on which arrays and checks disagree."""
    hard = replace(case, rules=tuple(r for r in case.rules if r.severity is Severity.HARD))
    requirement = a_need(case)
    return [
        days
        for days in weeks
        if accepts(week, 0, days, model) is not _lawful(days, hard, model, requirement)
    ]


@pytest.fixture(scope="module")
def one_day():
    """Return a day on which every shift of the grid is tried."""
    case = a_mini(TUESDAY, 1, a_worker(contract_minutes=7 * 540, band_minutes=60, max_days=7))
    return case, build(case, a_need(case))


def test_single_shifts(one_day) -> None:
    """Every shift on the grid is accepted by the model if and only if it is lawful."""
    case, model = one_day
    weeks = [(shift,) for shift in universe(model)]
    accepted = sum(accepts(model.week, 0, days, model) for days in weeks)
    assert 100 < accepted < len(weeks) / 2
    assert _differences(case, model, model.week, weeks) == []


SHAPES = [
    Shift("north", 420, 840, 600),
    Shift("north", 660, 1080, 840),
    Shift("south", 360, 720, None),
    Shift("south", 780, 1200, 1020),
    Shift("south", 840, 1200, None),
    Shift("north", 840, 1140, None),
]


@pytest.mark.parametrize(
    ("first_day", "worker", "off"),
    [
        (SATURDAY, a_worker(max_days=2), ("no_sunday_or_holiday",)),
        (SATURDAY, a_worker(max_days=3, weekdays=(0, 5)), ()),
        (TUESDAY, a_worker(max_days=2, contract_minutes=840 * 7 // 3), ()),
        (
            TUESDAY,
            a_worker(max_days=3, contract_minutes=4200, absent=(TUESDAY,)),
            ("weekly_average",),
        ),
        (TUESDAY, a_worker(locations=("south",), home="south"), ("min_rest", "contract_hours")),
    ],
)
def test_three_days(first_day, worker, off) -> None:
    """Three days of typical shifts: rest over the clock change, hours, days, patterns."""
    case = a_mini(first_day, 3, worker, off=off)
    model = build(case, a_need(case))
    weeks = list(some_weeks(SHAPES, 3))
    accepted = sum(accepts(model.week, 0, days, model) for days in weeks)
    assert 1 < accepted < len(weeks)
    assert _differences(case, model, model.week, weeks) == []


def _shift(part: str, name: str, change: Callable[[Any], Any]) -> Callable[[Week], Week]:
    def mutate(week: Week) -> Week:
        old = getattr(week, part)
        return week._replace(**{part: old._replace(**{name: change(getattr(old, name))})})

    return mutate


MUTANTS = {
    "building closes a cell later": _shift("places", "last", lambda a: a + 1),
    "building opens a cell later": _shift("places", "first", lambda a: a + 1),
    "break a cell earlier": _shift("grid", "pause_first", lambda a: a - 1),
    "break a cell later": _shift("grid", "pause_last", lambda a: a + 1),
    "shortest shift missing": _shift("grid", "span", lambda a: np.where(a == a.min(), -1, a)),
    "longest shift missing": _shift("grid", "span", lambda a: np.where(a == a.max(), -1, a)),
    "starts everywhere but first": _shift("grid", "start_on", lambda a: np.roll(a, 1) & False),
    "a day lost": _shift("staff", "free", lambda a: a & False),
    "hours one cell fewer": _shift("staff", "most", lambda a: a * 0 + 8),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_mutants_are_found(one_day, name: str) -> None:
    """A posting that is off by one at either end disagrees with the checks."""
    case, model = one_day
    weeks = [(shift,) for shift in universe(model)]
    assert _differences(case, model, MUTANTS[name](model.week), weeks)


def test_mutants_of_rest_are_found() -> None:
    """Rest without the missing hour of the clock change disagrees with the checks."""
    case = a_mini(SATURDAY, 3, a_worker(), off=("no_sunday_or_holiday",))
    model = build(case, a_need(case))
    winter = a_mini(SATURDAY.replace(day=9), 3, a_worker(), off=("no_sunday_or_holiday",))
    week = model.week._replace(grid=build(winter, a_need(winter)).week.grid)
    assert week.grid.rested.shape != model.week.grid.rested.shape or _differences(
        case, model, week, some_weeks(SHAPES, 3)
    )
