"""Building the reports of a run: from its folder, into its folder, and from nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from planner.reporting.registry import REPORTS
from planner.reporting.report import Document, Report
from planner.results.store import Run, read_run

CALENDARS = "calendars"


def build_reports(run_dir: Path, language: str = "de") -> tuple[Path, ...]:
    """Build every report that the run in ``run_dir`` has the tables for.

    Parameters
    ----------
    language : str
        ``de`` or ``en``: language of the workbook and calendars, and the one in which
        ``report.html`` opens (it holds both).

    Returns
    -------
    tuple of Path
        The files written, in order; each replaces its predecessor in one step.

    Raises
    ------
    StoreError
        When the folder is not a complete run, or a table does not fit the column book.
    """
    run = read_run(run_dir)
    documents = [d for report in REPORTS if _can(report, run) for d in report.build(run, language)]
    shutil.rmtree(run_dir / CALENDARS, ignore_errors=True)
    return tuple(write_document(run_dir, document) for document in documents)


def write_document(directory: Path, document: Document) -> Path:
    """Write a document into ``directory`` in one step and return its path."""
    path = directory / document.path
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.part")
    fresh.write_bytes(document.content)
    fresh.replace(path)
    return path


def _can(report: Report, run: Run) -> bool:
    return all(run.has(name) for name in report.needs)
