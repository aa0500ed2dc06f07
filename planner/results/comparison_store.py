"""The folder of a comparison: chunks while it runs, tables and a manifest when it has something.

A chunk is a few replications of one scenario.  It is known by what it depends on (case, seed, way
of staffing, effort), so that an interrupted comparison goes on where it stopped, and one with more
scenarios or replications keeps what is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.errors import StoreError
from planner.results.formats import read_csv, rounded, to_csv, to_parquet
from planner.results.manifest import FileFacts, Manifest
from planner.results.store import MANIFEST
from planner.tables import ACTIVITIES, COMPARISON_BOOK, REQUIREMENT, ROSTER

CHUNKS = "chunks"
_STAFF_TABLES = {table.name: table for table in (ROSTER, ACTIVITIES, REQUIREMENT)}


@dataclass(frozen=True, slots=True)
class Chunks:
    """The chunks of one scenario; ``key`` holds all that they depend on."""

    directory: Path
    key: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Return the folder of these chunks."""
        digest = hashlib.sha256("|".join(self.key).encode()).hexdigest()
        return self.directory / CHUNKS / digest[:16]

    def read(self, number: int) -> pd.DataFrame | None:
        """Return the chunk with this number; None when there is none that can be read."""
        path = self.folder / f"{number:04d}.parquet"
        try:
            return pd.read_parquet(path) if path.is_file() else None
        except (ValueError, OSError):
            return None

    def write(self, number: int, frame: pd.DataFrame) -> None:
        """Keep a chunk, in one step."""
        _place(self.folder / f"{number:04d}.parquet", to_parquet(frame))

    def read_staff(self) -> dict[str, pd.DataFrame] | None:
        """Return the tables of who serves; None unless they were written to the end."""
        if not (self.folder / "staff.done").is_file():
            return None
        return {
            name: read_csv(self.folder / f"{name}.csv", table)
            for name, table in _STAFF_TABLES.items()
            if (self.folder / f"{name}.csv").is_file()
        }

    def write_staff(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Keep the tables of who serves."""
        for name, frame in tables.items():
            _place(self.folder / f"{name}.csv", to_csv(_STAFF_TABLES[name].conform(frame)))
        _place(self.folder / "staff.done", b"")


def refuse_other(directory: Path) -> None:
    """Refuse a folder that holds something else than a comparison.

    Raises
    ------
    StoreError
        When ``directory`` is a file, or holds other files.
    """
    if not directory.exists():
        return
    if not directory.is_dir():
        raise StoreError(f"{directory}: is a file; give a folder that is new or a comparison")
    inside = {path.name for path in directory.iterdir()}
    if inside and CHUNKS not in inside and "comparison.csv" not in inside:
        raise StoreError(
            f"{directory}: holds other files; give a folder that is new or a comparison"
        )


def write_comparison(
    directory: Path, tables: Mapping[str, pd.DataFrame], manifest: Manifest
) -> Path:
    """Write tables and, last, the manifest into ``directory``; chunks stay where they are.

    Raises
    ------
    TableError
        When a table does not fit the column book.
    """
    book = {table.name: table for table in COMPARISON_BOOK}
    files = {}
    directory.mkdir(parents=True, exist_ok=True)
    (directory / MANIFEST).unlink(missing_ok=True)
    for name in sorted(tables):
        frame = rounded(book[name].conform(tables[name]))
        content = to_csv(frame)
        _place(directory / f"{name}.csv", content)
        files[f"{name}.csv"] = FileFacts(
            sha256=hashlib.sha256(content).hexdigest(), rows=len(frame)
        )
    complete = manifest.model_copy(update={"files": files})
    _place(directory / MANIFEST, complete.to_json().encode("utf-8"))
    return directory


def _place(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.part")
    fresh.write_bytes(content)
    fresh.replace(path)
