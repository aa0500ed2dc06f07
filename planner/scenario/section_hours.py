"""The section ``hours``: opening hours as a decision, and the assumed reaction of customers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.scenario.field_types import Clock, Identifier, Share
from planner.scenario.section_models import NotNegative, NotNegativeWhole, Section

Span = tuple[Clock, Clock]
Triple = tuple[Share, Share, Share]


class HoursSection(Section):
    """What may be decided about opening hours; reactions as [low, mid, high]."""

    area: Identifier | None = Field(
        None, description="Field of work; left out: the one with most counters."
    )
    weekday_hours: tuple[Span, ...] = Field(
        ((420, 1140), (480, 960), (420, 720), (720, 1140), (480, 840)),
        description="Hours a site may take from Monday to Friday, [[start, end], …].",
    )
    saturday_hours: tuple[Span, ...] = Field(
        ((540, 840),), description="Hours a site may take on Saturday."
    )
    minimum_days: NotNegativeWhole = Field(3, description="Days open at least [days].")
    reach_minutes: NotNegative = Field(30.0, description="Travel time that is reachable [min].")
    edge_minutes: NotNegativeWhole = Field(
        60, description="Open so long before 9:00, after 17:00 or on Saturday to count [min]."
    )
    edge_minutes_in_work: NotNegativeWhole = Field(
        120, description="The same for residents in work [min]."
    )
    employed_share: Share = Field(0.53, description="Share of residents in work.")
    no_loss: tuple[Identifier, ...] = Field(
        (), description="Districts that must not lose open hours or reach."
    )
    lost_limit: Share = Field(0.05, description="Customers lost to the hours, at the most.")
    staffing_beta: NotNegative = Field(
        0.25, description="Desks beyond the offered load R of an hour: beta times sqrt(R)."
    )
    setup_minutes: NotNegative = Field(
        30.0, description="Before and after an opened day, each of the minimum presence [min]."
    )
    saturday_supplement: Annotated[float, Field(ge=0)] = Field(
        0.2, description="Surcharge on staff hours on Saturdays."
    )
    wish_early: Triple = Field((0.1, 0.15, 0.2), description="Wish a time before 9:00.")
    wish_late: Triple = Field((0.1, 0.15, 0.2), description="Wish a time after 17:00.")
    wish_saturday: Triple = Field((0.05, 0.1, 0.15), description="Wish a Saturday.")
    retime: Triple = Field(
        (0.5, 0.7, 0.85), description="Of those whose time is closed: come at another time."
    )
    switch: Triple = Field((0.3, 0.25, 0.14), description="Of those: go to a site nearby.")
