"""Replications of several scenarios on common customers, sharing what they have in common.

The booking stage is by far the dearest part of a replication.  Scenarios whose booking depends on
the same inputs share one; those that differ in staff, absence or desks only share the customers,
too.  What is shared depends on the inputs alone, so a result never depends on its company.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from planner.domain.case import PlanningCase
from planner.domain.demand import Channel, Demand
from planner.domain.place import Location
from planner.parallel import ordered_map
from planner.sim.book_layout import book_layout
from planner.sim.booking import asked_for, play_requests
from planner.sim.booking_measures import booking_measures
from planner.sim.booking_result import BookingResult
from planner.sim.customer_table import Customers
from planner.sim.customers import sample_customers
from planner.sim.day_course import waits_by_hour
from planner.sim.measures import Row, measure, played
from planner.sim.replicate import StaffingSource, play, staff
from planner.sim.requests import RequestTable
from planner.sim.staffing import Staffing
from planner.sim.walk_ins import WalkInSources, walk_in_sources
from planner.sim.whereabouts import whereabouts


@dataclass(frozen=True, eq=False)
class Option:
    """A scenario with those who serve in it, and the keys of what it shares with others.

    ``staffing`` is who serves in every replication; None where absence is drawn for a roster.
    """

    name: str
    case: PlanningCase
    source: StaffingSource
    requests_key: str
    booking_key: str
    customers_key: str
    sources: WalkInSources
    staffing: Staffing | None

    @staticmethod
    def of(case: PlanningCase, source: StaffingSource) -> Option:
        """Return the option of a case."""
        keys = requests_key(case), booking_key(case), customers_key(case)
        always = None if source.roster is not None else staff(case, source, 0, 0)
        return Option(case.name, case, source, *keys, walk_in_sources(case), always)


def requests_key(case: PlanningCase) -> str:
    """Return a digest of all that the requests of a case depend on: not its desks and its book."""
    places = [(p.id, p.area, p.district, p.opening.exceptions) for p in case.locations]
    policies = [(p.area, p.cancelled_share, p.bound_to_residence) for p in case.booking]
    return _digest(
        *(case.horizon, case.areas, case.districts, places, case.services, case.profiles),
        *(_online(case), case.choice, case.location_choice, policies),
        *(case.book_opens, case.booked),
    )


def booking_key(case: PlanningCase) -> str:
    """Return a digest of all that the booking stage of a case depends on."""
    return _digest(
        requests_key(case),
        *([_public(place) for place in case.locations], case.travel_minutes),
        *(case.booking, case.appointment_desks),
    )


def customers_key(case: PlanningCase) -> str:
    """Return a digest of all that the customers of a case depend on."""
    return _digest(booking_key(case), case.demand, case.patience, case.discipline)


def scenario_replications(
    options: Sequence[Option],
    seed: int,
    numbers: Sequence[int],
    jobs: int = 1,
    engine: str = "compiled",
) -> Iterator[dict[str, list[Row]]]:
    """Yield the measures of every option, by name, for each replication in order.

    Notes
    -----
    A replication of an option is the same as ``planner.sim.replicate`` gives it, alone or in
    company; the rows of ``planner.sim.whereabouts`` and ``planner.sim.day_course`` are added.
    """
    one: Callable[[int], dict[str, list[Row]]] = partial(
        replicate_options, tuple(options), seed, engine
    )
    yield from ordered_map(one, list(numbers), jobs)


def replicate_options(
    options: tuple[Option, ...], seed: int, engine: str, number: int
) -> dict[str, list[Row]]:
    """Return the measures of every option in one replication."""
    shared = _Shared(seed, engine, number)
    return {option.name: shared.measures(option) for option in options}


class _Shared:
    """One replication's requests, bookings and customers by key."""

    def __init__(self, seed: int, engine: str, number: int) -> None:
        self._seed, self._engine, self._number = seed, engine, number
        self._requests: dict[str, tuple[RequestTable, int]] = {}
        self._bookings: dict[str, BookingResult] = {}
        self._customers: dict[str, Customers] = {}

    def measures(self, option: Option) -> list[Row]:
        case, engine = option.case, self._engine
        booking, customers = self._sampled(option)
        staffing = option.staffing or staff(case, option.source, self._seed, self._number)
        outcomes = play(case, customers, staffing, engine)
        rows = measure(case, played(case, customers, staffing, outcomes))
        rows += [Row(*row, weight=1.0) for row in booking_measures(case, booking)]
        rows += whereabouts(case, booking, customers, outcomes)
        return rows + waits_by_hour(case, customers, outcomes)

    def _sampled(self, option: Option) -> tuple[BookingResult, Customers]:
        case, seed, number = option.case, self._seed, self._number
        if option.booking_key not in self._bookings:
            self._bookings[option.booking_key] = self._booked(option)
        booking = self._bookings[option.booking_key]
        if option.customers_key not in self._customers:
            drawn = sample_customers(case, booking, seed, number, option.sources)
            self._customers[option.customers_key] = drawn
        return booking, self._customers[option.customers_key]

    def _booked(self, option: Option) -> BookingResult:
        case, key = option.case, option.requests_key
        layout = book_layout(case)
        if key not in self._requests:
            self._requests[key] = asked_for(case, layout, (self._seed, self._number))
        requests, backlog_rows = self._requests[key]
        return play_requests(case, layout, requests, self._engine, backlog_rows)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _online(case: PlanningCase) -> list[Demand]:
    """Return the demand that is met online or by appointment."""
    return [
        demand
        for demand in case.demand
        if any(
            share > 0 and channel in {Channel.ONLINE, Channel.APPOINTMENT}
            for channel, share in demand.channel_share
        )
    ]


def _public(place: Location) -> tuple[object, ...]:
    """Return what customers see of a location: not its desks and not its staff."""
    return (
        *(place.id, place.district, place.area, place.kind, place.latitude, place.longitude),
        *(place.opening, place.slot_minutes),
    )
