"""Posting of the rules of single employees: where and when they may work, and how much."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.staff import SATURDAY, Employee, WishKind
from planner.model.roster.arrays import Bools, Grid, Groups, Ints, Staff
from planner.model.roster.clockwork import Clockwork
from planner.model.roster.names import Names
from planner.model.roster.postings import hard, posted
from planner.model.roster.shift_grid import NightRule, night_rule, night_rules
from planner.model.roster.staff_prices import (
    day_cost,
    group_cost,
    late_shifts,
    own_wishes,
    paid_cost,
    wish_limits,
    wished,
)
from planner.model.roster.trails import trails
from planner.model.roster.training import hourly_prices, is_experienced, learner_class
from planner.model.roster.windows import UNLIMITED, minutes_left, saturdays_beyond
from planner.rules.absence import Absence
from planner.rules.contract_hours import ContractHours
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.max_days_per_week import MaxDaysPerWeek
from planner.rules.no_sunday_or_holiday import NoSundayOrHoliday
from planner.rules.paid_minutes_in_window import PaidMinutesInWindow
from planner.rules.saturdays_in_window import SaturdaysInWindow
from planner.rules.time_account import TimeAccount
from planner.rules.weekday_pattern import WeekdayPattern
from planner.rules.weekly_average import WeeklyAverage
from planner.rules.wishes import Wishes

SUNDAY = 6


def group_arrays(case: PlanningCase, names: Names) -> tuple[Groups, list[list[int]]]:
    """Return the groups, and the groups of each employee in the order of their locations."""
    places = {name: i for i, name in enumerate(names.locations)}
    asked = [case.skills_at(location) for location in case.locations]
    index: dict[tuple[int, tuple[int, ...], bool, int], int] = {}
    watched = bool(hourly_prices(case))
    own = []
    for employee in case.employees:
        mine = []
        experienced, learner = (
            not watched or is_experienced(employee),
            learner_class(case, employee),
        )
        for place in (places[name] for name in employee.locations if name in places):
            rows = tuple(
                k
                for k, (at, skill) in enumerate(names.rows)
                if at == place and skill in employee.skills and skill in asked[place]
            )
            mine.append(index.setdefault((place, rows, experienced, learner), len(index)))
        own.append(mine)
    keys = list(index)
    return Groups(
        place=np.array([place for place, *_ in keys], np.int64),
        first_row=np.cumsum([0, *(len(rows) for _, rows, *_ in keys)]).astype(np.int64),
        rows=np.array([k for _, rows, *_ in keys for k in rows], np.int64),
        back=np.ones(len(keys), np.bool_),
        experienced=np.array([experienced for *_, experienced, _ in keys], np.bool_),
        learner=np.array([learner for *_, learner in keys], np.int64),
    ), own


def staff_arrays(
    case: PlanningCase, clock: Clockwork, grid: Grid, groups: Groups, own: list[list[int]]
) -> Staff:
    """Return what the employees of ``case`` may work and what it costs by itself."""
    people = case.employees
    most = _most(case, clock, grid)
    free = _free(case)
    most_days = np.array([_most_days(case, employee) for employee in people], np.int64)
    most_run = [_most_run(case, e, free[i], most_days[i]) for i, e in enumerate(people)]
    earliest, latest = _own_windows(case, clock)
    early_end, late_start = wish_limits(case)
    nights = {rule: i for i, rule in enumerate(night_rules(case))}
    trail, trail_count, trail_next, trail_cost = trails(case, clock, grid)
    return Staff(
        first_group=np.cumsum([0, *map(len, own)]).astype(np.int64),
        groups=np.array([g for mine in own for g in mine], np.int64),
        group_cost=group_cost(case, groups, own),
        free=free,
        day_cost=day_cost(case),
        early_cost=wished(case, WishKind.EARLY),
        late_cost=wished(case, WishKind.LATE),
        early_end=clock.at_or_before(early_end),
        late_start=clock.at_or_after(late_start),
        earliest=earliest,
        latest=latest,
        longest=np.array([_longest(case, e, clock, grid) for e in people], np.int64),
        rest=np.array([nights[night_rule(case, e.contract_group)] for e in people], np.int64),
        most_days=most_days,
        most_run=np.array(most_run, np.int64),
        run_before=np.array([e.days_in_row for e in people], np.int64),
        most=most,
        paid_cost=paid_cost(case, clock, most),
        late_shift_cost=late_shifts(case),
        trail=trail,
        trail_count=trail_count,
        trail_next=trail_next,
        trail_cost=trail_cost,
    )


def _most(case: PlanningCase, clock: Clockwork, grid: Grid) -> Ints:
    """Return everybody's most paid cells of the week."""
    longest = case.horizon.days * int(grid.paid.max(initial=0)) * clock.minutes
    minutes = [
        min(longest, _most_minutes(case, employee, left))
        for employee, left in zip(case.employees, minutes_left(case), strict=True)
    ]
    return np.maximum(np.array(minutes, np.int64), 0) // clock.minutes


