"""Roster grids, coverage panels and the map: what the pictures and tables are made of."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from planner.domain.roster import Activity, Assignment, Piece
from planner.reporting.city_map import MapTexts, city_map, hull
from planner.reporting.coverage import DayCoverage, SkillCoverage, city_coverage, coverages
from planner.reporting.coverage_chart import panels
from planner.reporting.material import Material, Place
from planner.reporting.roster_grid import GridMaker, shift_kind
from planner.reporting.words import words_of
from planner.results.store import read_run

MONDAY = date(2024, 4, 29)
DE = words_of("de")


def place(number: int, **changes: Any) -> Place:
    """Return a made-up place."""
    latitude = 53.5 + number / 100
    usual = Place(f"p{number}", f"P{number}", "d", "residents", "counter", latitude, 10.0, 4, 40.0)
    return replace(usual, **changes)


TEXTS = MapTexts("Map", {"d": "District"}, {"met": "kept", "": "none"}, "5 km")


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [(420, 960, "early"), (540, 1020, "day"), (540, 1050, "day"), (600, 1051, "late")],
)
def test_kinds_of_shift(start: int, end: int, kind: str):
    """Early ends by 16:00, late ends after 17:30."""
    piece = Piece(start, end, Activity.COUNTER)
    assert shift_kind(Assignment("e", MONDAY, "city", start, end, (piece,))) == kind


def test_the_grid_of_a_location(material: Material):
    """Rows are those at home there and guests; cells tell shift, absence, no working day."""
    grid = GridMaker.of(material, DE).grid("city")
    assert grid.days == (
        *("Mo., 29.04.", "Di., 30.04.", "Mi., 01.05. Feiertag", "Do., 02.05.", "Fr., 03.05."),
    )
    rows = {row.employee: row for row in grid.rows}
    assert [name for name in rows if name.startswith("city")] == list(rows)[:4]
    assert rows["city-00"].trainee
    assert [cell.kind for cell in rows["city-03"].cells] == [
        *("absent", "late", "holiday", "off", "off"),
    ]
    away = rows["city-01"].cells[1]
    assert (away.code, away.place) == ("S", "Altona")
    assert rows["city-01"].cells[0].breaks == "11:30–12:00"
    guest = rows["altona-01"]
    assert guest.note == "Stammort: Altona"
    assert rows["city-02"].planned == "32,0"
    counted = material.table("roster").query("location == 'city'")["date"].value_counts()
    assert grid.present[0] == str(counted["2024-04-29"])


def test_a_free_day_and_a_stranger(changed):
    """A free day is empty; someone rostered who is not on the staff list still has a row."""

    def fewer(tables):
        roster = tables["roster"]
        tables["roster"] = roster[(roster["employee"] != "city-01") | (roster["date"] < "2024-05")]
        tables["employees"] = tables["employees"].query("employee != 'city-02'")

    world = Material(read_run(changed(fewer)))
    rows = {row.employee: row for row in GridMaker.of(world, DE).grid("city").rows}
    assert [cell.kind for cell in rows["city-01"].cells[3:]] == ["free", "free"]
    assert rows["city-02"].due == ""
    assert rows["city-02"].cells[2].kind == "holiday"


def test_coverage_by_location_and_for_the_city(material: Material):
    """Hours are desks times slot length; the city is the sum of its locations."""
    requirement = material.table("requirement").query("skill == 'residents'")
    city = next(s for s in coverages(material)["city"] if s.skill == "residents")
    own = requirement.query("location == 'city'")
    assert city.required_hours == own["required"].sum() / 2
    assert city.short_hours == own["short"].sum() / 2
    assert sum(day.short for day in city.days) == own["short"].sum()
    whole = next(s for s in city_coverage(material) if s.skill == "residents")
    assert whole.required_hours == requirement["required"].sum() / 2


def test_a_panel_draws_what_is_there():
    """Rostered is an area, required a line, missing hatched; the words say the same."""
    day = DayCoverage(MONDAY, (480, 510, 540), (2, 2, 0), (1, 2, 2))
    skill = SkillCoverage("city", "residents", (day,), 2.0, 2.5, 0.5)
    (panel,) = panels(skill, 30, DE)
    assert panel.short
    assert panel.note == "−0,5 Std."
    assert "Montag: zeitweise zu wenig, zusammen 0,5 Stunden" in panel.svg
    drawn = dict(re.findall(r'<path class="(\w\w)" d="([^"]*)"/>', panel.svg))
    assert drawn["ro"] == "M20 88V49H75V88zM75 88V10H186V88z"
    assert drawn["mi"] == "M20 49V10H75V49z"
    assert drawn["re"] == "M20 10H131"


def test_a_covered_day_and_a_closed_one():
    """Without a shortfall nothing is hatched; a day without anybody has no panel."""
    day = DayCoverage(MONDAY, (480, 540), (1, 2), (1, 2))
    closed = DayCoverage(MONDAY + timedelta(days=1), (), (), ())
    skill = SkillCoverage("city", "residents", (day, closed), 1.5, 1.5, 0.0)
    (panel,) = panels(skill, 30, DE)
    assert not panel.short
    assert 'class="mi"' not in panel.svg
    assert "Sollbesetzung erfüllt" in panel.svg
    assert panel.svg.count("M") >= 4  # the line is broken where slots are not neighbours


def test_a_panel_without_people_at_all():
    """Slots that require and have nobody draw no area and no line."""
    day = DayCoverage(MONDAY, (480,), (0,), (0,))
    skill = SkillCoverage("city", "residents", (day,), 0.0, 0.0, 0.0)
    (panel,) = panels(skill, 30, DE)
    assert '<path class="ro" d=""/>' in panel.svg
    assert skill.peak == 0


def test_a_week_without_slots_has_no_span():
    """A skill that is never asked for has no span and no peak."""
    skill = SkillCoverage("city", "residents", (DayCoverage(MONDAY, (), (), ()),), 0, 0, 0)
    assert (skill.span, skill.peak) == ((0, 0), 0)
    assert panels(skill, 30, DE) == []


def test_a_map_needs_two_places():
    """With one place, or with phones only, there is no map."""
    assert city_map([place(1)], {}, TEXTS) == ""
    assert city_map([place(1, kind="phone"), place(2, kind="phone")], {}, TEXTS) == ""


def test_the_map_shows_every_place_with_shape_and_symbol():
    """Verdicts have symbols and words, areas shapes, names are text."""
    places = [place(1, name="A & B"), place(2), place(3), place(4, area="foreigners")]
    places += [place(5, kind="mobile")]
    svg = city_map(places, {"p1": "met"}, TEXTS)
    assert svg.count('<g class="m ') == 5
    assert '<g class="m met"><title>A &amp; B: kept</title>' in svg
    assert "✓" in svg
    assert (svg.count("<circle"), svg.count("<rect")) == (3, 1)
    assert "District" in svg
    assert "5 km" in svg


def test_places_at_one_spot_stand_side_by_side():
    """Markers at the same coordinates do not cover each other."""
    twins = [place(1), place(2, latitude=53.51), place(3, latitude=53.6, longitude=10.2)]
    svg = city_map(twins, {}, TEXTS)
    centres = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', svg)
    assert len(set(centres)) == 3


def test_a_crowd_keeps_its_symbols_and_drops_names():
    """Where names would hide each other, they are left out; symbols stay."""
    long = "A rather long name of a location"
    crowd = [place(n, name=long, latitude=53.5, longitude=10 + n / 1e4) for n in range(30)]
    crowd.append(place(99, latitude=53.7, longitude=10.3))
    svg = city_map(crowd, {}, TEXTS)
    assert svg.count('<g class="m ') == 31
    assert svg.count('class="pn"') < 31


def test_hull():
    """The hull of a square with a point inside is the square, counter-clockwise."""
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    assert hull([*square, (0.5, 0.5)]) == square
    assert hull([(0.0, 0.0), (1.0, 1.0)]) == [(0.0, 0.0), (1.0, 1.0)]


def test_empty_tables_when_the_run_has_none(changed):
    """Material gives an empty table where the run has none."""

    def drop(tables):
        del tables["requirement"]

    world = Material(read_run(changed(drop)))
    assert world.table("requirement").empty
    assert coverages(world) == {}
    assert isinstance(world.table("requirement"), pd.DataFrame)
