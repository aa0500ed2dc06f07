"""The verb *hours*: opening hours as a decision, each best plan a scenario of its own.

Best plans by the integer model, each written as a scenario file over the run's own base, loaded
again like any other scenario, and simulated on the same customers as today's hours.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from planner.domain.case import PlanningCase
from planner.model.opening_hours.from_case import decided_area, hours_problem
from planner.model.opening_hours.model import SearchLimits
from planner.model.opening_hours.pareto import Point, Steps, pareto_points
from planner.model.opening_hours.problem import HoursProblem
from planner.model.opening_hours.score import score
from planner.plan.opening_option import option_tables
from planner.plan.opening_trial import Played, option_measures, play_option
from planner.reporting.build import build_reports
from planner.results.frames import RunParts
from planner.results.store import refuse_foreign
from planner.scenario.loading import load_case, resolved_yaml
from planner.scenario.patch_text import patch_text
from planner.sim.replicate import SimulationRun
from planner.units import MINUTES_PER_HOUR
from planner.workflow.hours_tables import TODAY, Option, hours_tables
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import Verb, keep
from planner.workflow.summary import ExitStatus, Summary, SummaryRow

OPTIONS = "options"
SCENARIO = "scenario.yaml"


@dataclass(frozen=True, slots=True)
class HoursEffort:
    """What is asked of the search.

    Attributes
    ----------
    variant : str
        ``low``, ``mid`` or ``high``: the reaction of customers that plans are made for.
    no_loss : tuple of str
        Districts that must not lose, besides the case's.
    steps : Steps
        How far the floors rise from point to point [1/1000].
    effort : float
        Deterministic time of each search.
    most : int
        Points that are written and simulated; of more, those evenly spread over reach.
    """

    variant: str = "mid"
    no_loss: tuple[str, ...] = ()
    steps: Steps = field(default_factory=lambda: Steps(25, 100))
    effort: float = 5.0
    most: int = 12


def choose_hours(
    options: CaseOptions, run: RunOptions, effort: HoursEffort, watch: Watch
) -> Summary:
    """Find the best opening hours, play them, and keep the run folder.

    Raises
    ------
    ScenarioError
        When the case has problems.
    ModelError
        When there are no hours to decide, or a district is unknown.
    StoreError
        When the run folder cannot be written.
    """
    started = time.monotonic()
    if run.out is not None:
        refuse_foreign(run.out)
    case = load_case(options.path, options.settings, options.week)
    problem = hours_problem(case, effort.variant, effort.no_loss)
    points = _points(problem, run, effort, watch)
    searched = time.monotonic() - started
    if not points:
        return Summary(ExitStatus.NO_LAWFUL_ROSTER, None, (("options", "0"),))
    with tempfile.TemporaryDirectory() as folder:
        found = _options(case, problem, points, (options, run, effort), Path(folder), watch)
        tables = hours_tables(case, problem, found)
        seconds = {"search": searched, "simulate": time.monotonic() - started - searched}
        directory = _keep(case, problem, tables, seconds, (options, run, effort))
        shutil.copytree(Path(folder) / OPTIONS, directory / OPTIONS, dirs_exist_ok=True)
    watch.say("report", None, "")
    build_reports(directory, run.language)
    return _summary(found, directory)


def _points(
    problem: HoursProblem, run: RunOptions, effort: HoursEffort, watch: Watch
) -> tuple[Point, ...]:
    watch.say("hours", None, f"{len(problem.sites)} sites")
    limits = SearchLimits(effort.effort, run.seed, watch.stop)
    points = pareto_points(
        problem, effort.steps, limits, lambda count: watch.say("hours", None, f"{count} points")
    )
    return _spread(points, effort.most)


def _spread(points: tuple[Point, ...], most: int) -> tuple[Point, ...]:
    """Return at most ``most`` points, evenly spread, first and last included."""
    if len(points) <= most:
        return points
    gaps = max(1, most - 1)
    picked = dict.fromkeys(round(i * (len(points) - 1) / gaps) for i in range(most))
    return tuple(points[i] for i in picked)


def _options(
    case: PlanningCase,
    problem: HoursProblem,
    points: tuple[Point, ...],
    asked: tuple[CaseOptions, RunOptions, HoursEffort],
    folder: Path,
    watch: Watch,
) -> tuple[Option, ...]:
    options, run, effort = asked
    (folder / OPTIONS).mkdir()
    resolved = resolved_yaml(options.path, options.settings, options.week)
    (folder / SCENARIO).write_text(resolved, encoding="utf-8")
    replications = run.replications or case.simulation.replications
    settings = SimulationRun(run.seed, replications, run.engine, run.jobs)
    area = decided_area(case)
    watch.say("simulate", 0.0, TODAY)
    today = play_option(case, settings, area)
    found = [_today(problem, today, case)]
    for number, point in enumerate(points, start=1):
        path = folder / OPTIONS / f"{_name(number)}.yaml"
        path.write_text(_scenario(case, problem, point, number, effort), encoding="utf-8")
        played = None
        if not watch.stop():
            watch.say("simulate", number / (len(points) + 1), path.stem)
            played = play_option(load_case(path), settings, area)
        found.append(_option(problem, point, number, (today, played), case))
    return tuple(found)


def _name(number: int) -> str:
    return f"hours-{number:02d}"


def _scenario(
    case: PlanningCase, problem: HoursProblem, point: Point, number: int, effort: HoursEffort
) -> str:
    value = point.score
    hours = f"{value.staff_hours:.0f} h"
    why = (
        f"Opening hours, option {number}: reach {value.reach / 10:.1f} %, worst-off district "
        f"{value.worst / 10:.1f} %, {hours} of staff a week, {value.lost:.1%} of customers lost to "
        f"the hours (reaction {effort.variant}); made by planner hours."
    )
    title = (
        f"{case.title_de}: Öffnungszeiten {number}",
        f"{case.title_en}: opening hours {number}",
    )
    tables = option_tables(case, problem, point.plan, value)
    return patch_text(f"../{SCENARIO}", f"{case.name}-{_name(number)}", title, why, tables)


def _today(problem: HoursProblem, played: Played, case: PlanningCase) -> Option:
    value = score(problem, problem.today)
    point = Point(problem.today, value, float(value.cost), proven=False)
    confidence = case.simulation.confidence
    return Option(TODAY, "", point, played, option_measures(TODAY, played, played, confidence))


def _option(
    problem: HoursProblem,
    point: Point,
    number: int,
    played: tuple[Played, Played | None],
    case: PlanningCase,
) -> Option:
    today, other = played
    name, confidence = _name(number), case.simulation.confidence
    measures = option_measures(name, today, other, confidence) if other else None
    return Option(name, f"{OPTIONS}/{name}.yaml", point, other, measures)


def _keep(
    case: PlanningCase,
    problem: HoursProblem,
    tables: dict[str, pd.DataFrame],
    seconds: dict[str, float],
    asked: tuple[CaseOptions, RunOptions, HoursEffort],
) -> Path:
    options, run, effort = asked
    replications = run.replications or case.simulation.replications
    facts = _facts(case, problem, effort)
    verb = Verb("hours", replications, {"simulation": run.seed}, seconds, facts)
    return keep(RunParts(case=case, more=tables), None, verb, options, run)


def _facts(
    case: PlanningCase, problem: HoursProblem, effort: HoursEffort
) -> dict[str, float | int | str]:
    """Return what was asked and assumed, for the manifest and the report."""
    reaction = problem.reaction
    early, _core, late, saturday = reaction.wish
    return {
        "area": decided_area(case),
        "no_loss": ";".join(problem.limits.no_loss),
        "reach_step": effort.steps.reach,
        "worst_step": effort.steps.worst,
        "effort": effort.effort,
        "reach_minutes": case.hours.reach_minutes,
        "edge_minutes": problem.edge,
        "edge_minutes_in_work": problem.edge_in_work,
        "beta": problem.beta,
        "available_hours": problem.limits.staff_minutes / MINUTES_PER_HOUR,
        "reaction": reaction.name,
        "early": early,
        "late": late,
        "saturday": saturday,
        "retime": reaction.retime,
        "switch": reaction.switch,
        "lost": reaction.lost,
    }


def _summary(found: tuple[Option, ...], directory: Path) -> Summary:
    rows = []
    for option in found:
        value = option.point.score
        figures = (
            ("reach", "share", value.reach / 1000),
            ("worst", "share", value.worst / 1000),
            ("staff_hours", "h", value.staff_hours),
        )
        rows += [
            SummaryRow("option", option.name, "", name, unit, number, number, number, None, "")
            for name, unit, number in figures
        ]
    proven = sum(option.point.proven for option in found[1:])
    facts = (
        ("options", f"{len(found) - 1} ({proven} proven)"),
        ("largest gap", f"{max((o.point.gap for o in found[1:]), default=0.0):.2%}"),
        ("report", str(directory / "report.html")),
    )
    return Summary(ExitStatus.DONE, directory, facts, tuple(rows))
