"""Measures of one replication by hand, and the measures table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.domain.roster import Activity, Roster
from planner.domain.target import Sense, Target
from planner.sim.booking_result import NO_TIME
from planner.sim.capacity import staffing_from_roster
from planner.sim.customer_table import Came, Customers
from planner.sim.engine import ENDLESS, Fate, Outcomes
from planner.sim.measures import Row, groups, measure, played
from planner.sim.replicate import play
from planner.sim.staff_time import staff_time
from planner.sim.summary import by_replication, summarise
from planner.sim.thresholds import wait_threshold
from planner.units import MS_PER_MINUTE
from tests.engines.builders import ms
from tests.engines.rosters import BREAK, COUNTER, OFFICE, counter_week, shift

SERVED, LEFT, TURNED, UNSERVED = Fate.SERVED, Fate.ABANDONED, Fate.TURNED_AWAY, Fate.NOT_SERVED


def table(case: PlanningCase, rows: list[tuple[str, Came, float, float | None]]) -> Customers:
    """Return customers (location, came, arrival, booked) in minutes, in order."""
    size = len(rows)
    codes = [place.id for place in case.locations]
    service = [s.id for s in case.services].index("id_card")
    return Customers(
        location=np.array([codes.index(row[0]) for row in rows], dtype=np.int16),
        service=np.full(size, service, dtype=np.int16),
        origin=np.zeros(size, dtype=np.int16),
        came=np.array([row[1] for row in rows], dtype=np.int8),
        arrival=np.array([ms(row[2]) for row in rows], dtype=np.int64),
        booked=np.array(
            [NO_TIME if row[3] is None else ms(row[3]) for row in rows], dtype=np.int64
        ),
        work=np.full(size, ms(10), dtype=np.int32),
        patience=np.full(size, ENDLESS, dtype=np.int32),
        tries=np.zeros(size, dtype=np.int8),
        request=np.full(size, -1, dtype=np.int32),
        again_from=np.zeros(len(codes) + 1, dtype=np.int32),
        patience_again=np.empty((0, 3), dtype=np.int32),
        delay_again=np.empty((0, 3), dtype=np.int32),
    )


def outcome(rows: Sequence[tuple[Fate, float, float, float, int]]) -> Outcomes:
    """Return outcomes (fate, last arrival, call, finish, clerk) in minutes; call < 0: never."""
    size = len(rows)
    return Outcomes(
        call=np.array([ms(r[2]) if r[2] >= 0 else -1 for r in rows], dtype=np.int64),
        finish=np.array([ms(r[3]) for r in rows], dtype=np.int64),
        clerk=np.array([r[4] for r in rows], dtype=np.int16),
        fate=np.array([r[0] for r in rows], dtype=np.int8),
        tries=np.ones(size, dtype=np.int8),
        refused=np.zeros(size, dtype=np.int8),
        last=np.array([ms(r[1]) for r in rows], dtype=np.int64),
        spells=np.empty((0, 4), dtype=np.int64),
    )


def found(rows: list[Row], **names: str) -> dict[str, float]:
    """Return measure → value of the rows with these names."""
    return {
        row.measure: row.value
        for row in rows
        if all(getattr(row, name) == value for name, value in names.items())
    }


@pytest.fixture
def north(small: PlanningCase) -> list[Row]:
    """Return the measures of five customers at Site North on Monday."""
    came = [
        ("north", Came.WALK_IN, 490.0, None),
        ("north", Came.APPOINTMENT, 495.0, 500.0),
        ("north", Came.APPOINTMENT, 515.0, 510.0),
        ("north", Came.WALK_IN, 520.0, None),
        ("north", Came.WALK_IN, 530.0, None),
    ]
    ends = [
        (SERVED, 490, 530, 540, 0),
        (SERVED, 495, 499, 509, 0),
        (SERVED, 515, 531, 541, 1),
        (LEFT, 520, -1, 550, -1),
        (UNSERVED, 530, -1, 600, -1),
    ]
    day = small.horizon.first_day
    roster = Roster.of(
        [
            shift("N1", day, "north", (480, 535, COUNTER)),
            shift("N2", day, "north", (480, 520, COUNTER), (520, 580, OFFICE)),
        ]
    )
    customers = table(small, came)
    staffing = staffing_from_roster(small, roster)
    empty = outcome([])
    outcomes = [outcome(ends) if p.id == "north" else empty for p in small.locations]
    return measure(small, played(small, customers, staffing, outcomes))


def test_waits_run_from_the_booked_time_or_the_later_arrival(north: list[Row]) -> None:
    """Appointments: called before the booked time 0, and 16 min after a late arrival."""
    values = found(north, scope="location", id="north", channel="appointment")
    assert values["wait_mean"] == 8
    assert values["wait_p90"] == pytest.approx(14.4)
    assert values["wait_within_target"] == 0.5
    assert values["customers"] == 2


def test_who_leaves_counts_in_the_waits_and_is_never_within_target(north: list[Row]) -> None:
    """Walk-ins wait 40, 30 and 70 min: none within 30 min, one left, one of three unserved."""
    values = found(north, scope="location", id="north", channel="walk_in")
    assert values["wait_mean"] == pytest.approx((40 + 30 + 70) / 3)
    assert values["wait_within_target"] == 0
    assert values["abandoned_share"] == pytest.approx(1 / 3)
    assert values["not_served_share"] == pytest.approx(1 / 3)


def test_staff_time_by_hand(north: list[Row]) -> None:
    """Planned 55 + 40 min; served 30; beyond: 5 after N1's shift and 10 in N2's office time."""
    values = found(north, scope="location", id="north", channel="all")
    assert values["occupancy"] == pytest.approx(30 / (95 + 5 + 10))
    assert values["overtime_minutes"] == 5
    assert values["staff_hours"] == pytest.approx((55 + 100) / 60)
    assert values["fte"] == pytest.approx((55 + 100) / 2340)
    need = 0.2 * (55 + 100)
    assert values["back_office_open_hours"] == pytest.approx(max(0, need - (60 - 10)) / 60)


def test_districts_and_the_city_are_ratios_of_sums(north: list[Row]) -> None:
    """The city's mean wait of all fields of work is that of its only customers."""
    place = found(north, scope="location", id="north", channel="all")["wait_mean"]
    assert found(north, scope="district", id="north", area="residents", channel="all")[
        "wait_mean"
    ] == pytest.approx(place)
    assert found(north, scope="city", area="all", channel="all")["wait_mean"] == pytest.approx(
        place
    )


