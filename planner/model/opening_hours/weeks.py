"""The weeks that a site can have, up to the order of its weekdays.

All weekdays are alike in cost, so a site's week is a multiset of five weekday hours and its
Saturday; which weekday takes which hours matters to reach only, and there only whether the site is
open early, late, both or neither.  One variable a week makes every cost linear, so the relaxation
of the integer model is tight where hours by day would leave a gap as wide as the whole front.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement

from planner.model.opening_hours.blocks import SATURDAY, WEEKDAYS, Block, DayHours, minutes, serves
from planner.model.opening_hours.problem import HoursProblem, Site
from planner.model.opening_hours.score import displaced

#: Kinds of weekdays: (open early, open late).
KINDS = ((False, False), (True, False), (False, True), (True, True))


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a site.

    Attributes
    ----------
    weekdays : tuple of int
        Indices of five weekday hours, in order of index; a site whose hours cannot be decided
        has those of Monday to Friday instead, and ``fixed`` is true.
    saturday : int
        Index of the Saturday's hours.
    kinds : tuple of 4 ints
        Weekdays of each kind.
    open_minutes, open_days, displaced, slack : int
        As in ``score``.
    """

    weekdays: tuple[int, ...]
    saturday: int
    kinds: tuple[int, ...]
    open_minutes: int
    open_days: int
    displaced: int
    slack: int
    saturday_minutes: int
    opens_saturday: bool


def weeks_of(problem: HoursProblem, site: Site) -> tuple[Week, ...]:
    """Return the weeks that ``site`` can have by itself; of equal ones only the first."""
    found: dict[tuple[object, ...], Week] = {}
    for weekdays in _weekday_choices(site):
        for saturday in range(len(site.options[SATURDAY])):
            week = _week(problem, site, weekdays, saturday)
            if _possible(problem, site, week):
                same = (week.kinds, week.opens_saturday, week.saturday_minutes)
                key = (*same, week.open_minutes, week.open_days, week.displaced)
                found.setdefault(key, week)
    return tuple(found.values())


def kind_of(problem: HoursProblem, hours: DayHours) -> int:
    """Return the kind of a weekday with these hours."""
    early, late = (serves(hours, 0, b, problem.edge) for b in (Block.EARLY, Block.LATE))
    return KINDS.index((early, late))


def _weekday_choices(site: Site) -> list[tuple[int, ...]]:
    if any(site.options[day] != site.options[0] for day in range(WEEKDAYS)):
        return [site.today[:WEEKDAYS]]
    return list(combinations_with_replacement(range(len(site.options[0])), WEEKDAYS))


def _week(problem: HoursProblem, site: Site, weekdays: tuple[int, ...], saturday: int) -> Week:
    hours = site.hours((*weekdays, saturday))
    kinds = [kind_of(problem, day_hours) for day_hours in hours[:WEEKDAYS]]
    opened = sum(minutes(day_hours) for day_hours in hours)
    return Week(
        weekdays=weekdays,
        saturday=saturday,
        kinds=tuple(kinds.count(kind) for kind in range(len(KINDS))),
        open_minutes=opened,
        open_days=sum(bool(day_hours) for day_hours in hours),
        displaced=displaced(hours, problem.reaction),
        slack=problem.slack(site, opened),
        saturday_minutes=minutes(hours[SATURDAY]),
        opens_saturday=serves(hours[SATURDAY], SATURDAY, Block.SATURDAY, problem.edge),
    )


def _possible(problem: HoursProblem, site: Site, week: Week) -> bool:
    people = site.presence * (week.open_minutes + week.open_days * problem.setup_minutes)
    return week.open_days >= site.least_days and people <= site.staff_minutes
