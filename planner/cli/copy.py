"""The command *copy*."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import AsJson, Speak
from planner.cli.running import answer
from planner.cli.show import Language
from planner.workflow.scenarios import copy_scenario

Sources = Annotated[
    list[Path], typer.Argument(metavar="CASE...", help="Ein oder mehrere Szenarien / sources.")
]
Target = Annotated[Path, typer.Option("--to", help="Neue Szenariodatei / the new scenario file.")]
Name = Annotated[str, typer.Option("--name", help="Kurzname, sonst wie die Datei / short name.")]


def copy(
    sources: Sources,
    target: Target,
    name: Name = "",
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Legt ein neues Szenario aus einem oder mehreren an. Liest CASE..., schreibt die Datei --to.

    Makes a new scenario from one or several of the same base. Ends with 2 when they contradict.
    """
    made = answer(
        lambda: copy_scenario(tuple(sources), target, name or target.stem), as_json, language
    )
    typer.echo(made.as_posix())
