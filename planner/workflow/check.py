"""The verb *check*: read and validate a case, and say what is in it."""

from __future__ import annotations

from planner.domain.case import PlanningCase
from planner.scenario.loading import load_case
from planner.workflow.options import CaseOptions
from planner.workflow.record import warning_facts
from planner.workflow.summary import ExitStatus, Summary


def check_case(options: CaseOptions, language: str = "de") -> Summary:
    """Read and validate a case.

    Raises
    ------
    ScenarioError
        With every problem of the case, each with file:line.
    """
    case = load_case(options.path, options.settings, options.week)
    return Summary(ExitStatus.DONE, None, (*_contents(case), *warning_facts(case, language)))


def _contents(case: PlanningCase) -> tuple[tuple[str, str], ...]:
    counts = (
        ("districts", case.districts),
        ("locations", case.locations),
        ("services", case.services),
        ("employees", case.employees),
        ("rules", case.rules),
        ("targets", case.targets),
        ("sources", case.sources),
        ("observations", case.observations),
    )
    facts = [("case", case.name), ("week", case.horizon.first_day.isoformat())]
    facts += [(name, str(len(items))) for name, items in counts]
    return (*facts, ("case_hash", case.fingerprint))
