"""Least counter hours of four of Hamburg's sites: schedule, bounds, two-step way, fresh weeks.

Sites of 4, 5, 7 and 18 desks, twenty design weeks, margins fixed by the pilot, eighty fresh weeks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.model.requirement import desk_plans
from planner.plan.cuts.certificate import Surety, cells
from planner.plan.cuts.day import DEFAULT_CUTS
from planner.plan.cuts.search import CutRequest, CutSearch, cut_all
from planner.plan.refined_requirement import RefinementWork, refine_all, sample_weeks
from planner.scenario.loading import load_case
from planner.sim.customer_table import Customers
from planner.sim.workload import workloads_of
from tests.benchmarks.history import Measured

CASE = Path(__file__).parents[2] / "scenarios" / "hamburg" / "base.yaml"
SITES = ("walddoerfer", "blankenese", "niendorf", "city")
MEASURES = ("hours", "bound_hours", "estimate_hours", "same_service_hours", "two_step_hours")


def measured() -> Iterator[Measured]:
    """Yield hours by site, how many targets are shown to hold, and CPU time."""
    case = load_case(CASE)
    weeks = sample_weeks(case, 1, DEFAULT_CUTS.weeks, 2)
    started = time.process_time()
    search = _cut(case, weeks)
    for site in SITES:
        for name in MEASURES:
            total = sum(getattr(day, name) for day in search.found[site].days)
            yield Measured(f"Hamburg, {site}", name, total, "h", f"{DEFAULT_CUTS.weeks} weeks")
    played = [search.fresh[site] for site in SITES]
    fresh = cells(played, Surety(DEFAULT_CUTS.confidence, draws=DEFAULT_CUTS.absences))
    shown = sum(cell.shown for cell in fresh)
    yield Measured("Hamburg, four sites", "targets shown", shown / len(fresh), "share", "joint")
    seconds = time.process_time() - started
    yield Measured("Hamburg, four sites", "cutting", seconds, "s CPU", "fresh weeks included")


def _cut(case: PlanningCase, weeks: tuple[Customers, ...]) -> CutSearch:
    loads = tuple(load for load in workloads_of(case, weeks) if load.location in SITES)
    work = RefinementWork(case, desk_plans(case, loads), weeks, 1)
    settings = replace(DEFAULT_CUTS, rounds=1)
    return cut_all(CutRequest(work, loads, refine_all(work), settings, 1))
