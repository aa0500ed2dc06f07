"""The command *repair*."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import AsJson, Out, RunFolder, Seed, Speak
from planner.cli.progress import watching
from planner.cli.running import finish
from planner.cli.show import Language
from planner.workflow.options import RunOptions
from planner.workflow.repair import repair_run
from planner.workflow.repair_words import RepairWords

Absent = Annotated[
    list[str] | None,
    typer.Option(
        "--absent", metavar="PERSON:TAG[..TAG]", help="Wer fehlt, wann / who is absent, when."
    ),
]
Close = Annotated[
    list[str] | None,
    typer.Option(
        "--close", metavar="STANDORT:TAG:HH:MM", help="Standort schließt früher / closes early."
    ),
]
Add = Annotated[
    list[Path] | None,
    typer.Option(
        "--add", metavar="CSV", help="Neue Personen, Spalten wie employees.csv / new people."
    ),
]
Lock = Annotated[
    list[str] | None,
    typer.Option(
        "--lock", metavar="PERSON|TAG|PERSON:TAG", help="Was bleiben muss / what must stay."
    ),
]
Published = Annotated[
    datetime | None,
    typer.Option(
        "--published-until",
        formats=["%Y-%m-%d"],
        help="Bis hierhin ist der Plan bekannt gegeben: Änderungen sind teurer / published days.",
    ),
]
Today = Annotated[
    datetime | None,
    typer.Option("--today", formats=["%Y-%m-%d"], help="Tage davor bleiben / days before it stay."),
]
Time = Annotated[
    float | None,
    typer.Option("--seconds", min=0.1, help="Suchzeit, sonst 2 oder 10 s / seconds of search."),
]


def repair(
    directory: RunFolder,
    absent: Absent = None,
    close: Close = None,
    add: Add = None,
    lock: Lock = None,
    published_until: Published = None,
    today: Today = None,
    seconds: Time = None,
    seed: Seed = 1,
    out: Out = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Repariert den Dienstplan eines Laufs mit so wenigen Änderungen wie möglich.

    Repairs the roster of a run with as few changes as possible: somebody is absent, a location
    closes early, people are added. Reads a run folder, writes a new one with roster, changes.csv,
    stand_ins.csv and a report. Ctrl-C keeps the best. Ends with 3 when what is locked leaves no
    lawful roster.
    """
    words = RepairWords(
        absent=tuple(absent or ()),
        closings=tuple(close or ()),
        added=tuple(add or ()),
        locks=tuple(lock or ()),
        published_until=published_until.date() if published_until else None,
        today=today.date() if today else None,
    )
    run = RunOptions(seed=seed, out=out, language=language.value, command=tuple(sys.argv[1:]))
    with watching(language) as watch:
        finish(lambda: repair_run(directory, words, run, seconds, watch), as_json, language)
