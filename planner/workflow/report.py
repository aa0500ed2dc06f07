"""The verb *report*: build the reports of a run again from its folder."""

from __future__ import annotations

from pathlib import Path

from planner.reporting.build import build_reports
from planner.workflow.summary import ExitStatus, Summary


def rebuild_reports(directory: Path, language: str) -> Summary:
    """Build all reports of the run in ``directory``; they open in ``language``.

    Raises
    ------
    StoreError
        When the folder is not a complete run.
    """
    built = build_reports(directory, language)
    files = [path for path in built if path.parent == directory]
    facts = [("report", str(path)) for path in files]
    facts.append(("calendars", str(len(built) - len(files))))
    return Summary(ExitStatus.DONE, directory, tuple(facts))
