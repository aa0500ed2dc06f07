"""All requests made online over warm-up and horizon, as one sorted table of causes.

Each row holds what a customer brings along (wishes, patience in days, uniform numbers), never what
becomes of it; the booking engines are pure functions of this table and the book.  About 50 bytes a
request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc

from planner.domain.case import PlanningCase
from planner.domain.demand import Channel, CustomerChoice, Demand
from planner.sim.arrival_times import DayProcesses, sample_arrivals
from planner.sim.arrivals import DayRate, busyness, is_quiet, profile_rate
from planner.sim.book_layout import BookLayout
from planner.sim.book_sites import first_choices
from planner.sim.booking_result import NO_CODE, Fate
from planner.sim.mixing import Marks
from planner.sim.streams import mark_streams, marked_uniform
from planner.units import MS_PER_DAY

LONGEST_TOLERANCE = 3_000


@dataclass(frozen=True)
class RequestTable:
    """Requests in order of (requested_ms, service, number within the day); arrays (requests,).

    Attributes
    ----------
    area, service, origin, first_location : int16
        Codes; ``first_location`` is -1 for online cases.
    requested_ms : int64
        Milliseconds after the midnight of the first simulated day.
    online : bool
        Settled online: no appointment is looked for.
    flexible : bool
        Accepts locations within travel tolerance of the first choice.
    slots : int16
        Consecutive slots that the service takes.
    notice_days, late_days, tolerance_days : int16
        Whole days from the request to the earliest day the customer could come, from that day to
        the earliest wished day, and from the wished day to the latest acceptable one.
    last_resort : bool
        Takes any free slot within the booking horizon at the last search.
    fallback : int8
        ``Fate`` of a customer who gives up: ``WALK_IN``, ``CALLED`` or ``LOST``.
    cancels : bool
        Cancels when booked.
    retry_u, slot_u, cancel_u, no_show_u, fallback_u : float32
        Uniform numbers of the time between searches, the slot within the day, the part of the
        lead after which a booking is cancelled, showing up, and the time of a fallback visit.
    """

    area: NDArray[np.int16]
    service: NDArray[np.int16]
    origin: NDArray[np.int16]
    first_location: NDArray[np.int16]
    requested_ms: NDArray[np.int64]
    online: NDArray[np.bool_]
    flexible: NDArray[np.bool_]
    slots: NDArray[np.int16]
    notice_days: NDArray[np.int16]
    late_days: NDArray[np.int16]
    tolerance_days: NDArray[np.int16]
    last_resort: NDArray[np.bool_]
    fallback: NDArray[np.int8]
    cancels: NDArray[np.bool_]
    retry_u: NDArray[np.float32]
    slot_u: NDArray[np.float32]
    cancel_u: NDArray[np.float32]
    no_show_u: NDArray[np.float32]
    fallback_u: NDArray[np.float32]

    def __len__(self) -> int:
        """Return the number of requests."""
        return len(self.service)

    @cached_property
    def days(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Earliest, wished and latest acceptable day, from the first simulated day on."""
        earliest = self.requested_ms // MS_PER_DAY + self.notice_days
        wished = earliest + self.late_days
        return earliest, wished, wished + self.tolerance_days


@dataclass(frozen=True)
class _Draws:
    """Raw draws: service code, instant [ms], online share and the mark of each row."""

    service: NDArray[np.int16]
    instant: NDArray[np.int64]
    online_share: NDArray[np.float64]
    mark: Marks

    def column(self, name: str) -> NDArray[np.float64]:
        return marked_uniform(self.mark, name)


def sample_requests(
    case: PlanningCase, layout: BookLayout, seed: int, replication: int
) -> RequestTable:
    """Sample the requests of all simulated days.

    Marks are known by (service, date, number of the day), so that another service, another warm-up
    or another volume leaves the other customers as they were.
    """
    draws = _draws(case, layout, seed, replication)
    area_codes = {area.id: code for code, area in enumerate(case.areas)}
    service_area = np.array([area_codes[s.area] for s in case.services], np.int16)
    area = service_area[draws.service]
    origin = _origins(case, draws)
    online = draws.column("channel") < draws.online_share
    bound = _by_area(case, [p.area for p in case.booking if p.bound_to_residence])[area]
    first = np.full(len(area), NO_CODE, np.int16)
    first[~online] = first_choices(case, area[~online], origin[~online], draws.mark[~online])
    choice = case.choice
    return RequestTable(
        area=area,
        service=draws.service,
        origin=origin,
        first_location=first,
        requested_ms=draws.instant,
        online=online,
        flexible=(draws.column("flexible") >= choice.first_site_only_share) & ~bound,
        slots=np.array([s.slots for s in case.services], np.int16)[draws.service],
        notice_days=_whole_days(draws.column("notice"), choice.notice_days),
        late_days=_late_days(draws, choice),
        tolerance_days=_tolerances(draws.column("tolerance"), choice),
        last_resort=draws.column("last_resort") < choice.last_resort_share,
        fallback=_fallbacks(draws.column("give_up"), choice),
        cancels=draws.column("cancel") < _cancelled_shares(case)[area],
        retry_u=draws.column("retry").astype(np.float32),
        slot_u=draws.column("slot").astype(np.float32),
        cancel_u=draws.column("cancel_time").astype(np.float32),
        no_show_u=draws.column("no_show").astype(np.float32),
        fallback_u=draws.column("fallback_time").astype(np.float32),
    )


