"""The column book: every table that planner writes, its columns, types, units and meaning.

One table, one row meaning, sorted by its key, nothing that changes from run to run: equal runs
are equal byte for byte (DESIGN §2).  CONTRACT.md names the same columns for outside readers.
"""

from planner.tables.comparison import COMPARISON_BOOK
from planner.tables.capacity import (
    ANSWERS,
    CAPACITY_CURVE,
    CAPACITY_PLAN,
    HISTORY,
    HISTORY_MONTHS,
)
from planner.tables.decisions import APPOINTMENTS, CUT_DAYS, CUT_TARGETS, REMEDIES
from planner.tables.inputs import (
    AREAS,
    BIBLIOGRAPHY,
    DISTRICTS,
    LOCATIONS,
    OBSERVATIONS,
    OPENING,
    RULES,
    SERVICES,
    SOURCES,
    TARGETS,
)
from planner.tables.outputs import (
    ACTIVITIES,
    COUNTER_HOURS,
    CUSTOMERS,
    EMPLOYEES,
    FINDINGS,
    MEASURES,
    OBJECTIVE,
    REQUIREMENT,
    ROSTER,
)
from planner.tables.repairs import CHANGES, LOCKS, STAND_INS
from planner.tables.table import Column, Table

__all__ = [
    "ACTIVITIES",
    "ANSWERS",
    "APPOINTMENTS",
    "AREAS",
    "BIBLIOGRAPHY",
    "BOOK",
    "COMPARISON_BOOK",
    "CAPACITY_CURVE",
    "CAPACITY_PLAN",
    "CHANGES",
    "COUNTER_HOURS",
    "CUSTOMERS",
    "CUT_DAYS",
    "CUT_TARGETS",
    "DISTRICTS",
    "EMPLOYEES",
    "FINDINGS",
    "HISTORY",
    "HISTORY_MONTHS",
    "LOCATIONS",
    "LOCKS",
    "MEASURES",
    "OBJECTIVE",
    "OBSERVATIONS",
    "OPENING",
    "REMEDIES",
    "REQUIREMENT",
    "ROSTER",
    "RULES",
    "SERVICES",
    "SOURCES",
    "STAND_INS",
    "TARGETS",
    "Column",
    "Table",
]

BOOK = (
    MEASURES,
    ROSTER,
    ACTIVITIES,
    REQUIREMENT,
    FINDINGS,
    OBJECTIVE,
    COUNTER_HOURS,
    CUT_DAYS,
    CUT_TARGETS,
    APPOINTMENTS,
    REMEDIES,
    EMPLOYEES,
    CUSTOMERS,
    AREAS,
    SERVICES,
    DISTRICTS,
    LOCATIONS,
    OPENING,
    TARGETS,
    RULES,
    SOURCES,
    BIBLIOGRAPHY,
    OBSERVATIONS,
    CAPACITY_PLAN,
    ANSWERS,
    CAPACITY_CURVE,
    HISTORY,
    HISTORY_MONTHS,
    CHANGES,
    STAND_INS,
    LOCKS,
)
