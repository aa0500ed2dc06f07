"""Sampling the customers of a replication: appointments that are kept, walk-ins, calls.

Every customer's uniform numbers depend on the customer alone: for walk-ins and calls on
(location, service, day, number of the arrival), for those who come out of the booking stage on
(service, instant of the request).  So a location or a service more leaves the others as they were,
and another roster or another booking policy meets the same people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from planner.domain.case import PlanningCase
from planner.domain.demand import Patience
from planner.domain.place import LocationKind
from planner.sim.arrivals import busyness, sample_arrivals
from planner.sim.booking_result import NO_CODE, NO_TIME, BookingResult, ExtraArrivals
from planner.sim.customer_table import NO_REQUEST, Came, Customers
from planner.sim.doors import clip_to_doors, open_doors
from planner.sim.served import patience_at, served_as
from planner.sim.streams import marked_uniform, name_key, stream
from planner.sim.walk_ins import WalkInSource, walk_in_sources
from planner.sim.work_content import draw_patience, draw_work
from planner.units import MS_PER_DAY, MS_PER_MINUTE, minutes_to_ms

#: Columns of uniform numbers: origin, work, patience, further tries, then (patience, delay) a try.
ORIGIN, WORK, PATIENCE, TRIES, AGAIN = range(5)
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, eq=False)
class _Comers:
    """Customers with their uniform numbers; columns as in ``Customers``."""

    location: NDArray[np.int16]
    service: NDArray[np.int16]
    origin: NDArray[np.int16]
    came: NDArray[np.int8]
    arrival: NDArray[np.int64]
    booked: NDArray[np.int64]
    request: NDArray[np.int32]
    uniform: NDArray[np.float64]


def sample_customers(
    case: PlanningCase,
    booking: BookingResult,
    seed: int,
    replication: int,
    sources: tuple[WalkInSource, ...] | None = None,
) -> Customers:
    """Sample all customers of the horizon.

    Parameters
    ----------
    booking : BookingResult
        The booking stage of the same seed and replication.
    sources : tuple of WalkInSource, optional
        ``walk_in_sources(case)``, to compute them once for many replications.

    Returns
    -------
    Customers
        In order of (location, arrival, row); at most 64 bytes a customer up to three redials.
    """
    sources = walk_in_sources(case) if sources is None else sources
    draw = _Draw(case, seed, replication)
    groups = [draw.walk_ins(source) for source in sources]
    groups += [draw.visits(booking), draw.extra(booking.extra_walk_ins)]
    groups += [draw.extra(booking.extra_calls)]
    comers = _sorted(groups)
    return _columns(case, comers)


class _Draw:
    """Draws the groups of customers of one replication."""

    def __init__(self, case: PlanningCase, seed: int, replication: int) -> None:
        self.case = case
        self.seed = seed
        self.replication = replication
        self.columns = AGAIN + 2 * max((p.max_redials for p in case.patience), default=0)
        self.busy = {
            (demand.service, day): busyness(demand, seed, replication, day)
            for demand in case.demand
            for day in case.horizon.dates
        }

    def walk_ins(self, source: WalkInSource) -> _Comers:
        """Draw the walk-ins or calls of one source over the horizon."""
        case = self.case
        place, service = case.locations[source.location], case.services[source.service]
        phone = place.kind is LocationKind.PHONE
        width = self.columns if patience_at(case, source.location).max_redials else TRIES
        times, uniforms = [np.empty(0, np.int64)], [np.empty((0, width))]
        for number, (day, rate) in enumerate(zip(case.horizon.dates, source.rates, strict=True)):
            if rate.expected > 0:
                factor = self.busy[service.id, day]
                names = ("walk-ins", place.id, service.id, day.isoformat())
                rows = stream(self.seed, self.replication, *names)
                instants, columns = sample_arrivals(rate.scaled(factor), rows, width)
                times.append(instants + number * MS_PER_DAY)
                uniforms.append(columns)
        arrival, uniform = np.concatenate(times), np.concatenate(uniforms)
        size = len(arrival)
        return _Comers(
            location=np.full(size, source.location, dtype=np.int16),
            service=np.full(size, source.service, dtype=np.int16),
            origin=np.searchsorted(source.origins, uniform[:, ORIGIN], side="right").astype(
                np.int16
            ),
            came=np.full(size, Came.CALL if phone else Came.WALK_IN, dtype=np.int8),
            arrival=arrival,
            booked=np.full(size, NO_TIME, dtype=np.int64),
            request=np.full(size, NO_REQUEST, dtype=np.int32),
            uniform=np.pad(uniform, ((0, 0), (0, self.columns - width))),
        )

    def visits(self, booking: BookingResult) -> _Comers:
        """Draw the arrivals of the appointments that are kept.

        Arrival is booked time plus a normal deviation (``Discipline``), inside the opening hours:
        who is early waits at the doors, who is late comes before they close.
        """
        kept = booking.appointments
        rows = np.flatnonzero(kept.shows)
        service, requested = kept.service[rows], kept.requested_ms[rows]
        anonymous = np.where(kept.row[rows] == NO_CODE, kept.booked_ms[rows] + rows, 0)
        marks = self._marks(service, requested) + anonymous.astype(np.uint64) * GOLDEN
        discipline = self.case.discipline
        mean = minutes_to_ms(discipline.punctuality_mean_minutes)
        spread = discipline.punctuality_sd_minutes * MS_PER_MINUTE
        late = np.rint(mean + spread * ndtri(marked_uniform(marks, "punctuality")))
        arrival = kept.booked_ms[rows] + late.astype(np.int64)
        location = kept.location[rows]
        for code in np.unique(location):
            here = location == code
            doors = open_doors(self.case, self.case.locations[code])
            arrival[here] = clip_to_doors(arrival[here], doors)
        return _Comers(
            location=location,
            service=service,
            origin=kept.origin[rows],
            came=np.full(len(rows), Came.APPOINTMENT, dtype=np.int8),
            arrival=arrival,
            booked=kept.booked_ms[rows],
            request=kept.row[rows].astype(np.int32),
            uniform=self._uniforms(marks),
        )

    def extra(self, extra: ExtraArrivals) -> _Comers:
        """Draw the columns of those who gave up looking and come, or call."""
        phones = np.array([p.kind is LocationKind.PHONE for p in self.case.locations])
        size = len(extra)
        return _Comers(
            location=extra.location,
            service=extra.service,
            origin=extra.origin,
            came=np.where(phones[extra.location], Came.CALL, Came.WALK_IN).astype(np.int8),
            arrival=extra.arrival_ms,
            booked=np.full(size, NO_TIME, dtype=np.int64),
            request=extra.row.astype(np.int32),
            uniform=self._uniforms(self._marks(extra.service, extra.requested_ms)),
        )

    def _marks(
        self, service: NDArray[np.int16], requested: NDArray[np.int64]
    ) -> NDArray[np.uint64]:
        """Return a random mark for each request, known by service and instant."""
        keys = [
            name_key("visit", self.seed, self.replication, item.id) for item in self.case.services
        ]
        return np.array(keys, dtype=np.uint64)[service] + requested.astype(np.uint64) * GOLDEN

    def _uniforms(self, marks: NDArray[np.uint64]) -> NDArray[np.float64]:
        columns = [marked_uniform(marks, f"column {number}") for number in range(self.columns)]
        return np.column_stack(columns)


def _sorted(groups: list[_Comers]) -> _Comers:
    """Join the groups in order of (location, arrival, group, row)."""
    columns = {
        name: np.concatenate([getattr(group, name) for group in groups])
        for name in _Comers.__dataclass_fields__
    }
    order = np.lexsort((columns["arrival"], columns["location"]))
    return _Comers(**{name: column[order] for name, column in columns.items()})


def _columns(case: PlanningCase, comers: _Comers) -> Customers:
    """Turn uniform numbers into work content, patience and further tries."""
    places = np.arange(len(case.locations) + 1)
    bounds = np.searchsorted(comers.location, places)
    size = len(comers.location)
    work, patience = np.ones(size, dtype=np.int32), np.empty(size, dtype=np.int32)
    tries = np.zeros(size, dtype=np.int8)
    again_from = np.zeros(len(places), dtype=np.int32)
    tables: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
    for code in range(len(case.locations)):
        rows = slice(int(bounds[code]), int(bounds[code + 1]))
        uniform = comers.uniform[rows]
        rule = patience_at(case, code)
        work[rows] = _work(case, code, comers.service[rows], uniform[:, WORK])
        patience[rows] = draw_patience(rule.mean_minutes, uniform[:, PATIENCE])
        again_from[code + 1] = again_from[code]
        if rule.max_redials:
            tries[rows] = _further_tries(rule, uniform[:, TRIES])
            tables.append(_again(rule, uniform[:, AGAIN:]))
            again_from[code + 1] += len(uniform)
    depth = (comers.uniform.shape[1] - AGAIN) // 2
    empty = np.empty((0, depth), dtype=np.int32)
    return Customers(
        location=comers.location,
        service=comers.service,
        origin=comers.origin,
        came=comers.came,
        arrival=comers.arrival,
        booked=comers.booked,
        work=work,
        patience=patience,
        tries=tries,
        request=comers.request,
        again_from=again_from,
        patience_again=np.concatenate([empty, *(table[0] for table in tables)]),
        delay_again=np.concatenate([empty, *(table[1] for table in tables)]),
    )


def _work(
    case: PlanningCase, location: int, service: NDArray[np.int16], uniform: NDArray[np.float64]
) -> NDArray[np.int32]:
    work = np.ones(len(service), dtype=np.int32)
    served = served_as(case, location)[service]
    for code in np.unique(served):
        here = served == code
        work[here] = draw_work(case.services[code].time, uniform[here])
    return work


def _further_tries(rule: Patience, uniform: NDArray[np.float64]) -> NDArray[np.int8]:
    """Return how often a customer would try again: geometric, at most ``max_redials``."""
    share = min(max(rule.redial_share, 0.0), 1.0)
    levels = share ** np.arange(1, rule.max_redials + 1)
    return np.asarray((uniform[:, None] < levels).sum(axis=1), dtype=np.int8)


def _again(
    rule: Patience, uniform: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return patience of further tries and delays until them, each (customers, k)."""
    delay = draw_patience(rule.redial_minutes, uniform[:, 1::2])
    return draw_patience(rule.mean_minutes, uniform[:, 0::2]), np.maximum(delay, 1)
