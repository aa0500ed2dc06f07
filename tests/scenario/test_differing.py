"""Differences of scenarios in words, with who set them; notes; copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import PlannerError, ScenarioError
from planner.scenario.differing import in_words, scenario_differences
from planner.scenario.notes import read_notes
from planner.workflow.scenarios import copy_scenario, diff_lines, scenario_notes
from tests.scenario.spoiling import Copy

OTHER = """extends: base.yaml
name: other
title: {de: Anders, en: Other}
why: {de: Weil es zählt., en: Because it matters.}
numbers:
  - {de: ein Fünftel, en: a fifth, confidence: assumed}
absence: {rate: 0.2}
tables:
  locations: {south: {desks: 9}}
remove:
  - {table: opening_hours, where: {location: south, weekday: fri}}
  - {table: appointment_desks, where: {location: south, weekday: fri}}
scale:
  - {table: demand, column: requests_per_year, percent: +10}
"""


@pytest.fixture
def both(copy: Copy) -> tuple[Path, Path]:
    """Return the small case and a scenario of it."""
    copy.write("other.yaml", OTHER)
    return copy.folder / "base.yaml", copy.folder / "other.yaml"


def test_nothing_differs_from_itself(both: tuple[Path, Path]) -> None:
    """A scenario that only has another name is no different."""
    assert scenario_differences(both[0], both[0]) == ()


def test_changed_values_in_words_with_their_place(both: tuple[Path, Path]) -> None:
    """What, before, after, and the file and line that sets it."""
    lines = diff_lines(*both, "en", ((), None, False))
    text = "\n".join(lines)
    assert "absence.rate: 0.03 → 0.2" in text
    assert "other.yaml:7 (other)" in text
    assert "locations.south.desks: 3 → 9" in text
    assert "opening_hours.south/fri/" in text
    assert "gone" in text


def test_many_rows_become_one_sentence(both: tuple[Path, Path]) -> None:
    """A percentage on a column is told once, with the sum before and after."""
    found = in_words(scenario_differences(*both))
    demand = [s for s in found if s.german.startswith("demand")]
    assert len(demand) <= 6
    every = diff_lines(*both, "de", ((), None, True))
    assert len(every) > len(found) or len(every) == len(found)
    assert all("→" in line and "[" in line for line in every)


def test_notes_are_read_in_both_languages(both: tuple[Path, Path]) -> None:
    """Title, reason and numbers; a folder lists its scenarios by path."""
    notes = read_notes(both[1])
    assert notes.why == ("Weil es zählt.", "Because it matters.")
    assert notes.numbers[0].en == "a fifth"
    assert [n.name for n in scenario_notes(both[0].parent)] == ["small", "other"]
    with pytest.raises(ScenarioError, match="is no folder"):
        scenario_notes(both[0].parent / "nowhere")


def test_a_number_without_confidence_is_a_problem(copy: Copy) -> None:
    """Notes are checked like everything else."""
    copy.write("other.yaml", "extends: base.yaml\nname: x\nnumbers: [{de: a, en: b}]\n")
    with pytest.raises(ScenarioError, match="confidence"):
        read_notes(copy.folder / "other.yaml")


def test_a_copy_starts_where_the_others_end(copy: Copy, both: tuple[Path, Path]) -> None:
    """One or several scenarios of a base give a new one with their values."""
    copy.write("third.yaml", "extends: base.yaml\nname: third\nshifts.min_minutes: 300\n")
    target = copy.folder / "sub" / "new.yaml"
    copy_scenario((both[1], copy.folder / "third.yaml"), target, "new")
    case = copy.load("sub/new.yaml")
    assert (case.absence.rate, case.shifts.min_minutes) == (0.2, 300)
    with pytest.raises(PlannerError, match="exists already"):
        copy_scenario((both[1],), target, "new")


def test_a_copy_of_what_contradicts_is_refused(copy: Copy, both: tuple[Path, Path]) -> None:
    """Nothing is left behind, and the contradiction is told with both places."""
    copy.write("third.yaml", "extends: base.yaml\nname: third\nabsence.rate: 0.3\n")
    target = copy.folder / "new.yaml"
    with pytest.raises(ScenarioError, match="two overrides"):
        copy_scenario((both[1], copy.folder / "third.yaml"), target, "new")
    assert not target.exists()
