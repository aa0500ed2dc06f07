"""Which rules the model posts: the statement is shared with the checks, the arithmetic is not."""

from __future__ import annotations

from typing import TypeVar

from planner.domain.case import PlanningCase
from planner.domain.rule import RosterRule, Severity

R = TypeVar("R", bound=RosterRule)


def posted(case: PlanningCase, rule: type[R]) -> R | None:
    """Return the case's rule of this type if it binds (hard) or costs (soft), else None."""
    for one in case.rules:
        if isinstance(one, rule) and one.severity in (Severity.HARD, Severity.SOFT):
            return one
    return None
