"""The ledger of fairness that a case starts with."""

from __future__ import annotations

from planner.domain.ledger import Duties, LedgerWeek
from planner.scenario import row_models as rows
from planner.scenario.draft import Draft


def ledger(draft: Draft) -> tuple[LedgerWeek, ...]:
    """Return the weeks before, sorted by employee and week."""
    found = [_week(entry.value) for entry in draft.all(rows.HistoryRow)]
    return tuple(sorted(found, key=lambda entry: (entry.employee, entry.first_day)))


def last_weeks(draft: Draft) -> dict[str, LedgerWeek]:
    """Return the latest week of each employee."""
    return {entry.employee: entry for entry in ledger(draft)}


def _week(row: rows.HistoryRow) -> LedgerWeek:
    return LedgerWeek(
        employee=row.employee,
        first_day=row.week,
        done=Duties(row.late, row.saturdays, row.travel_hours, row.refused),
        balance=Duties(
            row.late_balance, row.saturday_balance, row.travel_balance, row.refused_balance
        ),
        last_end=row.last_end,
        days_in_row=row.days_in_row,
        paid_minutes=row.paid_minutes,
    )
