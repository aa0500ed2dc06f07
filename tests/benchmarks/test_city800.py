"""The benchmark of the synthetic city still fits the product's arrays: one site, a short search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.model.roster.effort import Effort
from tests.benchmarks.city800 import solve
from tests.benchmarks.city_size import first_sites

CITY = Path(__file__).parents[1] / "data" / "city800" / "city800.json"


def test_one_site_is_counted_again_to_the_same_value() -> None:
    """The file's own rules hold, the value counted by plain loops is the search's, not below LB."""
    city = first_sites(json.loads(CITY.read_text(encoding="utf-8")), 1)
    search, objective = solve(city, Effort(2.0, 1, 1, repeatable=True), lambda _: None)
    assert search.incumbent.value == pytest.approx(objective)
    assert 0 < search.bound.value <= objective
