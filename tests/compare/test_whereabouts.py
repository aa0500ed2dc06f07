"""Nobody vanishes: requests are conserved when a site closes, and the unserved are counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.sim.booking import simulate_booking
from planner.sim.booking_result import BOOKED_FATES, Fate
from planner.sim.measures import Row
from planner.sim.replicate import SimulationRun, StaffingSource, replications
from planner.sim.scenario_replications import (
    Option,
    booking_key,
    customers_key,
    requests_key,
    scenario_replications,
)
from tests.scenario.spoiling import Copy

SMALL = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
CLOSED = """extends: base.yaml
name: closed
close:
  - {location: south, staff_to: [north]}
"""
SHORT = """extends: base.yaml
name: short-book
booking.residents.horizon_days: 3
booking.residents.tranches: [{share: 1, days_before: 3, time: "00:00"}]
"""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PlanningCase]:
    """Return the small case, with South closed, with a book of three days, and with less staff."""
    folder = Copy.of_small(tmp_path_factory.mktemp("cases") / "case")
    folder.write("closed.yaml", CLOSED)
    folder.write("short.yaml", SHORT)
    folder.write("absent.yaml", "extends: base.yaml\nname: absent\nabsence.rate: 0.3\n")
    names = {
        "base": "base.yaml",
        "closed": "closed.yaml",
        "short": "short.yaml",
        "absent": "absent.yaml",
    }
    return {name: folder.load(file) for name, file in names.items()}


def measures(case: PlanningCase, count: int = 2) -> dict[tuple[str, ...], float]:
    """Return the sums of every measure over a few replications without staff."""
    found: dict[tuple[str, ...], float] = {}
    for rows in scenario_replications([Option.of(case, StaffingSource())], 1, range(count)):
        for row in rows[case.name]:
            found[tuple(row[:5])] = found.get(tuple(row[:5]), 0.0) + row.value
    return found


def test_the_same_people_ask_when_a_site_closes(cases: dict[str, PlanningCase]) -> None:
    """Each request of the base is there with the site closed, and has exactly one fate."""
    base, other = (simulate_booking(cases[name], 1, 0).requests for name in ("base", "closed"))
    assert (base.requested_ms == other.requested_ms).all()
    assert (base.service == other.service).all()
    online = base.fate == Fate.ONLINE
    assert (online == (other.fate == Fate.ONLINE)).all()
    closed = cases["closed"]
    places = [place.id for place in closed.locations]
    assert {places[code] for code in np.unique(other.first_location[~online])} == {"north"}


def test_walk_ins_go_to_the_other_site(cases: dict[str, PlanningCase]) -> None:
    """Requests and those who come without appointment are as many in the city (to 8 %)."""
    base, other = measures(cases["base"]), measures(cases["closed"])
    key = ("city", "city", "residents", "appointment", "requests")
    assert other[key] == base[key]
    key = ("city", "city", "residents", "walk_in", "customers")
    assert other[key] == pytest.approx(base[key], rel=0.08)


def test_every_request_is_booked_or_counted(cases: dict[str, PlanningCase]) -> None:
    """Fates add up, with a short book, too."""
    for case in cases.values():
        fate = simulate_booking(case, 1, 0).requests.fate
        kinds = [Fate.ONLINE, *BOOKED_FATES, Fate.WALK_IN, Fate.CALLED, Fate.LOST, Fate.SEARCHING]
        assert sum(int((fate == kind).sum()) for kind in kinds) == len(fate)


def test_a_short_book_shortens_the_lead_and_shows_the_unserved(
    cases: dict[str, PlanningCase],
) -> None:
    """Three days: the booked lead falls, lost and searching people rise: never the one alone."""
    base, other = measures(cases["base"]), measures(cases["short"])
    city = ("city", "city", "residents")
    lead = (*city, "appointment", "lead_booked_mean")
    assert other[lead] < 0.5 * base[lead]
    assert (
        other[*city, "appointment", "no_offer_share"] > base[*city, "appointment", "no_offer_share"]
    )
    looking = [found[*city, "all", "still_searching"] for found in (base, other)]
    lost = [found[*city, "appointment", "not_served_share"] for found in (base, other)]
    assert looking[1] > looking[0] or lost[1] > lost[0]


def test_what_is_shared_depends_on_the_inputs_alone(cases: dict[str, PlanningCase]) -> None:
    """Less staff shares booking and customers; a short book the requests; others change nothing.

    Another volume online shares nothing.
    """
    base, absent, short = (cases[name] for name in ("base", "absent", "short"))
    busier = replace(
        base,
        demand=tuple(replace(d, requests_per_year=2 * d.requests_per_year) for d in base.demand),
    )
    assert requests_key(base) == requests_key(absent) == requests_key(short)
    assert requests_key(base) != requests_key(busier)
    assert booking_key(base) == booking_key(absent) != booking_key(short)
    assert customers_key(base) == customers_key(absent) != customers_key(short)
    options = [Option.of(case, StaffingSource()) for case in (base, absent, short)]
    together = next(iter(scenario_replications(options, 1, [0])))
    for option in options:
        alone = next(iter(scenario_replications([option], 1, [0])))
        assert alone[option.name] == together[option.name]


def test_a_replication_is_the_one_that_simulate_makes(cases: dict[str, PlanningCase]) -> None:
    """The rows of ``replicate`` come first and are the same."""
    base = cases["base"]
    found = next(iter(scenario_replications([Option.of(base, StaffingSource())], 3, [1])))["small"]
    run = SimulationRun(3, 2)
    rows, _frame = next(iter(replications(base, StaffingSource(), run, [1])))
    assert found[: len(rows)] == rows
    assert {row.measure for row in found[len(rows) :]} == {
        "unserved",
        "still_searching",
        "late_customers",
        "elsewhere_share",
        "wait_mean",
    }
    waits_of_the_hours_add_up(rows, found)


def waits_of_the_hours_add_up(whole: list[Row], found: list[Row]) -> None:
    """By field of work and channel, the hours' waits make the city's, weighted by customers."""
    hours = [row for row in found if row.scope == "hour"]
    assert {row.id for row in hours} >= {"08:00", "12:00", "16:00"}
    for row in whole:
        mine = [h for h in hours if (h.area, h.channel) == (row.area, row.channel)]
        if (row.scope, row.measure) == ("city", "wait_mean") and mine:
            assert sum(h.weight for h in mine) == row.weight
            total = sum(h.weight * h.value for h in mine)
            assert total / row.weight == pytest.approx(row.value)