def _most_minutes(case: PlanningCase, employee: Employee, left: int) -> int:
    """Return the most paid minutes of the week; ``left`` are those of the weeks before [min]."""
    group, target = employee.contract_group, employee.target_minutes(case.horizon)
    minutes = left if hard(posted(case, PaidMinutesInWindow, group)) else UNLIMITED
    average = posted(case, WeeklyAverage, group)
    if average is not None:
        minutes = min(minutes, average.minutes)
    if hard(posted(case, ContractHours, group)):
        minutes = min(minutes, target + employee.band_minutes)
    if hard(posted(case, TimeAccount, group)):
        minutes = min(minutes, target)
    return minutes


def _most_days(case: PlanningCase, employee: Employee) -> int:
    limit = posted(case, MaxDaysPerWeek, employee.contract_group)
    return min(employee.max_days, case.horizon.days) if limit else case.horizon.days


def _longest(case: PlanningCase, employee: Employee, clock: Clockwork, grid: Grid) -> int:
    """Return the most paid cells of a day."""
    daily = posted(case, MaxDailyMinutes, employee.contract_group)
    return daily.minutes // clock.minutes if daily else int(grid.paid.max(initial=0))


def _most_run(case: PlanningCase, employee: Employee, free: Bools, most_days: int) -> int:
    """Return the most working days in a row, -1 where no line can have too many [days]."""
    rule = posted(case, MaxConsecutiveDays, employee.contract_group)
    if rule is None:
        return -1
    first = int(np.argmin(free)) if not free.all() else len(free)
    at_start = employee.days_in_row + min(first, most_days)
    edges = np.flatnonzero(~np.concatenate([[False], free, [False]]))
    later = min(int(np.diff(edges).max()) - 1, most_days)
    return rule.days if at_start > rule.days or later > rule.days else -1


def _free(case: PlanningCase) -> Bools:
    free = np.ones((len(case.employees), case.horizon.days), np.bool_)
    one_more = saturdays_beyond(case)
    for e, employee in enumerate(case.employees):
        group = employee.contract_group
        absence = posted(case, Absence, group) is not None
        pattern = hard(posted(case, WeekdayPattern, group))
        closed = posted(case, NoSundayOrHoliday, group) is not None
        enough = one_more[e] > 0 and hard(posted(case, SaturdaysInWindow, group))
        for d, day in enumerate(case.horizon.dates):
            off = day.weekday() == SUNDAY or case.horizon.is_holiday(day)
            free[e, d] = not (
                (absence and day in employee.absent)
                or (pattern and day.weekday() not in employee.weekdays)
                or (closed and off)
                or (enough and day.weekday() == SATURDAY)
            )
    return free


def _own_windows(case: PlanningCase, clock: Clockwork) -> tuple[Ints, Ints]:
    """Return earliest start and latest end of each employee and day [cells].

    They follow from the rest after the last shift before the horizon and from wishes that must be
    granted; an earliest start beyond the day is a day off.
    """
    shape = (len(case.employees), case.horizon.days)
    earliest, latest = np.zeros(shape, np.int64), np.full(shape, clock.cells)
    early_end, late_start = wish_limits(case)
    for e, employee in enumerate(case.employees):
        if hard(posted(case, Wishes, employee.contract_group)):
            for d, _ in own_wishes(case, employee, WishKind.EARLY):
                latest[e, d] = clock.at_or_before(early_end)
            for d, _ in own_wishes(case, employee, WishKind.LATE):
                earliest[e, d] = clock.at_or_after(late_start)
        if employee.last_end is not None:
            rule = night_rule(case, employee.contract_group)
            rested = _rested_cells(case, employee.last_end, rule.hours, clock)
            earliest[e] = np.maximum(earliest[e], rested)
            if _late_before(case, employee.last_end, rule):
                earliest[e, 0] = max(earliest[e, 0], clock.at_or_after(rule.early))
    return earliest, latest


def _late_before(case: PlanningCase, end: datetime, rule: NightRule) -> bool:
    """Tell whether the last shift was late by ``rule`` and on the day before the horizon."""
    eve = case.horizon.dates[0] - timedelta(days=1)
    return end.date() == eve and end.hour * 60 + end.minute > rule.late


def _rested_cells(case: PlanningCase, end: datetime, hours: float, clock: Clockwork) -> Ints:
    """Return the first cell of each day that is ``hours`` after ``end``, in real time."""
    zone = ZoneInfo(case.horizon.zone)
    until = end.replace(tzinfo=zone).timestamp() + hours * 3600
    first = np.full(case.horizon.days, clock.cells + 1)
    for d, day in enumerate(case.horizon.dates):
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        for cell in range(clock.cells + 1):
            start = midnight + timedelta(minutes=clock.minute(cell))
            if start.timestamp() >= until:
                first[d] = cell
                break
    return first
