"""Replications, tables and the event log, from end to end on the small case."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement, SlotRequirement
from planner.errors import EngineError
from planner.sim.customers_frame import customers_frame
from planner.sim.engine import check_input, get_engine
from planner.sim.event_log import Place as Day
from planner.sim.event_log import event_log
from planner.sim.replicate import (
    Replication,
    SimulationRun,
    StaffingSource,
    play,
    play_location,
    sample_replication,
    simulate,
    staff,
)
from planner.sim.workload import workloads, workloads_of
from planner.tables import CUSTOMERS, MEASURES
from tests.engines.builders import A, P, Place, clerks, house, queue
from tests.engines.rosters import counter_week


@pytest.fixture(scope="module")
def source(small: PlanningCase) -> StaffingSource:
    """Return the roster in which everybody serves at home."""
    return StaffingSource(roster=counter_week(small))


def required(case: PlanningCase) -> Requirement:
    """Return two desks of every skill whenever a location is open."""
    slots = [
        SlotRequirement(place.id, day, minute, skill, 2)
        for place in case.locations
        for day in case.horizon.dates
        for interval in place.opening.on(day, case.horizon)
        for minute in range(interval.start_minute, interval.end_minute, 30)
        for skill in case.skills_at(place)
    ]
    return Requirement(30, tuple(sorted(slots)), (), ())


def test_tables_are_the_same_for_any_jobs_and_either_engine(
    small: PlanningCase, source: StaffingSource
) -> None:
    """Same seed, same tables, byte for byte: one process, two processes, SimPy."""
    done: list[int] = []
    first = simulate(small, source, SimulationRun(3, 3), done.append)
    assert done == [1, 2, 3]
    for run in (SimulationRun(3, 3, jobs=2), SimulationRun(3, 3, engine="simpy")):
        again = simulate(small, source, run)
        for name in ("measures", "by_replication", "customers"):
            assert getattr(first, name).to_csv() == getattr(again, name).to_csv()


def test_measures_have_the_columns_of_the_book_and_all_scopes(
    small: PlanningCase, source: StaffingSource
) -> None:
    """Every measure of the contract that the case has; intervals hold their value."""
    result = simulate(small, source, SimulationRun(1, 4))
    table = result.measures
    assert list(table.columns) == MEASURES.names
    assert set(table["scope"]) == {"city", "district", "location", "phone"}
    expected = {
        "wait_mean", "wait_p90", "wait_within_target", "abandoned_share", "answered_within_30s",
        "reachability", "occupancy", "overtime_minutes", "customers", "back_office_open_hours",
        "staff_hours", "fte", "not_served_share", "lead_booked_mean", "no_show_share",
    }  # fmt: skip
    assert expected <= set(table["measure"])
    assert (table["ci_low"] <= table["value"] + 1e-12).all()
    assert (table["value"] <= table["ci_high"] + 1e-12).all()
    assert set(table.loc[table["target"].notna(), "met"]) <= {"met", "missed", "undecided"}
    assert not table.duplicated(list(MEASURES.key)).any()


def test_more_replications_keep_the_first_ones(small: PlanningCase, source: StaffingSource) -> None:
    """Replications are known by number: the first two of four are those of two."""
    two = simulate(small, source, SimulationRun(1, 2)).by_replication
    four = simulate(small, source, SimulationRun(1, 4)).by_replication
    kept = four[four["replication"] < 2].reset_index(drop=True)
    pd.testing.assert_frame_equal(two, kept)


def test_a_requirement_and_constant_desks_are_played(small: PlanningCase) -> None:
    """Two desks of each skill serve nearly everybody; without any desk nobody is served."""
    staffed = simulate(small, StaffingSource(requirement=required(small)), SimulationRun(1, 2))
    assert (staffed.customers["fate"] == "served").sum() > 500
    nobody = simulate(small, StaffingSource(), SimulationRun(1, 1))
    assert (nobody.customers["fate"] != "served").all()


def test_absence_is_drawn_for_rosters_only(small: PlanningCase, source: StaffingSource) -> None:
    """With an absence rate of 1 nobody of the roster is there."""
    case = replace(small, absence=replace(small.absence, rate=1.0))
    assert all(len(there.names) == 0 for there in staff(case, source, 1, 0).locations)


def test_one_location_alone_is_what_it_is_in_the_city(
    small: PlanningCase, sampled: Replication, source: StaffingSource
) -> None:
    """Locations are independent given the table."""
    staffing = staff(small, source, 1, 0)
    city = play(small, sampled.customers, staffing)
    for code in range(len(small.locations)):
        alone = play_location(small, sampled.customers, staffing, code, "compiled")
        for one, other in zip(city[code], alone, strict=True):
            np.testing.assert_array_equal(one, other)


def test_the_customers_table_tells_everybody(
    small: PlanningCase, sampled: Replication, source: StaffingSource
) -> None:
    """Who came, who did not show, who asked: each once, with the fate and times that fit."""
    staffing = staff(small, source, 1, 0)
    outcomes = play(small, sampled.customers, staffing)
    frame = customers_frame(small, sampled.booking, sampled.customers, staffing, outcomes)
    assert list(frame.columns) == CUSTOMERS.names
    came = frame[frame["arrived"] != ""]
    assert len(came) == len(sampled.customers)
    no_shows = (~sampled.booking.appointments.shows).sum()
    assert (frame["fate"] == "no_show").sum() == no_shows
    served = frame[frame["fate"] == "served"]
    assert (served["called"] >= served["arrived"]).all()
    assert (served["finished"] >= served["called"]).all()
    assert (served["desk"] != "").all()
    assert (frame.loc[frame["fate"] != "served", "desk"] == "").all()
    assert (frame.loc[frame["channel"] == "online", "fate"] == "online").all()
    assert frame["customer"].tolist() == list(range(len(frame)))


def test_the_event_log_reads_as_a_day(
    small: PlanningCase, sampled: Replication, source: StaffingSource
) -> None:
    """Monday at Site North: opens, everybody who arrives is called, nobody is left waiting."""
    staffing = staff(small, source, 1, 0)
    north = [place.id for place in small.locations].index("north")
    there = staffing.locations[north]
    logs = [
        event_log(
            small,
            sampled.customers,
            there,
            play_location(small, sampled.customers, staffing, north, engine),
            Day(north, 0),
        )
        for engine in ("compiled", "simpy")
    ]
    log, other = logs
    pd.testing.assert_frame_equal(log, other)
    assert (log["event"] == "doors open").sum() == 1
    counts = log["event"].value_counts()
    assert counts["arrives"] == counts["is called"] == counts["finishes"] > 20
    assert log["waiting"].min() == 0
    assert log["waiting"].iloc[-1] == 0
    assert all(first <= second for first, second in pairwise(log["time"]))
    assert (log.loc[log["event"] == "is called", "waited_minutes"] >= 0).all()


def test_the_event_log_tells_who_leaves(small: PlanningCase, sampled: Replication) -> None:
    """Without staff everybody who arrives on Monday is not served, or gives up on the phone."""
    staffing = staff(small, StaffingSource(), 1, 0)
    for name, word in (("north", "is not served"), ("line", "gives up")):
        code = [place.id for place in small.locations].index(name)
        out = play_location(small, sampled.customers, staffing, code, "compiled")
        log = event_log(small, sampled.customers, staffing.locations[code], out, Day(code, 0))
        assert word in set(log["event"])
        assert "is called" not in set(log["event"])


def test_workloads_are_the_expected_arrivals(small: PlanningCase) -> None:
    """Rates by slot add up to the sources and to the mean appointments kept; moments by hand."""
    loads = {(load.location, load.skill): load for load in workloads(small, 1, 2)}
    reception = loads["north", "reception"]
    assert reception.mean_minutes == 4
    assert reception.squared_cv == pytest.approx(0.25)
    assert reception.appointment_rate.sum() == 0
    residents = loads["north", "residents"]
    assert residents.mean_minutes == 14
    kept = []
    for number in range(2):
        customers = sample_replication(small, 1, number).customers
        north = [place.id for place in small.locations].index("north")
        kept.append((customers.came[customers.rows(north)] == 0).sum())
    assert residents.appointment_rate.sum() == pytest.approx(np.mean(kept))
    assert residents.walk_in_rate.shape == (7, 48)
    assert (residents.walk_in_rate[5:] == 0).all()
    assert (residents.walk_in_rate[:, :16] == 0).all()


def test_workloads_without_replications_or_customers(small: PlanningCase) -> None:
    """The walk-ins alone; a skill nobody asks for has the plain mean of its services."""
    alone = workloads(small, 1, 0)
    assert all(load.appointment_rate.sum() == 0 for load in alone)
    idle = replace(
        small, demand=tuple(replace(demand, requests_per_year=0.0) for demand in small.demand)
    )
    empty = {(load.location, load.skill): load for load in workloads(idle, 1, 0)}
    assert empty["north", "residents"].mean_minutes == 14
    assert empty["north", "residents"].walk_in_rate.sum() == 0


def test_workloads_do_not_depend_on_jobs(small: PlanningCase) -> None:
    """Two processes give the same rates."""
    for one, two in zip(workloads(small, 1, 2), workloads(small, 1, 2, jobs=2), strict=True):
        np.testing.assert_array_equal(one.appointment_rate, two.appointment_rate)


def test_an_unknown_engine_is_refused_by_name(small: PlanningCase, source: StaffingSource) -> None:
    """The message says what it is and what it may be."""
    with pytest.raises(EngineError, match="'fast' is not known; it may be 'compiled' or 'simpy'"):
        simulate(small, source, SimulationRun(1, 1, engine="fast"))


@pytest.mark.parametrize("name", ["compiled", "simpy"])
def test_what_no_engine_can_play_is_refused_by_name(name: str) -> None:
    """Too many skills, tries or clerks; work, delays and speeds that would take no time."""
    engine = get_engine(name)
    staff_ = clerks([P(0, 10)])
    place = house(Place(), staff_)
    fine = queue(A(0))
    with pytest.raises(EngineError, match="skills: 63"):
        engine.run(fine, staff_, place._replace(mean_work=np.ones(63, dtype=np.int64)))
    with pytest.raises(EngineError, match="redials: 7"):
        engine.run(queue(A(0, delays=(1,) * 7)), staff_, place)
    with pytest.raises(EngineError, match="at least one millisecond"):
        engine.run(queue(A(0, works=0)), staff_, place)
    with pytest.raises(EngineError, match="speed"):
        engine.run(fine, clerks([P(0, 10)], speed=[0]), place)
    many = staff_._replace(speed=np.full(40_000, 1000, dtype=np.int32))
    with pytest.raises(EngineError, match="clerks: 40000"):
        check_input(fine, many, place)


def test_workloads_of_sampled_weeks_are_those_of_their_replications(small: PlanningCase) -> None:
    """Weeks held in memory give the same rates as sampling them again."""
    weeks = [sample_replication(small, 1, number).customers for number in range(2)]
    for one, two in zip(workloads(small, 1, 2), workloads_of(small, weeks), strict=True):
        np.testing.assert_array_equal(one.appointment_rate, two.appointment_rate)
        np.testing.assert_array_equal(one.walk_in_rate, two.walk_in_rate)
