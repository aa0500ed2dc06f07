"""A small made-up case with roster, requirement, findings and measures, and its run folder.

All numbers are synthetic and follow simple formulas, so that expected values can be read off.
``Size`` makes the same thing as large as a city.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

import pandas as pd

from planner.domain.case import (
    Area,
    Confidence,
    Costs,
    Observation,
    PlanningCase,
    Publication,
    ShiftRules,
    SimulationSettings,
    SourcedValue,
)
from planner.domain.demand import CustomerChoice, Demand
from planner.domain.horizon import Holiday, Horizon
from planner.domain.place import District, Interval, Location, LocationKind, OpeningHours
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import Finding, Severity
from planner.domain.service import Discipline, Service, ServiceTime, TimeFamily
from planner.domain.staff import AbsenceModel, Employee
from planner.domain.target import Sense, Target
from planner.results.decision_frames import decision_frames
from planner.results.frames import RunParts, run_tables
from planner.results.manifest import Manifest, case_facts
from planner.results.repair_frames import changes_frame, locks_frame, stand_ins_frame
from planner.results.store import write_run
from tests.results.decision_builders import some_decisions
from tests.results.measure_builders import some_customers, some_measures

MONDAY = date(2024, 4, 29)  # the Wednesday, 1 May, is a public holiday

#: Sites of the made-up city: name, district, area, kind, latitude, longitude, desks.
SITES = (
    ("City", "mitte", "residents", "counter", 53.5527, 10.0044, 18),
    ("Altona", "altona", "residents", "counter", 53.5478, 9.9332, 14),
    ("Ausländer Mitte", "mitte", "foreigners", "counter", 53.5544, 9.9845, 10),
    ("Telefon 115", "mitte", "phone", "phone", 53.55, 10.0, 30),
    ("Wandsbek", "wandsbek", "residents", "counter", 53.5717, 10.0708, 14),
    ("Alstertal", "wandsbek", "residents", "counter", 53.6519, 10.0918, 8),
    ("Mitte", "mitte", "residents", "counter", 53.5544, 9.9845, 20),
    ("Billstedt", "mitte", "residents", "counter", 53.5405, 10.1068, 10),
    ("Blankenese", "altona", "residents", "counter", 53.5643, 9.8134, 6),
    ("Eimsbüttel", "eimsbuettel", "residents", "counter", 53.5747, 9.9790, 16),
    ("Niendorf", "eimsbuettel", "residents", "counter", 53.6207, 9.9536, 10),
    ("Nord", "nord", "residents", "counter", 53.5894, 9.9834, 14),
    ("Barmbek-Uhlenhorst", "nord", "residents", "counter", 53.5859, 10.0440, 12),
    ("Langenhorn", "nord", "residents", "counter", 53.6498, 10.0136, 8),
    ("Rahlstedt", "wandsbek", "residents", "counter", 53.6018, 10.1569, 10),
    ("Bramfeld", "wandsbek", "residents", "counter", 53.613, 10.077, 7),
    ("Walddörfer", "wandsbek", "residents", "counter", 53.649, 10.163, 5),
    ("Bergedorf", "bergedorf", "residents", "counter", 53.4887, 10.2065, 14),
    ("Harburg", "harburg", "residents", "counter", 53.4591, 9.9780, 16),
    ("Süderelbe", "harburg", "residents", "counter", 53.4693, 9.8530, 8),
    ("Mobiles Team Süd", "harburg", "residents", "mobile", 53.45, 9.93, 4),
    ("Ausländer Altona", "altona", "foreigners", "counter", 53.5478, 9.9332, 8),
    ("Ausländer Eimsbüttel", "eimsbuettel", "foreigners", "counter", 53.5747, 9.9790, 8),
    ("Ausländer Nord", "nord", "foreigners", "counter", 53.5894, 9.9834, 8),
    ("Ausländer Wandsbek", "wandsbek", "foreigners", "counter", 53.5717, 10.0708, 10),
    ("Ausländer Bergedorf", "bergedorf", "foreigners", "counter", 53.4887, 10.2065, 6),
    ("Ausländer Harburg", "harburg", "foreigners", "counter", 53.4591, 9.9780, 8),
    ("Ausländer Zentrale", "mitte", "foreigners", "counter", 53.5600, 10.0200, 20),
)
DISTRICTS = {
    "mitte": "Hamburg-Mitte",
    "altona": "Altona",
    "eimsbuettel": "Eimsbüttel",
    "nord": "Hamburg-Nord",
    "wandsbek": "Wandsbek",
    "bergedorf": "Bergedorf",
    "harburg": "Harburg",
}
SKILLS = {"residents": "residents", "foreigners": "foreigners", "phone": "phone"}


@dataclass(frozen=True)
class Size:
    """How many sites, and how many employees at each."""

    sites: int = 4
    staff: int = 4


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """A stand-in for a rule: never broken by itself."""

    hours: float = 50.0
    severity: Severity = Severity.HARD
    id: ClassVar[str] = "weekly_hours"

    def statement(self, language: str) -> str:
        """Return the rule in a sentence."""
        if language == "de":
            return f"Niemand arbeitet mehr als {self.hours:g} Stunden in der Woche."
        return f"Nobody works more than {self.hours:g} hours a week."

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield nothing."""
        yield from ()


