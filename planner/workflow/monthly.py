"""The verb *monthly*: the figures that parliamentary questions ask for, by site and month.

For each month one week is simulated under its requirement: the third one that begins in it, so
that neither turn of the month counts.  Posts and sickness are of the whole month.
"""

from __future__ import annotations

import calendar
import csv
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.place import Location
from planner.domain.staff import Employee
from planner.errors import StoreError
from planner.model.requirement import requirement as required_desks
from planner.reporting.build import build_reports
from planner.reporting.verdicts import PLACE_SCOPES
from planner.results.frames import RunParts
from planner.results.store import refuse_foreign
from planner.scenario.absence_days import sick_days
from planner.scenario.loading import load_case
from planner.sim.replicate import SimulationRun, StaffingSource, simulate
from planner.sim.workload import workloads
from planner.tables import MONTHLY
from planner.units import MINUTES_PER_HOUR
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import Verb, keep
from planner.workflow.summary import ExitStatus, Summary

WORKLOAD_WEEKS = 4
#: Contract of a full post, for posts [min/week].
_POST_MINUTES = 39 * MINUTES_PER_HOUR
_THIRD_WEEK = 14
_SHOWN = {
    "lead_days": ("appointment", "lead_booked_mean"),
    "wait_appointment": ("appointment", "wait_mean"),
    "wait_walk_in": ("walk_in", "wait_mean"),
}


@dataclass(frozen=True, slots=True)
class MonthlyOptions:
    """Which months, from ``first`` on, and the file of planned posts (None: not known)."""

    first: date
    count: int
    posts: Path | None = None


def monthly_figures(
    options: CaseOptions, run: RunOptions, months: MonthlyOptions, watch: Watch
) -> Summary:
    """Simulate a week of each month and keep the run folder with the monthly figures.

    Raises
    ------
    ScenarioError
        When the case has problems.
    StoreError
        When the posts cannot be read or the folder cannot be written.
    """
    started = time.monotonic()
    if run.out is not None:
        refuse_foreign(run.out)
    case = load_case(options.path, options.settings, options.week)
    planned = _planned_posts(months.posts, case) if months.posts else {}
    sick = sick_days(options.path, options.settings)
    frames = []
    for number in range(months.count):
        month = _month(months.first, number)
        if watch.stop():
            break
        watch.say("simulate", number / months.count, f"{month:%Y-%m}")
        frames.append(_month_rows(options, run, month, planned, sick))
    if not frames:
        return Summary(ExitStatus.OUT_OF_TIME, None)
    table = MONTHLY.conform(pd.concat(frames, ignore_index=True))
    replications = run.replications or case.simulation.replications
    seconds = {"simulate": time.monotonic() - started}
    facts: dict[str, float | int | str] = {"months": len(frames), "first": f"{months.first:%Y-%m}"}
    verb = Verb("monthly", replications, {"simulation": run.seed}, seconds, facts)
    directory = keep(RunParts(case=case, more={"monthly": table}), None, verb, options, run)
    built = build_reports(directory, run.language)
    names = tuple((path.name, str(path)) for path in built)
    return Summary(ExitStatus.DONE, directory, (("rows", str(len(table))), *names))


def third_monday(month: date) -> date:
    """Return the third Monday of a month."""
    first = month.replace(day=1)
    return first + timedelta(days=(-first.weekday()) % 7 + _THIRD_WEEK)


def sickness_share(
    case: PlanningCase, staff: list[Employee], month: date, sick: dict[str, frozenset[date]]
) -> float:
    """Return the share of working days of a month lost to sickness, known and at short notice.

    Working days are the days of the employees' patterns without public holidays; short notice
    falls on those on which nobody is known to be absent.
    """
    length = calendar.monthrange(month.year, month.month)[1]
    days = [month.replace(day=day) for day in range(1, length + 1)]
    pattern = lost = 0.0
    for employee in staff:
        for day in days:
            if day.weekday() not in employee.weekdays or case.horizon.is_holiday(day):
                continue
            pattern += 1
            if day in sick.get(employee.id, frozenset()):
                lost += 1
            elif day not in employee.absent:
                lost += case.absence.rate
    return lost / pattern if pattern else math.nan


