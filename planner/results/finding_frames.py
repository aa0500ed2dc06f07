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
    """Return the table ``rules``: each rule in words, with its number of findings."""
    found = list(findings)
    rows = []
    for rule in case.rules:
        own = [f for f in found if f.rule == rule.id]
        rows.append(
            (
                *(rule.id, rule.severity.value, len(own), sum(f.penalty for f in own)),
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
