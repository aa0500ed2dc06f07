"""``planner hours``: opening hours as a decision."""

from __future__ import annotations

import sys
from enum import StrEnum
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
    Week,
)
from planner.cli.progress import watching
from planner.cli.running import case_options, finish
from planner.cli.show import Language
from planner.model.opening_hours.pareto import Steps
from planner.workflow.hours import HoursEffort, choose_hours
from planner.workflow.options import RunOptions


class Variant(StrEnum):
    """Assumed reaction of customers."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


NoLoss = Annotated[
    list[str] | None,
    typer.Option(
        "--no-loss",
        metavar="BEZIRK",
        help="Bezirk, der nichts verlieren darf (mehrfach) / district without loss.",
    ),
]
Reaction = Annotated[
    Variant, typer.Option("--reaction", help="Annahme zum Ausweichen / assumed reaction.")
]
ReachStep = Annotated[
    int,
    typer.Option("--reach-step", min=1, help="Schritt der Reichweite in Promille / in 1/1000."),
]
WorstStep = Annotated[
    int,
    typer.Option("--worst-step", min=1, help="Schritt im schwächsten Bezirk in Promille."),
]
SearchEffort = Annotated[
    float, typer.Option("--effort", min=0.1, help="Rechenaufwand je Suche / effort of a search.")
]
Most = Annotated[
    int, typer.Option("--most", min=2, help="So viele Punkte höchstens / points at the most.")
]


def hours(
    case: CaseFile,
    no_loss: NoLoss = None,
    reaction: Reaction = Variant.MID,
    reach_step: ReachStep = 25,
    worst_step: WorstStep = 100,
    effort: SearchEffort = 5.0,
    most: Most = 12,
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
    """Öffnungszeiten als Entscheidung: die besten Pläne nach Reichweite und Kosten.

    Opening hours as a decision. Reads CASE; writes a run folder with pareto.csv, options/*.yaml
    (scenarios to check, plan, simulate and compare) and report.html. Ctrl-C keeps what is found.
    """
    chosen = case_options(case, settings, week)
    run = RunOptions(seed, replications, engine, jobs, out, language.value, tuple(sys.argv[1:]))
    asked = HoursEffort(
        reaction.value, tuple(no_loss or ()), Steps(reach_step, worst_step), effort, most
    )
    with watching(language) as watch:
        finish(lambda: choose_hours(chosen, run, asked, watch), as_json, language)
