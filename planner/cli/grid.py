"""``planner grid``: appointment slots decided together with the shifts."""

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
    Seed,
    Settings,
    Speak,
    Week,
)
from planner.cli.progress import watching
from planner.cli.running import case_options, finish
from planner.cli.show import Language
from planner.workflow.grid import SlotCount, decide_grid
from planner.workflow.options import RunOptions

Slots = Annotated[
    SlotCount,
    typer.Option(
        "--slots",
        help="target: so viele Plätze, wie die Terminziele verlangen; given: so viele wie heute / "
        "as many as the lead targets ask for, or as today.",
    ),
]


def grid(
    case: CaseFile,
    slots: Slots = SlotCount.TARGET,
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
    """Terminraster mit den Diensten zusammen entscheiden: wie viele Plätze wann.

    The appointment grid, decided with the shifts. Reads CASE; writes a run folder with
    appointments.csv, options/grid.yaml (a scenario to plan and compare) and report.html.
    """
    chosen = case_options(case, settings, week)
    run = RunOptions(seed, replications, engine, jobs, out, language.value, tuple(sys.argv[1:]))
    with watching(language) as watch:
        finish(lambda: decide_grid(chosen, run, slots, watch), as_json, language)
