"""``planner history``: published posts played against published leads."""

from __future__ import annotations

import sys

from planner.cli.options import AsJson, CaseFile, Out, Replications, Seed, Settings, Speak
from planner.cli.progress import watching
from planner.cli.running import case_options, finish
from planner.cli.show import Language
from planner.workflow.history import history_case
from planner.workflow.options import RunOptions


def history(
    case: CaseFile,
    replications: Replications = None,
    seed: Seed = 1,
    out: Out = None,
    settings: Settings = None,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Spielt veröffentlichte Stellen und Fehlzeiten nach und vergleicht die Vorlaufzeiten.

    Plays published posts and absences (staffing.csv and settings.csv beside CASE) with the booking
    model and the capacity model, and compares the leads with what was published. Writes the run
    folder. Ends with 1 when an observation does not fit.
    """
    options = case_options(case, settings, None)
    run = RunOptions(seed, replications, "compiled", 1, out, language.value, tuple(sys.argv[1:]))
    with watching(language) as watch:
        finish(lambda: history_case(options, run, watch), as_json, language)
