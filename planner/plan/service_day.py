"""One service day from the question to the answer: the least staff, proven, beside the usual way.

The usual way has two steps: a requirement period by period (each judged by itself, SIPP), then the
cheapest shifts that cover it.  The strategy `simulation_cuts` optimises the shifts against the
exact late shares instead; both are priced and both are played.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from planner.domain.service_day import DayShift, ServiceDay
from planner.errors import ModelError
from planner.model.shift_master import MasterSolution, Profile, Shift
from planner.plan.cuts.simulation_cuts import (
    DayProblem,
    DayResult,
    DayStatus,
    Stop,
    cheapest_cover,
    least_staff,
)
from planner.plan.exact_day import ExactDay, offered_load_requirement, stationary_requirement
from planner.queueing.finite_day import FiniteDay, Office
from planner.units import MINUTES_PER_HOUR, minute_to_clock

#: The solver counts in whole units: costs of shifts are given in so many parts of one.
COST_PARTS = 1000
#: Counters beyond those at hand that are tried for a period that cannot hold its target.
MOST_MISSING = 50


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """A period: who serves by the schedule, by the two-step way's requirement, and who is late."""

    start: str
    end: str
    arrivals_per_hour: float
    people: int
    required: int
    late_share: float
    two_step_late_share: float | None


@dataclass(frozen=True, slots=True)
class Impossible:
    """A period whose target fails with every counter staffed, and how many counters are missing.

    ``missing`` is None where even ``MOST_MISSING`` more would not do.
    """

    start: str
    end: str
    missing: int | None


@dataclass(frozen=True)
class ServiceDayResult:
    """The answer for one office.

    Attributes
    ----------
    cost, bound : float or None, float
        Of the schedule; no schedule of the menu that holds the target costs less than the bound.
    two_step_cost : float or None
        The cheapest cover of the stationary requirement; None: the menu cannot cover it.
    two_step_holds : bool
        Whether that plan holds the target at all.
    schedule : tuple of (str, int)
        Shifts worked and by how many people.
    impossible : tuple of Impossible
        Periods that no schedule can serve in time.
    """

    day: ServiceDay
    found: DayResult
    cost: float | None
    bound: float
    two_step_cost: float | None
    two_step_holds: bool
    schedule: tuple[tuple[str, int], ...]
    periods: tuple[PeriodResult, ...]
    impossible: tuple[Impossible, ...]


def solve_service_day(
    day: ServiceDay,
    seconds: float,
    on_progress: Callable[[float | None, float], None] = lambda _best, _bound: None,
    stop: Stop = lambda: False,
) -> ServiceDayResult:
    """Return the least staff of a service day and what the two-step way would have cost.

    Parameters
    ----------
    seconds : float
        Time limit [s].
    on_progress : callable (incumbent cost or None, bound)
        Called after every iteration, in the unit of the menu.
    """
    evaluator = ExactDay(_office(day), day.late_limit)
    menu, unit = _menu(day)
    problem = DayProblem(menu, day.counters, day.least, evaluator)
    required = stationary_requirement(evaluator.office, day.late_limit)
    two_step = cheapest_cover(problem, required, seconds)
    start = offered_load_requirement(evaluator.office, day.late_limit)

    def tell(best: float | None, bound: float) -> None:
        on_progress(None if best is None else best * unit, bound * unit)

    found = least_staff(problem, seconds, start, tell, stop)
    return _result(day, found, _Usual(required, two_step), unit)


def _office(day: ServiceDay) -> Office:
    rates = tuple(rate / MINUTES_PER_HOUR for rate in day.arrivals_per_hour)
    return Office(rates, float(day.period_minutes), day.service_minutes, day.threshold_minutes)


def _menu(day: ServiceDay) -> tuple[tuple[Shift, ...], float]:
    """Return the shifts with costs in whole units, as the solver counts, and what a unit costs."""
    periods = [day.period(number) for number in range(len(day.arrivals_per_hour))]
    parts = [round(shift.cost * COST_PARTS) for shift in day.shifts]
    for shift, cost in zip(day.shifts, parts, strict=True):
        if cost < 1:
            raise ModelError(f"shift {_name(shift)}: costs {shift.cost:g}; at least 1/{COST_PARTS}")
    unit = math.gcd(*parts)
    menu = tuple(
        Shift(
            _name(shift),
            tuple(shift.covers(p.start_minute, p.end_minute) for p in periods),
            cost // unit,
        )
        for shift, cost in zip(day.shifts, parts, strict=True)
    )
    return menu, unit / COST_PARTS


def _name(shift: DayShift) -> str:
    span = f"{minute_to_clock(shift.span.start_minute)}-{minute_to_clock(shift.span.end_minute)}"
    breaks = [
        f"{minute_to_clock(b.start_minute)}-{minute_to_clock(b.end_minute)}" for b in shift.breaks
    ]
    return f"{span} ({', '.join(breaks)})" if breaks else span


@dataclass(frozen=True, slots=True)
class _Usual:
    """The two-step way: requirement by period and its cheapest cover."""

    required: Profile
    cover: MasterSolution


def _result(day: ServiceDay, found: DayResult, usual: _Usual, unit: float) -> ServiceDayResult:
    required, two_step = usual.required, usual.cover
    exact = FiniteDay(_office(day))
    late = exact.late_shares(found.profile) if found.counts else None
    beside = exact.late_shares(two_step.profile) if two_step.counts else None
    arrivals = day.arrivals_per_hour
    periods = tuple(
        PeriodResult(
            *_clock(day, number),
            arrivals_per_hour=arrivals[number],
            people=found.profile[number],
            required=required[number],
            late_share=float(late[number]),
            two_step_late_share=None if beside is None else float(beside[number]),
        )
        for number in range(len(arrivals))
        if late is not None
    )
    counted = zip(day.shifts, found.counts or (), strict=False)
    return ServiceDayResult(
        day=day,
        found=found,
        cost=None if found.cost is None else found.cost * unit,
        bound=found.bound * unit,
        two_step_cost=two_step.cost * unit if two_step.counts else None,
        two_step_holds=beside is not None
        and all(
            share <= day.late_limit
            for share, rate in zip(beside, arrivals, strict=True)
            if rate > 0
        ),
        schedule=tuple((_name(shift), count) for shift, count in counted if count),
        periods=periods,
        impossible=tuple(_impossible(day, target) for target in found.impossible),
    )


def _impossible(day: ServiceDay, target: int) -> Impossible:
    """Return how many counters are missing in a period, all others being staffed in full."""
    for more in range(1, MOST_MISSING + 1):
        profile = list(day.counters)
        profile[target] += more
        if not ExactDay(_office(day), day.late_limit).missed(tuple(profile), target):
            return Impossible(*_clock(day, target), more)
    return Impossible(*_clock(day, target), None)


def _clock(day: ServiceDay, number: int) -> tuple[str, str]:
    span = day.period(number)
    return minute_to_clock(span.start_minute), minute_to_clock(span.end_minute)


def proven(result: ServiceDayResult) -> bool:
    """Tell whether the schedule is proven to be the cheapest."""
    return result.found.status is DayStatus.OPTIMAL and result.found.exact
