"""What a run was given, as tables: staff, places, services, hours, targets, sources."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.staff import Employee
from planner.tables import (
    AREAS,
    BIBLIOGRAPHY,
    DISTRICTS,
    EMPLOYEES,
    LOCATIONS,
    OPENING,
    SERVICES,
    SOURCES,
    TARGETS,
    Table,
)
from planner.units import MINUTES_PER_HOUR, minute_to_clock


def employees_frame(case: PlanningCase) -> pd.DataFrame:
    """Return the table ``employees``: every employee as planned with."""
    return _frame(EMPLOYEES, [_employee_row(employee, case) for employee in case.employees])


def areas_frame(case: PlanningCase) -> pd.DataFrame:
    """Return the table ``areas``."""
    return _frame(AREAS, [(area.id, area.name_de, area.name_en) for area in case.areas])


def services_frame(case: PlanningCase) -> pd.DataFrame:
    """Return the table ``services`` with the yearly requests of each."""
    yearly = {demand.service: demand.requests_per_year for demand in case.demand}
    rows = [
        (
            *(s.id, s.name_de, s.name_en, s.area, s.skill),
            *(s.time.mean_minutes, s.time.squared_cv**0.5, yearly.get(s.id, 0.0)),
        )
        for s in case.services
    ]
    return _frame(SERVICES, rows)


def districts_frame(case: PlanningCase) -> pd.DataFrame:
    """Return the table ``districts``."""
    return _frame(DISTRICTS, [(d.id, d.name, d.population) for d in case.districts])


def locations_frame(case: PlanningCase) -> pd.DataFrame:
    """Return the table ``locations``."""
    rows = [
        (
            *(p.id, p.name, p.district, p.area, p.kind.value, p.latitude, p.longitude, p.desks),
            *(p.opening.minutes_per_week / MINUTES_PER_HOUR, p.minimum_presence),
            p.back_office_share,
        )
        for p in case.locations
    ]
    return _frame(LOCATIONS, rows)


def opening_frame(case: PlanningCase) -> pd.DataFrame:
    """Return the table ``opening``: the open intervals of the planned days."""
    rows = [
        (place.id, day.isoformat(), minute_to_clock(i.start_minute), minute_to_clock(i.end_minute))
        for place in case.locations
        for day in case.horizon.dates
        for i in place.opening.on(day, case.horizon)
    ]
    return _frame(OPENING, rows)


def targets_frame(case: PlanningCase) -> pd.DataFrame:
    """Return the table ``targets``: the promises."""
    rows = [
        (t.measure, t.scope, t.area, t.channel, t.sense.value, t.limit, t.threshold_minutes)
        for t in case.targets
    ]
    return _frame(TARGETS, rows)


def sources_frame(case: PlanningCase) -> pd.DataFrame:
    """Return the table ``sources``: input values with where they come from."""
    rows = [
        (s.path, s.value, s.unit, s.confidence.value, s.source, s.note, s.low, s.high)
        for s in case.sources
    ]
    return _frame(SOURCES, rows)


def bibliography_frame(case: PlanningCase) -> pd.DataFrame:
    """Return the table ``bibliography``."""
    rows = [(p.key, p.title, p.published, p.address) for p in case.bibliography]
    return _frame(BIBLIOGRAPHY, rows)


def _employee_row(employee: Employee, case: PlanningCase) -> tuple[object, ...]:
    absent = [d for d in employee.absent if d in case.horizon.dates]
    return (
        employee.id,
        employee.contract_minutes,
        employee.target_minutes(case.horizon),
        employee.band_minutes,
        employee.home,
        ";".join(employee.locations),
        ";".join(employee.skills),
        ";".join(str(weekday) for weekday in employee.weekdays),
        ";".join(day.isoformat() for day in sorted(absent)),
        employee.trainee,
        employee.contract_group,
    )


def _frame(table: Table, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return table.conform(pd.DataFrame(rows, columns=table.names))