@dataclass(frozen=True, slots=True)
class HomeFirst(WeeklyHours):
    """A stand-in for a soft rule."""

    severity: Severity = Severity.SOFT
    id: ClassVar[str] = "home_first"


def a_case(size: Size = Size()) -> PlanningCase:
    """Return a complete made-up case."""
    locations = tuple(sorted((_location(*site) for site in SITES[: size.sites]), key=_id))
    areas = sorted({place.area for place in locations})
    return PlanningCase(
        name="made-up",
        title_de="Erfundener Fall",
        title_en="Made-up case",
        horizon=Horizon(MONDAY, 7, "Europe/Berlin", 30, (Holiday(date(2024, 5, 1), "Erster Mai"),)),
        areas=tuple(Area(a, AREA_NAMES[a][0], AREA_NAMES[a][1]) for a in areas),
        districts=tuple(District(d, DISTRICTS[d], 100_000) for d in sorted(DISTRICTS)),
        locations=locations,
        services=tuple(_services(areas)),
        profiles=(),
        demand=(Demand("passport", 52_000.0, (), (), "p", "p"),),
        choice=CustomerChoice(1.0, 0.0, 0.0, (0, 0), (0, 0), (1, 0), 1, (1, 1), 0.0, 0.0, 0.0),
        location_choice=(),
        travel_minutes=(),
        booking=(),
        appointment_desks=(),
        patience=(),
        discipline=Discipline(),
        employees=tuple(sorted(_staff(locations, size.staff), key=_id)),
        training_speed=0.5,
        absence=AbsenceModel(0.03, 0.3),
        shifts=ShiftRules(30, 240, 630, 390, 1170),
        rules=(HomeFirst(), WeeklyHours()),
        targets=(
            Target(
                "wait_within_target", "location", "residents", "walk_in", Sense.AT_LEAST, 0.8, 30
            ),
            Target("lead_booked_mean", "city", "residents", "appointment", Sense.AT_MOST, 14.0),
            Target("answered_within_30s", "phone", "phone", "phone", Sense.AT_LEAST, 0.75),
        ),
        costs=Costs(4800),
        simulation=SimulationSettings(20, 12),
        sources=SOURCES,
        bibliography=(Publication("AB-2023", "Abendblatt", "2023-04", "abendblatt.example/lead"),),
        observations=OBSERVATIONS,
        fingerprint="0" * 64,
    )


