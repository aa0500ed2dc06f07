"""Which assumed values can be set, and by which settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from planner.domain.case import Confidence, PlanningCase, SourcedValue
from planner.plan.assumptions import FREE, NO_RANGE, Assumption, assumptions
from planner.scenario.loading import load_case
from planner.workflow.monthly import measured_at, sickness_share, third_monday
from tests.cli.conftest import SMALL


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return the small case."""
    return load_case(SMALL)


def _one(case: PlanningCase, path: str, value: str, unit: str = "") -> Assumption:
    source = SourcedValue(path, value, unit, Confidence.ASSUMED, "", "", 0.1, 0.4)
    (found,) = assumptions(replace(case, sources=(source,)))
    return found


@pytest.mark.parametrize(
    ("path", "value", "unit", "low"),
    [
        ("choice.walk_in_share", "0.3", "share", ("choice.walk_in_share=0.1",)),
        ("choice.tolerance_days", "[14, 0.6]", "days, CV", ("choice.tolerance_days=[0.1, 0.6]",)),
        ("training_speed", "0.5", "", ("training_speed=0.1",)),
        (
            "locations.residents.back_office_share",
            "0.2",
            "share",
            ("locations.north.back_office_share=0.1", "locations.south.back_office_share=0.1"),
        ),
        (
            "demand.id_card.share_online",
            "0.05",
            "share",
            ("demand.id_card.share_online=0.1", "demand.id_card.share_appointment=0.75"),
        ),
    ],
)
def test_settings_of_the_lower_end(
    case: PlanningCase, path: str, value: str, unit: str, low: tuple[str, ...]
):
    """The settings name real values: the case with them is valid and another one."""
    found = _one(case, path, value, unit)
    assert found.low == low
    assert load_case(SMALL, found.low).fingerprint != case.fingerprint


def test_free_text_and_missing_ranges_are_told(case: PlanningCase):
    """What cannot be varied says why."""
    assert _one(case, "demand.residents", "650,000 visits").reason == FREE
    nothing = SourcedValue("choice.attempts", "4", "", Confidence.ASSUMED, "", "")
    published = replace(nothing, confidence=Confidence.PUBLISHED, low=1.0, high=2.0)
    (found,) = assumptions(replace(case, sources=(nothing, published)))
    assert found.reason == NO_RANGE


def test_third_mondays():
    """Also where the month begins on a Monday or a Tuesday."""
    assert third_monday(date(2024, 4, 9)) == date(2024, 4, 15)
    assert third_monday(date(2024, 10, 1)) == date(2024, 10, 21)


def test_sickness_counts_known_days_and_short_notice(case: PlanningCase):
    """One employee, 21 working days in May 2024 less two holidays; two days known."""
    employee = replace(case.employees[0], weekdays=(0, 1, 2, 3, 4), absent=())
    sick = {employee.id: frozenset({date(2024, 5, 6), date(2024, 5, 7), date(2024, 5, 5)})}
    days = [date(2024, 5, day) for day in range(1, 32)]
    working = [d for d in days if d.weekday() < 5 and not case.horizon.is_holiday(d)]
    expected = (2 + (len(working) - 2) * case.absence.rate) / len(working)
    assert sickness_share(case, [employee], date(2024, 5, 1), sick) == pytest.approx(expected)
    assert len(working) == 20


def test_ranking_puts_the_largest_change_first():
    """Sorted by the larger of the two changes; those not varied come last."""
    from planner.workflow.sensitivity import _ranked

    rows = [
        {"path": "a", "at_low": 0.1, "at_high": -0.2, "note": ""},
        {"path": "b", "at_low": -0.5, "at_high": 0.0, "note": ""},
        {"path": "c", "at_low": float("nan"), "at_high": float("nan"), "note": "free"},
    ]
    filled = [{"replications": 2} | row for row in rows]
    assert list(_ranked(filled)["path"]) == ["b", "a", "c"]
    assert isinstance(_ranked(filled), pd.DataFrame)


def test_a_site_named_like_its_district_has_its_own_monthly_figures(case: PlanningCase):
    """City, district and location may share an identifier: only the location's rows count."""
    place = case.locations[0]
    rows = [
        (scope, place.id, place.area, channel, measure, value, value, value)
        for scope, value in (("city", 9000.0), ("district", 900.0), ("location", 90.0))
        for channel, measure in (
            ("appointment", "customers"),
            ("walk_in", "customers"),
            ("appointment", "lead_booked_mean"),
        )
    ]
    columns = ["scope", "id", "area", "channel", "measure", "value", "ci_low", "ci_high"]
    found = dict(measured_at(pd.DataFrame(rows, columns=columns), place))
    assert found["customers"] == 180.0
    assert found["walk_in_share"] == 0.5
    assert found["lead_days"] == found["lead_days_low"] == 90.0
