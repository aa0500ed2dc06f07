"""The audit of a finished roster: every rule of the case reads it, independently of any solver."""

from __future__ import annotations

from datetime import date

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity


def audit(roster: Roster, case: PlanningCase, requirement: Requirement) -> tuple[Finding, ...]:
    """Return the findings of all rules of ``case`` that are not off.

    Hard findings come first, then soft ones by falling penalty, then warnings; ties in order of
    rule, location, day and employee.
    """
    findings = [
        finding
        for rule in case.rules
        if rule.severity is not Severity.OFF
        for finding in rule.check(roster, case, requirement)
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
