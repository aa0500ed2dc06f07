"""Sampling the customers of a replication: appointments that are kept, walk-ins, calls.

Every customer's mark, and with it all that is random about the customer, depends on the customer
alone: for walk-ins and calls on (location, service, day, number of the arrival), for those who come
out of the booking stage on (service, instant of the request).  So a location or a service more
leaves the others as they were, and another roster or another booking policy meets the same people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from planner.domain.case import PlanningCase
from planner.domain.demand import Patience
from planner.domain.place import LocationKind
from planner.sim.arrival_times import sample_arrivals
from planner.sim.arrivals import busyness
from planner.sim.booking_result import NO_CODE, NO_TIME, BookingResult, ExtraArrivals
from planner.sim.customer_table import NO_REQUEST, Came, Customers
from planner.sim.doors import clip_to_doors, open_doors
from planner.sim.engine import ENDLESS
from planner.sim.mixing import Marks
from planner.sim.served import patience_at, served_as
from planner.sim.streams import mark_streams, marked_uniform, marks
from planner.sim.walk_ins import WalkInSource, WalkInSources, walk_in_sources
from planner.sim.work_content import draw_patience, draw_work
from planner.units import MS_PER_DAY, MS_PER_MINUTE, minutes_to_ms

#: Instants [ms] of the next hundred thousand years fit below this bit.
NUMBER_BITS = 52
#: Instants [ms] of 500 years of a horizon fit below this bit.
LOCATION_BITS = 44


@dataclass(frozen=True, eq=False)
class _Comers:
    """Customers with their marks; columns as in ``Customers``."""

    location: NDArray[np.int16]
    service: NDArray[np.int16]
    origin: NDArray[np.int16]
    came: NDArray[np.int8]
    arrival: NDArray[np.int64]
    booked: NDArray[np.int64]
    request: NDArray[np.int32]
    mark: Marks


def sample_customers(
    case: PlanningCase,
    booking: BookingResult,
    seed: int,
    replication: int,
    sources: WalkInSources | None = None,
) -> Customers:
    """Sample all customers of the horizon.

    Parameters
    ----------
    booking : BookingResult
        The booking stage of the same seed and replication.
    sources : WalkInSources, optional
        ``walk_in_sources(case)``, to compute them once for many replications.

    Returns
    -------
    Customers
        In order of (location, arrival, row); at most 64 bytes a customer up to three redials.
    """
    sources = walk_in_sources(case) if sources is None else sources
    draw = _Draw(case, seed, replication)
    groups = [draw.walk_ins(sources), draw.visits(booking)]
    groups += [draw.extra(booking.extra_walk_ins), draw.extra(booking.extra_calls)]
    return _columns(case, _sorted(groups))


class _Draw:
    """Draws the groups of customers of one replication."""

    def __init__(self, case: PlanningCase, seed: int, replication: int) -> None:
        self.case = case
        self.seed = seed
        self.replication = replication
        self.phones = np.array([p.kind is LocationKind.PHONE for p in case.locations])

    def walk_ins(self, sources: WalkInSources) -> _Comers:
        """Draw the walk-ins and calls of all sources over the horizon."""
        ids = [(self._place(s), self.case.services[s.service].id) for s in sources]
        streams = mark_streams(self.seed, self.replication, "walk-ins", ids)
        processes, day = sources.processes
        services = np.array([source.service for source in sources], dtype=np.int16)
        factor = self._busyness()[services[processes.stream], day]
        arrivals = sample_arrivals(processes, streams, factor)
        row = processes.stream[arrivals.process]
        location = np.array([source.location for source in sources], dtype=np.int16)[row]
        return _Comers(
            location=location,
            service=services[row],
            origin=_origins(sources, row, arrivals.mark),
            came=self._came(location),
            arrival=arrivals.time + day[arrivals.process] * MS_PER_DAY,
            booked=np.full(len(row), NO_TIME, dtype=np.int64),
            request=np.full(len(row), NO_REQUEST, dtype=np.int32),
            mark=arrivals.mark,
        )

    def visits(self, booking: BookingResult) -> _Comers:
        """Draw the arrivals of the appointments that are kept.

        Arrival is booked time plus a normal deviation (``Discipline``), inside the opening hours:
        who is early waits at the doors, who is late comes before they close.
        """
        kept = booking.appointments
        rows = np.flatnonzero(kept.shows)
        request, location = kept.row[rows], kept.location[rows]
        known = np.where(request == NO_CODE, kept.booked_ms[rows], kept.requested_ms[rows])
        marks = self._marks(kept.service[rows], known, np.where(request == NO_CODE, rows, 0))
        discipline = self.case.discipline
        mean = minutes_to_ms(discipline.punctuality_mean_minutes)
        spread = discipline.punctuality_sd_minutes * MS_PER_MINUTE
        late = np.rint(mean + spread * ndtri(marked_uniform(marks, "punctuality")))
        arrival = kept.booked_ms[rows] + late.astype(np.int64)
        shift = location.astype(np.int64) << LOCATION_BITS
        arrival = clip_to_doors(arrival + shift, self._all_doors()) - shift
        return _Comers(
            location=location,
            service=kept.service[rows],
            origin=kept.origin[rows],
            came=np.full(len(rows), Came.APPOINTMENT, dtype=np.int8),
            arrival=arrival,
            booked=kept.booked_ms[rows],
            request=request.astype(np.int32),
            mark=marks,
        )

    def extra(self, extra: ExtraArrivals) -> _Comers:
        """Draw those who gave up looking and come, or call."""
        size = len(extra)
        return _Comers(
            location=extra.location,
            service=extra.service,
            origin=extra.origin,
            came=self._came(extra.location),
            arrival=extra.arrival_ms,
            booked=np.full(size, NO_TIME, dtype=np.int64),
            request=extra.row.astype(np.int32),
            mark=self._marks(extra.service, extra.requested_ms, np.zeros(size, dtype=np.int64)),
        )

    def _marks(
        self,
        service: NDArray[np.int16],
        instant: NDArray[np.int64],
        number: NDArray[np.int64],
    ) -> Marks:
        """Return the mark of each customer, known by service and instant of the request.

        Who has no request is known by the booked time and a ``number``.
        """
        ids = [(item.id,) for item in self.case.services]
        streams = mark_streams(self.seed, self.replication, "visits", ids)
        midnight = self.case.horizon.first_day.toordinal() * MS_PER_DAY
        return marks(streams, service, midnight + instant + (number << NUMBER_BITS))

    def _all_doors(self) -> NDArray[np.int64]:
        """Return the doors of all locations, each location in a time of its own."""
        places = enumerate(self.case.locations)
        doors = [open_doors(self.case, place) + (code << LOCATION_BITS) for code, place in places]
        return np.concatenate([np.empty((0, 2), dtype=np.int64), *doors])

    def _busyness(self) -> NDArray[np.float64]:
        """Return the busyness of each service on each day of the horizon."""
        case, codes = self.case, {s.id: code for code, s in enumerate(self.case.services)}
        factor = np.ones((len(case.services), case.horizon.days))
        rows = [codes[demand.service] for demand in case.demand]
        factor[rows] = busyness(case.demand, self.seed, self.replication, case.horizon.dates)
        return factor

    def _came(self, location: NDArray[np.int16]) -> NDArray[np.int8]:
        return np.where(self.phones[location], Came.CALL, Came.WALK_IN).astype(np.int8)

    def _place(self, source: WalkInSource) -> str:
        return self.case.locations[source.location].id


def _origins(sources: WalkInSources, row: NDArray[np.int64], mark: Marks) -> NDArray[np.int16]:
    """Return the district of residence by inversion of the shares of each customer's source.

    ``row``, the source of each customer, does not fall.
    """
    uniform, origin = marked_uniform(mark, "origin"), np.empty(len(row), dtype=np.int16)
    bounds = np.searchsorted(row, np.arange(len(sources) + 1))
    for source, first, last in zip(sources, bounds[:-1], bounds[1:], strict=True):
        found = np.searchsorted(source.origins[:-1], uniform[first:last], side="right")
        origin[first:last] = found
    return origin


def _sorted(groups: list[_Comers]) -> _Comers:
    """Join the groups in order of (location, arrival, group, row)."""
    columns = {
        name: np.concatenate([getattr(group, name) for group in groups])
        for name in _Comers.__dataclass_fields__
    }
    location = columns["location"].astype(np.int64)
    order = np.argsort((location << LOCATION_BITS) + columns["arrival"], kind="stable")
    return _Comers(**{name: column[order] for name, column in columns.items()})


def _columns(case: PlanningCase, comers: _Comers) -> Customers:
    """Turn marks into work content, patience and further tries."""
    bounds = np.searchsorted(comers.location, np.arange(len(case.locations) + 1))
    size = len(comers.location)
    patience, tries = np.full(size, ENDLESS, dtype=np.int32), np.zeros(size, dtype=np.int8)
    again_from = np.zeros(len(bounds), dtype=np.int32)
    depth = max((rule.max_redials for rule in case.patience), default=0)
    tables = [(np.empty((0, depth), dtype=np.int32),) * 2]
    for code in range(len(case.locations)):
        rows = slice(int(bounds[code]), int(bounds[code + 1]))
        rule, mark = patience_at(case, code), comers.mark[rows]
        if rule.mean_minutes is not None:
            patience[rows] = draw_patience(rule.mean_minutes, marked_uniform(mark, "patience"))
        again_from[code + 1] = again_from[code]
        if rule.max_redials:
            tries[rows] = _further_tries(rule, marked_uniform(mark, "tries"))
            tables.append(_again(rule, mark, tries[rows], depth))
            again_from[code + 1] += len(mark)
    patience_again, delay_again = zip(*tables, strict=True)
    return Customers(
        location=comers.location,
        service=comers.service,
        origin=comers.origin,
        came=comers.came,
        arrival=comers.arrival,
        booked=comers.booked,
        work=_work(case, comers),
        patience=patience,
        tries=tries,
        request=comers.request,
        again_from=again_from,
        patience_again=np.concatenate(patience_again),
        delay_again=np.concatenate(delay_again),
    )


def _work(case: PlanningCase, comers: _Comers) -> NDArray[np.int32]:
    """Return the work contents; services that differ in their mean only are drawn together."""
    times = [service.time for service in case.services]
    kinds = {(time.family, time.cv): time for time in times}
    kind = np.array([list(kinds).index((time.family, time.cv)) for time in times], dtype=np.int8)
    mean = np.array([time.mean_minutes for time in times])
    served = np.array([served_as(case, code) for code in range(len(case.locations))])
    pair = comers.location.astype(np.intp) * len(times) + comers.service
    service = served.ravel().take(pair)
    kind_of, mean_of = kind.take(service), mean.take(service)
    uniform = marked_uniform(comers.mark, "work")
    work = np.ones(len(service), dtype=np.int32)
    for number, time in enumerate(kinds.values()):
        rows = np.flatnonzero(kind_of == number)
        work[rows] = draw_work(time, uniform[rows], mean_of[rows])
    return work


def _further_tries(rule: Patience, uniform: NDArray[np.float64]) -> NDArray[np.int8]:
    """Return how often a customer would try again: geometric, at most ``max_redials``."""
    share = min(max(rule.redial_share, 0.0), 1.0)
    tries = np.zeros(len(uniform), dtype=np.int8)
    for number in range(1, rule.max_redials + 1):
        tries += uniform < share**number
    return tries


def _again(
    rule: Patience, mark: Marks, tries: NDArray[np.int8], depth: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return patience of further tries and delays until them, each (customers, depth).

    Tries that the customer would not make have neither: endless patience, one millisecond.
    """
    patience = np.full((len(mark), depth), ENDLESS, dtype=np.int32)
    delay = np.ones_like(patience)
    for number in range(depth):
        rows = np.flatnonzero(tries > number)
        names = f"patience of try {number + 2}", f"delay before try {number + 2}"
        first, second = (marked_uniform(mark[rows], name) for name in names)
        patience[rows, number] = draw_patience(rule.mean_minutes, first)
        delay[rows, number] = np.maximum(draw_patience(rule.redial_minutes, second), 1)
    return patience, delay
