"""Rules of the roster: numbers that a rule needs before it can say anything."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.rule import RosterRule, Severity
from planner.errors import Problem
from planner.rules.days_together import DaysTogether
from planner.rules.ledger import KEPT_WEEKS
from planner.rules.paid_minutes_in_window import PaidMinutesInWindow
from planner.rules.saturdays_in_window import SaturdaysInWindow
from planner.rules.shifts_of_type import ShiftsOfType
from planner.scenario.draft import Draft, Entry
from planner.scenario.rule_settings import group_model, rule_model, set_rule
from planner.scenario.section_models import Section

WINDOWS: tuple[type[RosterRule], ...] = (SaturdaysInWindow, PaidMinutesInWindow)
#: Rules that say nothing without a list: which, what is missing then, and what to do.
LISTS: dict[type[RosterRule], tuple[str, str, str]] = {
    DaysTogether: (
        "days",
        "names no days that stay together.",
        "Name groups of weekdays, e.g. days: [[mon, tue], [fri, sat]].",
    ),
    ShiftsOfType: (
        "types",
        "names no types of shift.",
        "Name them with their limits, e.g. types: [{name: late, end_after_minute: 1080, most: 2}].",
    ),
}


def windows_fit_the_ledger(draft: Draft) -> Iterator[Problem]:
    """Check that a window over several weeks has some, and no more than the ledger keeps."""
    for rule in WINDOWS:
        for entry in _settings(draft, rule):
            weeks = getattr(entry.value, "weeks", 1)
            if not 1 <= weeks <= KEPT_WEEKS:
                yield entry.problem(
                    "weeks",
                    f"is {weeks}; the ledger keeps {KEPT_WEEKS} weeks, so it may be 1 to "
                    f"{KEPT_WEEKS}.",
                )


def rules_have_what_they_are_about(draft: Draft) -> Iterator[Problem]:
    """Check that a rule about days or types of shift is told which, by everybody or a group."""
    for kind, (part, missing, advice) in LISTS.items():
        base = kind()
        for entry in _settings(draft, kind):
            rule = set_rule(base, entry.value)
            if entry.path.endswith(kind.id):
                base = rule
            if rule.severity is not Severity.OFF and not getattr(rule, part):
                yield entry.problem("", missing, advice)


def _settings(draft: Draft, rule: type[RosterRule]) -> tuple[Entry[Section], ...]:
    """Return the settings of a rule, everybody's first."""
    return (*draft.all(rule_model(rule)), *draft.all(group_model(rule)))
