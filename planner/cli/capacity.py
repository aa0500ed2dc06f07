"""``planner capacity``: posts, hires and leads over months."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from planner.cli.options import AsJson, CaseFile, Out, Replications, Seconds, Seed, Settings, Speak
from planner.cli.options import Week as FirstWeek
from planner.cli.progress import watching
from planner.cli.running import case_options, finish
from planner.cli.show import Language
from planner.workflow.capacity import capacity_case
from planner.workflow.options import RunOptions

Months = Annotated[
    int | None, typer.Option("--months", min=1, max=36, help="Monate / months planned.")
]
Probability = Annotated[
    float | None,
    typer.Option(
        "--probability", min=0.01, max=1.0, help="So oft wird das Ziel gehalten / how often kept."
    ),
]


def capacity(
    case: CaseFile,
    months: Months = None,
    probability: Probability = None,
    week: FirstWeek = None,
    seconds: Seconds = 180,
    replications: Replications = None,
    seed: Seed = 1,
    out: Out = None,
    settings: Settings = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Stellen über Monate: Einstellungen, Fehlzeit, Vorlaufzeit; kleinste Kosten mit Schranke.

    Posts over months: the cheapest hires that hold the lead-time target in every month with the
    stated probability, with a proven bound; simulated with the booking model. Reads CASE, writes
    the run folder. Ends with 1 when the target can be held only later than wanted, or never.
    """
    chosen = [*(settings or ())]
    chosen += [f"capacity.months={months}"] if months is not None else []
    chosen += [f"capacity.probability={probability}"] if probability is not None else []
    options = case_options(case, chosen, week)
    run = RunOptions(seed, replications, "compiled", 1, out, language.value, tuple(sys.argv[1:]))
    with watching(language) as watch:
        finish(lambda: capacity_case(options, run, seconds, watch), as_json, language)
