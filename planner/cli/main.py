"""The command line: parse, call a verb, show.

Standard output ends with a short table (or one JSON object); progress goes to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from planner.cli.capacity import capacity
from planner.cli.compare import compare
from planner.cli.copy import copy
from planner.cli.day import day
from planner.cli.diff import diff
from planner.cli.explain import explain
from planner.cli.grid import grid
from planner.cli.history import history
from planner.cli.hours import hours
from planner.cli.importing import import_filled
from planner.cli.monthly import monthly
from planner.cli.options import (
    After,
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
    Strategy,
    Week,
    Weeks,
)
from planner.cli.paper import paper
from planner.cli.progress import watching
from planner.cli.repair import repair
from planner.cli.running import case_options, finish
from planner.cli.scenarios import scenarios
from planner.cli.sensitivity import sensitivity
from planner.cli.show import Language
from planner.cli.template import template
from planner.cli.timeline import timeline
from planner.workflow.audit import audit_roster
from planner.workflow.check import check_case
from planner.workflow.options import RunOptions
from planner.workflow.plan import Search
from planner.workflow.report import rebuild_reports
from planner.workflow.rolling import plan_weeks
from planner.workflow.schema import scenario_schema
from planner.workflow.simulate import simulate_case

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
    finish(
        lambda: check_case(case_options(case, settings, week), language.value), as_json, language
    )


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
    chosen = case_options(case, settings, week)
    run = RunOptions(seed, replications, engine, jobs, out, language.value, tuple(sys.argv[1:]))
    with watching(language) as watch:
        finish(
            lambda: simulate_case(chosen, run, roster, watch),
            as_json,
            language,
        )


@app.command()
def plan(
    case: CaseFile,
    week: Week = None,
    seconds: Seconds = 150,
    strategy: Strategy = "requirement_first",
    replications: Replications = None,
    seed: Seed = 1,
    engine: Engine = "compiled",
    jobs: Jobs = 2,
    out: Out = None,
    settings: Settings = None,
    after: After = None,
    weeks: Weeks = 1,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Die Hauptaufgabe: Nachfrage → Sollbesetzung → Dienstplan → Simulation → Bericht.

    The main job: demand, requirement, roster, verified by simulation, report. Reads CASE, writes
    the run folder. Ctrl-C stops the search and keeps the best roster. --after goes on from the
    week before (rest, days in a row, balances); --weeks plans several, one after the other.
    """
    chosen = case_options(case, settings, week)
    run = RunOptions(seed, replications, engine, jobs, out, language.value, tuple(sys.argv[1:]))
    with watching(language) as watch:
        search = Search(seconds, strategy)
        finish(
            lambda: plan_weeks(chosen, run, search, watch, after, weeks),
            as_json,
            language,
        )


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
    options = case_options(case, settings, week) if case else None
    finish(lambda: audit_roster(target, options, language.value), as_json, language)


@app.command()
def report(
    directory: RunFolder,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Baut die Berichte eines Laufs neu. Liest und schreibt den Ergebnisordner.

    Builds the reports of a run again from its folder.
    """
    finish(lambda: rebuild_reports(directory, language.value), as_json, language)


@app.command()
def schema() -> None:
    """Gibt das JSON-Schema des Szenarioformats aus / prints the JSON schema of scenario files."""
    typer.echo(scenario_schema())


# Commands with a file of their own: of planners, of team leads, of management.
_PLANNERS: tuple[Callable[..., None], ...] = (timeline, day, grid, scenarios, diff, copy, compare)
_TEAM_LEADS: tuple[Callable[..., None], ...] = (repair, explain, template)
_MANAGEMENT: tuple[Callable[..., None], ...] = (
    capacity, history, hours, sensitivity, monthly, paper,
)  # fmt: skip
for _command in (*_PLANNERS, *_TEAM_LEADS, *_MANAGEMENT):
    app.command()(_command)
app.command("import")(import_filled)
