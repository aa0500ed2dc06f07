"""The sections of a scenario file: fields with units, limits and meaning."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from planner.domain.capacity import Cluster
from planner.domain.place import LocationKind
from planner.domain.target import Sense
from planner.scenario.field_types import Clock, Day, Identifier, Share

NotNegative = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
PositiveWhole = Annotated[int, Field(gt=0)]
NotNegativeWhole = Annotated[int, Field(ge=0)]
Range = tuple[NotNegative, NotNegative]


class Section(BaseModel):
    """A part of the file: strict, nothing unknown."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Title(Section):
    """The title that people see."""

    de: str = Field(description="German title.")
    en: str = Field(description="English title.")


class Head(Section):
    """Fields that stand alone."""

    name: Identifier = Field(description="Short name of the case.")
    title: Title = Field(description="Title in German and English.")
    training_speed: Annotated[float, Field(gt=0, le=1)] = Field(
        0.5, description="Speed of an employee in training; 1 is full speed."
    )


class HorizonSection(Section):
    """The planned days."""

    first_day: Day = Field(description="First planned day; a Monday for a roster.")
    days: PositiveWhole = Field(7, description="Number of planned days [days].")
    zone: str = Field("Europe/Berlin", description="IANA time zone.")
    country: str | None = Field(
        None, description="ISO country code for the public holidays; left out: no holidays."
    )
    subdivision: str | None = Field(
        None, description="Part of the country whose holidays hold, e.g. HH."
    )
    slot_minutes: PositiveWhole = Field(
        30, description="Length of a requirement slot [min]; divides 1440."
    )


class AreaItem(Section):
    """A field of work."""

    id: Identifier = Field(description="Identifier of the area.")
    name_de: str = Field(description="German name that people see.")
    name_en: str = Field(description="English name that people see.")


class TravelSection(Section):
    """Travel time between locations, from the distance as the crow flies."""

    kilometres_per_hour: Positive = Field(18.0, description="Speed along the way [km/h].")
    detour_factor: Annotated[float, Field(ge=1)] = Field(
        1.3, description="Length of the way over the distance as the crow flies."
    )
    fixed_minutes: NotNegative = Field(8.0, description="Added to every journey [min].")


class ChoiceSection(Section):
    """How customers search for an appointment."""

    first_site_only_share: Share = Field(
        description="Share who accept their first-choice location only."
    )
    travel_tolerance_minutes: NotNegative = Field(
        description="The others accept locations within this travel time of it [min]."
    )
    late_wish_share: Share = Field(description="Share who wish a later date.")
    late_wish_days: Range = Field(description="How much later, [low, high] [days].")
    notice_days: Range = Field(description="Earliest wished day after the request [days].")
    tolerance_days: tuple[Positive, NotNegative] = Field(
        description="Longest acceptable time to the appointment, gamma, [mean days, cv]."
    )
    attempts: PositiveWhole = Field(description="Searches before a customer gives up.")
    retry_days: Range = Field(description="Days until the next search, [low, high] [days].")
    last_resort_share: Share = Field(
        description="Share who at their last search take any slot within the horizon."
    )
    walk_in_share: Share = Field(description="Share of those who give up that walk in.")
    phone_share: Share = Field(description="Share of those who give up that call.")


class TrancheItem(Section):
    """A part of the slots and when it becomes bookable."""

    share: Share = Field(description="Share of a day's slots; sums to 1.")
    days_before: NotNegativeWhole = Field(
        description="Days before the slot's day at which it becomes bookable [days]."
    )
    time: Clock = Field(description="Clock time of the release.")


class BookingItem(Section):
    """The appointment book of one area."""

    area: Identifier = Field(description="Field of work.")
    horizon_days: PositiveWhole = Field(
        description="Slots further ahead than this cannot be booked [days]."
    )
    bound_to_residence: bool = Field(
        False, description="Customers must use the location of their district."
    )
    tranches: Annotated[tuple[TrancheItem, ...], Field(min_length=1)] = Field(
        description="Release policy; shares sum to 1."
    )
    overbooking_share: NotNegative = Field(
        0.0, description="Extra bookings per slot desk for expected no-shows."
    )
    no_show_by_lead: Annotated[tuple[tuple[NotNegative, Share], ...], Field(min_length=1)] = Field(
        ((0.0, 0.0),), description="No-show share against booked lead, [[days, share], …]."
    )
    cancelled_share: Share = Field(0.0, description="Share of bookings cancelled in time.")


