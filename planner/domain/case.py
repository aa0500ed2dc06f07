"""A planning case: everything a run needs, complete and checked.

Nothing downstream of a case reads a file or fills a gap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from planner.domain.capacity import CapacitySettings
from planner.domain.change import ChangePrices
from planner.domain.demand import (
    AppointmentDesks,
    BookedDay,
    BookingPolicy,
    CustomerChoice,
    Demand,
    LocationChoice,
    Patience,
    Profile,
)
from planner.domain.horizon import Horizon
from planner.domain.ledger import LedgerWeek
from planner.domain.opening_choice import OpeningChoice
from planner.domain.place import District, Location
from planner.domain.rule import GroupRule, RosterRule, RuleOrigin
from planner.domain.service import Discipline, Service
from planner.domain.staff import AbsenceModel, Employee
from planner.domain.target import Target

T = TypeVar("T", Location, Service, Profile, Employee)


class Confidence(StrEnum):
    """Where a value comes from."""

    PUBLISHED = "published"
    DERIVED = "derived"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class SourcedValue:
    """An input value with its source; ``low``/``high`` is the range for sensitivity."""

    path: str
    value: str
    unit: str
    confidence: Confidence
    source: str
    note: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """An entry of the bibliography."""

    key: str
    title: str
    published: str
    address: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A published observation to compare the simulation with.

    ``low``/``high`` is the range in which the simulated ``measure`` should lie; ``scope``,
    ``id``, ``area``, ``channel`` and ``measure`` are as in the measures table.
    """

    id: str
    scope: str
    scope_id: str
    area: str
    channel: str
    measure: str
    period: str
    observed: str
    low: float
    high: float
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class SimulationSettings:
    """Depth of the simulation.

    Attributes
    ----------
    replications : int
        Independent weeks.
    booking_weeks : int
        Weeks of booking simulated before the planned week (warm-up of the book).
    booked_on : date or None
        Day on whose morning the list of bookings was taken; the book is simulated from then on.
    warm_up_hours : float
        Customers who arrive before this time after the first opening are not measured [h]; for a
        queue as a scenario.
    confidence : float
        Level of the confidence intervals.
    idle_back_office_share : float
        Share of idle counter time that can be used for back-office work.
    """

    replications: int
    booking_weeks: int
    warm_up_hours: float = 0.0
    confidence: float = 0.95
    idle_back_office_share: float = 0.0
    booked_on: date | None = None


@dataclass(frozen=True, slots=True)
class ShiftRules:
    """Which shifts exist.

    Attributes
    ----------
    start_step_minutes : int
        Grid of shift starts, ends and breaks [min].
    min_minutes, max_minutes : int
        Shortest and longest shift, breaks included [min].
    earliest_minute, latest_minute : int
        Nobody starts before or ends after these times of day [min].
    """

    start_step_minutes: int
    min_minutes: int
    max_minutes: int
    earliest_minute: int
    latest_minute: int


@dataclass(frozen=True, slots=True)
class Costs:
    """Money: ``staff_hour_cents`` is the full cost of a net staff hour [cent/h]."""

    staff_hour_cents: int


@dataclass(frozen=True, slots=True)
class Area:
    """A field of work with the names that people see."""

    id: str
    name_de: str
    name_en: str


@dataclass(frozen=True, slots=True)
class PlanningCase:
    """Everything a run needs.  Tuples are sorted by id where their items have one.

    ``travel_minutes`` holds (from location, to location, minutes) for every ordered pair of
    locations of one area.  ``fingerprint`` is the SHA-256 of the resolved scenario; ``hours`` says
    what may be decided about opening hours.  ``group_rules`` are rules that a contract group has
    otherwise than ``rules``; ``rule_origins`` says where settings stand that are no defaults.
    ``ledger`` holds the weeks before, ``changes`` what a repair's changes cost, ``booked`` the
    appointments that were booked on ``simulation.booked_on``.
    """

    name: str
    title_de: str
    title_en: str
    horizon: Horizon
    areas: tuple[Area, ...]
    districts: tuple[District, ...]
    locations: tuple[Location, ...]
    services: tuple[Service, ...]
    profiles: tuple[Profile, ...]
    demand: tuple[Demand, ...]
    choice: CustomerChoice
    location_choice: tuple[LocationChoice, ...]
    travel_minutes: tuple[tuple[str, str, float], ...]
    booking: tuple[BookingPolicy, ...]
    appointment_desks: tuple[AppointmentDesks, ...]
    patience: tuple[Patience, ...]
    discipline: Discipline
    employees: tuple[Employee, ...]
    training_speed: float
    absence: AbsenceModel
    shifts: ShiftRules
    rules: tuple[RosterRule, ...]
    targets: tuple[Target, ...]
    costs: Costs
    simulation: SimulationSettings
    sources: tuple[SourcedValue, ...]
    bibliography: tuple[Publication, ...]
    observations: tuple[Observation, ...]
    fingerprint: str
    capacity: CapacitySettings = field(default_factory=CapacitySettings)
    hours: OpeningChoice = field(default_factory=OpeningChoice)
    group_rules: tuple[GroupRule, ...] = ()
    ledger: tuple[LedgerWeek, ...] = ()
    changes: ChangePrices = field(default_factory=ChangePrices)
    rule_origins: tuple[RuleOrigin, ...] = field(default=(), compare=False)
    booked: tuple[BookedDay, ...] = ()

    @property
    def book_opens(self) -> date:
        """First day of the simulated book: that of the list of bookings, else of the warm-up."""
        weeks = timedelta(weeks=self.simulation.booking_weeks)
        return self.simulation.booked_on or self.horizon.first_day - weeks

    def location(self, location_id: str) -> Location:
        """Return the location with this id; ``KeyError`` if there is none."""
        return _find(self.locations, location_id)

    def service(self, service_id: str) -> Service:
        """Return the service with this id; ``KeyError`` if there is none."""
        return _find(self.services, service_id)

    def profile(self, profile_id: str) -> Profile:
        """Return the profile with this id; ``KeyError`` if there is none."""
        return _find(self.profiles, profile_id)

    def employee(self, employee_id: str) -> Employee:
        """Return the employee with this id; ``KeyError`` if there is none."""
        return _find(self.employees, employee_id)

    def skills_at(self, location: Location) -> tuple[str, ...]:
        """Return the skills asked for at ``location``, sorted."""
        return tuple(sorted({s.skill for s in self.services if s.area == location.area}))


def _find(items: tuple[T, ...], key: str) -> T:
    for item in items:
        if item.id == key:
            return item
    raise KeyError(key)
