"""Hamburg 2014 to 2017: the published posts fill the book by spring 2016 and clear it in 2017."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.errors import ScenarioError
from planner.history.settings import read_settings
from planner.history.staffing import COLUMNS, Point, read_points, series
from planner.scenario.loading import load_case
from planner.workflow.history import Past, fluid_lead, read_past, simulated
from planner.workflow.options import CaseOptions

FOLDER = Path(__file__).parents[2] / "scenarios" / "hamburg" / "history"


@pytest.fixture(scope="module")
def past() -> Past:
    """Return Hamburg's history on a twentieth of the town."""
    options = CaseOptions(FOLDER / "base.yaml")
    found = read_past(options, load_case(options.path))
    return replace(found, settings=replace(found.settings, town_share=0.05))


def _between(past: Past, values: np.ndarray, first: str, last: str) -> np.ndarray:
    return values[past.months.index(first) : past.months.index(last) + 1]


def test_the_booking_model_fills_and_clears(past: Past) -> None:
    """Weeks early in 2015, the cap from May to October 2016, under ten days in November 2017.

    Means of five replications: on a twentieth of the town single ones lie two days around them.
    """
    years = [simulated(past, 1, number) for number in range(5)]
    booked = np.mean([year.lead(past.locations) for year in years], axis=0)
    offered = np.mean([year.offered(past.locations) for year in years], axis=0)
    assert 10.0 < _between(past, booked, "2015-01", "2015-03").mean() < 25.0
    assert _between(past, booked, "2016-03", "2016-09").mean() > 45.0
    assert _between(past, offered, "2016-03", "2016-03").min() > 45.0
    assert _between(past, offered, "2016-05", "2016-10").min() > 54.0
    assert _between(past, offered, "2016-03", "2016-10").max() <= 60.0
    assert _between(past, booked, "2017-07", "2017-07").mean() < 30.0
    assert _between(past, booked, "2017-11", "2017-12").max() < 10.0


def test_the_capacity_model_fills_and_clears(past: Past) -> None:
    """The fluid book stands at the cap of 60 days in March 2016 and at the wishes in late 2017."""
    lead = fluid_lead(past)
    assert _between(past, lead, "2015-01", "2015-03").mean() < 20.0
    assert _between(past, lead, "2016-03", "2016-08").min() > 55.0
    assert _between(past, lead, "2016-03", "2016-08").max() <= 60.0 + 1e-9
    assert _between(past, lead, "2017-11", "2017-12").max() < 6.0


def test_posts_are_the_published_ones_with_lines_between(past: Past) -> None:
    """Published months have the published posts, their confidence and their source."""
    months = list(past.months)
    assert past.staff.posts[months.index("2016-03")] == pytest.approx(172.16)
    assert past.staff.confidence[months.index("2016-03")] == "published"
    assert past.staff.source[months.index("2016-03")] == "DRS-3725"
    between = past.staff.posts[months.index("2016-06")]
    assert between == pytest.approx(172.16 + 3 / 7 * (222 - 172.16))
    assert past.staff.confidence[months.index("2016-06")] == "derived"
    assert past.staff.extra_hours[months.index("2017-02")] == 0.0
    assert past.staff.extra_hours[months.index("2017-03")] == 300.0


def test_new_posts_are_in_training_for_the_training_time() -> None:
    """Ten posts added in a month are in training for three months, leavers' replacements too."""
    points = (
        Point("2016-01", "posts", 100.0, "published", "", ""),
        Point("2016-02", "posts", 110.0, "published", "", ""),
        Point("2016-01", "absence_share", 0.1, "published", "", ""),
    )
    months = tuple(f"2016-{month:02d}" for month in range(1, 7))
    plain = series(points, months, 0.0, 3)
    assert plain.in_training.tolist() == [0.0, 10.0, 10.0, 10.0, 0.0, 0.0]
    turning = series(points, months, 0.01, 3)
    assert turning.in_training[5] == pytest.approx(3 * 0.01 * 110.0)


def test_bad_tables_are_told_with_their_lines(tmp_path: Path) -> None:
    """Every problem of a table at once, with file and line; missing files and columns too."""
    path = tmp_path / "staffing.csv"
    with pytest.raises(ScenarioError, match="is missing"):
        read_points(path)
    path.write_text("month,posts\n2016-01,3\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="has the columns"):
        read_points(path)
    rows = ["2016-13,posts,5,posts,published,,", "2016-01,post,x,posts,said,,"]
    rows.append("2016-02,absence_share,1.5,share,assumed,,")
    path.write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
    with pytest.raises(ScenarioError) as told:
        read_points(path)
    texts = [str(problem) for problem in told.value.problems]
    assert len(texts) == 5
    assert sum(f"{path}:3" in text for text in texts) == 3
    assert any(f"{path}:2: month is '2016-13'" in text for text in texts)
    assert any("cannot be" in text for text in texts)


def test_bad_settings_are_told_with_their_lines(tmp_path: Path) -> None:
    """An unknown key, no number, and what is missing."""
    path = tmp_path / "settings.csv"
    with pytest.raises(ScenarioError, match="is missing"):
        read_settings(path)
    path.write_text("key,value\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="has the columns"):
        read_settings(path)
    heading = "key,value,unit,confidence,source,note"
    path.write_text(f"{heading}\nmonts,4,,,,\nmonths,four,,,,\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as told:
        read_settings(path)
    assert len(told.value.problems) == 2
    path.write_text(f"{heading}\nmonths,4,,,,\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="balance_posts is missing"):
        read_settings(path)
