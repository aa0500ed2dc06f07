"""The rows of the tables: columns with units, limits and meaning.  The README lists the same."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from planner.domain.case import Confidence
from planner.domain.place import LocationKind
from planner.domain.service import TimeFamily
from planner.domain.staff import STANDARD_GROUP, WishKind
from planner.scenario.field_types import (
    Clock,
    Day,
    Flag,
    Identifier,
    Moment,
    Number,
    Weekday,
    Weekdays,
    Whole,
    Words,
)

NotNegative = Annotated[Number, Field(ge=0)]
NotNegativeWhole = Annotated[Whole, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]
PositiveWhole = Annotated[Whole, Field(gt=0)]
Share = Annotated[Number, Field(ge=0, le=1)]


class Row(BaseModel):
    """A row; every table may say where its values come from."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    confidence: Confidence | None = Field(None, description="published, derived or assumed.")
    source: str = Field("", description="Key of the bibliography.")
    note: str = Field("", description="Remark for the reader.")


class DistrictRow(Row):
    """A district."""

    id: Identifier = Field(description="Identifier of the district.")
    name: str = Field(description="Name that people see.")
    population: NotNegativeWhole = Field(description="Residents.")


class LocationRow(Row):
    """A location: a site, a mobile team or a phone line."""

    id: Identifier = Field(description="Identifier of the location.")
    name: str = Field(description="Name that people see.")
    district: Identifier = Field(description="District in which it lies.")
    area: Identifier = Field(description="Field of work.")
    kind: LocationKind = Field(LocationKind.COUNTER, description="How customers reach it.")
    latitude: Annotated[Number, Field(ge=-90, le=90)] = Field(description="North [deg].")
    longitude: Annotated[Number, Field(ge=-180, le=180)] = Field(description="East [deg].")
    desks: NotNegativeWhole | None = Field(
        None, description="Places at which customers can be served at once, reception included."
    )
    staffed_before_minutes: NotNegativeWhole = Field(
        30, description="How long before opening staff may be present [min]."
    )
    staffed_after_minutes: NotNegativeWhole = Field(
        30, description="How long after closing staff may be present [min]."
    )
    minimum_presence: NotNegativeWhole = Field(
        2, description="People who must be present whenever the doors are open."
    )
    slot_minutes: PositiveWhole = Field(15, description="Length of an appointment slot [min].")
    back_office_share: Annotated[Number, Field(ge=0, lt=1)] = Field(
        0.0, description="Share of present working time that is deferrable back-office work."
    )
    constant_desks: PositiveWhole | None = Field(
        None, description="Always-staffed desks instead of a roster (a queue as a scenario)."
    )

    @property
    def places(self) -> int | None:
        """Desks; left out, the constant ones."""
        return self.constant_desks if self.desks is None else self.desks


class OpeningRow(Row):
    """One open interval of an ordinary week."""

    location: Identifier = Field(description="Location.")
    weekday: Weekday = Field(description="Day of the week.")
    start: Clock = Field(description="Doors open.")
    end: Clock = Field(description="Doors close.")


class ExceptionRow(Row):
    """Other hours on one day; without start and end the location is closed that day."""

    location: Identifier = Field(description="Location.")
    date: Day = Field(description="The day.")
    start: Clock | None = Field(None, description="Doors open; empty: closed all day.")
    end: Clock | None = Field(None, description="Doors close; empty: closed all day.")


class ServiceRow(Row):
    """A service and the time that it takes."""

    id: Identifier = Field(description="Identifier of the service.")
    name_de: str = Field(description="German name that people see.")
    name_en: str = Field(description="English name that people see.")
    area: Identifier = Field(description="Field of work; locations of this area offer it.")
    skill: Identifier = Field(description="Skill that a clerk must hold.")
    time_family: TimeFamily = Field(description="Family of the service-time distribution.")
    mean_minutes: Positive = Field(description="Mean work content [min].")
    cv: NotNegative = Field(
        1.0, description="Coefficient of variation (exponential: 1, deterministic: 0 anyway)."
    )
    slots: PositiveWhole = Field(1, description="Appointment slots that a booking takes.")


