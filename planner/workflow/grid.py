"""The verb *grid*: appointment slots decided together with the shifts.

Writes the grid as a table that a booking system can import, and as a scenario beside the case, to
be planned, simulated and compared like any other; today's grid and the decided one are played on
common customers.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from pathlib import Path

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.demand import AppointmentDesks
from planner.errors import PlannerError
from planner.model.requirement_lead import CounterHours, counter_hours
from planner.plan.decided_grid import DecidedGrid, GridDay, decided_grid, present_slots
from planner.plan.held_lead import HeldLead, LeadTrial, held_lead
from planner.plan.opening_option import Rows, desk_key
from planner.plan.opening_trial import Played, option_measures, play_option
from planner.plan.requirement_first import STOPPED_REPLICATIONS
from planner.reporting.build import build_reports
from planner.results.decision_frames import decision_frames
from planner.results.frames import RunParts
from planner.results.store import refuse_foreign
from planner.scenario.loading import load_case, resolved_yaml
from planner.scenario.patch_text import patch_text
from planner.sim.replicate import SimulationRun
from planner.sim.workload import workloads
from planner.tables import OPTION_MEASURES
from planner.units import minute_to_clock
from planner.workflow.measures_summary import summarise
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import Verb, keep
from planner.workflow.summary import ExitStatus, Summary

#: Weeks behind the expected work, and weeks on which lead targets have to hold.
WORKLOAD_WEEKS, LEAD_WEEKS = 10, 10
#: The seed of the latter, counted from the run's: leads are judged on other weeks.
DESIGN_SEED = 1
NAME, SCENARIO, OPTIONS = "grid", "scenario.yaml", "options"
_WHY = {
    "target": "as many slots a week as hold the lead-time targets in the simulated book",
    "given": "as many slots a week as the case has",
}


class SlotCount(StrEnum):
    """How many slots a week: for the lead-time targets, or as many as there are."""

    TARGET = "target"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class _GridDayRow:
    location: str
    date: str
    wanted: int
    placed: int
    given_hours: float
    decided_hours: float
    bound_hours: float


def decide_grid(options: CaseOptions, run: RunOptions, count: SlotCount, watch: Watch) -> Summary:
    """Decide the appointment grid of a case, play it, and keep the run folder.

    Raises
    ------
    ScenarioError
        When the case has problems.
    PlannerError
        When no location takes appointments.
    StoreError
        When the run folder cannot be written.
    """
    started = time.monotonic()
    if run.out is not None:
        refuse_foreign(run.out)
    case = load_case(options.path, options.settings, options.week)
    held = _slots_asked(case, options, run, count, watch)
    watch.say("demand", None, "")
    expected = workloads(case, run.seed, WORKLOAD_WEEKS, run.jobs)
    grid = decided_grid(case, expected, held.hours, run.jobs, watch.say, watch.stop)
    decided = time.monotonic() - started
    with tempfile.TemporaryDirectory() as folder:
        path = _scenario(Path(folder), options, case, grid, count)
        played = _played(case, load_case(path), run, watch)
        seconds = {"grid": decided, "simulate": time.monotonic() - started - decided}
        directory = _keep(case, grid, held.hours, (played, seconds), (options, run, count))
        shutil.copytree(path.parent, directory / OPTIONS, dirs_exist_ok=True)
    watch.say("report", None, "")
    build_reports(directory, run.language)
    missed = tuple(case.location(name).name for name in held.missed)
    return _summary(grid, played, missed, directory)


def changed_desks(before: PlanningCase, after: PlanningCase) -> Rows:
    """Return the rows of ``appointment_desks`` that lead from one case to the other."""
    old, new = _by_day(before), _by_day(after)
    rows: Rows = {}
    for day in sorted(old.keys() | new.keys()):
        windows = list(_windows(new.get(day, [])))
        if windows != list(_windows(old.get(day, []))):
            rows |= {_key(row): None for row in old.get(day, [])}
            for row in windows:
                rows[_key(row)] = {"end": minute_to_clock(row.end_minute), "desks": row.desks}
    return rows


def _slots_asked(
    case: PlanningCase, options: CaseOptions, run: RunOptions, count: SlotCount, watch: Watch
) -> HeldLead:
    """Return the slots a week by location, as many as asked for."""
    hours = counter_hours(case)
    if not hours:
        raise PlannerError(
            f"{options.path}: no location takes appointments, so there is no grid to decide; give "
            "a case with booking policies, appointment desks and requests for appointments"
        )
    if count is SlotCount.GIVEN:
        return HeldLead(present_slots(case, hours), ())
    trial = LeadTrial(run.seed + DESIGN_SEED, LEAD_WEEKS, run.jobs)
    return held_lead(case, hours, trial, watch.say, watch.stop)


def _by_day(case: PlanningCase) -> dict[tuple[str, int], list[AppointmentDesks]]:
    def day(row: AppointmentDesks) -> tuple[str, int]:
        return row.location, row.weekday

    rows = sorted(case.appointment_desks, key=lambda row: (*day(row), row.start_minute))
    return {key: list(own) for key, own in groupby(rows, key=day)}


def _windows(rows: list[AppointmentDesks]) -> Iterator[AppointmentDesks]:
    """Yield the desks of a day; windows that touch and have as many desks become one."""
    last = None
    for row in rows:
        if last and (last.end_minute, last.desks) == (row.start_minute, row.desks):
            last = replace(last, end_minute=row.end_minute)
            continue
        if last:
            yield last
        last = row
    if last:
        yield last


def _key(row: AppointmentDesks) -> str:
    return desk_key(row.location, row.weekday, row.start_minute)


def _scenario(
    folder: Path, options: CaseOptions, case: PlanningCase, grid: DecidedGrid, count: SlotCount
) -> Path:
    """Write the case and the scenario with its grid; return the latter's path."""
    resolved = resolved_yaml(options.path, options.settings, options.week)
    (folder / SCENARIO).write_text(resolved, encoding="utf-8")
    path = folder / OPTIONS / f"{NAME}.yaml"
    path.parent.mkdir()
    title = (f"{case.title_de}: Terminraster", f"{case.title_en}: appointment grid")
    why = f"Appointment slots decided with the shifts, {_WHY[count]}; made by planner grid."
    tables = {"appointment_desks": changed_desks(case, grid.case)}
    text = patch_text(f"../{SCENARIO}", f"{case.name}-{NAME}", title, why, tables)
    path.write_text(text, encoding="utf-8")
    return path


