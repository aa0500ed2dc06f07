"""The arguments and options that several commands share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.show import Language

CaseFile = Annotated[
    Path, typer.Argument(metavar="CASE", help="Szenariodatei (YAML) / scenario file.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PFAD=WERT", help="Setzt einen Wert / sets one value."),
]
Week = Annotated[
    datetime | None,
    typer.Option("--week", formats=["%Y-%m-%d"], help="Montag der Woche / Monday of the week."),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Startwert des Zufalls / random seed.")]
Jobs = Annotated[
    int, typer.Option("--jobs", min=1, help="Prozesse; ändert kein Ergebnis / processes.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Ergebnisordner, sonst reports/runs/<run id> / run folder."),
]
Replications = Annotated[
    int | None, typer.Option("--replications", min=2, help="Simulierte Wochen / simulated weeks.")
]
Engine = Annotated[str, typer.Option("--engine", help="compiled oder simpy / compiled or simpy.")]
AsJson = Annotated[bool, typer.Option("--json", help="Ergebnis als JSON / result as JSON.")]
Speak = Annotated[Language, typer.Option("--language", help="Sprache der Ausgabe / language.")]
Strategy = Annotated[
    str,
    typer.Option(
        "--strategy",
        help="requirement_first oder simulation_cuts (wenigste Stunden, mit Schranke) / or "
        "simulation_cuts (least hours, with a bound).",
    ),
]
RosterFile = Annotated[
    Path | None,
    typer.Option("--roster", help="roster.csv, sonst die Sollbesetzung / else the requirement."),
]
Seconds = Annotated[
    float, typer.Option("--seconds", min=1, help="Suchzeit in Sekunden / seconds of search.")
]
AuditTarget = Annotated[
    Path, typer.Argument(metavar="RUN|ROSTER", help="Ergebnisordner oder roster.csv.")
]
AuditCase = Annotated[
    Path | None, typer.Option("--case", help="Szenariodatei zu roster.csv / its scenario file.")
]
RunFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Ergebnisordner / run folder.")]
After = Annotated[
    Path | None,
    typer.Option(
        "--after",
        metavar="RUN",
        help="Lauf der Woche davor: Ausgleichskonto und Ruhezeiten / "
        "run of the week before: ledger and rest.",
    ),
]
Weeks = Annotated[
    int, typer.Option("--weeks", min=1, max=6, help="Wochen nacheinander / weeks in turn.")
]