class PatienceItem(Section):
    """How long customers of one kind of location wait before leaving."""

    location_kind: LocationKind = Field(description="counter, mobile or phone.")
    mean_minutes: Positive | None = Field(
        None, description="Mean of the exponential patience [min]; null: without limit."
    )
    redial_share: Share = Field(0.0, description="Share of the turned away who try again.")
    redial_minutes: Positive = Field(10.0, description="Mean time until the next try [min].")
    max_redials: NotNegativeWhole = Field(0, description="Tries after the first at the most.")
    balk_wait_minutes: Positive | None = Field(
        None, description="Expected wait from which new customers are turned away [min]."
    )


class DisciplineSection(Section):
    """Who is called next."""

    appointment_class: NotNegativeWhole = Field(0, description="Priority, lower first.")
    walk_in_class: NotNegativeWhole = Field(0, description="Priority, lower first.")
    appointment_bonus_minutes: NotNegative = Field(
        15.0, description="Head start of appointments within the same class [min]."
    )
    punctuality_mean_minutes: float = Field(
        -5.0, description="Mean of arrival minus booked time [min]."
    )
    punctuality_sd_minutes: NotNegative = Field(5.0, description="Its standard deviation [min].")
    busy_at_shift_end: Literal["finish", "hand_over", "hand_back"] = Field(
        "finish",
        description="A case in hand at the end of the shift. finish: it is finished first; "
        "hand_over: an idle colleague takes it over at once, else it is finished; hand_back: the "
        "customer waits again at the old place if a colleague on duty holds the skill, else it is "
        "finished.",
    )
    busy_at_break: Literal["finish", "hand_over", "hand_back"] = Field(
        "finish",
        description="The same before a break, other work or other skills within the shift.",
    )
    busy_at_desk_loss: Literal["finish", "hand_back"] = Field(
        "finish",
        description="Customers at a desk when the number of desks falls. finish: they are "
        "finished; hand_back: those called last wait again at their old place. The desks of a "
        "location are the same all the time so far.",
    )
    stay_until_empty: bool = Field(
        True, description="Clerks on duty at closing stay until everyone inside is served."
    )


class AbsenceSection(Section):
    """Unplanned absence on the day."""

    rate: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.0, description="Share of rostered employee-days that fall out."
    )
    site_correlation: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.0, description="Correlation of two employees' absence on one day at one location."
    )


class ShiftsSection(Section):
    """Which shifts exist."""

    start_step_minutes: PositiveWhole = Field(
        30, description="Grid of shift starts, ends and breaks [min]."
    )
    min_minutes: PositiveWhole = Field(240, description="Shortest shift, breaks included [min].")
    max_minutes: PositiveWhole = Field(630, description="Longest shift, breaks included [min].")
    earliest: Clock = Field(390, description="Nobody starts before.")
    latest: Clock = Field(1170, description="Nobody ends after.")


class TargetItem(Section):
    """A promise about one measure."""

    measure: str = Field(description="Name of the measure.")
    scope: Literal["city", "district", "location", "phone"] = Field(
        description="For each of which the promise is made."
    )
    area: Identifier = Field("all", description="Field of work, or all.")
    channel: Literal["appointment", "walk_in", "phone", "all"] = Field(
        "all", description="Channel."
    )
    sense: Sense = Field(description="at_most or at_least.")
    limit: float = Field(description="The limit in the unit of the measure.")
    threshold_minutes: NotNegative | None = Field(
        None, description="wait_within_target: the wait that counts as within target [min]."
    )


class CostsSection(Section):
    """Money."""

    staff_hour_cents: NotNegativeWhole = Field(
        0, description="Full cost of a net staff hour [cent/h]."
    )


