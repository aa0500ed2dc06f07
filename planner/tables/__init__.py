"""The column book: every table that planner writes, its columns, types, units and meaning.

One table, one row meaning, sorted by its key, nothing that changes from run to run: equal runs
are equal byte for byte (DESIGN §2).  CONTRACT.md names the same columns for outside readers.
"""

from planner.tables.decisions import (
    DECISION_BOOK,
    DISTRICT_REACH,
    MONTHLY,
    OPENING_PLAN,
    OPTION_MEASURES,
    PARETO,
    TORNADO,
)
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
from planner.tables.table import Column, Table

__all__ = [
    "ACTIVITIES",
    "AREAS",
    "BIBLIOGRAPHY",
    "BOOK",
    "COUNTER_HOURS",
    "CUSTOMERS",
    "DECISION_BOOK",
    "DISTRICTS",
    "DISTRICT_REACH",
    "EMPLOYEES",
    "FINDINGS",
    "LOCATIONS",
    "MEASURES",
    "MONTHLY",
    "OBJECTIVE",
    "OBSERVATIONS",
    "OPENING",
    "OPENING_PLAN",
    "OPTION_MEASURES",
    "PARETO",
    "REQUIREMENT",
    "ROSTER",
    "RULES",
    "SERVICES",
    "SOURCES",
    "TARGETS",
    "TORNADO",
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
)
