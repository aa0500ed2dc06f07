"""Changes and stand-ins of a repair as tables; rows are plain tuples in order of the columns."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.tables import CHANGES, STAND_INS


def changes_frame(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Return the table ``changes``."""
    return CHANGES.conform(pd.DataFrame(rows, columns=CHANGES.names))


def stand_ins_frame(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Return the table ``stand_ins``."""
    return STAND_INS.conform(pd.DataFrame(rows, columns=STAND_INS.names))
