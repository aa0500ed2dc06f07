"""Volumes, mix, shares and hours agree with the published figures or their derivation."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from planner.workflow.derivation.files import Row, read_rows
from tests.hamburg.conftest import FOLDER

Tables = dict[str, list[Row]]
CASEWORK = ("id_card", "passport", "registration", "certificate", "driving_licence")
KEPT = 0.92 * 0.90


def _demand(tables: Tables) -> dict[str, dict[str, float]]:
    return {
        row["service"]: {
            key: float(value)
            for key, value in row.items()
            if key == "requests_per_year" or key.startswith("share")
        }
        for row in tables["demand"]
    }


def _visits(row: dict[str, float]) -> float:
    """Visits of a year: walk-ins, and bookings that are neither cancelled nor missed."""
    return row["requests_per_year"] * (row["share_walk_in"] + KEPT * row["share_appointment"])


def test_caseworker_visits_and_collections(tables: Tables):
    """650,000 caseworker visits and 350,000 collections a year."""
    demand = _demand(tables)
    visits = sum(_visits(demand[service]) for service in (*CASEWORK, "other_residents"))
    assert visits == pytest.approx(650_000, rel=1e-3)
    assert demand["collection"]["requests_per_year"] == 350_000


def test_identity_documents(tables: Tables):
    """1.2 documents per visit for an ID card or passport give the published 350,000 a year."""
    demand = _demand(tables)
    documents = 1.2 * (_visits(demand["id_card"]) + _visits(demand["passport"]))
    assert documents == pytest.approx(350_000, rel=0.01)


def test_registrations(tables: Tables):
    """1.35 persons per registration at the counter or online give the published 250,000."""
    row = _demand(tables)["registration"]
    online = row["requests_per_year"] * row["share_online"]
    assert 1.35 * (_visits(row) + online) == pytest.approx(250_000, rel=0.01)
    assert online / (_visits(row) + online) == pytest.approx(0.12, abs=0.001)


def test_walk_in_share(tables: Tables):
    """Eight percent of caseworker visits come without appointment."""
    demand = _demand(tables)
    walk_ins = sum(
        demand[service]["requests_per_year"] * demand[service]["share_walk_in"]
        for service in (*CASEWORK, "other_residents")
    )
    assert walk_ins / 650_000 == pytest.approx(0.08, abs=0.001)


def test_mean_work_content(tables: Tables):
    """The mix takes 16.2 minutes a visit, within the published 14 to 19."""
    demand = _demand(tables)
    minutes = {row["id"]: float(row["mean_minutes"]) for row in tables["services"]}
    services = (*CASEWORK, "other_residents")
    work = sum(_visits(demand[service]) * minutes[service] for service in services)
    visits = sum(_visits(demand[service]) for service in services)
    assert work / visits == pytest.approx(16.2, abs=0.05)


def test_foreigners_appointments(tables: Tables):
    """Not cancelled: 3,418 a week, 450 of them in Nord within 5 %; 12 % more ask for one."""
    demand = _demand(tables)
    services = [row["id"] for row in tables["services"] if row["area"] == "foreigners"]
    weekly = (
        sum(demand[service]["requests_per_year"] for service in services) * 0.92 / 1.12 * 7 / 365.25
    )
    origin = {
        row["district"]: float(row["share"])
        for row in tables["origins"]
        if row["area"] == "foreigners"
    }
    assert weekly == pytest.approx(3_418, rel=0.001)
    assert weekly * origin["hamburg-nord"] == pytest.approx(450, rel=0.05)


def test_calls(tables: Tables):
    """With 1.2 tries a caller and 66.8 % answered, the published 1.5 million calls are answered."""
    call = _demand(tables)["call"]
    assert call["share_phone"] == 1
    tries = 1.2 * call["requests_per_year"]
    assert tries / 12 == pytest.approx(190_000, rel=0.01)
    assert 0.668 * tries == pytest.approx(1_500_000, rel=0.03)


def test_population_of_the_districts(tables: Tables):
    """The seven districts have the published population of 31 December 2023."""
    assert sum(int(row["population"]) for row in tables["districts"]) == 1_964_021


def test_first_choices_are_the_calibrated_ones(tables: Tables):
    """Over all districts every site is first choice as often as calibrated, in percent."""
    origin = {
        row["district"]: float(row["share"])
        for row in tables["origins"]
        if row["area"] == "residents"
    }
    chosen: dict[str, float] = defaultdict(float)
    for row in tables["location_choice"]:
        if row["area"] == "residents":
            chosen[row["location"]] += 100 * origin[row["origin"]] * float(row["share"])
    calibrated = {
        row["location"]: float(row["first_choice_percent"])
        for row in read_rows(FOLDER / "derivation" / "calibrated.csv")
        if row["first_choice_percent"]
    }
    assert len(calibrated) == 19
    assert chosen == pytest.approx(calibrated, abs=0.01)


def test_first_choices_stay_near_the_volumes():
    """Calibrated first choices differ from the proposed volumes by less than a fifth."""
    derivation = FOLDER / "derivation"
    proposed = {
        row["location"]: row["percent"] for row in read_rows(derivation / "site_volumes.csv")
    }
    for row in read_rows(derivation / "calibrated.csv"):
        if row["first_choice_percent"]:
            volume = float(proposed[row["location"]])
            assert float(row["first_choice_percent"]) == pytest.approx(volume, rel=0.2)


def test_foreigners_use_the_office_of_their_district(tables: Tables):
    """First choices of foreigners' affairs never leave the district of residence."""
    district = {row["id"]: row["district"] for row in tables["locations"]}
    for row in tables["location_choice"]:
        if row["area"] == "foreigners":
            assert district[row["location"]] == row["origin"]


