"""A small explained case for the rules, and shifts in one line.

Week of Monday, 25 March 2024: Good Friday is the 29th, and the clock goes forward in the night to
Sunday the 31st.  Two sites, north and south, open 08:00-16:00 on weekdays and Saturday, two desks
each.  Anna (residents, reception) may work at both, Ben (residents, a trainee) only in the north.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from planner.domain.case import Area, Costs, PlanningCase, ShiftRules, SimulationSettings
from planner.domain.demand import CustomerChoice
from planner.domain.horizon import Holiday, Horizon
from planner.domain.place import District, Interval, Location, LocationKind, OpeningHours
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import RosterRule, Severity
from planner.domain.service import Discipline, Service, ServiceTime, TimeFamily
from planner.domain.staff import AbsenceModel, Employee, Wish, WishKind
from planner.rules.registry import default_rules

MONDAY = date(2024, 3, 25)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (
    MONDAY + timedelta(days=n) for n in range(1, 7)
)
OPEN = (Interval(8 * 60, 16 * 60),)

ANNA = Employee(
    id="anna",
    contract_minutes=1500,
    band_minutes=60,
    max_days=3,
    home="north",
    locations=("north", "south"),
    skills=("residents", "reception"),
    weekdays=(0, 1, 2, 3, 4, 5),
    absent=(TUESDAY,),
    wishes=(Wish(WEDNESDAY, WishKind.DAY_OFF), Wish(THURSDAY, WishKind.EARLY, 2.0)),
    travel_balance=0.5,
    refused_balance=0.5,
)
BEN = Employee(
    id="ben",
    contract_minutes=960,
    band_minutes=60,
    max_days=2,
    home="north",
    locations=("north",),
    skills=("residents",),
    weekdays=(0, 1, 2, 3, 5),
    wishes=(Wish(MONDAY, WishKind.LATE),),
    trainee=True,
    saturday_balance=1.0,
)


def a_case(*rules: RosterRule, staff: tuple[Employee, ...] = (ANNA, BEN)) -> PlanningCase:
    """Return the case; the default rules unless others are given."""
    time = ServiceTime(TimeFamily.GAMMA, 15.0, 0.5)
    return PlanningCase(
        name="two-sites",
        title_de="Zwei Standorte",
        title_en="Two sites",
        horizon=Horizon(MONDAY, 7, "Europe/Berlin", 30, (Holiday(FRIDAY, "Karfreitag"),)),
        areas=(Area("residents", "Einwohner", "Residents"),),
        districts=(District("d", "D", 1000),),
        locations=(_location("north"), _location("south")),
        services=tuple(
            Service(skill, skill, skill, "residents", skill, time)
            for skill in ("reception", "residents")
        ),
        profiles=(),
        demand=(),
        choice=CustomerChoice(1.0, 0.0, 0.0, (0, 0), (0, 0), (1, 0), 1, (1, 1), 0.0, 0.0, 0.0),
        location_choice=(),
        travel_minutes=(("north", "south", 30.0), ("south", "north", 30.0)),
        booking=(),
        appointment_desks=(),
        patience=(),
        discipline=Discipline(),
        employees=staff,
        training_speed=0.5,
        absence=AbsenceModel(0.0, 0.0),
        shifts=ShiftRules(30, 240, 630, 450, 1110),
        rules=rules or default_rules(),
        targets=(),
        costs=Costs(4800),
        simulation=SimulationSettings(1, 1),
        sources=(),
        bibliography=(),
        observations=(),
        fingerprint="",
    )


def _location(name: str) -> Location:
    weekly = (OPEN,) * 6 + ((),)
    return Location(
        id=name,
        name=name.title(),
        district="d",
        area="residents",
        kind=LocationKind.COUNTER,
        latitude=53.5,
        longitude=10.0,
        desks=2,
        opening=OpeningHours(weekly),
        minimum_presence=1,
    )


def a_requirement() -> Requirement:
    """Return one desk in the north on Monday 09:00-10:00, one person present, an hour behind."""
    desks = tuple(SlotRequirement("north", MONDAY, m, "residents", 1) for m in (540, 570))
    present = tuple(SlotRequirement("north", MONDAY, m, "", 1) for m in (540, 570))
    return Requirement(30, desks, (("north", 60),), present)


def minute(clock: str) -> int:
    """Return ``HH:MM`` as minutes after midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def shift(employee: str, day: date, text: str, place: str = "north") -> Assignment:
    """Return a shift from e.g. ``08:00 counter 12:00 break 12:30 back_office 16:00``.

    Counters serve ``residents``, receptions ``reception``.
    """
    words = text.split()
    pieces = []
    for start, activity, end in zip(words[::2], words[1::2], words[2::2], strict=False):
        skill = {"counter": "residents", "reception": "reception", "phone": "phone"}.get(
            activity, ""
        )
        pieces.append(Piece(minute(start), minute(end), Activity(activity), skill))
    return Assignment(employee, day, place, minute(words[0]), minute(words[-1]), tuple(pieces))


def roster(*shifts: Assignment) -> Roster:
    """Return the shifts as a roster."""
    return Roster.of(list(shifts))


def with_severity(rule: RosterRule, severity: Severity) -> RosterRule:
    """Return ``rule`` with another severity."""
    changed: RosterRule = replace(rule, severity=severity)  # type: ignore[type-var]
    return changed
