"""``planner sensitivity``: which assumption changes the answer most."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from planner.cli.options import (
    AsJson,
    CaseFile,
    Engine,
    Jobs,
    Out,
    Replications,
    RosterFile,
    Seed,
    Settings,
    Speak,
    Week,
)
from planner.cli.progress import watching
from planner.cli.running import case_options, finish
from planner.cli.show import Language
from planner.workflow.options import RunOptions
from planner.workflow.sensitivity import sensitivity as vary_assumptions

Measure = Annotated[
    str,
    typer.Option("--measure", help="Kennzahl als scope/id/area/channel/measure / which measure."),
]


def sensitivity(
    case: CaseFile,
    measure: Measure = "city/city/residents/appointment/lead_booked_mean",
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
    """Welche Annahme die Antwort am stärksten ändert: Tornado aller angenommenen Werte.

    Sets every assumed value to both ends of its range, on common customers with frozen staff.
    Reads CASE (and roster.csv), writes a run folder with tornado.csv and report.html.
    """
    chosen = case_options(case, settings, week)
    run = RunOptions(seed, replications, engine, jobs, out, language.value, tuple(sys.argv[1:]))
    with watching(language) as watch:
        finish(
            lambda: vary_assumptions(chosen, run, measure, roster, watch),
            as_json,
            language,
        )
