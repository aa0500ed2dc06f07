# ruff: noqa: E501  (expected sentences stand in one line)
"""Settings of the command line: the last word."""

from __future__ import annotations

from datetime import date

import pytest

from planner.errors import ScenarioError
from planner.scenario.loading import load_case
from tests.scenario.spoiling import Copy


def test_settings_reach_fields_items_and_cells(copy: Copy) -> None:
    """A path leads to a field, an item of a list, a cell with or without ``tables``."""
    case = copy.load(
        "base.yaml",
        "absence.rate=0.1",
        "booking.residents.horizon_days=20",
        "booking.residents.tranches=[{share: 1, days_before: 20, time: 00:00}]",
        "locations.north.desks=7",
        "tables.services.id_card.mean_minutes=10.5",
        "employees.N1.locations=",
        "rules.min_rest.hours=12",
        "patience.phone.mean_minutes=null",
        "targets.0.limit=0.5",
    )

    assert case.absence.rate == 0.1
    assert (case.booking[0].horizon_days, len(case.booking[0].tranches)) == (20, 1)
    assert case.location("north").desks == 7
    assert case.service("id_card").time.mean_minutes == 10.5
    assert case.employee("N1").locations == ("north",)
    assert "hours=12" in str(case.rules)
    assert [patience.mean_minutes for patience in case.patience] == [None, None, None]
    assert case.targets[0].limit == 0.5


def test_later_setting_wins(copy: Copy) -> None:
    """Settings do not contradict: the last one holds, over overrides too."""
    copy.write("other.yaml", "extends: base.yaml\nname: other\nabsence.rate: 0.2\n")

    assert copy.load("other.yaml", "absence.rate=0.3", "absence.rate=0.4").absence.rate == 0.4


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("absence.rate", "--set absence.rate: is no setting. Write path.to.value=new value."),
        ("absence..rate=1", "--set absence..rate=1: is no setting. Write path.to.value=new value."),
        ("absence.rate=2", "--set absence.rate=2: absence.rate is 2; it must be less than 1. Share of rostered employee-days that fall out."),
        ("absense.rate=0.2", "--set absense.rate=0.2: absense is not a known field. Did you mean 'absence'?"),
        ("absence.rat=0.2", "--set absence.rat=0.2: absence.rat is not a known field. Did you mean 'rate'?"),
        ("locations.norht.desks=2", "--set locations.norht.desks=2: locations.norht is not a row of the table locations; a new row needs name, district, area, latitude, longitude. Did you mean 'north'?"),
        ("locations.north.desk=2", "--set locations.north.desk=2: locations.north.desk is not a known field. Did you mean 'desks'?"),
        ("locations.north=2", "--set locations.north=2: locations.north must be a mapping of fields."),
        ("booking.resident.horizon_days=2", "--set booking.resident.horizon_days=2: booking.resident is not in the list. Did you mean 'residents'?"),
        ("absence.rate=[", "--set absence.rate=[:1: is not YAML: expected the node content, but found '<stream end>'."),
        ("rules=3", "--set rules=3: rules must be a mapping of rules."),
        ("tables=3", "--set tables=3: tables must be a mapping of table names."),
    ],
)  # fmt: skip
def test_wrong_setting_is_told(copy: Copy, setting: str, told: str) -> None:
    """A setting that cannot be is told like a line of a file."""
    assert told in copy.problems("base.yaml", setting)


def test_week_moves_the_horizon_and_its_holidays(copy: Copy) -> None:
    """The week of Ascension Day has a holiday on its Thursday."""
    case = load_case(copy.folder / "base.yaml", (), date(2024, 5, 6))

    assert case.horizon.first_day == date(2024, 5, 6)
    assert [case.horizon.is_holiday(day) for day in case.horizon.dates] == [False] * 3 + [True] + [
        False
    ] * 3


def test_week_that_starts_otherwise_is_told(copy: Copy) -> None:
    """``--week`` wants a Monday and says which."""
    with pytest.raises(ScenarioError) as error:
        load_case(copy.folder / "base.yaml", (), date(2024, 5, 8))

    assert str(error.value) == (
        "--week 2024-05-08: horizon.first_day is 2024-05-08, a Wednesday; a roster starts on a "
        "Monday. The week's Monday is 2024-05-06."
    )
