"""Decisions of a plan beside the roster, as tables: every row object has the columns as fields."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planner.tables import APPOINTMENTS, CUT_DAYS, CUT_TARGETS, REMEDIES

_TABLES = {table.name: table for table in (CUT_DAYS, CUT_TARGETS, APPOINTMENTS, REMEDIES)}


def decision_frame(name: str, rows: Iterable[object]) -> pd.DataFrame:
    """Return the table ``name`` from rows whose fields are named like its columns."""
    table = _TABLES[name]
    cells = [tuple(getattr(row, column) for column in table.names) for row in rows]
    return table.conform(pd.DataFrame(cells, columns=table.names))