def test_network_of_2024(tables: Tables):
    """18 fixed residents' sites, a mobile team, eight foreigners' offices and one phone line."""
    kinds = Counter((row["area"], row["kind"]) for row in tables["locations"])
    assert kinds == {
        ("residents", "counter"): 18,
        ("residents", "mobile"): 1,
        ("foreigners", "counter"): 8,
        ("phone", "phone"): 1,
    }


def _open_hours(tables: Tables) -> dict[str, float]:
    hours: dict[str, float] = defaultdict(float)
    for row in tables["opening_hours"]:
        start, end = (_hour(row[key]) for key in ("start", "end"))
        hours[row["location"]] += end - start
    return hours


def _hour(clock: str) -> float:
    hour, minute = clock.split(":")
    return int(hour) + int(minute) / 60


def test_open_hours(tables: Tables):
    """60 hours are the standard; the published short weeks stand."""
    hours = _open_hours(tables)
    assert (hours["altona"], hours["city"], hours["phone-115"]) == (60, 65, 60)
    assert (hours["bramfeld"], hours["walddoerfer"], hours["alstertal"]) == (21.5, 30, 30)
    assert {hours[name] for name in hours if name.startswith("foreigners-")} == {30}


def test_two_people_can_hold_every_site_open(tables: Tables):
    """A site's home staff works well over twice its open hours even after 24 % of absence."""
    hours = _open_hours(tables)
    contract = Counter[str]()
    for row in tables["employees"]:
        contract[row["home_location"]] += int(row["contract_minutes"])
    for row in tables["locations"]:
        present = 0.76 * contract[row["id"]] / 60
        assert present >= 1.3 * 2 * hours[row["id"]], row["id"]


def test_bookable_hours_fit_the_counter_share(tables: Tables):
    """Bookable desk hours are at most 55 % of the hours present (residents), 30 % (foreigners)."""
    areas = {row["id"]: row["area"] for row in tables["locations"]}
    contract = Counter[str]()
    for row in tables["employees"]:
        contract[areas[row["home_location"]]] += int(row["contract_minutes"])
    booked: dict[str, float] = defaultdict(float)
    for row in tables["appointment_desks"]:
        span = _hour(row["end"]) - _hour(row["start"])
        booked[areas[row["location"]]] += span * int(row["desks"])
    present = {area: 0.76 * minutes / 60 for area, minutes in contract.items()}
    assert 0.30 <= booked["residents"] / present["residents"] <= 0.55
    assert 0.20 <= booked["foreigners"] / present["foreigners"] <= 0.33


def test_sources_point_to_the_bibliography(tables: Tables):
    """Every source named in any table is an entry of the bibliography."""
    keys = {row["key"] for row in tables["bibliography"]}
    for name, rows in tables.items():
        named = {row["source"] for row in rows if row.get("source")}
        assert named <= keys, name


def test_every_row_says_how_sure_it_is(tables: Tables):
    """Each row of the case's own tables is published, derived or assumed; published ones cite."""
    for name, rows in tables.items():
        if name in {"bibliography", "observations"}:
            continue
        assert {row["confidence"] for row in rows} <= {"published", "derived", "assumed"}, name
        assert all(row["source"] for row in rows if row["confidence"] == "published"), name
