"""The command *import*."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import AsJson, Out, Seed, Settings, Speak
from planner.cli.progress import watching
from planner.cli.running import finish
from planner.cli.show import Language
from planner.workflow.importing import import_file
from planner.workflow.options import RunOptions

File = Annotated[
    Path, typer.Argument(metavar="DATEI", help="Ausgefüllte Mappe (.xlsx) oder CSV / filled file.")
]
Run = Annotated[Path | None, typer.Option("--run", help="Ergebnisordner / run folder.")]
Case = Annotated[Path | None, typer.Option("--case", help="Szenariodatei / scenario file.")]


def import_filled(
    file: File,
    run: Run = None,
    case: Case = None,
    settings: Settings = None,
    seed: Seed = 1,
    out: Out = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Liest Wünsche, Abwesenheiten und Dienstplan ein; Fehler mit Blatt und Zelle.

    Imports wishes, absences and rosters from a workbook or CSV into a new run folder that can be
    audited and repaired. Needs --run or --case. Ends with 1 when the roster breaks law.
    """
    if (run is None) == (case is None):
        raise typer.BadParameter("--run RUN oder --case CASE / one of --run and --case")
    target = run or case or Path()
    options = RunOptions(seed=seed, out=out, language=language.value, command=tuple(sys.argv[1:]))
    with watching(language) as watch:
        finish(
            lambda: import_file(file, target, tuple(settings or ()), options, watch),
            as_json,
            language,
        )
