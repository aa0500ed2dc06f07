"""The command *day*: the least staff of one service day, proven."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import AsJson, Seconds, Settings, Speak
from planner.cli.progress import watching
from planner.cli.running import finish
from planner.cli.show import Language
from planner.workflow.day import DayOptions, solve_days

OfficeFile = Annotated[
    Path,
    typer.Argument(
        metavar="OFFICE", help="Büro als YAML oder viele als CSV / office as YAML, many as CSV."
    ),
]


def day(
    office: OfficeFile,
    seconds: Seconds = 60,
    settings: Settings = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Ein Servicetag: die wenigsten bezahlten Stunden, die das Ziel halten, mit Beweis.

    One service day: the least paid hours that hold the target, with proof (strategy
    simulation_cuts on the exact finite day). Reads OFFICE (see scenarios/office), writes nothing.
    Prints optimum, bound, schedule, late share by hour and what the two-step way (SIPP, then the
    cheapest cover) costs. Ends with 3 when no schedule holds the target, 4 when out of time.
    """
    options = DayOptions(office, tuple(settings or ()), seconds, language.value)
    with watching(language) as watch:
        finish(lambda: solve_days(options, watch), as_json, language)