class SimulationSection(Section):
    """Depth of the simulation."""

    replications: PositiveWhole = Field(20, description="Independent weeks.")
    booking_weeks: NotNegativeWhole = Field(
        12, description="Weeks of booking simulated before the planned week [weeks]."
    )
    booked_on: Day | None = Field(
        None,
        description="Morning on which the table bookings was listed; the book starts with it.",
    )
    warm_up_hours: NotNegative = Field(
        0.0, description="Customers of the first hours are not measured [h]."
    )
    confidence: Annotated[float, Field(gt=0, lt=1)] = Field(
        0.95, description="Level of the confidence intervals."
    )
    idle_back_office_share: Share = Field(
        0.0, description="Share of idle counter time usable for back-office work."
    )


class CapacitySection(Section):
    """The plan over months (``planner capacity``)."""

    cluster: Cluster = Field(
        Cluster.DISTRICT, description="Posts are planned by district or by location."
    )
    months: Annotated[int, Field(ge=1, le=36)] = Field(12, description="Months planned.")
    probability: Annotated[float, Field(gt=0, le=1)] = Field(
        0.9, description="The lead target holds in every group and month with this probability."
    )
    scenarios: PositiveWhole = Field(20, description="Sampled years of absence and demand.")
    promise_from_month: NotNegativeWhole = Field(
        0, description="First month in which the target is promised; 0: the first one."
    )
    start_lead_days: NotNegative | None = Field(
        None, description="Mean lead with which every book starts [days]; null: as simulated."
    )
    full_time_minutes_per_week: PositiveWhole = Field(
        2340, description="Contract of one post [min/week]."
    )
    hire_lead_months: NotNegativeWhole = Field(
        3, description="From the decision to hire to the first day [months]."
    )
    training_months: NotNegativeWhole = Field(
        6, description="At training_speed from the first day on [months]."
    )
    turnover_share_per_year: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.12, description="Share of the people who leave in a year."
    )
    most_hires_per_month: NotNegativeWhole = Field(
        20, description="Hires a month in one field of work at the most."
    )
    absence_share_mean: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.10, description="Mean absence of a location in a month (share of paid time)."
    )
    absence_share_sd: NotNegative = Field(
        0.04, description="Its standard deviation from month to month and site to site."
    )
    absence_city_correlation: Share = Field(
        0.3, description="Correlation of two locations' absence in a month."
    )
    absence_month_correlation: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.5, description="Correlation of a location's absence in two months running."
    )
    demand_share_sd: Annotated[float, Field(ge=0, lt=0.5)] = Field(
        0.03, description="Standard deviation of a year's demand level over its mean."
    )
    overtime_share_max: Share = Field(
        0.05, description="Overtime over a group's productive posts at the most."
    )
    overtime_supplement_share: NotNegative = Field(0.3, description="Supplement on overtime pay.")
    transfer_share_max: Share = Field(
        0.1, description="Share of a group's posts lent to other groups at the most."
    )
    transfer_loss_share: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.05, description="Part of the lent work lost on the way."
    )
    transfer_cents_per_post_month: NotNegativeWhole = Field(
        20_000, description="Cost of a lent post in a month [cent]."
    )
    post_cents_per_year: NotNegativeWhole = Field(
        7_200_000, description="Full cost of a post in a year [cent]."
    )
    hire_cents: NotNegativeWhole = Field(1_000_000, description="Cost of a hire [cent].")


class RepairSection(Section):
    """What changes of a roster cost when it is repaired, in the points of the rules."""

    person: NotNegative = Field(6.0, description="For every person whose shifts change.")
    shift: NotNegative = Field(1.0, description="For every changed shift.")
    near: NotNegative = Field(0.5, description="More of it within near_days of today.")
    published: NotNegative = Field(0.5, description="More of it on a published day.")
    near_days: NotNegativeWhole = Field(3, description="Days that are near, today included.")
    work: NotNegative = Field(0.1, description="For a day with other activities or break only.")
    own_share: Annotated[float, Field(gt=0, le=1)] = Field(
        0.25, description="Share of the prices of people's own weeks that counts."
    )
    later_share: Share = Field(
        0.1, description="Share of the price of back-office work that counts."
    )
