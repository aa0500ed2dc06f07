"""The verb *timeline*: one simulated day at one location as a table and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from planner.domain.case import PlanningCase
from planner.errors import EngineError, StoreError
from planner.reporting.timeline_picture import Heading, timeline_svg
from planner.reporting.timeline_sentences import with_sentences
from planner.reporting.timeline_spans import LEFT, lines_of, settled
from planner.reporting.words import Words, words_of
from planner.results.files import read_roster, requirement_from_frame
from planner.results.formats import to_csv
from planner.results.store import SCENARIO, Run, read_run
from planner.scenario.loading import load_case
from planner.sim.observation import Where, location_code, observe
from planner.sim.replay import read_replication, write_replication
from planner.sim.replicate import Replication, SimulationRun, StaffingSource
from planner.workflow.options import CaseOptions
from planner.workflow.simulate import nominal_requirement
from planner.workflow.summary import ExitStatus, Summary

#: Where pictures go unless the caller says otherwise.
TIMELINES = Path("reports/timelines")
TABLE, PICTURE = "timeline.csv", "timeline.svg"


@dataclass(frozen=True, slots=True)
class Watched:
    """Which day to look at, and how to show it.

    Attributes
    ----------
    location : str
        Identifier of the location.
    day : date or None
        The date; None: the first planned day on which the location opens.
    roster : Path or None
        ``roster.csv`` to be played; None: that of the run folder, else the required desks.
    replication : int
        Which draw of the customers.
    seed : int or None
        Root seed; None: the one whose customers the run folder stored, else 1.
    out : Path or None
        Folder for the two files; None: a folder below ``reports/timelines``.
    keep, replay : Path or None
        Folder into which the replication is written, or from which it is replayed.
    """

    location: str
    day: date | None = None
    roster: Path | None = None
    replication: int = 0
    seed: int | None = None
    engine: str = "compiled"
    out: Path | None = None
    language: str = "de"
    keep: Path | None = None
    replay: Path | None = None


def watch_day(options: CaseOptions, watched: Watched) -> Summary:
    """Play one day at one location and write ``timeline.csv`` and ``timeline.svg``.

    Parameters
    ----------
    options : CaseOptions
        ``path`` is a scenario file or the folder of a run.

    Raises
    ------
    ScenarioError
        When the case has problems.
    StoreError
        When run folder or roster cannot be read, or the files cannot be written.
    EngineError
        When the case has no such location or day.
    """
    case, source, seed = _read(options, watched)
    location_code(case, watched.location)
    day = watched.day or _first_open_day(case, watched.location)
    where = Where(watched.replication, watched.location, day)
    sample = _stored(case, watched, seed)
    log = observe(case, source, SimulationRun(seed, 1, watched.engine), where, sample)
    words = words_of(watched.language)
    heading = _heading(case, where, seed, words)
    folder = watched.out or TIMELINES / _folder(case, where, seed)
    table = with_sentences(log, heading.services, words)
    _write(folder, {TABLE: to_csv(table), PICTURE: timeline_svg(log, heading, words).encode()})
    return Summary(ExitStatus.DONE, folder, _facts(log, day))


def _read(options: CaseOptions, watched: Watched) -> tuple[PlanningCase, StaffingSource, int]:
    """Return case, staff and seed of a run folder, or of a scenario file."""
    if options.path.is_dir():
        run = read_run(options.path)
        scenario = CaseOptions(options.path / SCENARIO, options.settings, options.week)
        case = load_case(scenario.path, scenario.settings, scenario.week)
        seeds = run.manifest.seeds
        stored = seeds.get("verification", seeds.get("simulation", run.manifest.seed))
        seed = stored if watched.seed is None else watched.seed
        return case, _source_of_run(run, case, watched.roster), seed
    case = load_case(options.path, options.settings, options.week)
    seed = 1 if watched.seed is None else watched.seed
    if watched.roster:
        return case, StaffingSource(roster=read_roster(watched.roster, case)), seed
    return case, StaffingSource(requirement=nominal_requirement(case, seed)), seed


def _stored(case: PlanningCase, watched: Watched, seed: int) -> Replication | None:
    """Return the replication read from, or written to, a folder; None: it is drawn."""
    if watched.replay is not None:
        return read_replication(watched.replay, case, watched.engine)
    if watched.keep is not None:
        return write_replication(watched.keep, case, (seed, watched.replication))
    return None


def _source_of_run(run: Run, case: PlanningCase, roster: Path | None) -> StaffingSource:
    path = roster or run.directory / "roster.csv"
    if roster or (run.has("roster") and len(run.table("roster"))):
        return StaffingSource(roster=read_roster(path, case))
    if run.has("requirement") and len(run.table("requirement")):
        slot_minutes = run.manifest.case_facts.slot_minutes
        requirement = requirement_from_frame(run.table("requirement"), slot_minutes)
        return StaffingSource(requirement=requirement)
    return StaffingSource()


def _first_open_day(case: PlanningCase, location: str) -> date:
    place = case.location(location)
    for day in case.horizon.dates:
        if place.opening.on(day, case.horizon):
            return day
    raise EngineError(f"location {location!r} is closed on all planned days; give another one")


def _heading(case: PlanningCase, where: Where, seed: int, words: Words) -> Heading:
    services = {s.id: words.pick(s.name_de, s.name_en) for s in case.services}
    name = case.location(where.location).name
    return Heading(name, where.day, where.replication, seed, services)


def _folder(case: PlanningCase, where: Where, seed: int) -> str:
    return f"{case.name}-{where.location}-{where.day}-s{seed}-r{where.replication}"


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error}; give another --out") from error


def _facts(log: pd.DataFrame, day: date) -> tuple[tuple[str, str], ...]:
    lines = lines_of(log)
    waits = [x.waited for x in lines if x.event == "is called" or x.event in LEFT]
    return (
        ("date", day.isoformat()),
        ("arrived", str(sum(line.event == "arrives" for line in lines))),
        ("served", str(sum(line.event == "is called" for line in lines))),
        ("mean wait [min]", f"{sum(waits) / len(waits):.1f}" if waits else "–"),
        ("longest wait [min]", f"{max(waits):.1f}" if waits else "–"),
        ("most waiting", str(max((count for _, count in settled(lines)), default=0))),
        ("table", TABLE),
        ("picture", PICTURE),
    )
