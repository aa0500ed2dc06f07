"""Posting of what single employees' lines cost by themselves: travel, wishes, fairness, hours.

A rule that a case makes law forbids here what it would price: ``FORBIDDEN`` is more than any week
is worth, and who does not work pays none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.staff import Employee, Wish, WishKind
from planner.model.roster.arrays import FORBIDDEN, Floats, Groups, Ints
from planner.model.roster.clockwork import Clockwork
from planner.model.roster.postings import hard, posted, price_of, stated
from planner.model.roster.windows import minutes_left, saturdays_beyond
from planner.rules.contract_hours import ContractHours
from planner.rules.contract_minimum import ContractMinimum
from planner.rules.home_location import HomeLocation
from planner.rules.late_fairness import LateFairness
from planner.rules.paid_minutes_in_window import PaidMinutesInWindow
from planner.rules.refusal_fairness import RefusalFairness
from planner.rules.saturday_fairness import SaturdayFairness
from planner.rules.saturdays_in_window import SaturdaysInWindow
from planner.rules.time_account import TimeAccount
from planner.rules.travel import Travel
from planner.rules.travel_fairness import TravelFairness
from planner.rules.weekday_pattern import WeekdayPattern
from planner.rules.wishes import Wishes

SATURDAY = 5


def group_cost(case: PlanningCase, groups: Groups, own: list[list[int]]) -> Floats:
    """Return the price of a day in each group of each employee: away from home, travel."""
    ways = {(start, end): minutes for start, end, minutes in case.travel_minutes}
    prices = []
    for employee, mine in zip(case.employees, own, strict=True):
        for g in mine:
            there = case.locations[int(groups.place[g])].id
            way = ways.get((employee.home, there), 0.0)
            prices.append(_away(case, employee, way) if there != employee.home else 0.0)
    return np.array(prices, np.float64)


def _away(case: PlanningCase, employee: Employee, way: float) -> float:
    """Return the price of a day elsewhere, ``way`` minutes from home."""
    group = employee.contract_group
    home, travel = posted(case, HomeLocation, group), posted(case, Travel, group)
    if hard(home) or (travel is not None and hard(travel) and way > travel.free_minutes):
        return FORBIDDEN
    price = price_of(home)
    if travel is not None:
        price += price_of(travel) * max(0.0, way - travel.free_minutes) / 60
    fair = posted(case, TravelFairness, group)
    return price + price_of(fair) * max(0.0, employee.travel_balance) * way / 60


def wished(case: PlanningCase, kind: WishKind) -> Floats:
    """Return the price of refusing wishes of a kind, by employee and day.

    A day off that must be granted is forbidden here; early and late ones are a window
    (``own_windows``).
    """
    price = np.zeros((len(case.employees), case.horizon.days))
    for e, employee in enumerate(case.employees):
        rule = posted(case, Wishes, employee.contract_group)
        fair = posted(case, RefusalFairness, employee.contract_group)
        points = price_of(rule) + price_of(fair) * max(0.0, employee.refused_balance)
        for d, wish in own_wishes(case, employee, kind):
            must = hard(rule) and kind is WishKind.DAY_OFF
            price[e, d] += FORBIDDEN if must else points * wish.weight
    return price


def own_wishes(
    case: PlanningCase, employee: Employee, kind: WishKind
) -> Iterator[tuple[int, Wish]]:
    """Yield the employee's wishes of a kind within the horizon, with the index of the day."""
    for wish in employee.wishes:
        d = case.horizon.offset(wish.day)
        if wish.kind is kind and 0 <= d < case.horizon.days:
            yield d, wish


def day_cost(case: PlanningCase) -> Floats:
    """Return the price of working on a day: wishes for a day off, Saturdays, other weekdays."""
    price, one_more = wished(case, WishKind.DAY_OFF), saturdays_beyond(case)
    for e, employee in enumerate(case.employees):
        group = employee.contract_group
        saturday = posted(case, SaturdayFairness, group)
        pattern = price_of(posted(case, WeekdayPattern, group))
        for d, day in enumerate(case.horizon.dates):
            if day.weekday() not in employee.weekdays:
                price[e, d] += pattern
            if saturday is not None and day.weekday() == SATURDAY:
                balance = employee.saturday_balance
                beyond = max(0.0, balance + 1 - max(saturday.per_week, balance))
                forbidden = hard(saturday) and beyond > 0
                price[e, d] += FORBIDDEN if forbidden else saturday.price * beyond
            if one_more[e] and day.weekday() == SATURDAY:
                price[e, d] += price_of(posted(case, SaturdaysInWindow, group)) * one_more[e]
    return price


def late_shifts(case: PlanningCase) -> Floats:
    """Return the price of each number of late shifts, by employee."""
    price = np.zeros((len(case.employees), case.horizon.days + 1))
    count = np.arange(1, case.horizon.days + 1)
    for e, employee in enumerate(case.employees):
        rule = posted(case, LateFairness, employee.contract_group)
        if rule is None:
            continue
        fair = max(rule.per_week, employee.late_balance)
        beyond = np.maximum(0.0, employee.late_balance + count - fair)
        price[e, 1:] = (beyond > 0) * FORBIDDEN if hard(rule) else rule.price * beyond
    return price


def paid_cost(case: PlanningCase, clock: Clockwork, most: Ints) -> Floats:
    """Return the price of each number of paid cells; infinite beyond the most."""
    hours = np.arange(int(most.max(initial=0)) + 1) * clock.minutes / 60
    price, left = np.zeros((len(most), len(hours))), minutes_left(case)
    for e, employee in enumerate(case.employees):
        group, target = employee.contract_group, employee.target_minutes(case.horizon)
        band = employee.band_minutes
        least, account = posted(case, ContractMinimum, group), posted(case, TimeAccount, group)
        beyond = price_of(posted(case, ContractHours, group))
        window = price_of(posted(case, PaidMinutesInWindow, group))
        price[e] += price_of(least) * np.maximum(0.0, (target - band) / 60 - hours)
        price[e] += price_of(account) * np.maximum(0.0, hours - target / 60)
        price[e] += beyond * np.maximum(0.0, hours - (target + band) / 60)
        price[e] += window * np.maximum(0.0, hours - left[e] / 60)
        price[e, int(most[e]) + 1 :] = inf
    return price


def wish_limits(case: PlanningCase) -> tuple[int, int]:
    """Return the end of an early and the start of a late shift; the same for all groups [min]."""
    rule = stated(case, Wishes) or Wishes()
    return rule.early_end_minute, rule.late_start_minute
