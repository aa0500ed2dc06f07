"""A small planning case built by hand: a counter site, a phone line, a queue of constant desks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from planner.domain.case import (
    Area,
    Costs,
    PlanningCase,
    ShiftRules,
    SimulationSettings,
)
from planner.domain.demand import (
    AppointmentDesks,
    BookingPolicy,
    Channel,
    CustomerChoice,
    Demand,
    LocationChoice,
    Patience,
    Profile,
    ReleaseTranche,
)
from planner.domain.horizon import Horizon
from planner.domain.place import District, Interval, Location, LocationKind, OpeningHours
from planner.domain.requirement import Workload
from planner.domain.service import Discipline, Service, ServiceTime, TimeFamily
from planner.domain.staff import AbsenceModel, Employee
from planner.domain.target import Sense, Target

MONDAY = date(2024, 4, 15)
#: Monday to Wednesday 8 to 16, Thursday 8 to 16:15, closed from Friday.
DAY = (Interval(480, 960),)
WEEK = (DAY, DAY, DAY, (Interval(480, 975),), (), (), ())


def location(key: str, area: str = "residents", **changes: object) -> Location:
    """Return a counter site of six desks; ``changes`` replace its fields."""
    site = Location(
        id=key,
        name=key.title(),
        district="mitte",
        area=area,
        kind=LocationKind.COUNTER,
        latitude=53.55,
        longitude=10.0,
        desks=6,
        opening=OpeningHours(WEEK),
        back_office_share=0.25,
    )
    return replace(site, **changes)  # type: ignore[arg-type]


def service(key: str, area: str, skill: str, minutes: float) -> Service:
    """Return a service with exponential work content."""
    time = ServiceTime(TimeFamily.EXPONENTIAL, minutes, 1.0)
    return Service(key, key, key, area, skill, time)


def target(measure: str, sense: Sense, limit: float, **changes: object) -> Target:
    """Return a target for the walk-ins of residents' sites; ``changes`` replace its fields."""
    promise = Target(measure, "location", "residents", "walk_in", sense, limit)
    return replace(promise, **changes)  # type: ignore[arg-type]


WITHIN_30 = target("wait_within_target", Sense.AT_LEAST, 0.8, threshold_minutes=30.0)
ANSWERED = target(
    "answered_within_30s", Sense.AT_LEAST, 0.8, scope="phone", area="phone", channel="phone"
)


def employee(key: str, home: str, minutes: int) -> Employee:
    """Return an employee of five days a week at one location."""
    return Employee(key, minutes, 120, 5, home, (home,), ("cases", "desk"), (0, 1, 2, 3, 4))


def case(**changes: object) -> PlanningCase:
    """Return the case; ``changes`` replace its fields."""
    return replace(_base(), **changes)  # type: ignore[arg-type]


def workload(
    where: str, skill: str, walk_ins: float, appointments: float, minutes: float
) -> Workload:
    """Return constant rates per hour in the open hours of the week, on 30-minute slots."""
    rates = np.zeros((7, 48))
    for day in range(4):
        rates[day, 16:32] = 0.5
    return Workload(where, skill, rates * walk_ins, rates * appointments, minutes, 1.0)


def _base() -> PlanningCase:
    pieces = tuple(((480, 960, 1.0),) if day < 4 else () for day in range(7))
    return PlanningCase(
        name="hand",
        title_de="Von Hand",
        title_en="By hand",
        horizon=Horizon(MONDAY, 7, "Europe/Berlin", 30),
        areas=(Area("phone", "Telefon", "Phone"), Area("residents", "Bürger", "Residents")),
        districts=(District("mitte", "Mitte", 300_000),),
        locations=(
            location("hall"),
            location("line", "phone", kind=LocationKind.PHONE, desks=12, minimum_presence=1),
            location("queue", constant_desks=2),
        ),
        services=(
            service("call", "phone", "phone", 4.0),
            service("pickup", "residents", "desk", 4.0),
            service("pass", "residents", "cases", 15.0),
        ),
        profiles=(Profile("flat", (1.0,) * 12, (1.0,) * 4 + (0.0,) * 3, pieces),),
        demand=(
            Demand(
                "pass",
                10_000.0,
                ((Channel.APPOINTMENT, 0.8), (Channel.WALK_IN, 0.2)),
                (("mitte", 1.0),),
                "flat",
                "flat",
            ),
        ),
        choice=CustomerChoice(
            0.5, 30.0, 0.2, (7.0, 21.0), (0.0, 3.0), (14.0, 0.5), 3, (1.0, 3.0), 0.5, 0.3, 0.2
        ),
        location_choice=(LocationChoice("mitte", "residents", "hall", 1.0),),
        travel_minutes=(),
        booking=(
            BookingPolicy(
                "residents", 60, False, (ReleaseTranche(1.0, 60, 0),), 0.0, ((3.0, 0.07),), 0.08
            ),
        ),
        appointment_desks=tuple(AppointmentDesks("hall", day, 480, 960, 3) for day in range(4)),
        patience=(Patience("phone", 3.0),),
        discipline=Discipline(),
        employees=(employee("anna", "hall", 2340), employee("bert", "hall", 1170)),
        training_speed=0.5,
        absence=AbsenceModel(0.03, 0.3),
        shifts=ShiftRules(30, 240, 630, 390, 1170),
        rules=(),
        targets=(WITHIN_30, ANSWERED),
        costs=Costs(4800),
        simulation=SimulationSettings(4, 12),
        sources=(),
        bibliography=(),
        observations=(),
        fingerprint="0" * 64,
    )