def test_scopes_and_fields_of_work(small: PlanningCase) -> None:
    """Counters are locations, lines are phone; the city's and districts' all are the counters."""
    names = {(group.scope, group.id, group.area) for group in groups(small)}
    assert ("location", "north", "residents") in names
    assert ("phone", "line", "phone") in names
    assert ("city", "city", "all") in names
    assert ("city", "city", "phone") in names
    assert not any(scope == "location" and name == "line" for scope, name, _ in names)
    for group in groups(small):
        if group.area == "all":
            assert all(small.locations[c].area != "phone" for c in group.locations)


def test_every_try_of_a_caller_is_an_offered_call(small: PlanningCase) -> None:
    """A caller who left after 2 min, was refused, and is answered after 15 s: 1 of 3 calls."""
    customers = table(small, [("line", Came.CALL, 490.0, None), ("line", Came.CALL, 495.0, None)])
    line = [place.id for place in small.locations].index("line")
    again = np.zeros(len(small.locations) + 1, dtype=np.int32)
    again[line + 1 :] = 2
    customers = replace(
        customers,
        patience=np.array([ms(2), ms(9)], dtype=np.int32),
        again_from=again,
        patience_again=np.full((2, 3), ms(4), dtype=np.int32),
        delay_again=np.full((2, 3), ms(1), dtype=np.int32),
    )
    ends = outcome([(SERVED, 500, 500.25, 505, 0), (LEFT, 500, -1, 504, -1)])
    ends.tries[:] = [3, 2]
    ends.refused[:] = [2, 0]
    day = small.horizon.first_day
    work = shift("P1", day, "line", (480, 700, Activity.PHONE))
    staffing = staffing_from_roster(small, Roster.of([work]))
    outcomes = [ends if p.id == "line" else outcome([]) for p in small.locations]
    rows = measure(small, played(small, customers, staffing, outcomes))
    values = found(rows, scope="phone", id="line", channel="phone")
    assert values["customers"] == 2
    assert values["reachability"] == pytest.approx(1 / 5)
    assert values["answered_within_30s"] == pytest.approx(1 / 5)
    assert values["abandoned_share"] == pytest.approx(3 / 5)
    assert values["wait_mean"] == pytest.approx((0.25 + 2 + 4 + 9) / 4)


