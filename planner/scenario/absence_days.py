"""Days of known sickness by employee: cases know absences, only the scenario knows their kind."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from planner.scenario import row_models as rows
from planner.scenario.loading import read_draft
from planner.scenario.problems import Problems

SICKNESS = "sickness"


def sick_days(path: Path, settings: tuple[str, ...] = ()) -> dict[str, frozenset[date]]:
    """Return the days of known sickness of every employee who has any.

    Raises
    ------
    ScenarioError
        When there is no base file to start from.
    """
    draft = read_draft(path, settings, None, Problems())
    found: dict[str, set[date]] = {}
    for entry in draft.all(rows.AbsenceRow):
        row = entry.value
        if row.kind == SICKNESS:
            length = (row.last_day - row.first_day).days + 1
            days = {row.first_day + timedelta(days=offset) for offset in range(length)}
            found.setdefault(row.employee, set()).update(days)
    return {employee: frozenset(days) for employee, days in found.items()}
