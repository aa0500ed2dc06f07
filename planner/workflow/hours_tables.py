"""The tables of a run of *hours*, from its options."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.opening_choice import VARIANTS
from planner.model.opening_hours.blocks import (
    SATURDAY,
    WEEKDAYS,
    Block,
    block_minutes,
    minutes,
)
from planner.model.opening_hours.from_case import decided_area, reaction_shares
from planner.model.opening_hours.pareto import Point
from planner.model.opening_hours.problem import REACH_WHOLE, HoursProblem
from planner.model.opening_hours.score import PlanScore, broken_limits, hours_of, score
from planner.plan.opening_trial import Played
from planner.tables import DISTRICT_REACH, OPENING_PLAN, OPTION_MEASURES, PARETO
from planner.units import MINUTES_PER_HOUR, minute_to_clock

#: Name of today's hours among the options.
TODAY = "today"
_CENTS = 100
#: Measures of the city by column of ``pareto``: (channel, measure).
SHOWN = {
    "wait_appointment": ("appointment", "wait_mean"),
    "wait_walk_in": ("walk_in", "wait_mean"),
    "lead": ("appointment", "lead_booked_mean"),
    "within_14_days": ("appointment", "lead_within_14_days"),
}
#: Measures of districts and locations that are kept with their differences.
_KEPT = ("wait_mean", "lead_booked_mean", "lead_within_14_days", "not_served_share", "customers")


@dataclass(frozen=True, eq=False)
class Option:
    """An option: its file within the run, its plan, and what simulation says (None: not played)."""

    name: str
    file: str
    point: Point
    played: Played | None
    measures: pd.DataFrame | None


def hours_tables(
    case: PlanningCase, problem: HoursProblem, options: tuple[Option, ...]
) -> dict[str, pd.DataFrame]:
    """Return the tables by name."""
    area = decided_area(case)
    rows = [_pareto_row(case, problem, rank, option) for rank, option in enumerate(options)]
    reach = [
        (option.name, district, value / REACH_WHOLE)
        for option in options
        for district, value in option.point.score.districts
    ]
    plans = [row for option in options for row in _plan_rows(problem, option)]
    return {
        "pareto": PARETO.conform(pd.DataFrame(rows, columns=PARETO.names)),
        "opening_plan": OPENING_PLAN.conform(pd.DataFrame(plans, columns=OPENING_PLAN.names)),
        "district_reach": DISTRICT_REACH.conform(pd.DataFrame(reach, columns=DISTRICT_REACH.names)),
        "option_measures": _measures(options, area),
    }


def _pareto_row(
    case: PlanningCase, problem: HoursProblem, rank: int, option: Option
) -> dict[str, object]:
    value = option.point.score
    variants = [score(problem, option.point.plan, reaction_shares(case, v)) for v in VARIANTS]
    row = {
        "rank": rank,
        "option": option.name,
        "file": option.file,
        "proven": option.point.proven,
        "gap": option.point.gap,
        "kept": ";".join(broken_limits(problem, option.point.plan, value)),
        "required_hours": option.played.required_hours if option.played else math.nan,
    }
    row |= _value_columns(case, value, variants) | _hours_columns(problem, option)
    area = decided_area(case)
    for name, key in SHOWN.items():
        row |= _measured(option.measures, name, area, *key)
    return row


def _value_columns(
    case: PlanningCase, value: PlanScore, variants: list[PlanScore]
) -> dict[str, object]:
    people = sum(district.population for district in case.districts)
    in_work = value.reach_in_work / REACH_WHOLE
    low, _mid, high = variants
    return {
        "reach": value.reach / REACH_WHOLE,
        "reach_in_work": in_work,
        "people_in_work": in_work * people * case.hours.employed_share,
        "worst": value.worst / REACH_WHOLE,
        "worst_district": min(value.districts, key=lambda pair: pair[1])[0],
        "staff_hours": value.staff_hours,
        "staff_hours_low": low.staff_hours,
        "staff_hours_high": high.staff_hours,
        "cost": value.cost / MINUTES_PER_HOUR / _CENTS,
        "lost": value.lost,
        "lost_low": low.lost,
        "lost_high": high.lost,
    }


def _hours_columns(problem: HoursProblem, option: Option) -> dict[str, object]:
    hours = hours_of(problem, option.point.plan)
    late = sum(
        block_minutes(site[day], day)[Block.LATE] > 0 for site in hours for day in range(WEEKDAYS)
    )
    return {
        "open_hours": sum(minutes(day) for site in hours for day in site) / MINUTES_PER_HOUR,
        "late_days": late,
        "saturdays": sum(bool(site[SATURDAY]) for site in hours),
    }


def _measured(
    measures: pd.DataFrame | None, name: str, area: str, channel: str, measure: str
) -> dict[str, object]:
    found = (math.nan, math.nan, math.nan)
    if measures is not None:
        city = measures[(measures["scope"] == "city") & (measures["area"] == area)]
        rows = city[(city["channel"] == channel) & (city["measure"] == measure)]
        if len(rows):
            found = tuple(rows.iloc[0][["value", "ci_low", "ci_high"]])
    return dict(zip((name, f"{name}_low", f"{name}_high"), found, strict=True))


def _plan_rows(problem: HoursProblem, option: Option) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    hours, today = (hours_of(problem, p) for p in (option.point.plan, problem.today))
    for site, new, old in zip(problem.sites, hours, today, strict=True):
        for day, intervals in enumerate(new):
            start = minute_to_clock(intervals[0].start_minute) if intervals else ""
            end = minute_to_clock(intervals[-1].end_minute) if intervals else ""
            rows.append((option.name, site.id, day, start, end, intervals != old[day]))
    return rows


def _measures(options: tuple[Option, ...], area: str) -> pd.DataFrame:
    frames = [option.measures for option in options if option.measures is not None]
    joined = pd.concat(frames, ignore_index=True)
    kept = joined["measure"].isin(_KEPT) & (joined["area"] == area)
    return OPTION_MEASURES.conform(joined[kept][OPTION_MEASURES.names])
