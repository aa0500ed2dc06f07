"""The verb *audit*: a finished roster against every rule, independently of the solver."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.errors import StoreError
from planner.results.files import read_roster, requirement_from_frame
from planner.results.store import SCENARIO, read_run
from planner.rules.audit import audit, lawful
from planner.scenario.loading import load_case
from planner.workflow.options import CaseOptions
from planner.workflow.summary import ExitStatus, Summary


def audit_roster(target: Path, options: CaseOptions | None, language: str) -> Summary:
    """Audit the roster of a run folder, or a ``roster.csv`` under a case.

    A run folder brings its case and its requirement; a file alone is audited against the law and
    the contracts, without coverage.

    Raises
    ------
    StoreError
        When the target cannot be read, or a file comes without a case.
    ScenarioError
        When the case has problems.
    """
    case, roster, requirement = _read(target, options)
    findings = audit(roster, case, requirement)
    status = ExitStatus.DONE if lawful(findings) else ExitStatus.TARGET_MISSED
    return Summary(status, None, _facts(roster, findings, language))


def _read(target: Path, options: CaseOptions | None) -> tuple[PlanningCase, Roster, Requirement]:
    if target.is_dir():
        run = read_run(target)
        given = options or CaseOptions(target / SCENARIO)
        case = load_case(given.path, given.settings, given.week)
        slot_minutes = run.manifest.case_facts.slot_minutes
        requirement = requirement_from_frame(run.table("requirement"), slot_minutes)
        return case, read_roster(target / "roster.csv", case), requirement
    if options is None:
        raise StoreError(f"{target}: a roster file needs its case; add --case SCENARIO")
    case = load_case(options.path, options.settings, options.week)
    return case, read_roster(target, case), Requirement(case.horizon.slot_minutes, (), (), ())


def _facts(
    roster: Roster, findings: tuple[Finding, ...], language: str
) -> tuple[tuple[str, str], ...]:
    counts = Counter(finding.severity for finding in findings)
    facts = [("shifts", str(len(roster.assignments)))]
    facts += [(severity.value, str(counts[severity])) for severity in Severity if severity != "off"]
    facts += [
        (finding.rule, finding.text_de if language == "de" else finding.text_en)
        for finding in findings
        if finding.severity is Severity.HARD
    ]
    return tuple(facts)
