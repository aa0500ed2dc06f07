"""Every table of a run from its domain objects: one place to import them from, one to join them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding
from planner.results.case_frames import (
    areas_frame,
    bibliography_frame,
    districts_frame,
    employees_frame,
    locations_frame,
    opening_frame,
    services_frame,
    sources_frame,
    targets_frame,
)
from planner.results.counter_hour_frames import LocationCounterHours, counter_hours_frame
from planner.results.finding_frames import findings_frame, objective_frame, rules_frame
from planner.results.ledger_frames import ledger_frame
from planner.results.observation_frames import observations_frame
from planner.results.requirement_frames import requirement_frame
from planner.results.roster_frames import activities_frame, roster_frame, roster_from_frames
from planner.rules.ledger import carried_on

__all__ = [
    "RunParts",
    "activities_frame",
    "areas_frame",
    "bibliography_frame",
    "districts_frame",
    "employees_frame",
    "findings_frame",
    "ledger_frame",
    "locations_frame",
    "objective_frame",
    "observations_frame",
    "opening_frame",
    "requirement_frame",
    "roster_frame",
    "roster_from_frames",
    "rules_frame",
    "run_tables",
    "services_frame",
    "sources_frame",
    "targets_frame",
]


@dataclass(frozen=True)
class RunParts:
    """What a verb has found; parts that it did not make are None or empty.

    ``measures`` and ``customers`` are tables already; ``terms`` is the objective by term, and
    ``words`` has (German, English) for terms that are not rules of the case; ``more`` holds tables
    that are made already, by name.
    """

    case: PlanningCase
    measures: pd.DataFrame | None = None
    customers: pd.DataFrame | None = None
    roster: Roster | None = None
    requirement: Requirement | None = None
    findings: tuple[Finding, ...] | None = None
    terms: tuple[tuple[str, float], ...] = ()
    words: Mapping[str, tuple[str, str]] | None = None
    counter_hours: tuple[LocationCounterHours, ...] = ()
    more: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def run_tables(parts: RunParts) -> dict[str, pd.DataFrame]:
    """Return every table that ``parts`` has something for, by name of the column book."""
    made = _case_tables(parts.case) | _simulation_tables(parts) | _roster_tables(parts)
    return made | dict(parts.more)


def _case_tables(case: PlanningCase) -> dict[str, pd.DataFrame]:
    return {
        "areas": areas_frame(case),
        "bibliography": bibliography_frame(case),
        "districts": districts_frame(case),
        "employees": employees_frame(case),
        "locations": locations_frame(case),
        "opening": opening_frame(case),
        "services": services_frame(case),
        "sources": sources_frame(case),
        "targets": targets_frame(case),
    }


def _simulation_tables(parts: RunParts) -> dict[str, pd.DataFrame]:
    tables = {}
    if parts.measures is not None:
        tables["measures"] = parts.measures
        tables["observations"] = observations_frame(parts.case, parts.measures)
    if parts.customers is not None:
        tables["customers"] = parts.customers
    return tables


def _roster_tables(parts: RunParts) -> dict[str, pd.DataFrame]:
    tables = {}
    if parts.roster is not None:
        tables["roster"] = roster_frame(parts.roster)
        tables["activities"] = activities_frame(parts.roster)
        tables["ledger"] = ledger_frame(carried_on(parts.roster, parts.case))
    if parts.requirement is not None:
        tables["requirement"] = requirement_frame(parts.case, parts.requirement, parts.roster)
    if parts.findings is not None:
        tables["findings"] = findings_frame(parts.findings)
        tables["rules"] = rules_frame(parts.case, parts.findings)
    if parts.counter_hours:
        tables["counter_hours"] = counter_hours_frame(parts.counter_hours)
    if parts.terms:
        tables["objective"] = objective_frame(parts.terms, _words(parts))
    return tables


def _words(parts: RunParts) -> dict[str, tuple[str, str]]:
    """Return each term in words: a rule's own statement, unless ``parts.words`` says otherwise."""
    rules = {rule.id: (rule.statement("de"), rule.statement("en")) for rule in parts.case.rules}
    return rules | dict(parts.words or {})