def _draws(case: PlanningCase, layout: BookLayout, seed: int, replication: int) -> _Draws:
    """Draw all days and services; rows in order of instant, ties by day and service."""
    online = _online_demand(case)
    streams = mark_streams(seed, replication, "requests", [(d.service,) for d in online])
    dates = [
        case.horizon.first_day + timedelta(days=layout.first_day + day)
        for day in range(layout.simulated_days)
    ]
    processes, day = _processes(case, online, dates)
    busy = busyness(online, seed, replication, dates)
    shares = np.array([_online_shares(demand) for demand in online]).reshape(-1, 2)
    factor = shares[:, 1][processes.stream] * busy[processes.stream, day]
    arrivals = sample_arrivals(processes, streams, factor)
    instant = arrivals.time + day[arrivals.process] * MS_PER_DAY
    order = np.argsort(instant, kind="stable")
    row = processes.stream[arrivals.process][order]
    codes = {service.id: code for code, service in enumerate(case.services)}
    return _Draws(
        service=np.array([codes[d.service] for d in online], np.int16)[row],
        instant=instant[order],
        online_share=(shares[:, 0] / shares[:, 1])[row],
        mark=arrivals.mark[order],
    )


def _online_demand(case: PlanningCase) -> list[Demand]:
    """Return the demand of the services that are asked for online, in order of the service."""
    return sorted((d for d in case.demand if _online_shares(d)[1] > 0), key=lambda d: d.service)


def _online_shares(demand: Demand) -> tuple[float, float]:
    """Return the share of requests settled online and the share made online."""
    shares = dict(demand.channel_share)
    online = shares.get(Channel.ONLINE, 0.0)
    return online, online + shares.get(Channel.APPOINTMENT, 0.0)


def _processes(
    case: PlanningCase, online: list[Demand], dates: list[date]
) -> tuple[DayProcesses, NDArray[np.int64]]:
    """Return the arrival processes (row of ``online``, date) and the day number of each."""
    area = {service.id: service.area for service in case.services}
    rates: list[DayRate] = []
    known: dict[tuple[int, int, int], int] = {}
    found, days = [], []
    for number, day in enumerate(dates):
        quiet = {area.id for area in case.areas if is_quiet(case, area.id, day)}
        for row, demand in enumerate(online):
            key = (row, day.month, day.weekday())
            if key not in known:
                known[key] = len(rates)
                profile = case.profile(demand.booking_profile)
                rates.append(profile_rate(profile, day, demand.requests_per_year))
            if rates[known[key]].pieces and area[demand.service] not in quiet:
                found.append((row, day, known[key]))
                days.append(number)
    return DayProcesses.of(found, rates), np.array(days, dtype=np.int64)


def _origins(case: PlanningCase, draws: _Draws) -> NDArray[np.int16]:
    """Return the code of the district of residence, by inversion of the service's shares."""
    codes = {district.id: code for code, district in enumerate(case.districts)}
    origin = np.full(len(draws.service), NO_CODE, np.int16)
    for code, service in enumerate(case.services):
        for demand in (demand for demand in case.demand if demand.service == service.id):
            rows = np.flatnonzero(draws.service == code)
            shares = sorted(demand.origin_share)
            bounds = np.cumsum([share for _district, share in shares])[:-1]
            index = np.searchsorted(bounds, draws.column("origin")[rows], side="right")
            origin[rows] = np.array([codes[district] for district, _ in shares], np.int16)[index]
    return origin


def _by_area(case: PlanningCase, areas: list[str]) -> NDArray[np.bool_]:
    return np.array([area.id in areas for area in case.areas], np.bool_)


def _cancelled_shares(case: PlanningCase) -> NDArray[np.float64]:
    shares = {policy.area: policy.cancelled_share for policy in case.booking}
    return np.array([shares.get(area.id, 0.0) for area in case.areas])


def _whole_days(uniform: NDArray[np.float64], span: tuple[float, float]) -> NDArray[np.int16]:
    """Return whole days uniform on ``span``, both ends included."""
    low, high = span
    return np.floor(low + uniform * (high - low + 1.0)).astype(np.int16)


def _late_days(draws: _Draws, choice: CustomerChoice) -> NDArray[np.int16]:
    late = draws.column("late_wish") < choice.late_wish_share
    days = _whole_days(draws.column("late_days"), choice.late_wish_days)
    return np.where(late, days, 0).astype(np.int16)


def _tolerances(uniform: NDArray[np.float64], choice: CustomerChoice) -> NDArray[np.int16]:
    """Return gamma tolerances in whole days, rounded down, by inversion of the distribution."""
    mean, cv = choice.tolerance_days
    if cv <= 0:
        return np.full(len(uniform), min(int(mean), LONGEST_TOLERANCE), np.int16)
    shape = cv**-2
    days = np.arange(1, LONGEST_TOLERANCE + 1)
    below = gammainc(shape, days * shape / mean)
    return np.searchsorted(below, uniform, side="right").astype(np.int16)


def _fallbacks(uniform: NDArray[np.float64], choice: CustomerChoice) -> NDArray[np.int8]:
    bounds = np.cumsum([choice.walk_in_share, choice.phone_share])
    fates = np.array([Fate.WALK_IN, Fate.CALLED, Fate.LOST], np.int8)
    return fates[np.searchsorted(bounds, uniform, side="right")]
