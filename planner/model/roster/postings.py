"""Which rules the model posts: the statement is shared with the checks, the arithmetic is not."""

from __future__ import annotations

from typing import TypeVar

from planner.domain.case import PlanningCase
from planner.domain.rule import RosterRule, Severity

R = TypeVar("R", bound=RosterRule)


def posted(case: PlanningCase, rule: type[R], group: str = "") -> R | None:
    """Return the rule of this type if it binds (hard) or costs (soft), else None.

    With ``group`` as the people of that contract group have it.
    """
    one = stated(case, rule, group)
    return one if one and one.severity in (Severity.HARD, Severity.SOFT) else None


def stated(case: PlanningCase, rule: type[R], group: str = "") -> R | None:
    """Return the rule of this type, binding or not; None where the case has none."""
    own = (other.rule for other in case.group_rules if other.group == group)
    return next((one for one in (*own, *case.rules) if isinstance(one, rule)), None)


def posted_anywhere(case: PlanningCase, rule: type[R]) -> list[R]:
    """Return the rule of this type for every group in which it binds or costs, everybody first."""
    groups = ("", *sorted({own.group for own in case.group_rules}))
    found = (posted(case, rule, group) for group in groups)
    return [one for one in found if one is not None]


def hard(rule: RosterRule | None) -> bool:
    """Tell whether ``rule`` is there and forbids."""
    return rule is not None and rule.severity is Severity.HARD


def price_of(rule: RosterRule | None) -> float:
    """Return the price of a soft rule; 0 for one that forbids or is not there [points]."""
    return float(getattr(rule, "price", 0.0)) if rule and rule.severity is Severity.SOFT else 0.0
