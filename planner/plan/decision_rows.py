"""The decisions of a plan as rows of its tables: fields are named like the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.case import PlanningCase
from planner.plan.cuts.certificate import CutCell
from planner.plan.cuts.coupled_days import MissingPeople
from planner.plan.cuts.day import CutDay
from planner.plan.effort import PlanResult


@dataclass(frozen=True, slots=True)
class CutDayRow:
    """A row of ``cut_days``."""

    location: str
    date: str
    status: str
    hours: float
    bound_hours: float
    estimate_hours: float
    two_step_hours: float
    refined_hours: float
    same_service_hours: float
    same_service_goal: float
    schedule: str
    missed: str
    cuts: int
    evaluations: int


@dataclass(frozen=True, slots=True)
class CutTargetRow:
    """A row of ``cut_targets``."""

    location: str
    channel: str
    measure: str
    value: float
    upper: float
    limit: float
    two_step: float
    same_service: float
    same_service_upper: float
    customers: int
    weeks: int
    shown: bool


@dataclass(frozen=True, slots=True)
class PeopleMissingRow:
    """A row of ``people_missing``."""

    date: str
    locations: str
    people: int
    needed: int


def decisions(case: PlanningCase, result: PlanResult) -> dict[str, Sequence[object]]:
    """Return the rows of every table that the plan decided something for."""
    tables: dict[str, Sequence[object]] = {}
    if result.cuts is not None and result.cuts.days:
        tables["cut_days"] = [_day_row(case, day) for day in result.cuts.days]
        tables["cut_targets"] = [_target_row(cell) for cell in result.cuts.cells]
        if result.cuts.missing:
            tables["people_missing"] = [_missing_row(lack) for lack in result.cuts.missing]
    if result.appointments:
        tables["appointments"] = result.appointments
    if result.remedies:
        tables["remedies"] = result.remedies
    return tables


def _day_row(case: PlanningCase, day: CutDay) -> CutDayRow:
    return CutDayRow(
        location=day.location,
        date=case.horizon.dates[day.day].isoformat(),
        status=day.status.value,
        hours=day.hours,
        bound_hours=day.bound_hours,
        estimate_hours=day.estimate_hours,
        two_step_hours=day.two_step_hours,
        refined_hours=day.refined_hours,
        same_service_hours=day.same_service_hours,
        same_service_goal=day.same_service_goal,
        schedule="; ".join(f"{count} × {name}" for name, count in day.schedule),
        missed="; ".join(day.missed),
        cuts=day.cuts,
        evaluations=day.evaluations,
    )


def _target_row(cell: CutCell) -> CutTargetRow:
    return CutTargetRow(
        location=cell.location,
        channel=cell.promise.channel,
        measure=cell.promise.measure,
        value=cell.value,
        upper=cell.upper,
        limit=cell.limit,
        two_step=cell.two_step,
        same_service=cell.same_service,
        same_service_upper=cell.same_service_upper,
        customers=int(cell.customers),
        weeks=cell.weeks,
        shown=cell.shown,
    )


def _missing_row(lack: MissingPeople) -> PeopleMissingRow:
    return PeopleMissingRow(
        date=lack.day.isoformat(),
        locations=";".join(lack.locations),
        people=lack.people,
        needed=lack.people + lack.missing,
    )
