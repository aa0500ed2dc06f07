"""The command *scenarios*."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import AsJson, Speak
from planner.cli.running import answer
from planner.cli.show import Language
from planner.scenario.notes import ScenarioNotes
from planner.workflow.scenarios import scenario_notes

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="DIR", help="Ordner, sonst scenarios/ / folder, else scenarios/."),
]


def scenarios(
    directory: Folder = None, as_json: AsJson = False, language: Speak = Language.DE
) -> None:
    """Listet Szenarien mit einem Satz, warum sie zählen. Liest DIR, schreibt nichts.

    Lists scenarios with a sentence on why they matter. Reads DIR, writes nothing.
    """
    notes = answer(lambda: scenario_notes(directory), as_json, language)
    place = 0 if language is Language.DE else 1
    if as_json:
        typer.echo(json.dumps([_object(note) for note in notes], ensure_ascii=False))
        return
    for note in notes:
        typer.echo(f"{note.path.as_posix()}  {note.title[place]}")
        if note.why[place]:
            typer.echo(f"    {note.why[place]}")
        for number in note.numbers:
            text = number.de if place == 0 else number.en
            source = f": {number.source}" if number.source else ""
            typer.echo(f"    · {text} ({number.confidence.value}{source})")


def _object(note: ScenarioNotes) -> dict[str, object]:
    return {
        "file": note.path.as_posix(),
        "name": note.name,
        "title": dict(zip(("de", "en"), note.title, strict=True)),
        "why": dict(zip(("de", "en"), note.why, strict=True)),
        "numbers": [number.model_dump(mode="json") for number in note.numbers],
    }
