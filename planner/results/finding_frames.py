"""What the audit and the search found, as tables: findings, rules, terms of the objective."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.rule import Finding
from planner.tables import FINDINGS, OBJECTIVE, RULES


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return the table ``findings``, in one order whatever the order of ``findings``."""
    rows = [
        (
            *(f.rule, f.severity.value, f.employee, f.location),
            *(f.day.isoformat() if f.day else "", f.measured, f.limit, f.unit, f.penalty),
            *(f.text_de, f.text_en),
        )
        for f in findings
    ]
    names = ["rule", "severity", "employee", "location", "date", "measured", "limit", "unit"]
    names += ["penalty", "text", "text_en"]
    return FINDINGS.conform(pd.DataFrame(sorted(rows, key=str), columns=names))


def rules_frame(case: PlanningCase, findings: Iterable[Finding]) -> pd.DataFrame:
    """Return the table ``rules``: each rule in words, with its number of findings.

    A rule that a contract group has otherwise has a row for the group and one for all others.
    """
    found = list(findings)
    group = {employee.id: employee.contract_group for employee in case.employees}
    settings = [("", rule) for rule in case.rules]
    settings += [(own.group, own.rule) for own in case.group_rules]
    origins = {(origin.rule, origin.group): origin.place for origin in case.rule_origins}
    apart = {(own.group, own.rule.id) for own in case.group_rules}
    rows = []
    for name, rule in settings:
        own = [
            f
            for f in found
            if f.rule == rule.id
            and (group.get(f.employee) if (group.get(f.employee), f.rule) in apart else "") == name
        ]
        rows.append(
            (
                *(rule.id, name, rule.severity.value, origins.get((rule.id, name), "")),
                *(len(own), sum(f.penalty for f in own)),
                *(rule.statement("de"), rule.statement("en")),
            )
        )
    return RULES.conform(pd.DataFrame(rows, columns=RULES.names))


def objective_frame(
    terms: Iterable[tuple[str, float]], words: Mapping[str, tuple[str, str]]
) -> pd.DataFrame:
    """Return the table ``objective``: terms in order; ``words`` has (German, English) by term.

    A term without words shows its name.
    """
    rows = [
        (rank, term, points, *words.get(term, (term, term)))
        for rank, (term, points) in enumerate(terms, start=1)
    ]
    return OBJECTIVE.conform(pd.DataFrame(rows, columns=OBJECTIVE.names))
