"""Posting of the rules of a single shift and of rest: which shifts exist, and in what order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from planner.domain.case import PlanningCase
from planner.model.roster.arrays import Bools, Grid, Ints
from planner.model.roster.clockwork import Clockwork
from planner.model.roster.postings import posted, posted_anywhere
from planner.model.roster.type_letters import early_tests, late_tests, letters, type_tests
from planner.rules.break_minutes import BreakMinutes
from planner.rules.forbidden_succession import ForbiddenSuccession
from planner.rules.late_fairness import LateFairness
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.max_stretch import MaxStretch
from planner.rules.min_rest import MinRest

UNLIMITED = 1_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """A length of shift with the shortest lawful break; all in minutes.

    The break starts between ``first`` and ``last`` after the start of the shift.
    """

    length: int
    pause: int = 0
    first: int = 0
    last: int = -1


def shift_grid(case: PlanningCase, clock: Clockwork) -> Grid:
    """Return the shifts that the rules of ``case`` allow."""
    spans, size = spans_of(case), clock.minutes
    borders = np.arange(clock.cells + 1) * size + clock.start_minute
    on_grid = borders % case.shifts.start_step_minutes == 0
    late = _late(case, borders)
    rested = _rested(case, borders)
    by_end = rested.transpose(2, 0, 1, 3).reshape(len(borders), -1)
    by_start = rested.transpose(3, 0, 1, 2).reshape(len(borders), -1)
    end_rows = np.concatenate([by_end, late], axis=1)
    late_ends, night_class = np.unique(end_rows, axis=0, return_inverse=True)
    tests = type_tests(case)
    ends, end_class = _refined(night_class, late_tests(tests, borders))
    starts, start_class = _refined(
        np.unique(by_start, axis=0, return_inverse=True)[1], early_tests(tests, borders)
    )
    nights = _nights(rested, night_class, start_class, (len(late_ends), len(starts)))
    free = bool(nights.all())
    paid = [span.length - span.pause for span in spans]
    return Grid(
        days=case.horizon.days,
        cells=clock.cells,
        start_on=on_grid & (borders >= case.shifts.earliest_minute),
        end_on=on_grid & (borders <= case.shifts.latest_minute),
        span=_cells([span.length for span in spans], size),
        paid=_cells(paid, size),
        pause=_cells([span.pause for span in spans], size),
        pause_first=_cells([span.first for span in spans], size),
        pause_last=_cells([span.last for span in spans], size),
        pause_on=on_grid,
        end_class=end_class,
        start_class=start_class,
        end_late=np.ascontiguousarray(late_ends[ends[:, 0], -1]),
        end_night=np.zeros(len(ends), np.int64) if free else 1 + ends[:, 0],
        rested=np.ascontiguousarray(nights[:, :, :1]) if free else nights,
        letter=letters(tests, paid, ends[:, 1:], starts[:, 1:]),
    )


class NightRule(NamedTuple):
    """What lies between two days of work.

    Rest of ``hours`` [h] at least, and after an end beyond ``late`` no start before ``early``
    [min after midnight].
    """

    hours: float
    late: int
    early: int


def night_rule(case: PlanningCase, group: str) -> NightRule:
    """Return what holds for the people of a contract group between two days of work."""
    rest = posted(case, MinRest, group)
    succession = posted(case, ForbiddenSuccession, group)
    hours = rest.hours if rest else 0.0
    if succession is None:
        return NightRule(hours, UNLIMITED, 0)
    return NightRule(hours, succession.late_end_minute, succession.early_start_minute)


def night_rules(case: PlanningCase) -> tuple[NightRule, ...]:
    """Return every rule between two days that holds for somebody, in one order."""
    groups = ("", *(own.group for own in case.group_rules))
    return tuple(sorted({night_rule(case, group) for group in groups}))


def spans_of(case: PlanningCase) -> list[Span]:
    """Return the lengths of shift with a lawful break that somebody may work, shortest first."""
    step = case.shifts.start_step_minutes
    groups = ("", *(own.group for own in case.group_rules))
    daily = [posted(case, MaxDailyMinutes, group) for group in groups]
    most = max(rule.minutes if rule else UNLIMITED for rule in daily)
    shortest = -(-max(1, case.shifts.min_minutes) // step) * step
    spans = []
    for length in range(shortest, case.shifts.max_minutes + 1, step):
        span = _with_break(case, length)
        if span is not None and length - span.pause <= most:
            spans.append(span)
    return spans


def _with_break(case: PlanningCase, length: int) -> Span | None:
    """Return the span with its shortest lawful break on the grid, None where there is none."""
    law, step = posted(case, BreakMinutes), case.shifts.start_step_minutes
    stretch_rule = posted(case, MaxStretch)
    stretch = stretch_rule.minutes if stretch_rule else UNLIMITED
    block, clear = (law.block_minutes, law.clear_minutes) if law else (0, 0)
    for pause in range(0, length, step):
        if _break_due(law, length - pause) > pause or 0 < pause < block:
            continue
        if pause == 0:
            if length <= stretch:
                return Span(length)
            continue
        first = max(clear, length - pause - stretch, 1)
        last = min(length - pause - clear, stretch, length - pause - 1)
        if -(-first // step) * step <= last:
            return Span(length, pause, -(-first // step) * step, last // step * step)
    return None


def _break_due(law: BreakMinutes | None, paid: int) -> int:
    if law is None or paid <= law.short_after:
        return 0
    return law.short_minutes if paid <= law.long_after else law.long_minutes


def _refined(classes: Ints, tests: Bools) -> tuple[Ints, Ints]:
    """Return the classes that ``tests`` (borders, tests) leave of ``classes``, and each border's.

    A row of the first is the class refined and the results of the tests.
    """
    rows = np.concatenate([classes.reshape(-1, 1), tests], axis=1).astype(np.int64)
    found, index = np.unique(rows, axis=0, return_inverse=True)
    return found, index.astype(np.int64).reshape(-1)


def _cells(minutes: list[int], size: int) -> Ints:
    return np.array([value // size for value in minutes], np.int64)


def _late(case: PlanningCase, borders: Ints) -> Bools:
    rules = posted_anywhere(case, LateFairness)
    after = rules[0].late_end_minute if rules else UNLIMITED
    return (borders > after).reshape(-1, 1)


def _rested(case: PlanningCase, borders: Ints) -> Bools:
    """Return which start may follow which end; bool (rests, days, ends, starts), by night rule.

    In real time, so that the nights in which the clock changes are right.
    """
    rules, days = night_rules(case), case.horizon.dates
    allowed = np.ones((len(rules), len(days), len(borders), len(borders)), np.bool_)
    zone = ZoneInfo(case.horizon.zone)
    for d in range(1, len(days)):
        ends = np.array([_epoch(days[d - 1], int(m), zone) for m in borders])
        starts = np.array([_epoch(days[d], int(m), zone) for m in borders])
        for r, rule in enumerate(rules):
            gap = starts[None, :] - ends[:, None] >= rule.hours * 3600
            early_after_late = np.outer(borders > rule.late, borders < rule.early)
            allowed[r, d] = (gap if rule.hours else True) & ~early_after_late
    return allowed


def _epoch(day: date, minute: int, zone: ZoneInfo) -> float:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return (midnight + timedelta(minutes=minute)).timestamp()


def _nights(rested: Bools, ends: Ints, starts: Ints, shape: tuple[int, int]) -> Bools:
    """Return ``rested`` by class; night class 0 stands for a day off before."""
    nights = np.ones((*rested.shape[:2], shape[0] + 1, shape[1]), np.bool_)
    for end_class in range(shape[0]):
        for start_class in range(shape[1]):
            end = int(np.argmax(ends.reshape(-1) == end_class))
            start = int(np.argmax(starts.reshape(-1) == start_class))
            nights[:, :, end_class + 1, start_class] = rested[:, :, end, start]
    return nights
