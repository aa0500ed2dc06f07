"""The resolved scenario: who set what, and that it is the same scenario."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.scenario.loading import load_case, resolved_yaml
from planner.scenario.nodes import plain
from planner.scenario.problems import Problems
from planner.scenario.resolved import written
from planner.scenario.yaml_reading import parse_yaml
from tests.scenario.spoiling import Copy

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHIPPED = ("small/base.yaml", "queue/mmc.yaml", "queue/impatient.yaml")


@pytest.mark.parametrize("name", SHIPPED)
def test_resolved_scenario_is_the_same_case(name: str, tmp_path: Path) -> None:
    """The resolved text is a scenario that gives an equal case with an equal fingerprint."""
    path = SCENARIOS / name
    (tmp_path / "resolved.yaml").write_text(resolved_yaml(path), encoding="utf-8")

    assert load_case(path) == load_case(tmp_path / "resolved.yaml")


def test_resolved_scenario_of_many_layers_is_the_same_case(copy: Copy) -> None:
    """Overrides, percentages, rows more and less, odd text and settings survive the writing."""
    copy.write(
        "other.yaml",
        "extends: base.yaml\nname: other\n"
        'title: {de: \'Übergröße: 20 % # "mehr"\', en: "it\'s 1e3"}\n'
        "tables:\n"
        "  districts: {north: {name: '007'}}\n"
        "  wishes: {N1/2024-04-19/day_off: null, N2/2024-04-16/early: {note: 'a: b'}}\n"
        "  observations: []\n"
        "scale: [{table: demand, column: requests_per_year, percent: 30}]\n",
    )
    settings = ("absence.rate=0.1", "locations.north.desks=", "locations.north.constant_desks=2")
    text = resolved_yaml(copy.folder / "other.yaml", settings)
    copy.write("resolved.yaml", text)

    assert copy.load("other.yaml", *settings) == copy.load("resolved.yaml")


def test_every_value_says_who_set_it(copy: Copy) -> None:
    """File, line, override and former value stand beside each changed value."""
    (copy.folder / "what-if").mkdir()
    copy.write(
        "what-if/other.yaml",
        "extends: ../base.yaml\nname: other\n"
        "absence.rate: 0.2\n"
        "tables: {locations: {north: {desks: 9}}}\n"
        "booking: {residents: {horizon_days: 60}}\n",
    )
    text = resolved_yaml(copy.folder / "what-if" / "other.yaml", ("absence.rate=0.3",))
    lines = text.splitlines()

    assert (
        "  rate: 0.3  # --set absence.rate=0.3, was 0.2 at other.yaml:3 (other), "
        "was 0.03 at ../base.yaml:66"
    ) in lines
    assert "  site_correlation: 0.3  # ../base.yaml:66" in lines
    assert any(
        line.startswith("    - {id: north, name: Site North,")
        and line.endswith(
            "# ../tables/locations.csv:2; desks: other.yaml:4 (other), was 4 "
            "at ../tables/locations.csv:2"
        )
        for line in lines
    )
    assert any(
        line.startswith("  - {area: residents, horizon_days: 60,")
        and "horizon_days: other.yaml:5 (other), was 30 at ../base.yaml:53" in line
        for line in lines
    )


def test_resolved_text_does_not_depend_on_where_it_is_read(copy: Copy, tmp_path: Path) -> None:
    """The same case in another folder gives the same text, byte for byte."""
    elsewhere = Copy.of_small(tmp_path / "deep" / "elsewhere")

    assert resolved_yaml(copy.folder / "base.yaml") == resolved_yaml(elsewhere.folder / "base.yaml")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_text_of_any_kind_is_read_as_it_was_written(text: str) -> None:
    """Whatever a text looks like (number, null, comment), it is read as that text."""
    node = parse_yaml(f"[{written(text)}]  # comment", "text", Problems())

    assert node is not None
    assert plain(node) == [text]
