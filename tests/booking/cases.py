"""Small cases for the booking stage, with readable defaults; everything else by ``replace``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from planner.domain.case import Area, Costs, PlanningCase, ShiftRules, SimulationSettings
from planner.domain.demand import (
    AppointmentDesks,
    BookingPolicy,
    Channel,
    CustomerChoice,
    Demand,
    Profile,
    ReleaseTranche,
)
from planner.domain.horizon import Horizon
from planner.domain.place import District, Interval, Location, LocationKind, OpeningHours
from planner.domain.service import Discipline, Service, ServiceTime, TimeFamily
from planner.domain.staff import AbsenceModel

MONDAY = date(2024, 4, 15)
ALWAYS = OpeningHours(weekly=((Interval(0, 1440),),) * 7)
FLAT = Profile("flat", (1.0,) * 12, (1.0,) * 7, (((0, 1440, 1.0),),) * 7)
PATIENT = CustomerChoice(
    first_site_only_share=1.0,
    travel_tolerance_minutes=0.0,
    late_wish_share=0.0,
    late_wish_days=(0.0, 0.0),
    notice_days=(0.0, 0.0),
    tolerance_days=(3000.0, 0.0),
    attempts=1,
    retry_days=(1.0, 1.0),
    last_resort_share=0.0,
    walk_in_share=0.0,
    phone_share=0.0,
)
FREE_POLICY = BookingPolicy(
    area="residents",
    horizon_days=30,
    bound_to_residence=False,
    tranches=(ReleaseTranche(1.0, 3000, 0),),
    overbooking_share=0.0,
    no_show_by_lead=(),
    cancelled_share=0.0,
)


@dataclass(frozen=True)
class Site:
    """A location and its appointment desks, the same every weekday: (start, end, desks) [min]."""

    id: str
    windows: tuple[tuple[int, int, int], ...]
    slot_minutes: int = 30
    district: str = "north"
    area: str = "residents"
    kind: LocationKind = LocationKind.COUNTER
    opening: OpeningHours = ALWAYS


def a_service(name: str, slots: int = 1, area: str = "residents") -> Service:
    """Return a service; its work content does not matter here."""
    return Service(
        name, name, name, area, area, ServiceTime(TimeFamily.EXPONENTIAL, 10.0, 1.0), slots
    )


def a_demand(service: str, per_day: float, online: float = 0.0, cv: float = 0.0) -> Demand:
    """Return ``per_day`` requests a day for appointments (and a share of ``online`` cases)."""
    return Demand(
        service=service,
        requests_per_year=per_day * 365.25,
        channel_share=((Channel.ONLINE, online), (Channel.APPOINTMENT, 1.0 - online)),
        origin_share=(("north", 0.6), ("south", 0.4)),
        booking_profile="flat",
        walk_in_profile="flat",
        busyness_cv=cv,
    )


def a_location(site: Site) -> Location:
    """Return the location of ``site``."""
    return Location(
        id=site.id,
        name=site.id,
        district=site.district,
        area=site.area,
        kind=site.kind,
        latitude=53.5,
        longitude=10.0,
        desks=10,
        opening=site.opening,
        slot_minutes=site.slot_minutes,
    )


def a_case(
    sites: tuple[Site, ...] = (Site("a", ((480, 600, 2),)),),
    services: tuple[Service, ...] = (a_service("card"),),
    demand: tuple[Demand, ...] = (a_demand("card", 5.0),),
    choice: CustomerChoice = PATIENT,
    policies: tuple[BookingPolicy, ...] = (FREE_POLICY,),
) -> PlanningCase:
    """Return a case whose book starts two weeks before the horizon."""
    return PlanningCase(
        name="booking",
        title_de="",
        title_en="",
        horizon=Horizon(MONDAY, 7, "Europe/Berlin", 30),
        areas=(Area("foreigners", "", ""), Area("phone", "", ""), Area("residents", "", "")),
        districts=(District("north", "", 1000), District("south", "", 1000)),
        locations=tuple(a_location(site) for site in sorted(sites, key=lambda site: site.id)),
        services=tuple(sorted(services, key=lambda service: service.id)),
        profiles=(FLAT,),
        demand=demand,
        choice=choice,
        location_choice=(),
        travel_minutes=tuple(
            (a.id, b.id, 10.0 * abs(i - j))
            for i, a in enumerate(sites)
            for j, b in enumerate(sites)
            if a.area == b.area and a != b
        ),
        booking=policies,
        appointment_desks=tuple(
            AppointmentDesks(site.id, weekday, *window)
            for site in sites
            for weekday in range(7)
            for window in site.windows
        ),
        patience=(),
        discipline=Discipline(),
        employees=(),
        training_speed=0.5,
        absence=AbsenceModel(0.0, 0.0),
        shifts=ShiftRules(30, 240, 600, 360, 1200),
        rules=(),
        targets=(),
        costs=Costs(4800),
        simulation=SimulationSettings(replications=2, booking_weeks=2),
        sources=(),
        bibliography=(),
        observations=(),
        fingerprint="",
    )


def a_fcfs_book(
    slots: int, requests: float, days: int, sites: int = 1, longest: int = 400
) -> PlanningCase:
    """Return the first-come book of the literature: Poisson requests, ``slots`` a day and site.

    The first bookable day is the next one; slots are at 0:30, requests come from 9:00 to 23:30, so
    that mornings are observed before the day's requests.
    """
    places = tuple(Site(f"s{number:03d}", ((30, 60, slots),)) for number in range(sites))
    case = a_case(
        sites=places,
        demand=(a_demand("card", requests * sites),),
        choice=replace(PATIENT, notice_days=(1.0, 1.0)),
        policies=(replace(FREE_POLICY, horizon_days=longest),),
    )
    evening = Profile("flat", (1.0,) * 12, (1.0,) * 7, (((540, 1410, 1.0),),) * 7)
    return replace(
        case,
        profiles=(evening,),
        horizon=replace(case.horizon, days=days),
        simulation=replace(case.simulation, booking_weeks=0),
    )
