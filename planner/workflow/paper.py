"""The verb *paper*: the one-page decision paper of a run of *hours* or of a comparison."""

from __future__ import annotations

from pathlib import Path

from planner.errors import StoreError
from planner.reporting.build import write_document
from planner.reporting.decision_words import decision_words
from planner.reporting.material import Material
from planner.reporting.paper import Paper
from planner.reporting.paper_compare import compare_paper, comparison_tables, is_comparison
from planner.reporting.paper_files import paper_documents
from planner.reporting.paper_hours import NEEDS, hours_paper
from planner.reporting.words import LANGUAGES
from planner.results.store import Run, read_run
from planner.workflow.summary import ExitStatus, Summary


def decision_paper(directory: Path, language: str) -> Summary:
    """Write the decision paper into the run folder: PDF in both languages, and HTML.

    Raises
    ------
    StoreError
        When the folder is no complete run, or of a kind that asks no question.
    """
    run = read_run(directory)
    papers = _papers(run)
    documents = paper_documents(papers, language, run.manifest.created_utc)
    written = [write_document(directory, document) for document in documents]
    facts = tuple((path.name, str(path)) for path in written)
    return Summary(ExitStatus.DONE, directory, facts)


def _papers(run: Run) -> dict[str, Paper]:
    if all(run.has(name) for name in NEEDS):
        material = Material(run)
        return {name: hours_paper(material, decision_words(name)) for name in LANGUAGES}
    if is_comparison(run.directory):
        tables = comparison_tables(run.directory)
        return {
            name: compare_paper(run.manifest, tables, decision_words(name)) for name in LANGUAGES
        }
    raise StoreError(
        f"{run.directory}: is a run of '{run.manifest.command}', which decides nothing; "
        "give the folder of 'planner hours' or 'planner compare'"
    )