AREA_NAMES = {
    "residents": ("Einwohnerangelegenheiten", "Residents' affairs"),
    "foreigners": ("Ausländerangelegenheiten", "Foreigners' affairs"),
    "phone": ("Telefon 115", "Phone 115"),
}
SOURCES = (
    SourcedValue("absence.rate", "0.03", "share", Confidence.ASSUMED, "", "no source", 0.01, 0.06),
    SourcedValue("booking.horizon_days", "60", "days", Confidence.PUBLISHED, "AB-2023", ""),
    SourcedValue(
        "demand.requests", "630000", "1/year", Confidence.DERIVED, "AB-2023", "12 × month"
    ),
)
_CITY = ("city", "city", "residents", "appointment", "lead_booked_mean")
OBSERVATIONS = (
    Observation("V1", *_CITY, "March 2023", "8.68 d", 7.0, 10.5, "AB-2023", "Senate's definition"),
    Observation("V2", *_CITY, "December 2024", "11 d", 10.0, 13.0, "AB-2023", ""),
    Observation("V3", *_CITY, "March 2016", "60 d", 55.0, 60.0, "AB-2023", "other staffing"),
    Observation(
        "V4", "city", "city", "all", "all", "visitors", "2024", "many", 1, 2, "AB-2023", ""
    ),
)


def a_roster(case: PlanningCase) -> Roster:
    """Return five shifts a week for everybody, early and late in turn, absences kept free."""
    assignments = []
    for number, employee in enumerate(case.employees):
        for day in case.horizon.dates[:5]:
            if employee.available(day, case.horizon):
                early = (number + day.toordinal()) % 2 == 0
                assignments.append(_shift(case, employee, day, early))
    return Roster.of(assignments)


def a_requirement(case: PlanningCase) -> Requirement:
    """Return a requirement with a morning peak at every site, and back office at counters."""
    slots, presence, back_office = [], [], []
    for place in case.locations:
        for day in case.horizon.dates:
            for interval in place.opening.on(day, case.horizon):
                for start in range(interval.start_minute, interval.end_minute, 30):
                    desks = _peak(start, place.desks)
                    skill = SKILLS[place.area]
                    slots.append(SlotRequirement(place.id, day, start, skill, desks))
                    presence.append(SlotRequirement(place.id, day, start, "", 2))
        back_office.append((place.id, 600))
    return Requirement(30, tuple(sorted(slots)), tuple(back_office), tuple(sorted(presence)))


def some_findings(case: PlanningCase) -> tuple[Finding, ...]:
    """Return two findings of a soft rule."""
    place, person = case.locations[0].id, case.employees[0].id
    first = ("home_first", Severity.SOFT, person, place)
    return (
        Finding(*first, MONDAY, 2.0, 1.0, "days", 5.0, f"{person} arbeitet auswärts.", "Away."),
        Finding(*first, None, 2.0, 1.0, "days", 2.5, "Zwei Tage auswärts.", "Two days away."),
    )


@dataclass(frozen=True)
class WeekHours:
    """Counter hours of one location behind its lead-time target."""

    location: str
    requests_per_week: float
    slots_per_week: float
    needed_hours: float
    nominal_hours: float

    @property
    def missing_hours(self) -> float:
        """Hours needed beyond the nominal ones."""
        return self.needed_hours - self.nominal_hours


def parts_of(case: PlanningCase) -> RunParts:
    """Return all parts of a plan run of ``case``."""
    return RunParts(
        case=case,
        measures=some_measures(case),
        customers=some_customers(),
        roster=a_roster(case),
        requirement=a_requirement(case),
        findings=some_findings(case),
        terms=(("coverage", 1250.0), ("travel", 7.5), ("mystery", 1.0)),
        words={
            "coverage": ("Fehlende Arbeitsplatzstunden", "Missing desk hours"),
            "travel": ("Einsätze fern vom Stammort", "Shifts away from home"),
        },
        counter_hours=(
            WeekHours(case.locations[0].id, 400, 410, 102, 90),
            WeekHours("elsewhere", 100, 104, 26, 30),
        ),
        more=_repair_tables(case) | decision_frames(some_decisions(case.locations[0].id)),
    )


def _repair_tables(case: PlanningCase) -> dict[str, pd.DataFrame]:
    who, day = case.employees[0].id, case.horizon.first_day
    change = (who, day.isoformat(), "", "south 08:00-12:00", "stand_in", "springt ein", "helps")
    stand_in = (1, who, True, 12.5, "", "residents", 2.0, 0.0, 0.0, 0.0, "nah", "near")
    return {
        "changes": changes_frame([change]),
        "stand_ins": stand_ins_frame([stand_in]),
        "locks": locks_frame([(who, day)]),
    }


