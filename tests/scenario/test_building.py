"""From files to the case: norms, defaults, travel, holidays, staff."""

from __future__ import annotations

import shutil
import textwrap
from datetime import date
from pathlib import Path

import pytest

from planner.domain.case import Confidence
from planner.domain.demand import LocationChoice, Patience
from planner.domain.place import Interval, LocationKind
from planner.domain.rule import Severity
from planner.domain.staff import Wish, WishKind
from planner.rules.registry import RULES, default_rules
from planner.scenario.loading import load_case
from tests.scenario.spoiling import Copy

SCENARIOS = Path(__file__).parents[2] / "scenarios"
#: Service days of one office have a format of their own (``tests/cli/test_day.py``).
CASES = [path for path in sorted(SCENARIOS.glob("*/*.yaml")) if path.parent.name != "office"]


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.parent.name)
def test_shipped_scenarios_have_no_problem(path: Path) -> None:
    """Every scenario that comes along can be loaded."""
    assert load_case(path).locations


def test_example_of_the_readme_can_be_loaded(tmp_path: Path) -> None:
    """The scenario in the description of the format is one, and does what it says."""
    shutil.copytree(SCENARIOS / "hamburg", tmp_path / "hamburg")
    folder = tmp_path / "hamburg" / "example"
    folder.mkdir()
    text = (SCENARIOS / "README.md").read_text(encoding="utf-8")
    example = text[text.index("    extends: ../base.yaml") : text.index("\n- `replaces` names")]
    (folder / "busy.yaml").write_text(textwrap.dedent(example), encoding="utf-8")
    (folder / "wishes-summer.csv").write_text("employee,date,kind\n", encoding="utf-8")
    case = load_case(folder / "busy.yaml")

    city = case.location("city")
    assert (case.name, case.absence.rate, city.desks) == ("busy-summer", 0.08, 20)
    assert [bool(city.opening.weekly[day]) for day in (3, 4, 5)] == [True, False, True]
    assert not any(employee.wishes for employee in case.employees)


def test_profiles_are_brought_to_their_norm(copy: Copy) -> None:
    """Months and weekdays have the mean 1, each day's rate the integral 1."""
    for profile in copy.load().profiles:
        assert sum(profile.month) == pytest.approx(12)
        assert sum(profile.weekday) == pytest.approx(7)
        for weight, pieces in zip(profile.weekday, profile.time_of_day, strict=True):
            integral = sum((end - start) * rate for start, end, rate in pieces)
            assert integral == pytest.approx(1 if weight else 0)


def test_weights_keep_their_proportions(copy: Copy) -> None:
    """June is 1.3 times May; the morning's rate 1.2 / 0.8 of the afternoon's."""
    doors = copy.load().profile("doors")

    assert doors.month[5] / doors.month[4] == pytest.approx(1.3)
    assert doors.time_of_day[0][0][2] / doors.time_of_day[0][2][2] == pytest.approx(1.5)


def test_flat_profiles_give_the_yearly_volume_over_8766_hours() -> None:
    """A queue of 350640 requests a year has 40 an hour, whatever the day."""
    case = load_case(SCENARIOS / "queue" / "mmc.yaml")
    demand, profile = case.demand[0], case.profiles[0]
    rates = {
        demand.requests_per_year / 365.25 * month * weekday * piece[2] * 60
        for month in profile.month
        for weekday, day in zip(profile.weekday, profile.time_of_day, strict=True)
        for piece in day
    }

    assert list(rates) == pytest.approx([40.0] * len(rates))


def test_queue_needs_no_staff_and_no_desks() -> None:
    """Constant desks are the desks; nobody leaves and nobody searches unless told."""
    case = load_case(SCENARIOS / "queue" / "mmc.yaml", ("locations.queue.constant_desks=7",))

    assert (case.locations[0].desks, case.locations[0].constant_desks) == (7, 7)
    assert case.employees == ()
    assert case.booking == ()
    assert case.choice.attempts == 1
    assert case.horizon.holidays == ()
    assert case.patience == tuple(Patience(kind, None) for kind in LocationKind)
    assert case.location_choice == (LocationChoice("town", "queue", "queue", 1.0),)
    assert case.demand[0].origin_share == (("town", 1.0),)


def test_impatient_queue_is_the_queue_with_patience() -> None:
    """The variant changes desks and patience and nothing else of the customers."""
    queue = load_case(SCENARIOS / "queue" / "mmc.yaml")
    impatient = load_case(SCENARIOS / "queue" / "impatient.yaml")

    assert impatient.patience[0] == Patience(LocationKind.COUNTER, 10.0)
    assert impatient.locations[0].constant_desks == 4
    assert (queue.demand, queue.services) == (impatient.demand, impatient.services)


def test_travel_is_the_way_at_its_speed(copy: Copy) -> None:
    """One degree of latitude is 111.2 km: 111.195 * 1.3 / 18 h and 8 minutes more."""
    copy.edit("tables/locations.csv", "counter,53.56,10.02", "counter,54.60,10.00")
    travel = copy.load().travel_minutes

    assert [(one, other) for one, other, _ in travel] == [("north", "south"), ("south", "north")]
    assert travel[0][2] == pytest.approx(8 + 111.195 * 1.3 / 18 * 60, rel=1e-5)
    assert travel[0][2] == travel[1][2]


