"""The verb *history*: published posts in, simulated leads out, compared with what was published."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.domain.case import Observation, PlanningCase
from planner.history.settings import HistorySettings, read_settings
from planner.history.staffing import Series, read_points, series
from planner.model.capacity.book import no_recourse, play
from planner.model.capacity.problem import Floats, Limits, MonthsProblem, People, Prices
from planner.reporting.build import build_reports
from planner.results.capacity_frames import HistoryMonthRow, HistoryRow, capacity_tables
from planner.results.frames import RunParts
from planner.results.store import refuse_foreign
from planner.scenario.loading import load_case
from planner.sim.booking_months import BookMonths, Window, book_over_months
from planner.sim.months import asked_slots, month_starts, offered_slots
from planner.workflow.capacity_case import wished_days
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import Verb, keep
from planner.workflow.summary import ExitStatus, Summary

STAFFING, SETTINGS = "staffing.csv", "settings.csv"
_WHOLE_MONTH = Window(last_days=31, first_before=True)


@dataclass(frozen=True)
class Past:
    """Everything that a history is played from.

    Attributes
    ----------
    locations : tuple of int
        Codes of the locations of the field of work whose posts are told.
    asked, offered : float64 arrays (months,)
        Slots asked for, and slots of the case's own desks.
    factor : float64 array (months,)
        Capacity over the case's own.
    """

    case: PlanningCase
    settings: HistorySettings
    staff: Series
    months: tuple[str, ...]
    locations: tuple[int, ...]
    asked: Floats
    offered: Floats
    factor: Floats


def history_case(options: CaseOptions, run: RunOptions, watch: Watch) -> Summary:
    """Play the history beside a case, keep the run folder and build its report.

    ``staffing.csv`` and ``settings.csv`` stand beside the scenario file.

    Raises
    ------
    ScenarioError
        When the case or one of the two tables has problems.
    StoreError
        When the run folder cannot be written.
    """
    started = time.monotonic()
    if run.out is not None:
        refuse_foreign(run.out)
    watch.say("case", None, "")
    week = load_case(options.path, options.settings, options.week)
    past = read_past(options, week)
    replications = run.replications or week.simulation.replications
    years: list[BookMonths] = []
    for replication in range(replications):
        if years and watch.stop():
            break
        watch.say("history", replication / replications, "")
        years.append(simulated(past, run.seed, replication))
    months = tuple(_months(past, tuple(years)))
    compared = tuple(_compared(past, tuple(years)))
    verb = Verb(
        name="history",
        replications=len(years),
        seeds={"simulation": run.seed},
        seconds={"simulate": time.monotonic() - started},
        effort={"months": past.settings.months, "town_share": past.settings.town_share},
    )
    parts = RunParts(case=week, more=capacity_tables((*months, *compared)))
    directory = keep(parts, None, verb, options, run)
    build_reports(directory, run.language)
    facts = [
        (row.id, f"{row.period} {row.observed}: {row.simulated:.1f} ({row.planned:.1f}) {row.fits}")
        for row in compared
    ]
    facts.append(("seconds", f"{time.monotonic() - started:.0f}"))
    status = ExitStatus.DONE if all(r.fits == "yes" for r in compared) else ExitStatus.TARGET_MISSED
    return Summary(status, directory, (*facts, ("report", str(directory / "report.html"))))


def read_past(options: CaseOptions, week: PlanningCase) -> Past:
    """Read the tables beside the case and lay out the months."""
    folder = options.path.parent
    settings = read_settings(folder / SETTINGS)
    points = read_points(folder / STAFFING)
    starts = month_starts(week.horizon.first_day, settings.months)
    days = (starts[-1] - starts[0]).days
    longer = (*options.settings, f"horizon.days={days}")
    case = load_case(options.path, longer, options.week)
    months = tuple(day.isoformat()[:7] for day in starts[:-1])
    capacity = case.capacity
    staff = series(points, months, capacity.attrition, capacity.training_months)
    area = _area(case)
    own = tuple(code for code, place in enumerate(case.locations) if place.area == area)
    asked = asked_slots(case, settings.months)[list(own)].sum(axis=0)
    offered = offered_slots(case, settings.months)[list(own)].sum(axis=0)
    factor = asked.sum() / offered.sum() * present(case, settings, staff) / _balance(case, settings)
    return Past(case, settings, staff, months, own, asked, offered, factor)


def present(case: PlanningCase, settings: HistorySettings, staff: Series) -> Floats:
    """Return the productive posts present by month, extra desks included."""
    productive = staff.posts - (1.0 - case.training_speed) * staff.in_training
    extra = staff.extra_hours / settings.counter_hours_per_post_week
    return np.asarray(productive * (1.0 - staff.absent) + extra, dtype=np.float64)


def simulated(past: Past, seed: int, replication: int) -> BookMonths:
    """Play the booking model over the months on a part of the town."""
    share = past.settings.town_share
    demand = tuple(
        replace(item, requests_per_year=item.requests_per_year * share) for item in past.case.demand
    )
    factor = np.full((len(past.case.locations), past.settings.months), share)
    factor[list(past.locations)] = share * past.factor
    thin = replace(past.case, demand=demand)
    return book_over_months(thin, factor, seed, replication, _WHOLE_MONTH)


def fluid_lead(past: Past) -> Floats:
    """Return the lead of the capacity model's fluid book at the end of each month [days]."""
    starts = month_starts(past.case.horizon.first_day, past.settings.months)
    days = np.diff([day.toordinal() for day in starts]).astype(np.float64)
    posts = present(past.case, past.settings, past.staff)[None]
    asked = past.asked[None, None]
    slots = (past.offered * past.factor)[None, None]
    policy = next(p for p in past.case.booking if p.area == _area(past.case))
    problem = MonthsProblem(
        groups=("city",),
        asked=asked,
        rate=slots / posts,
        wished=asked * wished_days(past.case) / days,
        book=slots[0, :, 0] / days[0] * past.settings.start_lead_days,
        days=days,
        people=People(posts, posts, 0.0, 0, (), 0),
        prices=Prices(0.0, 0.0, 0.0, 0.0),
        limits=Limits(float(policy.horizon_days), 0, 1.0),
    )
    years = play(problem, posts, no_recourse(problem), float(policy.horizon_days))
    return np.asarray(years.lead[0, 0], dtype=np.float64)


