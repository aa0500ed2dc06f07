"""The command line: parse, call a verb, show.

Standard output ends with a short table (or one JSON object); progress goes to standard error.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import typer

from planner.cli.options import (
    AsJson,
    AuditCase,
    AuditTarget,
    CaseFile,
    Engine,
    Jobs,
    Out,
    Replications,
    RosterFile,
    RunFolder,
    Seconds,
    Seed,
    Settings,
    Speak,
    Week,
)
from planner.cli.progress import watching
from planner.cli.show import Language, show, show_problems
from planner.errors import PlannerError, ScenarioError
from planner.workflow.audit import audit_roster
from planner.workflow.check import check_case
from planner.workflow.options import CaseOptions, RunOptions
from planner.workflow.plan import plan_case
from planner.workflow.report import rebuild_reports
from planner.workflow.schema import scenario_schema
from planner.workflow.simulate import simulate_case
from planner.workflow.summary import ExitStatus, Summary

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Dienstplanung und Kapazitätsplanung für den Bürgerservice: Zusagen, die simuliert, "
    "belegt und gehalten werden.  Capacity planning and staff scheduling for citizen service "
    "centres.",
    epilog="Ende mit 0: fertig; 1: fertig, ein Ziel verfehlt; 2: Fehler in der Eingabe; "
    "3: kein zulässiger Dienstplan; 4: Zeit abgelaufen ohne Dienstplan; 5: interner Fehler.",
)


@app.command()
def check(
    case: CaseFile,
    settings: Settings = None,
    week: Week = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Prüft einen Fall und nennt jedes Problem mit Datei:Zeile. Liest CASE, schreibt nichts.

    Validates a case and prints every problem with file:line. Reads CASE, writes nothing.
    """
    _finish(lambda: check_case(_case(case, settings, week)), as_json, language)


@app.command()
def simulate(
    case: CaseFile,
    roster: RosterFile = None,
    replications: Replications = None,
    seed: Seed = 1,
    engine: Engine = "compiled",
    jobs: Jobs = 1,
    out: Out = None,
    settings: Settings = None,
    week: Week = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Simuliert Wochen eines Falls. Liest CASE (und roster.csv), schreibt den Ergebnisordner.

    Simulates weeks of a case. Reads CASE (and roster.csv), writes the run folder.
    """
    chosen = _case(case, settings, week)
    run = RunOptions(seed, replications, engine, jobs, out, language.value, tuple(sys.argv[1:]))
    with watching(language) as watch:
        _finish(
            lambda: simulate_case(chosen, run, roster, watch),
            as_json,
            language,
        )


@app.command()
def plan(
    case: CaseFile,
    week: Week = None,
    seconds: Seconds = 150,
    replications: Replications = None,
    seed: Seed = 1,
    engine: Engine = "compiled",
    jobs: Jobs = 2,
    out: Out = None,
    settings: Settings = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Die Hauptaufgabe: Nachfrage → Sollbesetzung → Dienstplan → Simulation → Bericht.

    The main job: demand, requirement, roster, verified by simulation, report. Reads CASE, writes
    the run folder. Ctrl-C stops the search and keeps the best roster.
    """
    chosen = _case(case, settings, week)
    run = RunOptions(seed, replications, engine, jobs, out, language.value, tuple(sys.argv[1:]))
    with watching(language) as watch:
        _finish(lambda: plan_case(chosen, run, seconds, watch), as_json, language)


@app.command()
def audit(
    target: AuditTarget,
    case: AuditCase = None,
    settings: Settings = None,
    week: Week = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Prüft einen fertigen Dienstplan gegen alle Regeln, unabhängig vom Löser.

    Audits a finished roster against every rule, independently of the solver. Reads a run folder,
    or a roster.csv with --case; writes nothing. Ends with 1 when a hard rule is broken.
    """
    options = _case(case, settings, week) if case else None
    _finish(lambda: audit_roster(target, options, language.value), as_json, language)


@app.command()
def report(
    directory: RunFolder,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Baut die Berichte eines Laufs neu. Liest und schreibt den Ergebnisordner.

    Builds the reports of a run again from its folder.
    """
    _finish(lambda: rebuild_reports(directory, language.value), as_json, language)


@app.command()
def schema() -> None:
    """Gibt das JSON-Schema des Szenarioformats aus / prints the JSON schema of scenario files."""
    typer.echo(scenario_schema())


def _case(path: Path, settings: list[str] | None, week: datetime | None) -> CaseOptions:
    return CaseOptions(path, tuple(settings or ()), week.date() if week else None)


def _finish(verb: Callable[[], Summary], as_json: bool, language: Language) -> None:
    try:
        summary = verb()
    except ScenarioError as error:
        show_problems(error.problems, as_json, language)
        raise typer.Exit(ExitStatus.BAD_INPUT) from error
    except PlannerError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(ExitStatus.BAD_INPUT) from error
    except Exception as error:
        # The outermost border: whatever was not foreseen is told in full and ends with 5.
        traceback.print_exc()
        raise typer.Exit(ExitStatus.INTERNAL_ERROR) from error
    show(summary, as_json, language)
    raise typer.Exit(summary.status)
