"""The plan played by the booking model: its slots as changing desks, both leads side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from planner.domain.case import PlanningCase
from planner.model.capacity.months_search import MonthsPlan
from planner.model.capacity.problem import Floats
from planner.results.capacity_frames import CurveRow
from planner.sim.booking_months import BookMonths, book_over_months
from planner.sim.months import month_starts
from planner.workflow.capacity_case import Town
from planner.workflow.capacity_plan import FieldPlan
from planner.workflow.options import Watch


def simulated_years(
    town: Town, found: tuple[FieldPlan, ...], seed: int, runs: int, watch: Watch
) -> tuple[BookMonths, ...]:
    """Play the first ``runs`` scenarios of the plans; fewer when told to stop."""
    years = []
    for scenario in range(runs):
        if watch.stop():
            break
        watch.say("capacity simulation", scenario / runs, "")
        case = _demand_level(town.case, float(town.years.demand[scenario]))
        years.append(book_over_months(case, _factors(town, found, scenario), seed, scenario))
    return tuple(years)


def curve_rows(
    town: Town, found: FieldPlan, plan: MonthsPlan, years: tuple[BookMonths, ...]
) -> Iterator[CurveRow]:
    """Yield the leads of plan and simulation by group and month."""
    starts = month_starts(town.case.horizon.first_day, plan.problem.months)
    quantiles = np.quantile(plan.years.lead, (0.1, 0.5, 0.9), axis=0)
    for code, group in enumerate(found.field.groups):
        same = plan.years.lead[: len(years), code].mean(axis=0)
        seen = np.array([year.lead(group.locations) for year in years])
        for month in range(plan.problem.months):
            own = seen[:, month]
            yield CurveRow(
                area=found.field.area,
                group=group.id,
                name=group.name,
                month=month,
                first_day=starts[month].isoformat(),
                plan_p10=float(quantiles[0, code, month]),
                plan_p50=float(quantiles[1, code, month]),
                plan_p90=float(quantiles[2, code, month]),
                plan_same=float(same[month]),
                simulated=float(own.mean()),
                simulated_low=float(own.min()),
                simulated_high=float(own.max()),
                difference=float(own.mean() - same[month]),
                target_days=plan.problem.limits.lead_days,
                runs=len(years),
            )


def _demand_level(case: PlanningCase, level: float) -> PlanningCase:
    demand = tuple(
        replace(item, requests_per_year=item.requests_per_year * level) for item in case.demand
    )
    return replace(case, demand=demand)


def _factors(town: Town, found: tuple[FieldPlan, ...], scenario: int) -> Floats:
    """Return the planned slots over the case's by location and month; 1 where nothing is."""
    factors = np.ones_like(town.offered)
    for item in found:
        if item.plan is None:
            continue
        ratio = item.plan.years.slots[scenario] / np.maximum(item.field.offered, 1e-9)
        for code, group in enumerate(item.field.groups):
            factors[list(group.locations)] = ratio[code]
    return factors
