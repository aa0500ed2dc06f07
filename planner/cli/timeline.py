"""The command *timeline*: watch one simulated day at one location."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import AsJson, Engine, Settings, Speak, Week
from planner.cli.running import case_options, finish
from planner.cli.show import Language
from planner.workflow.timeline import Watched, watch_day

Target = Annotated[
    Path,
    typer.Argument(metavar="CASE|RUN", help="Szenariodatei oder Ergebnisordner / case or run."),
]
LocationId = Annotated[
    str, typer.Option("--location", metavar="ID", help="Kennung des Standorts / location.")
]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--date",
        formats=["%Y-%m-%d"],
        help="Tag, sonst der erste geöffnete / date, else the first open one.",
    ),
]
Draw = Annotated[
    int, typer.Option("--replication", min=0, help="Wievielte simulierte Woche / which draw.")
]
RootSeed = Annotated[
    int | None,
    typer.Option("--seed", min=0, help="Startwert, sonst der des Laufs / else that of the run."),
]
OwnRoster = Annotated[
    Path | None,
    typer.Option("--roster", help="roster.csv, sonst der des Laufs / else that of the run."),
]
Folder = Annotated[
    Path | None,
    typer.Option("--out", help="Ordner für Tabelle und Bild / folder for table and picture."),
]
Keep = Annotated[
    Path | None,
    typer.Option("--keep", help="Ordner: schreibt die Ziehung dorthin / writes the replication."),
]
Replay = Annotated[
    Path | None,
    typer.Option("--replay", help="Ordner: spielt eine mit --keep geschriebene / replays it."),
]


def timeline(
    target: Target,
    location: LocationId,
    day: Day = None,
    replication: Draw = 0,
    roster: OwnRoster = None,
    seed: RootSeed = None,
    engine: Engine = "compiled",
    out: Folder = None,
    keep: Keep = None,
    replay: Replay = None,
    settings: Settings = None,
    week: Week = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Zeigt einen simulierten Tag an einem Standort: wer auf wen wartete, als Tabelle und Bild.

    Shows one simulated day at one location: who waited for whom. Reads CASE or a run folder, writes
    timeline.csv and timeline.svg below reports/timelines.
    """
    watched = Watched(
        location=location,
        day=day.date() if day else None,
        roster=roster,
        replication=replication,
        seed=seed,
        engine=engine,
        out=out,
        language=language.value,
        keep=keep,
        replay=replay,
    )
    finish(lambda: watch_day(case_options(target, settings, week), watched), as_json, language)