def test_the_warm_up_is_cut_off(small: PlanningCase) -> None:
    """Customers and time before the end of the warm-up are not measured."""
    case = replace(small, simulation=replace(small.simulation, warm_up_hours=0.5))
    customers = table(
        case, [("north", Came.WALK_IN, 500.0, None), ("north", Came.WALK_IN, 520.0, None)]
    )
    ends = outcome([(SERVED, 500, 505, 515, 0), (SERVED, 520, 520, 530, 0)])
    day = case.horizon.first_day
    staffing = staffing_from_roster(
        case, Roster.of([shift("N1", day, "north", (480, 540, COUNTER))])
    )
    outcomes = [ends if p.id == "north" else outcome([]) for p in case.locations]
    rows = measure(case, played(case, customers, staffing, outcomes))
    values = found(rows, scope="location", id="north", channel="all")
    assert values["customers"] == 1
    assert values["wait_mean"] == 0
    assert values["occupancy"] == pytest.approx((5 + 10) / 30)


def test_service_into_the_next_piece_is_not_beyond_it(small: PlanningCase) -> None:
    """A case over a short gap counts as beyond only in the gap."""
    day = small.horizon.first_day
    work = shift("N1", day, "north", (480, 500, COUNTER), (500, 505, BREAK), (505, 600, COUNTER))
    there = staffing_from_roster(small, Roster.of([work])).locations[
        [p.id for p in small.locations].index("north")
    ]
    time = staff_time(there, outcome([(SERVED, 490, 490, 520, 0)]), since=0)
    assert (time.planned, time.serving, time.beyond, time.overtime) == (115, 30, 5, 0)


def test_thresholds_come_from_the_nearest_target(small: PlanningCase) -> None:
    """Same scope first, then field of work and channel, then 30 min or 30 s."""
    assert wait_threshold(small, "location", "residents", "walk_in") == 30 * MS_PER_MINUTE
    assert wait_threshold(small, "city", "residents", "appointment") == 10 * MS_PER_MINUTE
    assert wait_threshold(small, "phone", "phone", "phone") == MS_PER_MINUTE // 2
    assert wait_threshold(small, "city", "foreigners", "walk_in") == 30 * MS_PER_MINUTE
    strict = Target("wait_within_target", "city", "residents", "walk_in", Sense.AT_LEAST, 0.9, 5.0)
    case = replace(small, targets=(*small.targets, strict))
    assert wait_threshold(case, "city", "residents", "walk_in") == 5 * MS_PER_MINUTE
    assert wait_threshold(case, "location", "residents", "walk_in") == 30 * MS_PER_MINUTE


def test_the_table_has_intervals_targets_and_verdicts(small: PlanningCase) -> None:
    """Shares stay in [0, 1]; a clear miss is missed; undefined measures are left out."""
    key = ("location", "north", "residents", "walk_in")
    rows = [
        [
            Row(*key, "wait_within_target", "share", value, 10.0),
            Row(*key, "wait_mean", "min", 0.0, 0.0),
        ]
        for value in (0.1, 0.0, 0.2, 0.0)
    ]
    frame = summarise(small, by_replication(rows))
    assert len(frame) == 1
    line = frame.iloc[0]
    assert line["value"] == pytest.approx(0.075)
    assert line["ci_low"] == 0
    assert line["target"] == 0.8
    assert line["met"] == "missed"
    assert line["replications"] == 4


def test_one_replication_decides_nothing(small: PlanningCase) -> None:
    """Without interval a target is undecided."""
    key = ("location", "north", "residents", "walk_in")
    rows = [[Row(*key, "wait_within_target", "share", 1.0, 10.0)]]
    assert summarise(small, by_replication(rows)).iloc[0]["met"] == "undecided"


def test_a_roster_is_played_from_end_to_end(small: PlanningCase, sampled) -> None:
    """Everybody at the sites of the small case is served by somebody of the roster."""
    staffing = staffing_from_roster(small, counter_week(small))
    outcomes = play(small, sampled.customers, staffing)
    assert len(outcomes) == len(small.locations)
    for place, there, end in zip(small.locations, staffing.locations, outcomes, strict=True):
        if place.id == "north":
            assert (end.fate == SERVED).all()
            assert (end.clerk < len(there.names)).all()


def test_a_city_of_one_line_has_no_counters(small: PlanningCase) -> None:
    """Without counters there is no group for all fields of work."""
    case = replace(small, locations=(small.location("line"),))
    assert {(group.scope, group.area) for group in groups(case)} == {
        ("phone", "phone"),
        ("city", "phone"),
    }