class DemandRow(Row):
    """Requests for one service."""

    service: Identifier = Field(description="Service.")
    requests_per_year: NotNegative = Field(
        description="Expected requests a year, all channels and origins [1/year]."
    )
    share_online: Share = Field(0.0, description="Share done online, without a visit.")
    share_appointment: Share = Field(0.0, description="Share that book an appointment.")
    share_walk_in: Share = Field(0.0, description="Share that come without appointment.")
    share_phone: Share = Field(0.0, description="Share that call.")
    booking_profile: Identifier = Field(
        description="Profile of requests made online and for appointments."
    )
    walk_in_profile: Identifier = Field(description="Profile of walk-ins and calls.")
    busyness_cv: NotNegative = Field(
        0.0, description="CV of the day-level factor common to a service's requests of a day."
    )


class OriginRow(Row):
    """Where the customers of an area come from."""

    area: Identifier = Field(description="Field of work.")
    district: Identifier = Field(description="District of residence.")
    share: Share = Field(description="Share of the area's requests; sums to 1 by area.")


class MonthRow(Row):
    """Relative demand of a month."""

    profile: Identifier = Field(description="Identifier of the profile.")
    month: Annotated[Whole, Field(ge=1, le=12)] = Field(description="1 (January) to 12.")
    weight: NotNegative = Field(description="Relative weight; scaled to a mean of 1.")


class WeekdayRow(Row):
    """Relative demand of a day of the week."""

    profile: Identifier = Field(description="Identifier of the profile.")
    weekday: Weekday = Field(description="Day of the week.")
    weight: NotNegative = Field(description="Relative weight; scaled to a mean of 1; 0: none.")


class TimeRow(Row):
    """Relative rate of demand in a part of the day."""

    profile: Identifier = Field(description="Identifier of the profile.")
    weekdays: Weekdays = Field(description="Days of the week, joined by ;")
    start: Clock = Field(description="Start of the part.")
    end: Clock = Field(description="End of the part.")
    weight: NotNegative = Field(description="Relative rate per unit of time within the part.")


class ChoiceRow(Row):
    """First choice of location."""

    origin: Identifier = Field(description="District of residence.")
    area: Identifier = Field(description="Field of work.")
    location: Identifier = Field(description="Location.")
    share: Share = Field(description="Share of the origin's customers; sums to 1.")


class AppointmentDesksRow(Row):
    """Desks that take appointments."""

    location: Identifier = Field(description="Location.")
    weekday: Weekday = Field(description="Day of the week.")
    start: Clock = Field(description="First booked time.")
    end: Clock = Field(description="End of the last slot.")
    desks: NotNegativeWhole = Field(description="Desks that take appointments.")


class BookingsRow(Row):
    """Appointments that have been booked already, as listed on ``simulation.booked_on``."""

    location: Identifier = Field(description="Location.")
    date: Day = Field(description="Day of the appointments.")
    service: str = Field("", description="Service; empty: drawn by yearly appointments.")
    bookings: NotNegativeWhole = Field(description="Appointments booked for the day.")


class EmployeeRow(Row):
    """An employee (synthetic: lists of real people never enter)."""

    employee: Identifier = Field(description="Identifier of the employee.")
    contract_minutes: PositiveWhole = Field(description="Contract time per week [min].")
    band_minutes: NotNegativeWhole = Field(
        0, description="Paid minutes of a week may differ from the contract by this much [min]."
    )
    max_days: Annotated[Whole, Field(ge=1, le=7)] = Field(
        5, description="Working days per week at the most."
    )
    home_location: Identifier = Field(description="Home location.")
    locations: Words = Field((), description="Other locations allowed, joined by ;")
    skills: Words = Field(description="Skills held, joined by ;")
    weekdays: Weekdays = Field(
        (0, 1, 2, 3, 4), description="Days of the week on which the employee can work, joined by ;"
    )
    trainee: Flag = Field(False, description="In training (works at training_speed).")
    contract_group: Identifier = Field(
        STANDARD_GROUP, description="Contract group; rules may differ by it."
    )
    late_balance: Number = Field(0.0, description="Late shifts beyond the fair share so far.")
    saturday_balance: Number = Field(0.0, description="Saturdays beyond the fair share so far.")