def a_manifest(case: PlanningCase, command: str = "plan") -> Manifest:
    """Return the manifest of a plan run of ``case``."""
    return Manifest(
        run_id="made-up-20240429-1",
        command=command,
        command_line="planner plan made-up.yaml",
        created_utc="2024-04-22T06:00:00Z",
        case=case.name,
        case_hash=case.fingerprint,
        case_facts=case_facts(case),
        seed=1,
        seeds={"workload": 1, "verification": 2},
        engine="compiled",
        replications=20,
        status="feasible",
        objective=1258.5,
        bound=1200.0,
        gap=0.0465,
        terms={"coverage": 1250.0, "travel": 7.5, "mystery": 1.0},
        effort={"seconds": 150},
        seconds={"requirement": 12.5, "roster": 150.2, "verification": 20.0},
        versions={"python": "3.11", "planner": "0.1.0"},
        warnings=("No appointment desks given for city.",),
    )


def a_run(directory: Path, size: Size = Size()) -> Path:
    """Write the run folder of a made-up plan at ``directory`` and return it."""
    case = a_case(size)
    return write_run(directory, run_tables(parts_of(case)), a_manifest(case), "name: made-up\n")


def _id(item: Location | Employee) -> str:
    return item.id


def _location(
    name: str, district: str, area: str, kind: str, latitude: float, longitude: float, desks: int
) -> Location:
    hours = Interval(8 * 60, 18 * 60) if kind == "phone" else Interval(8 * 60, 16 * 60)
    late = hours if kind == "phone" else Interval(10 * 60, 19 * 60)
    week = ((hours,), (late,), (hours,), (late,), (Interval(7 * 60, 13 * 60),), (), ())
    return Location(
        id=name.lower().replace(" ", "-"),
        name=name,
        district=district,
        area=area,
        kind=LocationKind(kind),
        latitude=latitude,
        longitude=longitude,
        desks=desks,
        opening=OpeningHours(week),
        back_office_share=0.2,
    )


def _services(areas: list[str]) -> Iterator[Service]:
    time = ServiceTime(TimeFamily.GAMMA, 12.0, 0.5)
    for area in areas:
        yield Service(f"{area}-case", "Anliegen", "Case", area, SKILLS[area], time)
        if area == "residents":
            yield Service("collection", "Abholung", "Collection", area, "reception", time)
            yield Service("passport", "Reisepass", "Passport", area, SKILLS[area], time)


def _staff(locations: tuple[Location, ...], staff: int) -> Iterator[Employee]:
    for place in locations:
        near = tuple(o.id for o in locations if o.area == place.area and o.id != place.id)[:2]
        for number in range(staff):
            absent = (MONDAY,) if number % 4 == 3 else ()
            yield Employee(
                id=f"{place.id}-{number:02d}",
                contract_minutes=2340 if number % 3 else 1170,
                band_minutes=120,
                max_days=5,
                home=place.id,
                locations=(place.id, *near),
                skills=(SKILLS[place.area], "reception"),
                weekdays=(0, 1, 2, 3, 4) if number % 3 else (0, 1, 2),
                absent=absent,
                trainee=number == 0,
            )


def _shift(case: PlanningCase, employee: Employee, day: date, early: bool) -> Assignment:
    away = day.weekday() == 1 and employee.id.endswith("1") and len(employee.locations) > 1
    place = employee.locations[1] if away else employee.home
    start = (7 if early else 10) * 60
    skill = employee.skills[0]
    serving = Activity.PHONE if skill == "phone" else Activity.COUNTER
    pieces = (
        Piece(start, start + 60, Activity.BACK_OFFICE),
        Piece(start + 60, start + 270, serving, skill),
        Piece(start + 270, start + 300, Activity.BREAK),
        Piece(start + 300, start + 510, serving, skill),
    )
    return Assignment(employee.id, day, place, start, start + 510, pieces)


def _peak(minute: int, desks: int) -> int:
    share = 0.35 + 0.3 * math.exp(-(((minute - 600) / 90) ** 2))
    return max(1, round(desks * share * 0.5))
