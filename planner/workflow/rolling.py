"""Week after week: a plan that goes on from an earlier run, and several weeks one after the other.

The run before hands on its ledger (``ledger.csv``): balances of fairness, the end of everybody's
last shift and the days in a row.  Rosters are planned week by week; each week knows those before it
and none knows those after it.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from planner.errors import StoreError
from planner.results.store import read_run
from planner.scenario.loading import load_case
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.plan import Search, plan_case
from planner.workflow.summary import ExitStatus, Summary

WEEK = timedelta(days=7)


def following(options: CaseOptions, run: Path) -> CaseOptions:
    """Return ``options`` with the ledger of ``run``, for the week after it unless they say which.

    Raises
    ------
    StoreError
        When the folder is no run, has no ledger, or knows nobody of the case.
    """
    folder = read_run(run)
    if not folder.has("ledger"):
        raise StoreError(f"{run}: this run has no ledger; run planner plan first")
    ledger = folder.table("ledger")
    if ledger.empty:
        raise StoreError(f"{run}: its ledger is empty; nobody worked in it")
    week = options.week or date.fromisoformat(str(ledger["week"].max())) + WEEK
    path = os.path.relpath((run / "ledger.csv").resolve(), options.path.resolve().parent)
    setting = f"tables.history={json.dumps(Path(path).as_posix())}"
    found = replace(options, week=week, settings=(*options.settings, setting))
    known = {employee.id for employee in load_case(options.path, options.settings).employees}
    if known.isdisjoint(ledger["employee"]):
        raise StoreError(f"{run}: nobody in its ledger is in {options.path}; give a run of it")
    return found


def plan_weeks(
    options: CaseOptions,
    run: RunOptions,
    search: Search,
    watch: Watch,
    after: Path | None = None,
    weeks: int = 1,
) -> Summary:
    """Plan a week, or ``weeks`` of them one after the other, each with a run folder of its own.

    With several weeks ``run.out`` holds a folder for each, named by its Monday.

    Raises
    ------
    ScenarioError
        When the case has problems.
    StoreError
        When ``after`` cannot be gone on from, or a run folder cannot be written.
    """
    chosen = following(options, after) if after else options
    if weeks == 1:
        return plan_case(chosen, run, search, watch)
    summaries: list[tuple[date, Summary]] = []
    for number in range(1, weeks + 1):
        monday = chosen.week or load_case(chosen.path, chosen.settings).horizon.first_day
        watch.say("week", None, f"{number}/{weeks}: {monday}")
        out = run.out / monday.isoformat() if run.out else None
        done = plan_case(chosen, replace(run, out=out), search, watch)
        summaries.append((monday, done))
        if watch.stop() or done.directory is None or done.status > ExitStatus.TARGET_MISSED:
            break
        chosen = following(replace(options, week=monday + WEEK), done.directory)
    return _together(summaries)


def _together(summaries: list[tuple[date, Summary]]) -> Summary:
    """Return one summary: the facts of every week under its Monday, the worst exit status."""
    facts = [
        (f"{monday} {name}", value)
        for monday, summary in summaries
        for name, value in (*summary.facts, ("folder", str(summary.directory)))
        if name in ("roster", "objective", "gap", "hard findings", "shortfalls", "folder")
    ]
    worst = max(summary.status for _, summary in summaries)
    return Summary(worst, summaries[-1][1].directory, tuple(facts))
