"""The head start in the roster search: when it begins, that it repeats, that it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.model.roster import head_start
from planner.model.roster.effort import Effort
from planner.model.roster.head_start import HeadStart
from tests.benchmarks.city800 import solve, week_of
from tests.benchmarks.city_size import first_sites

CITY = first_sites(
    json.loads(
        (Path(__file__).parents[1] / "data" / "city800" / "city800.json").read_text("utf-8")
    ),
    1,
)


def test_it_begins_only_if_there_is_time() -> None:
    """A short effort is left to the search; a longer one has a roster in the end."""
    week = week_of(CITY)
    assert HeadStart.for_week(week, Effort(1.0, repeatable=True)) is None
    ahead = HeadStart.for_week(week, Effort(60.0, repeatable=True))
    assert ahead is not None
    while not ahead.done(1.0):
        pass
    assert ahead.lines is not None


def test_it_is_not_for_other_weeks() -> None:
    """A week with a price of days is not begun, whatever the effort."""
    week = week_of(CITY)
    priced = week._replace(staff=week.staff._replace(day_cost=week.staff.day_cost + 1.0))
    assert HeadStart.for_week(priced, Effort(600.0, repeatable=True)) is None


def test_the_search_goes_on_from_it_and_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one thread or two the same roster, much better than the same effort without it."""
    without, _ = solve(CITY, Effort(0.1, 1, 1, repeatable=True), lambda _: None)
    monkeypatch.setattr(head_start, "WORTH", 1e9)
    found = [solve(CITY, Effort(0.1, jobs, 1, repeatable=True), lambda _: None) for jobs in (1, 2)]
    (search, value), (_, again) = found
    assert value == again == pytest.approx(search.incumbent.value)
    assert value < 0.9 * without.incumbent.value


def test_stop_ends_it() -> None:
    """A clock that is over gives no lines, soon."""
    ahead = HeadStart.for_week(week_of(CITY), Effort(60.0))
    assert ahead is not None
    ahead.stop()
    while not ahead.done(1.0):
        pass
    assert ahead.lines is None
