"""Capacity over months: the numbers behind posts, hires, absence and money."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cluster(StrEnum):
    """What is planned together: the locations of a district, or each location."""

    DISTRICT = "district"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class CapacitySettings:
    """Settings of the plan over months.

    Attributes
    ----------
    cluster : Cluster
        A group of posts is a cluster and a field of work.
    months : int
        Months planned from the first day of the horizon on.
    probability : float
        The lead-time target holds in every group and month with at least this probability.
    scenarios : int
        Sampled years of absence and demand behind the probability.
    promise_from_month : int
        First month in which the target is promised (0: the first one).
    start_lead_days : float or None
        Mean lead with which every book starts [days]; None: as simulated today.
    full_time_minutes_per_week : int
        Contract of one post [min/week].
    hire_lead_months, training_months : int
        From the decision to the first day; from the first day to full speed.
    turnover_share_per_year : float
        Share of the people who leave in a year.
    most_hires_per_month : int
        Hires a month in one field of work at the most (training capacity).
    absence_share_mean, absence_share_sd : float
        Mean of a location's monthly absence share and its standard deviation between months.
    absence_city_correlation, absence_month_correlation : float
        Correlation of two locations' absence in a month, and of one location's in two months
        that follow each other.
    demand_share_sd : float
        Standard deviation of a year's demand level over its mean, common to the city.
    overtime_share_max, overtime_supplement_share : float
        Overtime over a group's productive posts at the most; supplement on its pay.
    transfer_share_max, transfer_loss_share : float
        Posts lent to other groups at the most; part of their work lost on the way.
    transfer_cents_per_post_month, post_cents_per_year, hire_cents : int
        Prices [cent].
    """

    cluster: Cluster = Cluster.DISTRICT
    months: int = 12
    probability: float = 0.9
    scenarios: int = 20
    promise_from_month: int = 0
    start_lead_days: float | None = None
    full_time_minutes_per_week: int = 2340
    hire_lead_months: int = 3
    training_months: int = 6
    turnover_share_per_year: float = 0.12
    most_hires_per_month: int = 20
    absence_share_mean: float = 0.10
    absence_share_sd: float = 0.04
    absence_city_correlation: float = 0.3
    absence_month_correlation: float = 0.5
    demand_share_sd: float = 0.03
    overtime_share_max: float = 0.05
    overtime_supplement_share: float = 0.3
    transfer_share_max: float = 0.1
    transfer_loss_share: float = 0.05
    transfer_cents_per_post_month: int = 20_000
    post_cents_per_year: int = 7_200_000
    hire_cents: int = 1_000_000

    @property
    def attrition(self) -> float:
        """Share of the people who leave in a month."""
        return float(1.0 - (1.0 - self.turnover_share_per_year) ** (1.0 / 12.0))
