"""One self-contained page in German and English from blocks: sentences, charts, tables.

Every decision report is made of the same few blocks, so that they look and read alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from planner.reporting.decision_words import decision_words
from planner.reporting.words import LANGUAGES, TEMPLATES, Words
from planner.results.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, a smaller second line, and how it is shown."""

    text: str
    sub: str = ""
    number: bool = False
    strong: bool = False
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings and rows; the first cell of a row names it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A section: heading, sentences, a chart (static SVG), a table below it, a note."""

    heading: str
    sentences: tuple[str, ...] = ()
    svg: str = ""
    grid: Grid | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A report in one language."""

    title: str
    case: str
    lead: tuple[str, ...]
    blocks: tuple[Block, ...]


def number_cell(text: str, sub: str = "", *, grey: bool = False) -> Cell:
    """Return a cell with a number."""
    return Cell(text, sub, number=True, grey=grey)


def decision_html(manifest: Manifest, language: str, page: Callable[[Words], Page]) -> bytes:
    """Return the page in both languages; it opens in ``language``."""
    words = {name: decision_words(name) for name in LANGUAGES}
    pages = {name: page(words[name]) for name in LANGUAGES}
    footers = {name: run_line(manifest, words[name]) for name in LANGUAGES}
    template = environment().get_template("decision.html.j2")
    html = template.render(
        pages=pages, words=words, footers=footers, initial=language, manifest=manifest
    )
    return html.encode("utf-8")


def run_line(manifest: Manifest, words: Words) -> str:
    """Return which run this is, in one line."""
    return words(
        "common.run",
        run=manifest.run_id,
        case=manifest.case,
        hash=manifest.case_hash[:12],
        seed=manifest.seed,
        version=manifest.versions.get("planner", ""),
    )


def grid(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Grid:
    """Return a table from lists."""
    return Grid(tuple(columns), tuple(tuple(row) for row in rows))


@cache
def environment() -> Environment:
    """Return the templates' environment."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
