"""Rows of a plan over months and of history, and their tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

from planner.tables import (
    ANSWERS,
    CAPACITY_CURVE,
    CAPACITY_PLAN,
    HISTORY,
    HISTORY_MONTHS,
    Table,
)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A group's month; fields as in the table ``capacity_plan``."""

    area: str
    group: str
    name: str
    month: int
    first_day: str
    hires: int
    posts: float
    in_training: float
    productive: float
    absent_share: float
    overtime: float
    lent_slots: float
    borrowed_slots: float
    asked_slots: float
    offered_slots: float
    book_p10: float
    book_p50: float
    book_p90: float
    lead_p10: float
    lead_p50: float
    lead_p90: float
    target_days: float
    promised: bool
    held_share: float


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer; fields as in the table ``answers``."""

    area: str
    question: str
    rank: int
    group: str
    parameter: str
    value: float
    low: float
    high: float
    unit: str
    text_de: str
    text_en: str


@dataclass(frozen=True, slots=True)
class CurveRow:
    """Plan and simulation of a group's month; fields as in the table ``capacity_curve``."""

    area: str
    group: str
    name: str
    month: int
    first_day: str
    plan_p10: float
    plan_p50: float
    plan_p90: float
    plan_same: float
    simulated: float
    simulated_low: float
    simulated_high: float
    difference: float
    target_days: float
    runs: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """An observation and what the models make of it; fields as in the table ``history``."""

    id: str
    period: str
    measure: str
    observed: str
    low: float
    high: float
    simulated: float
    planned: float
    fits: str
    plan_fits: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class HistoryMonthRow:
    """A month of history; fields as in the table ``history_months``."""

    month: str
    posts: float
    in_training: float
    absent_share: float
    extra_desk_hours: float
    factor: float
    asked_slots: float
    offered_slots: float
    fluid_lead: float
    simulated_lead: float
    simulated_low: float
    simulated_high: float
    given_up: float
    confidence: str
    source: str


Row = PlanRow | AnswerRow | CurveRow | HistoryRow | HistoryMonthRow

_TABLES: tuple[tuple[type[Row], Table], ...] = (
    (PlanRow, CAPACITY_PLAN),
    (AnswerRow, ANSWERS),
    (CurveRow, CAPACITY_CURVE),
    (HistoryRow, HISTORY),
    (HistoryMonthRow, HISTORY_MONTHS),
)


def capacity_tables(rows: Iterable[Row]) -> dict[str, pd.DataFrame]:
    """Return the rows as tables of the column book, by name; kinds without rows have none."""
    every = list(rows)
    found = {}
    for kind, table in _TABLES:
        own = [asdict(row) for row in every if isinstance(row, kind)]
        if own:
            found[table.name] = pd.DataFrame(own)
    return found
