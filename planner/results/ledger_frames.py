"""The ledger of fairness as a table."""

from __future__ import annotations

import pandas as pd

from planner.domain.ledger import Duties, LedgerWeek
from planner.tables import LEDGER


def ledger_frame(weeks: tuple[LedgerWeek, ...]) -> pd.DataFrame:
    """Return the table ``ledger``."""
    rows = [
        (
            *(week.employee, week.first_day.isoformat(), *_figures(week.done)),
            *_figures(week.balance),
            *(f"{week.last_end:%Y-%m-%d %H:%M}" if week.last_end else "", week.days_in_row),
            week.paid_minutes,
        )
        for week in weeks
    ]
    return LEDGER.conform(pd.DataFrame(rows, columns=LEDGER.names))


def _figures(duties: Duties) -> tuple[float, float, float, float]:
    return duties.late, duties.saturdays, duties.travel_hours, duties.refused
