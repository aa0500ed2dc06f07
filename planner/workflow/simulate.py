"""The verb *simulate*: weeks of a case under a roster, its requirement, or constant desks."""

from __future__ import annotations

import time
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.model.requirement import requirement as required_desks
from planner.results.files import read_roster
from planner.results.frames import RunParts
from planner.results.store import refuse_foreign
from planner.rules.audit import audit
from planner.scenario.loading import load_case
from planner.sim.replicate import SimulationRun, StaffingSource, simulate
from planner.sim.workload import workloads
from planner.workflow.measures_summary import summarise
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import Verb, keep
from planner.workflow.summary import Summary

#: Replications behind the mean workload that the requirement is computed from.
WORKLOAD_REPLICATIONS = 10


def simulate_case(
    options: CaseOptions, run: RunOptions, roster_file: Path | None, watch: Watch
) -> Summary:
    """Simulate a case and keep the run folder.

    With a roster the people of the roster serve; without one, the required desks are staffed
    (locations with ``constant_desks`` keep theirs).

    Raises
    ------
    ScenarioError
        When the case has problems.
    StoreError
        When the roster cannot be read or the folder cannot be written.
    """
    started = time.monotonic()
    if run.out is not None:
        refuse_foreign(run.out)
    case = load_case(options.path, options.settings, options.week)
    roster = read_roster(roster_file, case) if roster_file else None
    requirement = case_requirement(case, run)
    source = StaffingSource(roster=roster, requirement=requirement)
    replications = run.replications or case.simulation.replications
    settings = SimulationRun(run.seed, replications, run.engine, run.jobs)
    result = simulate(
        case, source, settings, lambda done: watch.say("simulate", done / replications, "")
    )
    parts = RunParts(
        case=case,
        measures=result.measures,
        customers=result.customers,
        roster=roster,
        requirement=requirement,
        findings=audit(roster, case, requirement) if roster and requirement else None,
    )
    seconds = {"simulate": time.monotonic() - started}
    verb = Verb("simulate", replications, {"simulation": run.seed}, seconds, {})
    directory = keep(parts, None, verb, options, run)
    return summarise(result.measures, None, directory, ())


def case_requirement(case: PlanningCase, run: RunOptions) -> Requirement | None:
    """Return the requirement of ``case``; None where every location has constant desks."""
    if all(location.constant_desks is not None for location in case.locations):
        return None
    return required_desks(case, workloads(case, run.seed, WORKLOAD_REPLICATIONS, run.jobs))
