"""Random small books: every feature of the law, times on a grid so that most events tie."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from planner.domain.demand import BookingPolicy, CustomerChoice, ReleaseTranche
from planner.domain.place import OpeningHours
from planner.sim.booking import booking_problem
from planner.sim.booking_law import BookingOutcome, BookingProblem, SearchRules
from planner.units import MS_PER_DAY, MS_PER_MINUTE
from tests.booking.cases import ALWAYS, Site, a_case, a_demand, a_service


def a_random_book(number: int, grid_minutes: int) -> BookingProblem:
    """Return random book ``number``; requests are made on a grid of minutes (0: as sampled)."""
    draw = np.random.default_rng(number)
    case = a_case(
        sites=_sites(draw),
        services=(a_service("card"), a_service("passport", slots=2), a_service("title", slots=3)),
        demand=tuple(
            a_demand(name, float(draw.integers(2, 14)), online=0.1, cv=0.4)
            for name in ("card", "passport", "title")
        ),
        choice=_choice(draw),
        policies=(_policy(draw),),
    )
    problem, _rows = booking_problem(case, seed=number, replication=0)
    step = MS_PER_MINUTE * grid_minutes
    if step:
        asked = problem.requests
        tied = replace(
            asked,
            requested_ms=asked.requested_ms // step * step,
            cancel_u=(np.floor(asked.cancel_u * 4) / 4).astype(np.float32),
        )
        problem = replace(problem, requests=tied)
    low = float(draw.integers(0, 3)) * MS_PER_DAY / 2
    span = float(draw.integers(0, 2)) * MS_PER_DAY
    rules = SearchRules(
        attempts=problem.rules.attempts,
        retry_low_ms=low,
        retry_span_ms=span,
        minimum_notice_ms=int(draw.choice([0, 60, 60, 1440])) * MS_PER_MINUTE,
        morning_ms=int(draw.choice([0, 420, 480])) * MS_PER_MINUTE,
    )
    return replace(problem, rules=rules)


def differences(one: BookingOutcome, other: BookingOutcome) -> dict[str, int]:
    """Return how many entries differ, by column; empty where the outcomes are equal."""
    counts = {
        field.name: int((getattr(one, field.name) != getattr(other, field.name)).sum())
        for field in fields(BookingOutcome)
    }
    return {name: count for name, count in counts.items() if count}


def _sites(draw: np.random.Generator) -> tuple[Site, ...]:
    weekdays = OpeningHours(weekly=(ALWAYS.weekly[0],) * 5 + ((),) * 2)
    sites = []
    for name in "abcd"[: draw.integers(1, 5)]:
        first = (480, 480 + 30 * int(draw.integers(1, 7)), int(draw.integers(1, 4)))
        second = (720, 720 + 30 * int(draw.integers(1, 5)), 1)
        windows = (first, second) if draw.random() < 0.5 else (first,)
        step = int(draw.choice([15, 30]))
        sites.append(Site(name, windows, step, opening=ALWAYS if draw.random() < 0.5 else weekdays))
    return tuple(sites)


def _choice(draw: np.random.Generator) -> CustomerChoice:
    return CustomerChoice(
        first_site_only_share=0.4,
        travel_tolerance_minutes=float(draw.choice([0, 10, 20])),
        late_wish_share=0.3,
        late_wish_days=(2.0, 6.0),
        notice_days=(0.0, 2.0),
        tolerance_days=(float(draw.integers(1, 12)), 0.6),
        attempts=int(draw.integers(1, 5)),
        retry_days=(0.5, 2.0),
        last_resort_share=0.5,
        walk_in_share=0.3,
        phone_share=0.3,
    )


def _policy(draw: np.random.Generator) -> BookingPolicy:
    return BookingPolicy(
        area="residents",
        horizon_days=int(draw.integers(2, 15)),
        bound_to_residence=bool(draw.random() < 0.2),
        tranches=(
            ReleaseTranche(0.6, int(draw.integers(5, 16)), 0),
            ReleaseTranche(0.3, 0, 420),
            ReleaseTranche(0.1, 0, 600),
        ),
        overbooking_share=float(draw.choice([0.0, 0.15])),
        no_show_by_lead=((3.0, 0.07), (10.0, 0.1)),
        cancelled_share=0.3,
    )
