"""A run folder opened again: its case, its roster and its requirement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.errors import StoreError
from planner.results.files import read_roster, requirement_from_frame
from planner.results.repair_frames import locks_of
from planner.results.store import SCENARIO, Run, changed_files, read_run
from planner.scenario.loading import load_case


@dataclass(frozen=True)
class RunCase:
    """What a run folder holds; ``locks`` are the cells that must stay."""

    run: Run
    case: PlanningCase
    roster: Roster
    requirement: Requirement
    locks: frozenset[tuple[str, date]] = frozenset()


def open_run(directory: Path) -> RunCase:
    """Return the case, roster and requirement of the run in ``directory``.

    Raises
    ------
    StoreError
        When the folder is no run with a roster, or its scenario, roster or requirement is no
        longer what its manifest says.
    ScenarioError
        When the scenario has problems.
    """
    run = read_run(directory)
    if not run.has("roster") or not run.has("requirement"):
        raise StoreError(f"{directory}: this run has no roster; run planner plan first")
    read = {SCENARIO, "roster.csv", "activities.csv", "requirement.csv"}
    changed = sorted(read.intersection(changed_files(run)))
    if changed:
        raise StoreError(
            f"{directory}: {', '.join(changed)} changed since the run was written; use planner "
            "import to take over a roster that was edited"
        )
    case = load_case(directory / SCENARIO)
    slot_minutes = run.manifest.case_facts.slot_minutes
    requirement = requirement_from_frame(run.table("requirement"), slot_minutes)
    locks = locks_of(run.table("locks")) if run.has("locks") else frozenset()
    roster = read_roster(directory / "roster.csv", case)
    return RunCase(run, case, roster, requirement, locks)


def day_of(text: str, what: str) -> date:
    """Return an ISO date of the command line.

    Raises
    ------
    StoreError
        When it is none; ``what`` says where.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise StoreError(f"{what}: '{text}' is no date; write YYYY-MM-DD") from error
