"""The decision paper as files: tagged PDF by typst (one per language) and one HTML for both.

Typst brings its own fonts and needs neither network nor system fonts; the document follows PDF/UA-1
(tagged, title, language, alternative text), otherwise it refuses to be made.  The print shrinks
until the paper is one page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import PurePosixPath

import typst

from planner.reporting.decision_page import environment
from planner.reporting.decision_words import decision_words
from planner.reporting.paper import Paper
from planner.reporting.report import Document
from planner.reporting.words import TEMPLATES

#: Sizes of print that are tried until the paper is one page [pt].
_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
_LABELS = ("question", "recommendation", "figures", "figure", "difference", "assumptions", "again")


def paper_documents(papers: dict[str, Paper], language: str, created: str) -> Iterator[Document]:
    """Yield the paper as ``paper-de.pdf``, ``paper-en.pdf`` and ``paper.html``.

    Parameters
    ----------
    papers : dict
        The paper by language.
    language : str
        Language in which the HTML opens.
    created : str
        Time of the run, ISO 8601 in UTC: the PDF's date, so that equal runs give equal files.
    """
    for name, paper in papers.items():
        yield Document(PurePosixPath(f"paper-{name}.pdf"), _pdf(paper, name, created))
    words = {name: decision_words(name) for name in papers}
    template = environment().get_template("paper.html.j2")
    html = template.render(papers=papers, words=words, initial=language)
    yield Document(PurePosixPath("paper.html"), html.encode("utf-8"))


def _pdf(paper: Paper, language: str, created: str) -> bytes:
    content = b""
    for size in _SIZES:
        content = _compiled(paper, language, created, size)
        if _pages(paper, language, created, size) == 1:
            break
    return content


def _compiled(paper: Paper, language: str, created: str, size: float) -> bytes:
    return bytes(
        typst.compile(
            (TEMPLATES / "paper.typ").read_bytes(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            sys_inputs={"data": _data(paper, language, size)},
            timestamp=datetime.fromisoformat(created).astimezone(UTC),
        )
    )


def _pages(paper: Paper, language: str, created: str, size: float) -> int:
    """Return on how many pages the paper is printed."""
    pages = typst.compile(
        (TEMPLATES / "paper.typ").read_bytes(),
        ignore_system_fonts=True,
        format="svg",
        sys_inputs={"data": _data(paper, language, size)},
        timestamp=datetime.fromisoformat(created).astimezone(UTC),
    )
    return len(pages) if isinstance(pages, list) else 1


def _data(paper: Paper, language: str, size: float) -> str:
    words = decision_words(language)
    labels = {name: words(f"paper.{name}") for name in _LABELS}
    return json.dumps(asdict(paper) | {"labels": labels, "language": language, "size": size})
