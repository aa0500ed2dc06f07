"""Employees, their contracts, absences and wishes.  Lists of real people never enter planner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.domain.horizon import Horizon
from planner.units import DAYS_PER_WEEK

SATURDAY = 5

#: The contract group of everybody who is not given another.
STANDARD_GROUP = "standard"


class WishKind(StrEnum):
    """What an employee may wish for a day."""

    DAY_OFF = "day_off"
    EARLY = "early"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish for one day; ``weight`` multiplies the price of refusing it."""

    day: date
    kind: WishKind
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Employee:
    """One (synthetic) employee as planned with.

    Attributes
    ----------
    contract_minutes : int
        Contract working time per week [min].
    band_minutes : int
        Paid minutes may differ from the contract by this much in a week [min].
    max_days : int
        Working days per week at the most.
    home, locations : str, tuple of str
        Home location, and every location where the employee may work (home included, first).
    skills : tuple of str
        Skills held.
    weekdays : tuple of int
        Weekdays on which the employee can work (0 Monday).
    absent : tuple of date
        Known absences (leave, training, known sickness).
    trainee : bool
        In training: works at ``training_speed`` of the case.
    late_balance, saturday_balance : float
        Late and Saturday shifts worked beyond the fair share so far (ledger).
    travel_balance : float
        Hours of one-way travel to other locations beyond the mean so far (ledger) [h].
    refused_balance : float
        Weight of refused wishes beyond the mean so far (ledger).
    contract_group : str
        Group whose settings of the rules hold.
    last_end : datetime or None
        End of the last shift before the horizon, in local civil time.
    days_in_row : int
        Working days without a day off just before the horizon [days].
    """

    id: str
    contract_minutes: int
    band_minutes: int
    max_days: int
    home: str
    locations: tuple[str, ...]
    skills: tuple[str, ...]
    weekdays: tuple[int, ...]
    absent: tuple[date, ...] = ()
    wishes: tuple[Wish, ...] = ()
    trainee: bool = False
    late_balance: float = 0.0
    saturday_balance: float = 0.0
    travel_balance: float = 0.0
    refused_balance: float = 0.0
    contract_group: str = STANDARD_GROUP
    last_end: datetime | None = None
    days_in_row: int = 0

    def available(self, day: date, horizon: Horizon) -> bool:
        """Tell whether the employee can be rostered on ``day`` (pattern, absence, holiday)."""
        return (
            day.weekday() in self.weekdays
            and day not in self.absent
            and not horizon.is_holiday(day)
        )

    def target_minutes(self, horizon: Horizon) -> int:
        """Return the minutes to be paid for work in the horizon [min].

        The contract, less ``contract_minutes / max_days`` for every Monday-to-Friday pattern day
        on which the employee is absent or a public holiday falls, at most ``max_days`` of them a
        week.  Part of a week counts in proportion to its days.
        """
        weeks = horizon.days / DAYS_PER_WEEK
        credited = sum(
            day.weekday() in self.weekdays
            and day.weekday() < SATURDAY
            and (day in self.absent or horizon.is_holiday(day))
            for day in horizon.dates
        )
        days = self.max_days * weeks
        return round(self.contract_minutes * weeks * max(0.0, days - credited) / days)


@dataclass(frozen=True, slots=True)
class AbsenceModel:
    """Unplanned absence on the day (sickness at short notice), correlated within a location.

    Attributes
    ----------
    rate : float
        Expected share of rostered employee-days that fall out.
    site_correlation : float
        Correlation of two employees' absence on one day at one location, in [0, 1).
    """

    rate: float
    site_correlation: float
