"""Posting of the rules of single employees: where, when, how much, at what price."""

from __future__ import annotations

from math import inf

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.staff import Employee, WishKind
from planner.model.roster.arrays import Bools, Floats, Grid, Groups, Ints, Staff
from planner.model.roster.clockwork import Clockwork
from planner.model.roster.names import Names
from planner.model.roster.postings import posted
from planner.rules.absence import Absence
from planner.rules.contract_hours import ContractHours
from planner.rules.contract_minimum import ContractMinimum
from planner.rules.home_location import HomeLocation
from planner.rules.late_fairness import LateFairness
from planner.rules.max_days_per_week import MaxDaysPerWeek
from planner.rules.no_sunday_or_holiday import NoSundayOrHoliday
from planner.rules.saturday_fairness import SaturdayFairness
from planner.rules.time_account import TimeAccount
from planner.rules.travel import Travel
from planner.rules.weekday_pattern import WeekdayPattern
from planner.rules.weekly_average import WeeklyAverage
from planner.rules.wishes import Wishes

SATURDAY, SUNDAY = 5, 6
NEVER_WISHED = 1_000_000


def group_arrays(case: PlanningCase, names: Names) -> tuple[Groups, list[list[int]]]:
    """Return the groups, and the groups of each employee in the order of their locations."""
    places = {name: i for i, name in enumerate(names.locations)}
    asked = [case.skills_at(location) for location in case.locations]
    index: dict[tuple[int, tuple[int, ...]], int] = {}
    own = []
    for employee in case.employees:
        mine = []
        for place in (places[name] for name in employee.locations if name in places):
            rows = tuple(
                k
                for k, (at, skill) in enumerate(names.rows)
                if at == place and skill in employee.skills and skill in asked[place]
            )
            mine.append(index.setdefault((place, rows), len(index)))
        own.append(mine)
    keys = list(index)
    return Groups(
        place=np.array([place for place, _ in keys], np.int64),
        first_row=np.cumsum([0, *(len(rows) for _, rows in keys)]).astype(np.int64),
        rows=np.array([k for _, rows in keys for k in rows], np.int64),
        back=np.ones(len(keys), np.bool_),
    ), own


def staff_arrays(
    case: PlanningCase, clock: Clockwork, grid: Grid, groups: Groups, own: list[list[int]]
) -> Staff:
    """Return what the employees of ``case`` may work and what it costs by itself."""
    wishes = posted(case, Wishes)
    most = np.array([_most(case, employee, clock, grid) for employee in case.employees], np.int64)
    limit = posted(case, MaxDaysPerWeek)
    return Staff(
        first_group=np.cumsum([0, *map(len, own)]).astype(np.int64),
        groups=np.array([g for mine in own for g in mine], np.int64),
        group_cost=_group_cost(case, groups, own),
        free=_free(case),
        day_cost=_wished(case, wishes, WishKind.DAY_OFF) + _saturdays(case),
        early_cost=_wished(case, wishes, WishKind.EARLY),
        late_cost=_wished(case, wishes, WishKind.LATE),
        early_end=clock.at_or_before(wishes.early_end_minute) if wishes else NEVER_WISHED,
        late_start=clock.at_or_after(wishes.late_start_minute) if wishes else 0,
        most_days=np.array(
            [min(e.max_days, grid.days) if limit else grid.days for e in case.employees], np.int64
        ),
        most=most,
        paid_cost=_paid_cost(case, clock, most),
        late_shift_cost=_late_shifts(case),
    )


def _most(case: PlanningCase, employee: Employee, clock: Clockwork, grid: Grid) -> int:
    """Return the most paid cells of the week."""
    minutes = case.horizon.days * int(grid.paid.max(initial=0)) * clock.minutes
    average = posted(case, WeeklyAverage)
    if average is not None:
        minutes = min(minutes, average.minutes)
    if posted(case, ContractHours) is not None:
        minutes = min(minutes, employee.target_minutes(case.horizon) + employee.band_minutes)
    return max(0, minutes) // clock.minutes


def _free(case: PlanningCase) -> Bools:
    free = np.ones((len(case.employees), case.horizon.days), np.bool_)
    for e, employee in enumerate(case.employees):
        for d, day in enumerate(case.horizon.dates):
            if posted(case, Absence) and day in employee.absent:
                free[e, d] = False
            if posted(case, WeekdayPattern) and day.weekday() not in employee.weekdays:
                free[e, d] = False
            off = day.weekday() == SUNDAY or case.horizon.is_holiday(day)
            if posted(case, NoSundayOrHoliday) and off:
                free[e, d] = False
    return free


def _group_cost(case: PlanningCase, groups: Groups, own: list[list[int]]) -> Floats:
    home, travel = posted(case, HomeLocation), posted(case, Travel)
    way = {(start, end): minutes for start, end, minutes in case.travel_minutes}
    prices = []
    for employee, mine in zip(case.employees, own, strict=True):
        for g in mine:
            there = case.locations[int(groups.place[g])].id
            away = there != employee.home
            price = home.price if home and away else 0.0
            if travel and away:
                price += travel.price * way.get((employee.home, there), 0.0) / 60
            prices.append(price)
    return np.array(prices, np.float64)


def _wished(case: PlanningCase, rule: Wishes | None, kind: WishKind) -> Floats:
    price = np.zeros((len(case.employees), case.horizon.days))
    if rule is None:
        return price
    for e, employee in enumerate(case.employees):
        for wish in employee.wishes:
            d = case.horizon.offset(wish.day)
            if wish.kind is kind and 0 <= d < case.horizon.days:
                price[e, d] += rule.price * wish.weight
    return price


def _saturdays(case: PlanningCase) -> Floats:
    price = np.zeros((len(case.employees), case.horizon.days))
    rule = posted(case, SaturdayFairness)
    if rule is None:
        return price
    days = [d for d, day in enumerate(case.horizon.dates) if day.weekday() == SATURDAY]
    for e, employee in enumerate(case.employees):
        fair = max(rule.per_week, employee.saturday_balance)
        price[e, days] = rule.price * max(0.0, employee.saturday_balance + 1 - fair)
    return price


def _late_shifts(case: PlanningCase) -> Floats:
    price = np.zeros((len(case.employees), case.horizon.days + 1))
    rule = posted(case, LateFairness)
    if rule is None:
        return price
    count = np.arange(1, case.horizon.days + 1)
    for e, employee in enumerate(case.employees):
        fair = max(rule.per_week, employee.late_balance)
        price[e, 1:] = rule.price * np.maximum(0.0, employee.late_balance + count - fair)
    return price


def _paid_cost(case: PlanningCase, clock: Clockwork, most: Ints) -> Floats:
    """Return the price of each number of paid cells; infinite beyond the most."""
    least, account = posted(case, ContractMinimum), posted(case, TimeAccount)
    hours = np.arange(int(most.max(initial=0)) + 1) * clock.minutes / 60
    price = np.zeros((len(most), len(hours)))
    for e, employee in enumerate(case.employees):
        target = employee.target_minutes(case.horizon)
        if least is not None:
            due = (target - employee.band_minutes) / 60
            price[e] += least.price * np.maximum(0.0, due - hours)
        if account is not None:
            price[e] += account.price * np.maximum(0.0, hours - target / 60)
        price[e, int(most[e]) + 1 :] = inf
    return price