def _played(
    case: PlanningCase, other: PlanningCase, run: RunOptions, watch: Watch
) -> tuple[Played, Played]:
    """Play today's grid and the decided one on common customers."""
    replications = run.replications or case.simulation.replications
    if watch.stop():
        replications = min(replications, STOPPED_REPLICATIONS)
    settings = SimulationRun(run.seed, replications, run.engine, run.jobs)
    areas = tuple(sorted({policy.area for policy in case.booking}))
    watch.say("simulate", 0.0, "today")
    today = play_option(case, settings, *areas)
    watch.say("simulate", 0.5, NAME)
    return today, play_option(other, settings, *areas)


def _keep(
    case: PlanningCase,
    grid: DecidedGrid,
    hours: tuple[CounterHours, ...],
    made: tuple[tuple[Played, Played], dict[str, float]],
    asked: tuple[CaseOptions, RunOptions, SlotCount],
) -> Path:
    (today, other), seconds = made
    options, run, count = asked
    confidence = case.simulation.confidence
    measures = pd.concat(
        [
            option_measures("today", today, today, confidence),
            option_measures(NAME, today, other, confidence),
        ],
        ignore_index=True,
    )
    tables = decision_frames(
        {"appointments": grid.rows, "grid_days": [_row(case, day) for day in grid.days]}
    )
    tables["option_measures"] = OPTION_MEASURES.conform(measures[OPTION_MEASURES.names])
    replications = run.replications or case.simulation.replications
    verb = Verb(NAME, replications, {"simulation": run.seed}, seconds, {"slots": count.value})
    parts = RunParts(case=case, measures=other.measures, counter_hours=hours, more=tables)
    return keep(parts, None, verb, options, run)


def _row(case: PlanningCase, day: GridDay) -> _GridDayRow:
    return _GridDayRow(
        day.location,
        case.horizon.dates[day.day].isoformat(),
        day.wanted,
        day.placed,
        day.given_hours,
        day.decided_hours,
        day.bound_hours,
    )


def _summary(
    grid: DecidedGrid, played: tuple[Played, Played], missed: tuple[str, ...], directory: Path
) -> Summary:
    today, other = played
    wanted, placed = (sum(getattr(day, name) for day in grid.days) for name in ("wanted", "placed"))
    given = sum(day.given_hours for day in grid.days)
    decided = sum(day.decided_hours for day in grid.days)
    bound = sum(day.bound_hours for day in grid.days)
    facts = (
        ("slots wanted", f"{wanted}"),
        ("slots placed", f"{placed}"),
        ("lead targets not held by slots", ", ".join(missed) or "–"),
        ("shift hours, slots as they lie", f"{given:.1f} h"),
        ("shift hours, slots decided", f"{decided:.1f} h ({decided / given - 1.0:+.1%})"),
        ("bound, slots decided", f"{bound:.1f} h"),
        ("required desk hours today", f"{today.required_hours:.1f} h"),
        ("required desk hours decided", f"{other.required_hours:.1f} h"),
        ("scenario", str(directory / OPTIONS / f"{NAME}.yaml")),
        ("report", str(directory / "report.html")),
    )
    found = summarise(other.measures, None, directory, facts)
    return Summary(ExitStatus(found.status), directory, facts, found.rows, found.verdicts)
