"""A replication is written to files and replayed from them: both stages, the same rows."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from planner.domain.case import PlanningCase
from planner.errors import EngineError, StoreError
from planner.sim.book_layout import book_layout
from planner.sim.booking_result import NO_TIME, BookingResult
from planner.sim.customer_table import Customers
from planner.sim.replay import CUSTOMERS, REQUESTS, read_replication, write_replication
from planner.sim.replicate import Replication, StaffingSource, play, sample_replication, staff
from planner.sim.requests import RequestTable, sample_requests
from tests.engines.rosters import counter_week

BYTES = 64


@pytest.fixture(scope="module")
def stored(small: PlanningCase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with replication 3 of seed 5 of the small case, with a backlog."""
    folder = tmp_path_factory.mktemp("replication")
    write_replication(folder, small, (5, 3), {"north": 40})
    return folder


def same(first: object, second: object) -> bool:
    """Tell whether two objects of arrays are equal, array by array."""
    names = [field.name for field in fields(first)]  # type: ignore[arg-type]
    return all(np.array_equal(getattr(first, n), getattr(second, n)) for n in names)


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_a_replay_gives_the_same_rows(small: PlanningCase, stored: Path, engine: str) -> None:
    """Fates of all requests, customers, and outcomes under a roster, with either engine."""
    original = write_replication(stored / "again", small, (5, 3), {"north": 40})
    replayed = read_replication(stored, small, engine)
    assert replayed.number == 3
    assert replayed.booking.backlog_rows == original.booking.backlog_rows > 0
    assert same(replayed.booking.requests, original.booking.requests)
    assert same(replayed.booking.appointments, original.booking.appointments)
    assert same(replayed.customers, original.customers)
    staffing = staff(small, StaffingSource(roster=counter_week(small)), 5, 3)
    first = play(small, original.customers, staffing)
    again = play(small, replayed.customers, staffing, engine)
    assert sum(len(there.call) for there in first) > 500
    for one, other in zip(first, again, strict=True):
        for column, expected in zip(other, one, strict=True):
            np.testing.assert_array_equal(column, expected)


def test_another_booking_policy_meets_the_stored_people(small: PlanningCase, stored: Path) -> None:
    """The stored requests are causes: a shorter horizon of booking gives them other fates."""
    policies = tuple(replace(policy, horizon_days=7) for policy in small.booking)
    other = read_replication(stored, replace(small, booking=policies)).booking.requests
    kept = read_replication(stored, small).booking.requests
    np.testing.assert_array_equal(other.requested_ms, kept.requested_ms)
    assert (other.fate != kept.fate).any()


def test_a_row_has_at_most_64_bytes(small: PlanningCase, sampled: Replication) -> None:
    """Requests and customers, also in the files as they are stored; further tries included."""
    requests = sample_requests(small, book_layout(small), 1, 0)
    size = sum(getattr(requests, field.name).nbytes for field in fields(RequestTable))
    assert size <= BYTES * len(requests)
    assert sampled.customers.nbytes <= BYTES * len(sampled.customers) + BYTES


def test_files_are_smaller_than_the_columns(stored: Path) -> None:
    """Parquet with zstd: at most 64 bytes a row on disk as well, once the header is paid."""
    for name in (REQUESTS, CUSTOMERS):
        rows = pq.read_metadata(stored / name).num_rows
        assert rows > 500
        assert (stored / name).stat().st_size <= BYTES * rows + 20_000


def test_other_locations_are_refused_by_name(small: PlanningCase, stored: Path) -> None:
    """Codes would mean something else: the message names both."""
    renamed = (replace(small.locations[0], id="elsewhere"), *small.locations[1:])
    with pytest.raises(EngineError, match="elsewhere"):
        read_replication(stored, replace(small, locations=renamed))


def test_what_is_no_replication_is_refused(small: PlanningCase, tmp_path: Path) -> None:
    """A missing file and an unknown engine are named."""
    with pytest.raises(StoreError, match=REQUESTS):
        read_replication(tmp_path, small)
    with pytest.raises(EngineError, match="magic"):
        read_replication(tmp_path, small, "magic")


def test_one_more_location_and_service_leave_the_others_as_they_were(
    small: PlanningCase, sampled: Replication
) -> None:
    """In the same field of work: a site nobody chooses first and a service with its own demand.

    Requests of the old services are the same rows in every column (codes aside), and so are the
    walk-ins and calls at the old locations; appointments of both meet one book and may differ.
    """
    more = grown(small)
    codes = [service.id for service in more.services]
    old_places = [place.id for place in more.locations]
    before = sample_requests(small, book_layout(small), 1, 0)
    after = sample_requests(more, book_layout(more), 1, 0)
    kept = after.service != codes.index("an_extra")
    assert 0 < kept.sum() < len(after)
    for field in fields(RequestTable):
        found = getattr(after, field.name)[kept]
        expected = getattr(before, field.name)
        if field.name == "service":
            expected = np.array([codes.index(s.id) for s in small.services])[expected]
        if field.name == "first_location":
            moved = np.array([*(old_places.index(p.id) for p in small.locations), -1])
            expected = moved[expected]
        np.testing.assert_array_equal(found, expected, err_msg=field.name)
    customers = sample_replication(more, 1, 0).customers
    for code, place in enumerate(small.locations):
        old = walk_ins(sampled.customers, code, None)
        new = walk_ins(customers, old_places.index(place.id), codes.index("an_extra"))
        np.testing.assert_array_equal(new, old)


def grown(case: PlanningCase) -> PlanningCase:
    """Return the case with a third site and one more service of the residents."""
    site = replace(case.location("north"), id="annex")
    service = replace(case.service("id_card"), id="an_extra")
    demand = next(d for d in case.demand if d.service == "id_card")
    more = replace(
        case,
        locations=tuple(sorted((*case.locations, site), key=lambda place: place.id)),
        services=tuple(sorted((*case.services, service), key=lambda item: item.id)),
        demand=(*case.demand, replace(demand, service="an_extra")),
    )
    assert len(more.locations) == len(case.locations) + 1
    return more


def walk_ins(customers: Customers, location: int, without: int | None) -> np.ndarray:
    """Return arrival, work and patience of those who came without request, sorted."""
    rows = customers.rows(location)
    mine = (customers.booked[rows] == NO_TIME) & (customers.request[rows] < 0)
    if without is not None:
        mine &= customers.service[rows] != without
    columns = (customers.arrival, customers.work, customers.patience)
    return np.column_stack([column[rows][mine] for column in columns])


def test_booking_results_are_of_the_case(small: PlanningCase, stored: Path) -> None:
    """The replayed book has the case's days and locations."""
    booking: BookingResult = read_replication(stored, small).booking
    assert booking.capacity.shape[1] == len(small.locations)
    assert booking.last_day == small.horizon.days
