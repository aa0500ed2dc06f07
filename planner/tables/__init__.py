"""The column book: every table that planner writes, its columns, types, units and meaning.

One table, one row meaning, sorted by its key, nothing that changes from run to run: equal runs
are equal byte for byte (DESIGN §2).  CONTRACT.md names the same columns for outside readers.
"""

from planner.tables.capacity import (
    ANSWERS,
    CAPACITY_BOOK,
    CAPACITY_CURVE,
    CAPACITY_PLAN,
    HISTORY,
    HISTORY_MONTHS,
)
from planner.tables.comparison import COMPARISON_BOOK
from planner.tables.decisions import APPOINTMENTS, CUT_DAYS, CUT_TARGETS, PEOPLE_MISSING, REMEDIES
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
from planner.tables.ledger import LEDGER
from planner.tables.management import (
    DISTRICT_REACH,
    GRID_DAYS,
    MANAGEMENT_BOOK,
    MONTHLY,
    OPENING_PLAN,
    OPTION_MEASURES,
    PARETO,
    TORNADO,
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
    "CAPACITY_BOOK",
    "CAPACITY_CURVE",
    "CAPACITY_PLAN",
    "CHANGES",
    "COMPARISON_BOOK",
    "COUNTER_HOURS",
    "CUSTOMERS",
    "CUT_DAYS",
    "CUT_TARGETS",
    "DISTRICTS",
    "DISTRICT_REACH",
    "EMPLOYEES",
    "EVERY_TABLE",
    "FINDINGS",
    "GRID_DAYS",
    "HISTORY",
    "HISTORY_MONTHS",
    "LEDGER",
    "LOCATIONS",
    "LOCKS",
    "MANAGEMENT_BOOK",
    "MEASURES",
    "MONTHLY",
    "OBJECTIVE",
    "OBSERVATIONS",
    "OPENING",
    "OPENING_PLAN",
    "OPTION_MEASURES",
    "PARETO",
    "PEOPLE_MISSING",
    "REMEDIES",
    "REQUIREMENT",
    "ROSTER",
    "RULES",
    "SERVICES",
    "SOURCES",
    "STAND_INS",
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
    CUT_DAYS,
    CUT_TARGETS,
    PEOPLE_MISSING,
    APPOINTMENTS,
    REMEDIES,
    EMPLOYEES,
    LEDGER,
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
    CHANGES,
    STAND_INS,
    LOCKS,
)

#: Every table that a folder may hold, whatever the verb.
EVERY_TABLE = (*BOOK, *CAPACITY_BOOK, *COMPARISON_BOOK, *MANAGEMENT_BOOK)
