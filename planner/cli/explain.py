"""The command *explain*."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from planner.cli.options import AsJson, RunFolder, Speak
from planner.cli.progress import watching
from planner.cli.running import finish
from planner.cli.show import Language
from planner.workflow.explain import Question, explain_run

Location = Annotated[str, typer.Option("--location", help="Standort / location.")]
Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Tag / day.")]
Time = Annotated[str, typer.Option("--time", help="Zeitfenster, HH:MM / slot.")]
Skill = Annotated[str, typer.Option("--skill", help="Qualifikation / skill.")]
Person = Annotated[str, typer.Option("--employee", help="Nur diese Person / this person only.")]
Seconds = Annotated[
    float,
    typer.Option("--seconds", min=0.1, help="Suchzeit je Lockerung / seconds per relaxation."),
]


def explain(
    directory: RunFolder,
    location: Location = "",
    day: Day = None,
    time: Time = "",
    skill: Skill = "",
    employee: Person = "",
    seconds: Seconds = 2.0,
    as_json: AsJson = False,
    language: Speak = Language.DE,
) -> None:
    """Erklärt, warum Personal fehlt: welche Regeln und Tatsachen sich widersprechen, was hülfe.

    Explains a shortfall: for everybody who could help, the minimal set of rules and facts that
    forbids it or what it would cost, and the cheapest relaxations with their effect. Without
    options it lists all shortfalls. Reads a run folder, writes nothing.
    """
    question = Question(location, day.date() if day else None, time, skill, employee)
    with watching(language) as watch:
        finish(
            lambda: explain_run(directory, question, language.value, seconds, watch),
            as_json,
            language,
        )