def test_holidays_are_those_of_the_subdivision(copy: Copy) -> None:
    """A year back and ahead, in order, with the country's own names."""
    holidays = copy.load().horizon.holidays

    assert [h.day for h in holidays] == sorted(h.day for h in holidays)
    assert {h.day: h.name for h in holidays}[date(2024, 10, 31)] == "Reformationstag"
    assert holidays[0].day == date(2023, 5, 1)
    assert holidays[-1].day == date(2025, 4, 21)


def test_exceptional_hours_hold_for_their_day(copy: Copy) -> None:
    """A short day at one site, a closed day at the other, ordinary hours elsewhere."""
    case = copy.load()
    day, week_later = date(2024, 5, 10), date(2024, 5, 17)

    assert case.location("north").opening.on(day, case.horizon) == (Interval(480, 780),)
    assert case.location("south").opening.on(day, case.horizon) == ()
    assert case.location("south").opening.on(week_later, case.horizon) == (Interval(480, 780),)


def test_hours_of_a_day_are_sorted_whatever_the_rows_order(copy: Copy) -> None:
    """Two intervals of a day stand in order of time."""
    copy.edit(
        "tables/opening_hours.csv",
        "line,fri,08:00,16:00",
        "line,fri,13:00,16:00\nline,fri,08:00,12:00",
    )

    assert copy.load().location("line").opening.weekly[4] == (
        Interval(480, 720),
        Interval(780, 960),
    )


def test_employees_have_absences_by_day_wishes_and_home_first(copy: Copy) -> None:
    """Both ends of an absence count; the home location leads the list."""
    case = copy.load()

    assert case.employee("N4").absent == tuple(date(2024, 4, day) for day in (17, 18, 19))
    assert case.employee("S2").absent == (date(2024, 4, 18),)
    assert case.employee("S1").locations == ("south", "north")
    assert case.employee("S1").wishes == (Wish(date(2024, 4, 18), WishKind.LATE, 1.0),)
    assert case.employee("N6").trainee


def test_overlapping_absences_count_once(copy: Copy) -> None:
    """Leave within a training is one absence of each day."""
    copy.edit(
        "tables/absences.csv",
        "S2,2024-04-18,2024-04-18,training",
        "S2,2024-04-17,2024-04-18,training\nS2,2024-04-18,2024-04-19,leave",
    )

    assert copy.load().employee("S2").absent == tuple(date(2024, 4, d) for d in (17, 18, 19))


def test_rules_are_the_defaults_but_for_what_is_set(copy: Copy) -> None:
    """A set field changes its rule; the others stay as they are, in registry order."""
    case = copy.load("base.yaml", "rules.min_rest={hours: 12, severity: warn}")
    changed = {type(rule).__name__ for rule in set(case.rules) ^ set(default_rules())}

    assert [rule.id for rule in case.rules] == [rule.id for rule in RULES]
    assert changed == {"MinRest"}
    assert [rule.severity for rule in case.rules if rule.id == "min_rest"] == [Severity.WARN]


def test_remarks_of_rows_become_sources(copy: Copy) -> None:
    """Rows with the same remark are one source; few rows are named, many counted."""
    named = {(s.path, s.value): s for s in copy.load().sources}

    assert named["demand", "collection"].note == "most documents are collected in person"
    assert named["choice.attempts", "4"].high == 8
    assert named["targets", "14"].confidence is Confidence.PUBLISHED

    rows = "".join(f"d{n},D{n},1,derived\n" for n in range(4))
    copy.edit("tables/districts.csv", "population\n", "population,confidence\n")
    copy.edit("tables/districts.csv", "north,North,30000\n", "north,North,30000,\n")
    copy.edit("tables/districts.csv", "south,South,20000\n", "south,South,20000,\n" + rows)
    choices = "".join(f"d{n},residents,north,1\n" for n in range(4))
    copy.edit(
        "tables/location_choice.csv",
        "south,residents,south,0.8\n",
        "south,residents,south,0.8\n" + choices,
    )
    assert ("districts", "4 rows") in {(s.path, s.value) for s in copy.load().sources}


def test_observations_and_publications_are_kept(copy: Copy) -> None:
    """What was observed and published reaches the case."""
    case = copy.load()

    assert (case.observations[0].low, case.observations[0].high) == (2, 8)
    assert case.bibliography[0].key == "COUNCIL"


def test_tranches_stand_in_order_of_release(copy: Copy) -> None:
    """Earliest release first, whatever the order in the file."""
    copy.edit(
        "base.yaml",
        '{share: 0.05, days_before: 0, time: "07:00"}\n',
        '{share: 0.05, days_before: 0, time: "11:00"}\n',
    )

    assert [t.minute for t in copy.load().booking[0].tranches] == [0, 600, 660]


def test_everything_is_sorted_by_identifier(copy: Copy) -> None:
    """The order of rows in the files does not matter to the case."""
    before = copy.load()
    for path in copy.folder.glob("tables/*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")

    assert before == copy.load()
