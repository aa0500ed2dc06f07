"""Decisions of a plan beside the roster, as tables: every row object has the columns as fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from planner.tables import (
    APPOINTMENTS,
    CUT_DAYS,
    CUT_TARGETS,
    GRID_DAYS,
    PEOPLE_MISSING,
    REMEDIES,
)

_TABLES = {
    table.name: table
    for table in (CUT_DAYS, CUT_TARGETS, PEOPLE_MISSING, APPOINTMENTS, GRID_DAYS, REMEDIES)
}


def decision_frames(rows: Mapping[str, Iterable[object]]) -> dict[str, pd.DataFrame]:
    """Return the tables of rows by their name: those that the decisions of a plan fill."""
    return {name: decision_frame(name, own) for name, own in rows.items()}


def decision_frame(name: str, rows: Iterable[object]) -> pd.DataFrame:
    """Return the table ``name`` from rows whose fields are named like its columns."""
    table = _TABLES[name]
    cells = [tuple(getattr(row, column) for column in table.names) for row in rows]
    return table.conform(pd.DataFrame(cells, columns=table.names))
