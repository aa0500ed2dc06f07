"""The verb *import*: wishes, absences and rosters from a workbook or CSV into a run folder."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.results.frames import RunParts
from planner.results.repair_frames import locks_frame
from planner.results.roster_frames import roster_from_frames
from planner.results.store import SCENARIO, refuse_foreign
from planner.rules.audit import audit, lawful
from planner.scenario.filled_rows import Filled, ShiftEntry, filled
from planner.scenario.loading import load_case
from planner.scenario.sheet_reading import read_filled
from planner.tables import ROSTER
from planner.units import minute_to_clock
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import RUNS, Verb, keep, run_id
from planner.workflow.run_case import RunCase, open_run
from planner.workflow.simulate import nominal_requirement
from planner.workflow.summary import ExitStatus, Summary


def import_file(
    file: Path, target: Path, settings: tuple[str, ...], run: RunOptions, watch: Watch
) -> Summary:
    """Take over what was filled in, audit it, and keep it as a run folder.

    Parameters
    ----------
    target : Path
        A run folder, whose requirement and (without a sheet of shifts) roster stay, or a scenario
        file, whose requirement is computed.

    Raises
    ------
    StoreError
        When a file cannot be read.
    ScenarioError
        With every problem of the file, by sheet and cell.
    """
    started = time.monotonic()
    watch.say("read", None, str(file))
    before = open_run(target) if target.is_dir() else None
    scenario = target / SCENARIO if before else target
    case = before.case if before else load_case(scenario, settings)
    found = filled(read_filled(file), case)
    added = _settings(found)
    now = load_case(scenario, (*settings, *added)) if added else case
    out = run.out or RUNS / run_id(now, "import", run.seed)
    refuse_foreign(out)
    watch.say("requirement", None, "")
    requirement = before.requirement if before else nominal_requirement(now, run.seed, run.jobs)
    roster = _roster(found, before, now)
    nothing = Requirement(now.horizon.slot_minutes, (), (), ())
    findings = audit(roster, now, requirement or nothing)
    parts = RunParts(
        case=now,
        roster=roster,
        requirement=requirement,
        findings=findings,
        more={"locks": locks_frame(_locks(found, before))},
    )
    verb = Verb("import", 0, {}, {"import": time.monotonic() - started}, {})
    options = CaseOptions(scenario, (*settings, *added))
    folder = keep(parts, None, verb, options, replace(run, out=out))
    facts = (
        ("wishes", str(len(found.wishes))),
        ("absences", str(len(found.absences))),
        ("shifts", str(len(roster.assignments))),
        *_audited(findings, run.language),
    )
    status = ExitStatus.DONE if lawful(findings) else ExitStatus.TARGET_MISSED
    return Summary(status, folder, facts)


def _audited(findings: tuple[Finding, ...], language: str) -> list[tuple[str, str]]:
    """Return how many findings there are, and the hard ones in words."""
    counts = Counter(finding.severity for finding in findings)
    kinds = (Severity.HARD, Severity.SOFT, Severity.WARN)
    facts = [(kind.value, str(counts[kind])) for kind in kinds]
    for finding in findings:
        if finding.severity is Severity.HARD:
            name = f"{finding.rule} {finding.employee or finding.location} {finding.day}"
            facts.append((name, finding.text_de if language == "de" else finding.text_en))
    return facts


def _settings(found: Filled) -> tuple[str, ...]:
    """Return the wishes and absences as settings of the scenario."""
    settings = []
    for wish in found.wishes:
        row = {"employee": wish.employee, "date": wish.day.isoformat(), "kind": wish.kind.value}
        key = f"{wish.employee}/{wish.day.isoformat()}/{wish.kind.value}"
        settings.append(f"wishes.{key}={json.dumps(row | {'weight': wish.weight})}")
    for one in found.absences:
        first, last = one.first_day.isoformat(), one.last_day.isoformat()
        cells = {"employee": one.employee, "first_day": first, "last_day": last, "kind": one.kind}
        settings.append(f"absences.{one.employee}/{first}/{one.kind}={json.dumps(cells)}")
    return tuple(settings)


def _roster(found: Filled, before: RunCase | None, case: PlanningCase) -> Roster:
    """Return the roster that was filled in; shifts that did not change keep their activities."""
    if found.roster is None:
        return before.roster if before else Roster()
    table = pd.DataFrame([_row(entry) for entry in found.roster], columns=ROSTER.names)
    read = roster_from_frames(ROSTER.conform(table), None, case)
    known = {
        (shift.employee, shift.day): shift
        for shift in (before.roster.assignments if before else ())
    }
    return Roster.of([_as_before(shift, known) for shift in read.assignments])


def _as_before(shift: Assignment, known: dict[tuple[str, date], Assignment]) -> Assignment:
    old = known.get((shift.employee, shift.day))
    same = old is not None and (
        (old.location, old.start_minute, old.end_minute, old.breaks[:1])
        == (shift.location, shift.start_minute, shift.end_minute, shift.breaks[:1])
    )
    return old if old is not None and same else shift


def _row(entry: ShiftEntry) -> tuple[object, ...]:
    start, end = minute_to_clock(entry.start), minute_to_clock(entry.end)
    first = last = pause = ""
    paid = entry.end - entry.start
    if entry.break_start is not None and entry.break_end is not None:
        first, last = minute_to_clock(entry.break_start), minute_to_clock(entry.break_end)
        pause = f"{first}-{last}"
        paid -= entry.break_end - entry.break_start
    day = entry.day.isoformat()
    return (entry.employee, day, entry.location, start, end, first, last, paid, pause)


def _locks(found: Filled, before: RunCase | None) -> set[tuple[str, date]]:
    if found.roster is None:
        return set(before.locks) if before else set()
    return {(entry.employee, entry.day) for entry in found.roster if entry.locked}
