"""The audit of a finished roster: every rule of the case reads it, independently of any solver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, RosterRule, Severity


def audit(roster: Roster, case: PlanningCase, requirement: Requirement) -> tuple[Finding, ...]:
    """Return the findings of all rules of ``case`` that are not off.

    A rule that a contract group has otherwise is checked again with the group's settings, and
    counts for the people of that group only.
    Hard findings come first, then soft ones by falling penalty, then warnings; ties in order of
    rule, location, day and employee.
    """
    findings = [
        finding for rule in case.rules for finding in _found(rule, roster, case, requirement)
    ]
    return tuple(sorted(findings, key=_order))


def lawful(findings: tuple[Finding, ...]) -> bool:
    """Tell whether no hard rule is broken."""
    return all(finding.severity is not Severity.HARD for finding in findings)


def penalty_by_rule(findings: tuple[Finding, ...]) -> dict[str, float]:
    """Return the penalty of each rule with soft findings [points]."""
    totals: dict[str, float] = {}
    for finding in findings:
        if finding.severity is Severity.SOFT:
            totals[finding.rule] = totals.get(finding.rule, 0.0) + finding.penalty
    return totals


def _found(
    rule: RosterRule, roster: Roster, case: PlanningCase, requirement: Requirement
) -> Iterator[Finding]:
    variants = {own.group: own.rule for own in case.group_rules if own.rule.id == rule.id}
    group = {employee.id: employee.contract_group for employee in case.employees}
    if rule.severity is not Severity.OFF:
        for finding in rule.check(roster, case, requirement):
            if group.get(finding.employee) not in variants:
                yield finding
    for name, variant in variants.items():
        if variant.severity is not Severity.OFF:
            for finding in variant.check(roster, case, requirement):
                if group.get(finding.employee) == name:
                    yield finding


def _order(finding: Finding) -> tuple[int, float, str, str, date, str, str]:
    rank = (Severity.HARD, Severity.SOFT, Severity.WARN).index(finding.severity)
    day = finding.day or date.min
    return (
        rank,
        -finding.penalty,
        finding.rule,
        finding.location,
        day,
        finding.employee,
        finding.text_en,
    )
