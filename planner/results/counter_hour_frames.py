"""Counter hours behind the lead-time targets, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from planner.tables import COUNTER_HOURS


class LocationCounterHours(Protocol):
    """What a row needs to know of a location; the fields are those of the table."""

    @property
    def location(self) -> str:
        """Identifier of the location."""
        ...

    @property
    def requests_per_week(self) -> float:
        """Appointments asked for [1/week]."""
        ...

    @property
    def slots_per_week(self) -> float:
        """Slots that hold the targets [1/week]."""
        ...

    @property
    def needed_hours(self) -> float:
        """Desk hours behind these slots [h/week]."""
        ...

    @property
    def nominal_hours(self) -> float:
        """Desk hours that take appointments today [h/week]."""
        ...

    @property
    def missing_hours(self) -> float:
        """Hours needed beyond today's [h/week]."""
        ...


def counter_hours_frame(rows: Iterable[LocationCounterHours]) -> pd.DataFrame:
    """Return the table ``counter_hours``."""
    cells = [tuple(getattr(row, name) for name in COUNTER_HOURS.names) for row in rows]
    return COUNTER_HOURS.conform(pd.DataFrame(cells, columns=COUNTER_HOURS.names))
