"""The catalogue of what-if scenarios for Hamburg: reasons, and numbers with sources."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.scenario.loading import load_case
from planner.scenario.notes import read_notes

HAMBURG = Path(__file__).parents[2] / "scenarios" / "hamburg"
FILES = sorted((HAMBURG / "what-if").glob("*.yaml"))
KEYS = set(pd.read_csv(HAMBURG / "tables" / "bibliography.csv")["key"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_reason_and_sources(path: Path) -> None:
    """A sentence in both languages, and every number published or assumed, with known keys."""
    notes = read_notes(path)
    assert notes.name == path.stem
    assert all(text and len(text) > 40 for text in notes.why)
    assert notes.numbers
    for number in notes.numbers:
        named = [key for key in number.source.split(";") if key]
        assert set(named) <= KEYS
        assert named or number.confidence.value != "published"


def test_the_catalogue_is_whole() -> None:
    """All that was asked for is there."""
    assert len(FILES) >= 16


def test_a_closed_city_keeps_its_people() -> None:
    """Everybody who worked there has another home, and every first choice goes somewhere."""
    base = load_case(HAMBURG / "base.yaml")
    closed = load_case(HAMBURG / "what-if" / "city-closed.yaml")
    assert {e.id for e in closed.employees} == {e.id for e in base.employees}
    assert "city" not in {e.home for e in closed.employees} | {p.id for p in closed.locations}
    for origin in {choice.origin for choice in closed.location_choice}:
        mine = [
            c.share for c in closed.location_choice if (c.origin, c.area) == (origin, "residents")
        ]
        assert sum(mine) == pytest.approx(1.0, abs=1e-4)
    hours = [
        sum(w.desks * (w.end_minute - w.start_minute) for w in case.appointment_desks) / 60
        for case in (base, closed)
    ]
    assert hours[1] == pytest.approx(hours[0], rel=0.01)
