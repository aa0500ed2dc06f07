"""Posting of the rules over several weeks: what the weeks of the ledger leave for this one."""

from __future__ import annotations

from datetime import timedelta

from planner.domain.case import PlanningCase
from planner.domain.ledger import LedgerWeek
from planner.model.roster.postings import posted
from planner.rules.paid_minutes_in_window import PaidMinutesInWindow
from planner.rules.saturdays_in_window import SaturdaysInWindow

#: More paid minutes than any week has [min].
UNLIMITED = 1_000_000


def saturdays_beyond(case: PlanningCase) -> list[float]:
    """Return by how much the Saturday of the week would be one too many for everybody, 0 to 1."""
    past, found = _by_employee(case.ledger), []
    for employee in case.employees:
        rule, beyond = posted(case, SaturdaysInWindow, employee.contract_group), 0.0
        if rule is not None:
            weeks = _window(case, past.get(employee.id, []), rule.weeks)
            had = sum(week.done.saturdays for week in weeks)
            beyond = min(1.0, max(0.0, had + 1 - rule.saturdays))
        found.append(beyond)
    return found


def minutes_left(case: PlanningCase) -> list[int]:
    """Return the paid minutes that the weeks before leave everybody for this one [min]."""
    past, left = _by_employee(case.ledger), []
    for employee in case.employees:
        rule, minutes = posted(case, PaidMinutesInWindow, employee.contract_group), UNLIMITED
        if rule is not None:
            weeks = _window(case, past.get(employee.id, []), rule.weeks)
            minutes = max(0, rule.minutes - sum(week.paid_minutes for week in weeks))
        left.append(minutes)
    return left


def _by_employee(ledger: tuple[LedgerWeek, ...]) -> dict[str, list[LedgerWeek]]:
    found: dict[str, list[LedgerWeek]] = {}
    for entry in ledger:
        found.setdefault(entry.employee, []).append(entry)
    return found


def _window(case: PlanningCase, past: list[LedgerWeek], weeks: int) -> list[LedgerWeek]:
    """Return those of ``past`` in a window of ``weeks`` that ends with the planned week."""
    first = case.horizon.first_day - timedelta(weeks=weeks - 1)
    return [week for week in past if week.first_day >= first]
