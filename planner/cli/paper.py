"""``planner paper``: the one-page decision paper of a run."""

from __future__ import annotations

from planner.cli.options import AsJson, RunFolder, Speak
from planner.cli.running import finish
from planner.cli.show import Language
from planner.workflow.paper import decision_paper


def paper(directory: RunFolder, as_json: AsJson = False, language: Speak = Language.DE) -> None:
    """Die Entscheidungsvorlage auf einer Seite: paper-de.pdf, paper-en.pdf und paper.html.

    The one-page decision paper of a run of hours or compare. Reads and writes the run folder.
    """
    finish(lambda: decision_paper(directory, language.value), as_json, language)
