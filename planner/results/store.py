"""Run folders: written whole or not at all, read back table by table (CONTRACT "The run folder").

A folder is put together beside its place and moved there in one step, so that nothing half
written is ever left behind, whatever interrupts the run.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from planner.errors import StoreError
from planner.results.formats import read_csv, read_parquet, rounded, to_csv, to_parquet
from planner.results.manifest import FORMAT, FileFacts, Manifest
from planner.tables import EVERY_TABLE, Table

MANIFEST = "manifest.json"
SCENARIO = "scenario.yaml"
#: Too long for CSV; Parquet only, as CONTRACT says.
PARQUET_ONLY = frozenset({"customers"})

_TABLES = {table.name: table for table in EVERY_TABLE}


@dataclass(frozen=True)
class Run:
    """A run folder that was opened; tables are read when they are asked for."""

    directory: Path
    manifest: Manifest
    _read: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def has(self, name: str) -> bool:
        """Tell whether the run has the table ``name`` with at least its header."""
        return _table_path(self.directory, name).is_file()

    def table(self, name: str) -> pd.DataFrame:
        """Return the table ``name``.

        Raises
        ------
        StoreError
            When the run does not have it, or its file does not fit the column book.
        """
        if name not in self._read:
            self._read[name] = _read_table(self.directory, _TABLES[name])
        return self._read[name]

    def scenario(self) -> str:
        """Return the resolved scenario text."""
        return _text(self.directory / SCENARIO)


def write_run(
    directory: Path, tables: Mapping[str, pd.DataFrame], manifest: Manifest, resolved: str
) -> Path:
    """Write a run folder at ``directory`` in one step and return its path.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of the column book by name; each is conformed, sorted and rounded.
    resolved : str
        The resolved scenario, stored as ``scenario.yaml``.

    Raises
    ------
    TableError
        When a table does not fit the column book.
    StoreError
        When ``directory`` exists and is neither empty nor a run folder (which is replaced).
    """
    refuse_foreign(directory)
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        prefix=f".{directory.name}.", dir=directory.parent
    ) as temporary:
        fresh = Path(temporary) / "run"
        fresh.mkdir()
        files = _write_files(fresh, tables, resolved)
        complete = manifest.model_copy(update={"files": files})
        (fresh / MANIFEST).write_text(complete.to_json(), encoding="utf-8")
        if directory.exists():
            directory.rename(Path(temporary) / "before")
        fresh.rename(directory)
    return directory


def refuse_foreign(directory: Path) -> None:
    """Refuse a folder that a run must not replace; callers ask before a long run, not after.

    Raises
    ------
    StoreError
        When ``directory`` exists and is neither empty nor a run folder.
    """
    if not directory.exists():
        return
    if not directory.is_dir():
        raise StoreError(f"{directory}: is a file; give a folder that is new, empty or a run")
    if any(directory.iterdir()) and not (directory / MANIFEST).is_file():
        raise StoreError(
            f"{directory}: holds other files and no {MANIFEST}; give a folder that is new, "
            "empty or a run"
        )


def read_run(directory: Path) -> Run:
    """Open the run folder at ``directory``.

    Raises
    ------
    StoreError
        When the folder or a file its manifest names is missing, or the format is another.
    """
    if not directory.is_dir():
        raise StoreError(f"{directory}: there is no such folder; give the folder of a run")
    manifest = _read_manifest(directory)
    missing = sorted(name for name in manifest.files if not (directory / name).is_file())
    if missing:
        raise StoreError(f"{directory}: the run is incomplete, missing {', '.join(missing)}")
    return Run(directory, manifest)


def changed_files(run: Run) -> tuple[str, ...]:
    """Return the files of ``run`` whose content is no longer the one its manifest names."""
    facts = run.manifest.files
    return tuple(n for n in sorted(facts) if _sha256(run.directory / n) != facts[n].sha256)


def _write_files(
    folder: Path, tables: Mapping[str, pd.DataFrame], resolved: str
) -> dict[str, FileFacts]:
    (folder / SCENARIO).write_text(resolved, encoding="utf-8", newline="\n")
    files = {SCENARIO: FileFacts(sha256=_sha256(folder / SCENARIO))}
    for name in sorted(tables):
        frame = rounded(_TABLES[name].conform(tables[name]))
        contents = {f"{name}.parquet": to_parquet(frame)}
        if name not in PARQUET_ONLY:
            contents[f"{name}.csv"] = to_csv(frame)
        for file, content in sorted(contents.items()):
            (folder / file).write_bytes(content)
            files[file] = FileFacts(sha256=_sha256(folder / file), rows=len(frame))
    return files


def _read_manifest(directory: Path) -> Manifest:
    path = directory / MANIFEST
    try:
        content = json.loads(_text(path))
        written = content.get("format") if isinstance(content, dict) else None
        if written == FORMAT:
            return Manifest.model_validate(content)
    except ValueError as error:  # pydantic's ValidationError is one
        raise StoreError(f"{path}: not a manifest: {error}") from error
    raise StoreError(f"{path}: format {written}, this planner reads {FORMAT}; run the case again")


def _read_table(directory: Path, table: Table) -> pd.DataFrame:
    path = _table_path(directory, table.name)
    if not path.is_file():
        raise StoreError(f"{directory}: missing {path.name} ({table.row})")
    return read_parquet(path, table) if path.suffix == ".parquet" else read_csv(path, table)


def _table_path(directory: Path, name: str) -> Path:
    return directory / (f"{name}.parquet" if name in PARQUET_ONLY else f"{name}.csv")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path.parent}: cannot read {path.name}: {error}") from error


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
