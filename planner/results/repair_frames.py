"""Changes, stand-ins and locks as tables; rows are plain tuples in order of the columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from planner.tables import CHANGES, LOCKS, STAND_INS


def changes_frame(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Return the table ``changes``."""
    return CHANGES.conform(pd.DataFrame(rows, columns=CHANGES.names))


def stand_ins_frame(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Return the table ``stand_ins``."""
    return STAND_INS.conform(pd.DataFrame(rows, columns=STAND_INS.names))


def locks_frame(cells: Iterable[tuple[str, date]]) -> pd.DataFrame:
    """Return the table ``locks`` of (employee, day)."""
    rows = [(employee, day.isoformat()) for employee, day in sorted(cells)]
    return LOCKS.conform(pd.DataFrame(rows, columns=LOCKS.names))


def locks_of(table: pd.DataFrame) -> frozenset[tuple[str, date]]:
    """Return (employee, day) of the table ``locks``."""
    rows = table[LOCKS.names].itertuples(index=False)
    return frozenset((str(who), date.fromisoformat(str(day))) for who, day in rows)