def _month(first: date, number: int) -> date:
    months = first.month - 1 + number
    return date(first.year + months // 12, months % 12 + 1, 1)


def _planned_posts(path: Path, case: PlanningCase) -> dict[str, float]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [(row["location"], float(row["posts"])) for row in csv.DictReader(file)]
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"{path}: not a file of posts ({error}); write CSV with the columns location,posts"
        ) from error
    known = {place.id for place in case.locations}
    unknown = sorted({location for location, _posts in rows} - known)
    if unknown:
        raise StoreError(f"{path}: {', '.join(unknown)} is no location of the case")
    posts: dict[str, float] = {}
    for location, number in rows:
        posts[location] = posts.get(location, 0.0) + number
    return posts


def _month_rows(
    options: CaseOptions,
    run: RunOptions,
    month: date,
    planned: dict[str, float],
    sick: dict[str, frozenset[date]],
) -> pd.DataFrame:
    case = load_case(options.path, options.settings, third_monday(month))
    replications = run.replications or case.simulation.replications
    settings = SimulationRun(run.seed, replications, run.engine, run.jobs)
    constant = all(place.constant_desks is not None for place in case.locations)
    needed = None
    if not constant:
        needed = required_desks(case, workloads(case, run.seed, WORKLOAD_WEEKS, run.jobs))
    measures = simulate(case, StaffingSource(requirement=needed), settings).measures
    rows = []
    for place in case.locations:
        staff = [employee for employee in case.employees if employee.home == place.id]
        row = _place_columns(case, place) | _staff_columns(staff, planned.get(place.id))
        row["sickness_share"] = sickness_share(case, staff, month, sick)
        row |= dict(measured_at(measures, place))
        rows.append(row | {"month": f"{month:%Y-%m}", "replications": replications})
    return pd.DataFrame(rows)[MONTHLY.names]


def _place_columns(case: PlanningCase, place: Location) -> dict[str, object]:
    horizon = case.horizon
    opened = sum(i.minutes for day in horizon.dates for i in place.opening.on(day, horizon))
    return {
        "location": place.id,
        "name": place.name,
        "district": place.district,
        "area": place.area,
        "open_hours": opened / MINUTES_PER_HOUR,
    }


def _staff_columns(staff: list[Employee], planned: float | None) -> dict[str, object]:
    filled = sum(employee.contract_minutes for employee in staff) / _POST_MINUTES
    posts = math.nan if planned is None else planned
    return {"posts_filled": filled, "posts_planned": posts, "posts_vacant": posts - filled}


def measured_at(measures: pd.DataFrame, place: Location) -> Iterator[tuple[str, object]]:
    """Yield name and value of the month's figures of one location.

    Districts and the city may have the identifier of a location: only the location's rows count.
    """
    own = measures[
        measures["scope"].isin(PLACE_SCOPES)
        & (measures["id"] == place.id)
        & (measures["area"] == place.area)
    ]

    def at(channel: str, measure: str) -> tuple[float, float, float]:
        found = own[(own["channel"] == channel) & (own["measure"] == measure)]
        if found.empty:
            return math.nan, math.nan, math.nan
        value, low, high = found.iloc[0][["value", "ci_low", "ci_high"]]
        return float(value), float(low), float(high)

    for name, key in _SHOWN.items():
        yield from zip((name, f"{name}_low", f"{name}_high"), at(*key), strict=True)
    booked, walked = (at(c, "customers")[0] for c in ("appointment", "walk_in"))
    everybody = math.fsum(n for n in (booked, walked) if not math.isnan(n))
    calls = at("phone", "customers")[0]
    yield "customers", everybody if math.isnan(calls) else calls
    known = everybody > 0 and math.isnan(calls)
    yield (
        "walk_in_share",
        (0.0 if math.isnan(walked) else walked) / everybody if known else math.nan,
    )
