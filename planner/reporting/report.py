"""What a report is: a name, the tables it needs, and a function from a run to documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from planner.results.store import Run


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file: where it goes within the run folder, and its content."""

    path: PurePosixPath
    content: bytes


class Report(Protocol):
    """A report: one frozen dataclass per file, listed in ``planner.reporting.registry``.

    Attributes
    ----------
    name : str
        What it is called.
    needs : tuple of str
        Tables of the column book without which it cannot be built.
    """

    @property
    def name(self) -> str:
        """What the report is called."""
        ...

    @property
    def needs(self) -> tuple[str, ...]:
        """Tables without which it cannot be built."""
        ...

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield the documents of the report, in ``language`` or opening in it."""
        ...
