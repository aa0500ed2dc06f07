"""The command *diff*."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import AsJson, Settings, Speak, Week
from planner.cli.running import answer, case_options
from planner.cli.show import Language
from planner.workflow.scenarios import diff_lines

Base = Annotated[Path, typer.Argument(metavar="A", help="Grundlage / the one.")]
Other = Annotated[Path, typer.Argument(metavar="B", help="Das andere / the other.")]
Every = Annotated[
    bool, typer.Option("--all", help="Jeder Wert auf einer Zeile / every value on a line.")
]


def diff(
    base: Base,
    other: Other,
    every: Every = False,
    settings: Settings = None,
    week: Week = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Sagt in Worten, worin sich zwei Szenarien unterscheiden und wer es setzt.

    Says in words in what two scenarios differ and who sets it (file:line). Reads A and B.
    """
    chosen = case_options(other, settings, week)
    how = (chosen.settings, chosen.week, every)
    lines = answer(lambda: diff_lines(base, other, language.value, how), as_json, language)
    if as_json:
        typer.echo(json.dumps({"differences": lines}, ensure_ascii=False))
        return
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("Kein Unterschied." if language is Language.DE else "No difference.")
