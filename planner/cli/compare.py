"""The command *compare*."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import AsJson, Engine, Jobs, Out, Seed, Settings, Speak, Week
from planner.cli.progress import watching
from planner.cli.running import case_options, finish
from planner.cli.show import Language
from planner.plan.scenario_staffing import Staffed
from planner.workflow.compare import compare_cases
from planner.workflow.compare_options import CompareEffort
from planner.workflow.options import RunOptions

Cases = Annotated[
    list[Path],
    typer.Argument(metavar="BASE CASE...", help="Grundlage und Szenarien / base and scenarios."),
]
Way = Annotated[
    Staffed,
    typer.Option(
        "--roster",
        help="replanned: jedes Szenario neu geplant; frozen: Dienstplan der Grundlage; "
        "requirement: Sollbesetzung ohne Personen / how scenarios are staffed.",
    ),
]
Fixed = Annotated[
    int | None,
    typer.Option("--replications", min=2, help="Feste Zahl simulierter Wochen / fixed number."),
]
HalfWidth = Annotated[
    float,
    typer.Option(
        "--half-width",
        min=0,
        help="Gewünschte halbe Breite der Intervalle: Anteil des Grundwerts, bei Anteilen absolut "
        "/ wanted half-width.",
    ),
]
AtMost = Annotated[
    int, typer.Option("--at-most", min=2, help="Höchstens so viele Wochen / cap on weeks.")
]
SearchSeconds = Annotated[
    float,
    typer.Option("--seconds", min=1, help="Suchzeit je Dienstplan / search per roster [s]."),
]
DesignWeeks = Annotated[
    int, typer.Option("--design-weeks", min=1, help="Wochen hinter der Sollbesetzung / weeks.")
]
Best = Annotated[
    str,
    typer.Option(
        "--best", help="Auswahl nach scope/id/area/channel/measure / measure to select by."
    ),
]
Indifference = Annotated[
    float,
    typer.Option("--indifference", min=0, help="Unterschied, der nicht zählt / indifference zone."),
]


def compare(
    cases: Cases,
    way: Way = Staffed.REPLANNED,
    replications: Fixed = None,
    half_width: HalfWidth = 0.02,
    at_most: AtMost = 100,
    seconds: SearchSeconds = 20,
    design_weeks: DesignWeeks = 4,
    best: Best = "",
    indifference: Indifference = 0,
    seed: Seed = 1,
    engine: Engine = "compiled",
    jobs: Jobs = 2,
    out: Out = None,
    settings: Settings = None,
    week: Week = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Vergleicht Szenarien mit dem ersten: gleiche Kundschaft, Unterschiede mit Intervallen.

    Compares scenarios with the first one on common customers. Reads BASE and CASE..., writes the
    run folder (comparison.csv, selection.csv, report.html …). Ctrl-C stops after what is known; the
    same command goes on where it stopped.
    """
    least = replications or min(20, at_most)
    effort = CompareEffort(
        *(way, seconds, design_weeks, half_width),
        at_least=least,
        at_most=replications or at_most,
        measure=best,
        indifference=indifference,
    )
    chosen = tuple(case_options(case, settings, week) for case in cases)
    command = tuple(sys.argv[1:])
    run = RunOptions(seed, replications, engine, jobs, out, language.value, command)
    with watching(language) as watch:
        finish(lambda: compare_cases(chosen, effort, run, watch), as_json, language)
