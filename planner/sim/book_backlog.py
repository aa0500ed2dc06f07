"""A book that does not start empty: bookings ahead, by location.

A book near full load needs years to settle, so that a simulation of a real book starts from its
real state: the case lists how many appointments of which day are booked.  These, and a backlog
given as a number by location, are played as customers who, one a millisecond from the first
simulated instant on and before anybody else, take slots of their location: of the listed day, or
the first after it that has one left; of a number, the first there are, whatever the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.demand import Channel
from planner.domain.place import Location
from planner.errors import EngineError
from planner.sim.booking_result import Fate
from planner.sim.requests import LONGEST_TOLERANCE, RequestTable
from planner.sim.streams import stream

NO_BACKLOG: Mapping[str, int] = MappingProxyType({})
#: Code of a service that is not known.
UNKNOWN = -1


@dataclass(frozen=True)
class _Ahead:
    """Bookings ahead of one location, one entry a customer.

    Attributes
    ----------
    stream : str
        Name of the random stream.
    code : int
        The location.
    service : int16 array
        -1: to be drawn by appointment volume.
    day : int16 array
        Earliest day of the appointment, from the first simulated one.
    """

    stream: str
    code: int
    service: NDArray[np.int16]
    day: NDArray[np.int16]


def with_backlog(
    case: PlanningCase,
    requests: RequestTable,
    backlog: Mapping[str, int],
    draw: tuple[int, int],
) -> tuple[RequestTable, int]:
    """Put the bookings ahead before the requests; return the table and their number.

    Parameters
    ----------
    backlog : mapping of location id to number
        Bookings ahead beside those listed in the case (``case.booked``); services that are not
        known are drawn by appointment volume, the customers live in the location's district.
    draw : (seed, replication)
        Name the random streams.
    """
    ahead = [*_listed(case), *_counted(case, backlog)]
    if not ahead:
        return requests, 0
    parts = [_rows(case, one, draw) for one in ahead]
    joined = {
        f.name: np.concatenate([getattr(part, f.name) for part in (*parts, requests)])
        for f in fields(RequestTable)
    }
    number = sum(len(part) for part in parts)
    instant = np.maximum(joined.pop("requested_ms"), number)
    instant[:number] = np.arange(number)
    return RequestTable(requested_ms=instant, **joined), number


def _listed(case: PlanningCase) -> Iterator[_Ahead]:
    """Yield the bookings that the case lists, day by day: who comes first takes the first slots."""
    services = {service.id: code for code, service in enumerate(case.services)}
    for code, place in enumerate(case.locations):
        own = sorted((b for b in case.booked if b.location == place.id), key=lambda b: b.day)
        if own:
            number = [row.bookings for row in own]
            service = [services.get(row.service, UNKNOWN) for row in own]
            day = [(row.day - case.book_opens).days for row in own]
            yield _Ahead(
                "booked",
                code,
                np.repeat(np.array(service, np.int16), number),
                np.repeat(np.array(day, np.int16), number),
            )


def _counted(case: PlanningCase, backlog: Mapping[str, int]) -> Iterator[_Ahead]:
    for code, place in enumerate(case.locations):
        number = backlog.get(place.id, 0)
        if number > 0:
            zero = np.zeros(number, np.int16)
            yield _Ahead("backlog", code, zero + np.int16(UNKNOWN), zero)


def _rows(case: PlanningCase, ahead: _Ahead, draw: tuple[int, int]) -> RequestTable:
    place, number = case.locations[ahead.code], len(ahead.day)
    source = stream(*draw, ahead.stream, place.id)
    columns = source.random((number, 3))
    district = [d.id for d in case.districts].index(place.district)
    cancelled = {policy.area: policy.cancelled_share for policy in case.booking}[place.area]
    service = ahead.service
    if (service == UNKNOWN).any():
        drawn = _services(case, place, columns[:, 0])
        service = np.where(service == UNKNOWN, drawn, service).astype(np.int16)
    zero, no = np.zeros(number, np.int16), np.zeros(number, np.bool_)
    uniform = source.random((number, 3)).astype(np.float32)
    return RequestTable(
        area=np.full(number, [a.id for a in case.areas].index(place.area), np.int16),
        service=service,
        origin=np.full(number, district, np.int16),
        first_location=np.full(number, ahead.code, np.int16),
        requested_ms=np.arange(number),
        online=no,
        flexible=no,
        slots=np.array([s.slots for s in case.services], np.int16)[service],
        notice_days=ahead.day,
        late_days=zero,
        tolerance_days=np.full(number, LONGEST_TOLERANCE, np.int16),
        last_resort=no,
        fallback=np.full(number, Fate.LOST, np.int8),
        cancels=columns[:, 1] < cancelled,
        retry_u=columns[:, 2].astype(np.float32),
        slot_u=uniform[:, 0],
        cancel_u=uniform[:, 1],
        no_show_u=uniform[:, 2],
        fallback_u=np.zeros(number, np.float32),
    )


def _services(
    case: PlanningCase, place: Location, uniform: NDArray[np.float64]
) -> NDArray[np.int16]:
    """Draw services of the location's field by their yearly appointments."""
    codes = {s.id: code for code, s in enumerate(case.services) if s.area == place.area}
    volumes = {
        codes[d.service]: d.requests_per_year * dict(d.channel_share).get(Channel.APPOINTMENT, 0.0)
        for d in case.demand
        if d.service in codes
    }
    offered = sorted((code, volume) for code, volume in volumes.items() if volume > 0)
    if not offered:
        raise EngineError(f"backlog at {place.id!r}: its area has no appointments")
    bounds = np.cumsum([volume for _code, volume in offered])
    index = np.searchsorted(bounds[:-1] / bounds[-1], uniform, side="right")
    return np.array([code for code, _volume in offered], np.int16)[index]
