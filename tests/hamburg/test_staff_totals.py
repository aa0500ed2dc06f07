"""The synthetic staff agrees with the published posts, shares and hours."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import holidays
import pytest

from planner.workflow.derivation.files import Row, read_rows
from tests.hamburg.conftest import FOLDER

Tables = dict[str, list[Row]]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_MINUTES = 2340
POSTS = {"city": 32, "harburg": 23, "suederelbe": 11, "bramfeld": 8, "walddoerfer": 4}


def _areas(tables: Tables) -> dict[str, str]:
    return {row["id"]: row["area"] for row in tables["locations"]}


def _fte(tables: Tables, area: str) -> float:
    areas = _areas(tables)
    staff = [row for row in tables["employees"] if areas[row["home_location"]] == area]
    return sum(int(row["contract_minutes"]) for row in staff) / FULL_MINUTES


def test_residents_posts(tables: Tables):
    """270 filled posts, within 2 % (civil servants work 40 hours)."""
    assert _fte(tables, "residents") == pytest.approx(270, rel=0.02)


@pytest.mark.parametrize(("location", "posts"), sorted(POSTS.items()))
def test_posts_by_site(tables: Tables, location: str, posts: float):
    """Sites with published or proposed posts have them within 5 %."""
    staff = [row for row in tables["employees"] if row["home_location"] == location]
    fte = sum(int(row["contract_minutes"]) for row in staff) / FULL_MINUTES
    assert fte == pytest.approx(posts, rel=0.05)


def test_heads_of_foreigners_offices_and_phone(tables: Tables):
    """265 people in foreigners' affairs (35 in Nord), 150 on the phone, about 700 in all."""
    heads = Counter(row["home_location"] for row in tables["employees"])
    areas = _areas(tables)
    foreigners = sum(count for home, count in heads.items() if areas[home] == "foreigners")
    assert (foreigners, heads["foreigners-nord"], heads["phone-115"]) == (265, 35, 150)
    assert 680 <= heads.total() <= 740


def test_part_time(tables: Tables):
    """37 % work part-time, at 60 to 75 % of full hours."""
    minutes = [int(row["contract_minutes"]) for row in tables["employees"]]
    part = [value for value in minutes if value < 2200]
    assert len(part) / len(minutes) == pytest.approx(0.37, abs=0.003)
    assert all(0.59 * FULL_MINUTES <= value <= 0.75 * 2400 for value in part)


def test_trainees(tables: Tables):
    """Six percent are in training."""
    trainees = sum(row["trainee"] == "true" for row in tables["employees"])
    assert trainees / len(tables["employees"]) == pytest.approx(0.06, abs=0.005)


def test_every_row_of_the_staff_says_synthetic(tables: Tables):
    """Nobody can take the staff for real people."""
    for name in ("employees", "absences", "wishes"):
        assert {row["note"] for row in tables[name]} == {"synthetic"}


def test_homes_come_first_and_locations_are_of_one_area(tables: Tables):
    """The home location is the first allowed one; all are of the same area and differ."""
    areas = _areas(tables)
    for row in tables["employees"]:
        allowed = row["locations"].split(";")
        assert allowed[0] == row["home_location"]
        assert len({areas[location] for location in allowed}) == 1
        assert len(set(allowed)) == len(allowed)


def test_floaters_and_flying_squad(tables: Tables):
    """30 to 45 % of residents' staff may work elsewhere too; about five people everywhere."""
    areas = _areas(tables)
    counts = [
        len(row["locations"].split(";"))
        for row in tables["employees"]
        if areas[row["home_location"]] == "residents"
    ]
    assert 0.30 <= sum(count > 1 for count in counts) / len(counts) <= 0.45
    assert 5 <= sum(count > 10 for count in counts) <= 7


def _shares_of_the_year(tables: Tables) -> dict[tuple[str, str], float]:
    """Share of the working days of an area that each kind of absence takes."""
    public = holidays.country_holidays("DE", subdiv="HH", years=[2024])
    year = [date(2024, 1, 1) + timedelta(days=k) for k in range(366)]
    days = [day for day in year if day.weekday() < 5 and day not in public]
    pattern = {row["employee"]: row["weekdays"].split(";") for row in tables["employees"]}
    areas = _areas(tables)
    area = {row["employee"]: areas[row["home_location"]] for row in tables["employees"]}
    at_work = Counter[str]()
    for employee, weekdays in pattern.items():
        at_work[area[employee]] += sum(WEEKDAYS[day.weekday()] in weekdays for day in days)
    away = Counter[tuple[str, str]]()
    for row in tables["absences"]:
        first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
        weekdays = pattern[row["employee"]]
        span = [day for day in days if first <= day <= last]
        missed = sum(WEEKDAYS[day.weekday()] in weekdays for day in span)
        away[area[row["employee"]], row["kind"]] += missed
    return {key: count / at_work[key[0]] for key, count in away.items()}


def test_absences_of_the_year(tables: Tables):
    """Leave is 30 of 250 days less holidays within it; sickness with 3.5 % at short notice 11 %."""
    shares = _shares_of_the_year(tables)
    for area in ("residents", "foreigners", "phone"):
        assert shares[area, "leave"] == pytest.approx(0.115, abs=0.01)
        assert shares[area, "training"] == pytest.approx(4 / 240, abs=0.005)
    assert shares["residents", "sickness"] + 0.035 == pytest.approx(0.11, abs=0.01)
    assert 0.08 <= shares["foreigners", "sickness"] + 0.035 <= 0.105
    assert 0.08 <= shares["phone", "sickness"] + 0.035 <= 0.105


def test_leave_is_limited_by_location_and_week(tables: Tables):
    """Never more than a quarter of a location is on whole weeks of leave at once (at least one)."""
    home = {row["employee"]: row["home_location"] for row in tables["employees"]}
    heads = Counter(home.values())
    weeks = Counter[tuple[str, str]]()
    for row in tables["absences"]:
        if row["kind"] == "leave" and row["first_day"] < row["last_day"]:
            weeks[home[row["employee"]], row["first_day"]] += 1
    assert weeks
    for (location, _), count in weeks.items():
        assert count <= max(1, round(0.25 * heads[location]))


def test_wishes_are_for_days_at_work(tables: Tables):
    """About a quarter of the people wish something for a day on which they can work."""
    pattern = {row["employee"]: row["weekdays"].split(";") for row in tables["employees"]}
    assert 0.18 <= len(tables["wishes"]) / len(pattern) <= 0.28
    for row in tables["wishes"]:
        day = date.fromisoformat(row["date"])
        assert WEEKDAYS[day.weekday()] in pattern[row["employee"]]
        assert date(2024, 4, 15) <= day <= date(2024, 4, 21)


def test_committed_posts_sum_to_the_published_totals():
    """The posts behind the staff are 270, 265 and 150."""
    posts = read_rows(FOLDER / "derivation" / "posts.csv")
    total = Counter[str]()
    for row in posts:
        total[row["area"]] += float(row["amount"])  # type: ignore[assignment]
    assert total["residents"] == pytest.approx(270)
    assert (total["foreigners"], total["phone"]) == (265, 150)
