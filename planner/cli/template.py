"""The command *template*."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import AsJson, Speak
from planner.cli.running import finish
from planner.cli.show import Language
from planner.workflow.template import write_template

Target = Annotated[
    Path, typer.Argument(metavar="RUN|CASE", help="Ergebnisordner oder Szenariodatei.")
]
OutFile = Annotated[Path, typer.Option("--out", metavar="DATEI.xlsx", help="Die Mappe / workbook.")]


def template(
    target: Target, out: OutFile, as_json: AsJson = False, language: Speak = Language.DE
) -> None:
    """Schreibt eine Mappe zum Ausfüllen: Wünsche, Abwesenheiten, Dienstplan, Sperren.

    Writes a workbook for team leads to fill in, with drop-downs. Reads a run folder or a scenario
    file; read the filled workbook with ``planner import``.
    """
    finish(lambda: write_template(target, out), as_json, language)
