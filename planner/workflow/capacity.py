"""The verb *capacity*: posts, hires and leads over months, the answers, and the simulation."""

from __future__ import annotations

import time
from collections.abc import Iterator

from planner.domain.outcome import SolveStatus
from planner.reporting.build import build_reports
from planner.results.capacity_frames import AnswerRow, Row, capacity_tables
from planner.results.frames import RunParts
from planner.results.store import refuse_foreign
from planner.scenario.loading import load_case
from planner.sim.booking_months import BookMonths
from planner.workflow.capacity_answers import answer_rows
from planner.workflow.capacity_case import Town, days_of, town
from planner.workflow.capacity_curves import curve_rows, simulated_years
from planner.workflow.capacity_plan import FieldPlan, Search, plan_fields
from planner.workflow.capacity_rows import plan_rows
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import Verb, keep
from planner.workflow.summary import ExitStatus, Summary

#: Scenarios played by the booking model unless the caller says otherwise.
SIMULATED = 3


def capacity_case(options: CaseOptions, run: RunOptions, seconds: float, watch: Watch) -> Summary:
    """Plan a case over months, keep the run folder and build its report.

    Parameters
    ----------
    seconds : float
        Time for all searches together [s].

    Raises
    ------
    ScenarioError
        When the case has problems.
    EngineError
        When the case has no book with a lead target.
    StoreError
        When the run folder cannot be written.
    """
    started = time.monotonic()
    if run.out is not None:
        refuse_foreign(run.out)
    watch.say("case", None, "")
    week = load_case(options.path, options.settings, options.week)
    longer = (*options.settings, f"horizon.days={days_of(week)}")
    material = town(week, load_case(options.path, longer, options.week), run.seed)
    found = plan_fields(material, run.seed, Search(seconds, watch))
    planned = time.monotonic()
    runs = min(run.replications or SIMULATED, week.capacity.scenarios)
    years = simulated_years(material, found, run.seed, runs, watch)
    rows = tuple(_rows(material, found, years))
    watch.say("report", None, "")
    verb = Verb(
        name="capacity",
        replications=len(years),
        seeds={"scenarios": run.seed, "simulation": run.seed},
        seconds={"plan": planned - started, "simulate": time.monotonic() - planned},
        effort={"seconds": seconds, "scenarios": week.capacity.scenarios},
    )
    parts = RunParts(case=week, more=capacity_tables(rows))
    directory = keep(parts, None, verb, options, run)
    build_reports(directory, run.language)
    facts = list(_told(rows, run.language))
    facts.append(("seconds", f"{time.monotonic() - started:.0f}"))
    return Summary(_status(found), directory, (*facts, ("report", str(directory / "report.html"))))


def _rows(
    material: Town, found: tuple[FieldPlan, ...], years: tuple[BookMonths, ...]
) -> Iterator[Row]:
    for item in found:
        yield from answer_rows(material.case, item)
        if item.plan is not None:
            yield from plan_rows(material.case, item.field, item.plan)
            if years:
                yield from curve_rows(material, item, item.plan, years)


def _told(rows: tuple[Row, ...], language: str) -> Iterator[tuple[str, str]]:
    """Yield the answers of the closing table; single groups stand in the report."""
    for row in rows:
        if isinstance(row, AnswerRow) and not row.group:
            yield row.question, row.text_de if language == "de" else row.text_en


def _status(found: tuple[FieldPlan, ...]) -> ExitStatus:
    """Return 0 when every promise is held from the wanted month on, 1 when later or never."""
    for item in found:
        if item.plan is None and item.status is not SolveStatus.INFEASIBLE:
            return ExitStatus.OUT_OF_TIME
    late = any(
        item.plan is None or item.promise_from > item.field.problem.limits.promise_from
        for item in found
    )
    return ExitStatus.TARGET_MISSED if late else ExitStatus.DONE
