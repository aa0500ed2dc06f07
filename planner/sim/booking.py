"""The booking stage: from a case and a seed to the appointments with which the week starts.

The book of the whole city is played over the warm-up weeks and the horizon.  The order of events
is the law in ``booking_law``; two engines keep it, row for row.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.demand import Channel
from planner.errors import EngineError
from planner.sim.book_backlog import NO_BACKLOG, with_backlog
from planner.sim.book_layout import BookLayout, DeskScale, book_layout
from planner.sim.book_sites import site_lists
from planner.sim.booking_compiled import run_compiled
from planner.sim.booking_fallback import extra_arrivals
from planner.sim.booking_law import (
    BookingEngine,
    BookingOutcome,
    BookingProblem,
    Ending,
    SearchRules,
)
from planner.sim.booking_result import (
    NO_LEAD,
    NO_TIME,
    Appointments,
    BookingResult,
    Fate,
    RequestFates,
)
from planner.sim.booking_simpy import run_simpy
from planner.sim.requests import RequestTable, sample_requests
from planner.units import MS_PER_DAY

ENGINES: Mapping[str, BookingEngine] = {"simpy": run_simpy, "compiled": run_compiled}


def simulate_booking(
    case: PlanningCase,
    seed: int,
    replication: int,
    engine: str = "compiled",
    backlog: Mapping[str, int] = NO_BACKLOG,
    scale: DeskScale | None = None,
) -> BookingResult:
    """Play one replication of the booking stage.

    Parameters
    ----------
    seed, replication : int
        Name the random streams.
    engine : str
        ``simpy`` (the reference) or ``compiled`` (which runs as plain Python without numba).
    backlog : mapping of location id to number
        Bookings ahead with which the book starts, beside those listed in the case.
    scale : callable (location code, day of the horizon) -> factor, optional
        Factor on the appointment desks: capacity that changes from day to day.

    Raises
    ------
    EngineError
        For an unknown engine, or when appointments are asked for without booking policy.
    """
    check_engine(engine)
    problem, backlog_rows = booking_problem(case, seed, replication, backlog, scale)
    return booking_result(case, problem, ENGINES[engine](problem), backlog_rows)


def play_requests(
    case: PlanningCase,
    layout: BookLayout,
    requests: RequestTable,
    engine: str = "compiled",
    backlog_rows: int = 0,
) -> BookingResult:
    """Play requests that are there already, sampled for another scenario or stored.

    ``layout`` is ``book_layout(case)``.

    Raises
    ------
    EngineError
        As in ``simulate_booking``.
    """
    check_engine(engine)
    _check_policies(case)
    problem = problem_of(case, layout, requests)
    return booking_result(case, problem, ENGINES[engine](problem), backlog_rows)


def booking_problem(
    case: PlanningCase,
    seed: int,
    replication: int,
    backlog: Mapping[str, int] = NO_BACKLOG,
    scale: DeskScale | None = None,
) -> tuple[BookingProblem, int]:
    """Return what an engine needs for one replication, and the number of backlog rows in it."""
    _check_policies(case)
    layout = book_layout(case, scale)
    requests, backlog_rows = asked_for(case, layout, (seed, replication), backlog)
    return problem_of(case, layout, requests), backlog_rows


def asked_for(
    case: PlanningCase,
    layout: BookLayout,
    draw: tuple[int, int],
    backlog: Mapping[str, int] = NO_BACKLOG,
) -> tuple[RequestTable, int]:
    """Return the requests of one replication, and how many of the first ones are booked ahead."""
    return with_backlog(case, sample_requests(case, layout, *draw), backlog, draw)


def problem_of(case: PlanningCase, layout: BookLayout, requests: RequestTable) -> BookingProblem:
    """Return what an engine needs to play these requests, sampled or stored, in this book."""
    low, high = case.choice.retry_days
    rules = SearchRules(
        attempts=case.choice.attempts,
        retry_low_ms=low * MS_PER_DAY,
        retry_span_ms=(high - low) * MS_PER_DAY,
    )
    return BookingProblem(layout, site_lists(case), requests, rules)


def booking_result(
    case: PlanningCase, problem: BookingProblem, outcome: BookingOutcome, backlog_rows: int = 0
) -> BookingResult:
    """Translate the outcome of an engine into codes and times of the case."""
    layout, table = problem.layout, problem.requests
    fates = _fates(case, problem, outcome)
    return BookingResult(
        requests=fates,
        appointments=_appointments(case, table, fates),
        extra_walk_ins=extra_arrivals(case, table, fates, Fate.WALK_IN),
        extra_calls=extra_arrivals(case, table, fates, Fate.CALLED),
        third_next=_mean_third_next(layout, outcome.third_next),
        third_next_by_day=outcome.third_next,
        capacity=layout.capacity[: layout.simulated_days],
        first_day=layout.first_day,
        last_day=case.horizon.days,
        backlog_rows=backlog_rows,
    )


def check_engine(engine: str) -> None:
    """Refuse an unknown booking engine.

    Raises
    ------
    EngineError
        Naming those there are.
    """
    if engine not in ENGINES:
        raise EngineError(f"booking engine {engine!r}: must be one of {', '.join(ENGINES)}")


def _check_policies(case: PlanningCase) -> None:
    """Refuse, by name, appointments in a field of work without booking policy."""
    known = {policy.area for policy in case.booking}
    for demand in case.demand:
        area = case.service(demand.service).area
        asked = dict(demand.channel_share).get(Channel.APPOINTMENT, 0.0) * demand.requests_per_year
        if asked > 0 and area not in known:
            raise EngineError(
                f"service {demand.service!r} takes appointments, but area {area!r} has no entry "
                f"under booking; add one or set share_appointment to 0"
            )


def _fates(case: PlanningCase, problem: BookingProblem, outcome: BookingOutcome) -> RequestFates:
    layout, table = problem.layout, problem.requests
    booked = outcome.ending == Ending.BOOKED
    shift = layout.first_day * MS_PER_DAY
    weekday = layout.weekday[outcome.day]
    start_ms = layout.start_ms[outcome.site, weekday, outcome.slot]
    booked_ms = outcome.day.astype(np.int64) * MS_PER_DAY + start_ms + shift
    lead = outcome.day - outcome.decided_ms // MS_PER_DAY
    offered = outcome.offered_day - table.requested_ms // MS_PER_DAY
    return RequestFates(
        area=table.area,
        service=table.service,
        origin=table.origin,
        first_location=table.first_location,
        requested_ms=table.requested_ms + shift,
        fate=_fate(case, table, outcome, lead),
        location=outcome.site,
        booked_ms=np.where(booked, booked_ms, NO_TIME),
        decided_ms=np.where(outcome.decided_ms >= 0, outcome.decided_ms + shift, NO_TIME),
        cancelled_ms=np.where(outcome.cancelled_ms >= 0, outcome.cancelled_ms + shift, NO_TIME),
        booked_lead_days=np.where(booked, lead, NO_LEAD).astype(np.int16),
        offered_lead_days=np.where(outcome.offered_day >= 0, offered, NO_LEAD).astype(np.int16),
        attempts=outcome.attempts,
    )


def _fate(
    case: PlanningCase, table: RequestTable, outcome: BookingOutcome, lead: NDArray[np.int64]
) -> NDArray[np.int8]:
    """Return what became of each request (B12, B13, B15, B16)."""
    shows = table.no_show_u >= _no_show_shares(case, table.area, lead)
    kept = np.where(shows, Fate.SHOWS, Fate.NO_SHOW)
    booked = np.where(outcome.cancelled_ms >= 0, Fate.CANCELLED, kept)
    fate = np.full(len(table), Fate.SEARCHING, np.int8)
    fate = np.where(outcome.ending == Ending.BOOKED, booked, fate)
    fate = np.where(outcome.ending == Ending.GAVE_UP, table.fallback, fate)
    return np.where(outcome.ending == Ending.ONLINE, Fate.ONLINE, fate).astype(np.int8)


def _no_show_shares(
    case: PlanningCase, area: NDArray[np.int16], lead: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the no-show share of each lead [days], linear between the points, flat outside."""
    shares = np.zeros(len(area))
    for code, item in enumerate(case.areas):
        for policy in (policy for policy in case.booking if policy.area == item.id):
            days, share = np.array(policy.no_show_by_lead, np.float64).reshape(-1, 2).T
            rows = area == code
            if len(days):
                shares[rows] = np.interp(lead[rows], days, share)
    return shares


def _appointments(case: PlanningCase, table: RequestTable, fates: RequestFates) -> Appointments:
    """Return the kept bookings whose time lies in the horizon, by location and time."""
    kept = (fates.fate == Fate.SHOWS) | (fates.fate == Fate.NO_SHOW)
    within = (fates.booked_ms >= 0) & (fates.booked_ms < case.horizon.days * MS_PER_DAY)
    rows = np.flatnonzero(kept & within)
    rows = rows[np.lexsort((rows, fates.booked_ms[rows], fates.location[rows]))]
    return Appointments(
        row=rows,
        location=fates.location[rows],
        service=fates.service[rows],
        origin=fates.origin[rows],
        requested_ms=fates.requested_ms[rows],
        booked_ms=fates.booked_ms[rows],
        slots=table.slots[rows],
        shows=fates.fate[rows] == Fate.SHOWS,
    )


def _mean_third_next(layout: BookLayout, third_next: NDArray[np.int16]) -> NDArray[np.float64]:
    """Return the mean over the days of the horizon by location; NaN without appointment desks."""
    mean = third_next[-layout.first_day :].mean(axis=0)
    return np.where((third_next >= 0).all(axis=0), mean, np.nan)
