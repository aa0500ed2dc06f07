"""Paired differences on common customers, and stopping when enough is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.domain.roster import Roster
from planner.sim.comparison import compare
from planner.sim.replicate import SimulationRun, StaffingSource, simulate
from planner.sim.sequential import Precision, simulate_until
from tests.engines.rosters import counter_week

CITY_WAIT = ("city", "city", "residents", "all", "wait_mean")


def rosters(case: PlanningCase) -> tuple[Roster, Roster]:
    """Return everybody, and everybody but S2."""
    full = counter_week(case)
    return full, Roster(tuple(a for a in full.assignments if a.employee != "S2"))


def test_common_customers_find_a_small_difference(small: PlanningCase) -> None:
    """One clerk less at Site South: more wait there for certain, nothing at all elsewhere."""
    case = replace(small, absence=replace(small.absence, rate=0.0))
    full, less = (
        simulate(case, StaffingSource(roster=roster), SimulationRun(1, 8)).by_replication
        for roster in rosters(case)
    )
    table = compare(full, less)
    waits = table[(table["scope"] == "location") & (table["measure"] == "wait_mean")]
    sites = waits[waits["channel"] == "all"].set_index("id")
    south, north = sites.loc["south"], sites.loc["north"]
    assert south["ci_low"] > 0
    assert south["other"] - south["base"] == pytest.approx(south["difference"])
    assert (north["ci_low"], north["difference"], north["ci_high"]) == (0, 0, 0)
    assert (table["replications"] <= 8).all()


def test_pairs_have_less_variance_than_independent_runs(small: PlanningCase) -> None:
    """Variance factor at the changed site: independent over common customers is at least 2.

    With twice the demand, where the site is busy (factor 4.5 over 128 weeks); 48 weeks.
    """
    busy = tuple(replace(d, requests_per_year=2 * d.requests_per_year) for d in small.demand)
    case = replace(small, absence=replace(small.absence, rate=0.0), demand=busy)
    full, less = rosters(case)
    waits = []
    for roster, seed in ((full, 1), (less, 1), (less, 2)):
        table = simulate(
            case, StaffingSource(roster=roster), SimulationRun(seed, 48)
        ).by_replication
        mine = table[
            (table["id"] == "south")
            & (table["scope"] == "location")
            & (table["channel"] == "all")
            & (table["measure"] == "wait_mean")
        ]
        waits.append(mine["value"].to_numpy(dtype=np.float64))
    common, independent = waits[1] - waits[0], waits[2] - waits[0]
    assert independent.var(ddof=1) > 2 * common.var(ddof=1)


def test_it_stops_when_the_interval_is_narrow(small: PlanningCase) -> None:
    """A wide interval is enough at once; an impossible one runs to the limit."""
    source = StaffingSource(roster=counter_week(small))
    loose = Precision(CITY_WAIT, 10.0, at_least=4, batch=2, at_most=8)
    done: list[int] = []
    result = simulate_until(small, source, SimulationRun(1, 0), loose, done.append)
    assert done == [1, 2, 3, 4]
    assert len(result.customers) > 100
    strict = Precision(CITY_WAIT, 1e-9, at_least=4, batch=3, at_most=8)
    result = simulate_until(small, source, SimulationRun(1, 0), strict)
    assert result.by_replication["replication"].max() == 7
    again = simulate(small, source, SimulationRun(1, 8))
    assert again.measures.to_csv() == result.measures.to_csv()