class HistoryRow(Row):
    """A person's week in the ledger of fairness; ``ledger.csv`` of a run has these columns."""

    employee: Identifier = Field(description="Employee; who is not in the case is passed over.")
    week: Day = Field(description="Monday of the week.")
    late: NotNegative = Field(0.0, description="Late shifts of the week.")
    saturdays: NotNegative = Field(0.0, description="Saturdays worked.")
    travel_hours: NotNegative = Field(
        0.0, description="One-way travel to other locations than the own [h]."
    )
    refused: NotNegative = Field(0.0, description="Weight of refused wishes.")
    late_balance: Number = Field(0.0, description="Late shifts beyond the share, after the week.")
    saturday_balance: Number = Field(0.0, description="Saturdays beyond the share, after it.")
    travel_balance: Number = Field(0.0, description="Travel beyond the share, after it [h].")
    refused_balance: Number = Field(0.0, description="Refused wishes beyond the share, after it.")
    last_end: Moment | None = Field(
        None, description="End of the last shift so far, YYYY-MM-DD HH:MM."
    )
    days_in_row: NotNegativeWhole = Field(
        0, description="Working days without a day off up to the end of the week [days]."
    )
    paid_minutes: NotNegativeWhole = Field(
        0, description="Work of the week, breaks not counted [min]."
    )


class AbsenceRow(Row):
    """A known absence, first and last day included."""

    employee: Identifier = Field(description="Employee.")
    first_day: Day = Field(description="First day of absence.")
    last_day: Day = Field(description="Last day of absence.")
    kind: Literal["leave", "training", "sickness"] = Field(
        description="leave, training or sickness."
    )


class WishRow(Row):
    """A wish for one day."""

    employee: Identifier = Field(description="Employee.")
    date: Day = Field(description="The day.")
    kind: WishKind = Field(description="What is wished.")
    weight: Positive = Field(1.0, description="Multiplies the price of refusing the wish.")


class SourceRow(Row):
    """Where a value comes from."""

    path: str = Field(description="Path of a value, or table.key.column.")
    value: str = Field("", description="The value as published.")
    unit: str = Field("", description="Its unit.")
    low: Number | None = Field(None, description="Lower end of the plausible range.")
    high: Number | None = Field(None, description="Upper end of the plausible range.")
    confidence: Confidence = Field(description="published, derived or assumed.")


class PublicationRow(Row):
    """An entry of the bibliography."""

    key: str = Field(description="Key that sources name.")
    title: str = Field(description="Publication.")
    published: str = Field("", description="Date of publication.")
    address: str = Field("", description="Where it is found.")


class ObservationRow(Row):
    """A published observation to compare the simulation with."""

    id: Identifier = Field(description="Identifier of the observation.")
    scope: Literal["city", "district", "location", "phone"] = Field(
        description="city, district, location or phone."
    )
    scope_id: Identifier = Field(description="Identifier within the scope; 'city' for the city.")
    area: Identifier = Field("all", description="Field of work, or all.")
    channel: Literal["appointment", "walk_in", "phone", "all"] = Field(
        "all", description="appointment, walk_in, phone or all."
    )
    measure: str = Field(description="Name of the measure.")
    period: str = Field("", description="When it was observed.")
    observed: str = Field("", description="The value as published.")
    low: Number = Field(description="Lower end of the range that agrees.")
    high: Number = Field(description="Upper end of the range that agrees.")
