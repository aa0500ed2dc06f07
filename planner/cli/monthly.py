"""``planner monthly``: figures by site and month."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import (
    AsJson,
    CaseFile,
    Engine,
    Jobs,
    Out,
    Replications,
    Seed,
    Settings,
    Speak,
)
from planner.cli.progress import watching
from planner.cli.running import case_options, finish
from planner.cli.show import Language
from planner.workflow.monthly import MonthlyOptions, monthly_figures
from planner.workflow.options import RunOptions

First = Annotated[
    datetime, typer.Option("--from", formats=["%Y-%m"], help="Erster Monat / first month.")
]
Count = Annotated[int, typer.Option("--months", min=1, help="Zahl der Monate / how many months.")]
Posts = Annotated[
    Path | None,
    typer.Option("--posts", help="CSV der Sollstellen: location,posts / planned posts."),
]


def monthly(
    case: CaseFile,
    first: First,
    months: Count = 12,
    posts: Posts = None,
    replications: Replications = None,
    seed: Seed = 1,
    engine: Engine = "compiled",
    jobs: Jobs = 1,
    out: Out = None,
    settings: Settings = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Monatszahlen je Standort: Stellen, Krankheit, Vorlauf, Wartezeiten, Öffnungsstunden.

    Monthly figures by site. Simulates the third week of each month. Reads CASE (and the file of
    posts), writes a run folder with monthly.csv, monthly.xlsx and report.html.
    """
    chosen = case_options(case, settings, None)
    run = RunOptions(seed, replications, engine, jobs, out, language.value, tuple(sys.argv[1:]))
    asked = MonthlyOptions(first.date(), months, posts)
    with watching(language) as watch:
        finish(lambda: monthly_figures(chosen, run, asked, watch), as_json, language)
