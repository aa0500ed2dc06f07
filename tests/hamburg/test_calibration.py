"""The simulated book of the base case meets the published leads and volumes."""

from __future__ import annotations

import runpy
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.domain.case import PlanningCase
from planner.scenario.loading import load_case
from planner.sim.booking import simulate_booking
from planner.workflow.calibrate_booking import (
    Level,
    Seen,
    adjusted,
    calibrate,
    observe,
    read_levels,
    visitor_shares,
)
from planner.workflow.derivation.files import read_rows

SEED = 97
TOLERANCE = 0.15


@pytest.fixture(scope="module")
def seen(case: PlanningCase) -> dict[str, Seen]:
    """Return one replication of the book, with a seed that calibration did not use."""
    return observe(case, (SEED,))


def _mean_lead(case: PlanningCase, seen: dict[str, Seen], area: str) -> float:
    sites = [seen[place.id] for place in case.locations if place.area == area]
    bookings = sum(site.bookings_per_week for site in sites)
    return sum(site.lead_days * site.bookings_per_week for site in sites) / bookings


def test_city_lead_is_in_the_published_range(case: PlanningCase, seen: dict[str, Seen]):
    """Residents' lead over the city is 8 to 11 days (8.7 in March 2023, 11 in December 2024)."""
    assert 8 <= _mean_lead(case, seen, "residents") <= 11


def test_foreigners_lead_is_in_the_published_range(case: PlanningCase, seen: dict[str, Seen]):
    """Foreigners' affairs: 14 to 21 days."""
    assert 14 <= _mean_lead(case, seen, "foreigners") <= 21


def test_leads_by_site(folder: Path, seen: dict[str, Seen]):
    """Residents' sites are within 15 % of their aim or two days, offices within 12 to 24 days.

    The seed was not used in calibration; small sites swing by a day, bound offices by two.
    """
    for row in read_rows(folder / "derivation" / "lead_targets.csv"):
        lead = seen[row["location"]].lead_days
        aim = float(row["lead_days"])
        if row["location"].startswith("foreigners-"):
            assert 12 <= lead <= 24, row["location"]
        else:
            assert lead == pytest.approx(aim, abs=max(2.0, TOLERANCE * aim)), row["location"]


def test_visitors_by_site(folder: Path, case: PlanningCase, seen: dict[str, Seen]):
    """City has 10 to 12 % of the visitors and the most of all; every site is within 7 %."""
    shares = visitor_shares(case, read_levels(folder), seen)
    assert 10 <= shares["city"] <= 12
    assert max(shares, key=lambda name: shares[name]) == "city"
    for row in read_rows(folder / "derivation" / "site_volumes.csv"):
        assert shares[row["location"]] == pytest.approx(float(row["percent"]), rel=0.07)


def test_other_weeks_come_out_as_published(folder: Path):
    """In January 2024 four sites have 10 to 15 days (accepted 9-17) and two below 5 (below 6)."""
    january = observe(load_case(folder / "base.yaml", week=date(2024, 1, 22)), (SEED,))
    for name in ("alstertal", "bramfeld", "langenhorn", "suederelbe"):
        assert 9 <= january[name].lead_days <= 17, name
    for name in ("hamburg-mitte", "bergedorf"):
        assert january[name].lead_days < 6, name


def test_city_lead_of_december(folder: Path):
    """In December 2024 the city's lead is near the published 11 days (accepted 9-13)."""
    december = load_case(folder / "base.yaml", week=date(2024, 12, 2))
    assert 9 <= _mean_lead(december, observe(december, (SEED,)), "residents") <= 13


def test_appointments_of_the_office_in_nord(case: PlanningCase):
    """An ordinary week has about 450 appointments in Nord, no-shows included (within 5 %)."""
    kept = simulate_booking(case, SEED, 0).appointments
    nord = [place.id for place in case.locations].index("foreigners-nord")
    assert int((kept.location == nord).sum()) == pytest.approx(450, rel=0.05)


def test_longer_lead_than_wanted_asks_for_more_hours():
    """A lead above its aim gives more desk hours and fewer first choices, in the same measure."""
    level = adjusted(Level(100.0, 10.0), lead_error=2.0, volume_error=0.0)
    assert level.hours > 100
    assert level.hours * level.percent == pytest.approx(1000)  # type: ignore[operator]


def test_too_few_visitors_ask_for_more_of_both():
    """A share of visitors below its aim raises desk hours and first choices alike."""
    level = adjusted(Level(100.0, 10.0), lead_error=0.0, volume_error=0.1)
    assert level.hours / 100 == pytest.approx(level.percent / 10)  # type: ignore[operator]
    assert level.hours > 100


def test_steps_are_limited_and_bound_areas_have_hours_only():
    """One round moves desk hours by ten percent at the most; no first choice stays none."""
    level = adjusted(Level(100.0, None), lead_error=-50.0, volume_error=0.0)
    assert level == Level(pytest.approx(100 / 1.1051709), None)  # type: ignore[arg-type]


def test_a_location_without_bookings_counts_as_full(case: PlanningCase, seen: dict[str, Seen]):
    """Without any booking in 60 days the lead is taken as 60 days; here every location has some."""
    assert all(0 < site.lead_days < 60 for site in seen.values())
    assert "phone-115" not in seen
    nobody = replace(case, demand=())
    assert {site.lead_days for site in observe(nobody, (SEED,)).values()} == {60.0}


def _short_copy(folder: Path, target: Path) -> Path:
    """Return a copy of the case with a warm-up of two weeks."""
    copy = Path(shutil.copytree(folder, target / "case"))
    base = copy / "base.yaml"
    text = base.read_text("utf-8")
    weeks = next(line for line in text.splitlines() if "booking_weeks" in line)
    short = "simulation: {replications: 2, booking_weeks: 2, confidence: 0.95}"
    base.write_text(text.replace(weeks, short), "utf-8")
    return copy


def test_calibration_moves_towards_its_aims(folder: Path, tmp_path: Path):
    """After a warm-up of two weeks leads are short, so every bound office loses desk hours."""
    copy = _short_copy(folder, tmp_path)
    before = read_levels(copy)
    calibrate(copy, rounds=1, seeds=(SEED,))
    after = read_levels(copy)
    bound = [name for name, level in before.items() if level.percent is None]
    assert len(bound) == 8
    assert all(after[name].hours < before[name].hours for name in bound)
    assert sum(level.percent or 0 for level in after.values()) == pytest.approx(100, abs=0.05)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_calibration_runs_as_a_program(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """``python -m`` with no rounds writes the derived tables again and nothing else."""
    copy = _short_copy(folder, tmp_path)
    monkeypatch.setattr(sys, "argv", ["calibrate_booking", str(copy), "0"])
    runpy.run_module("planner.workflow.calibrate_booking", run_name="__main__")
    table = Path("derivation") / "calibrated.csv"
    assert (copy / table).read_bytes() == (folder / table).read_bytes()