def _balance(case: PlanningCase, settings: HistorySettings) -> float:
    """Return the productive posts present at the balance of demand and slots."""
    capacity = case.capacity
    learning = capacity.attrition * capacity.training_months * (1.0 - case.training_speed)
    return settings.balance_posts * (1.0 - learning) * (1.0 - settings.balance_absence_share)


def _area(case: PlanningCase) -> str:
    """Return the field of work of the observations."""
    return case.observations[0].area if case.observations else case.booking[0].area


def _months(past: Past, years: tuple[BookMonths, ...]) -> Iterator[HistoryMonthRow]:
    leads = np.array([year.lead(past.locations) for year in years])
    lost = np.array([year.lost[list(past.locations)].sum(axis=0) for year in years])
    fluid, staff = fluid_lead(past), past.staff
    for code, month in enumerate(past.months):
        yield HistoryMonthRow(
            month=month,
            posts=float(staff.posts[code]),
            in_training=float(staff.in_training[code]),
            absent_share=float(staff.absent[code]),
            extra_desk_hours=float(staff.extra_hours[code]),
            factor=float(past.factor[code]),
            asked_slots=float(past.asked[code]),
            offered_slots=float(past.offered[code] * past.factor[code]),
            fluid_lead=float(fluid[code]),
            simulated_lead=float(leads[:, code].mean()),
            simulated_low=float(leads[:, code].min()),
            simulated_high=float(leads[:, code].max()),
            given_up=float(lost[:, code].mean() / past.settings.town_share),
            confidence=staff.confidence[code],
            source=staff.source[code],
        )


def _compared(past: Past, years: tuple[BookMonths, ...]) -> Iterator[HistoryRow]:
    booked = np.mean([year.lead(past.locations) for year in years], axis=0)
    offered = np.mean([year.offered(past.locations) for year in years], axis=0)
    fluid = fluid_lead(past)
    for seen in past.case.observations:
        own = _months_of(seen, past.months)
        lead = booked if seen.measure == "lead_booked_mean" else offered
        value, planned = float(lead[own].mean()), float(fluid[own].mean())
        yield HistoryRow(
            id=seen.id,
            period=seen.period,
            measure=seen.measure,
            observed=seen.observed,
            low=seen.low,
            high=seen.high,
            simulated=value,
            planned=planned,
            fits=_fits(seen, value),
            plan_fits=_fits(seen, planned),
            source=seen.source,
            note=seen.note,
        )


def _months_of(seen: Observation, months: tuple[str, ...]) -> list[int]:
    """Return the months of a period ``YYYY-MM`` or ``YYYY-MM/YYYY-MM``."""
    first, _, last = seen.period.partition("/")
    return [code for code, month in enumerate(months) if first <= month <= (last or first)]


def _fits(seen: Observation, value: float) -> str:
    return "yes" if seen.low <= value <= seen.high else "no"
