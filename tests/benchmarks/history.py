"""The benchmark history: one row per measured value, appended, never rewritten."""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path

HISTORY = Path("reports/benchmarks/history.csv")
COLUMNS = (
    "date",
    "commit",
    "cores",
    "benchmark",
    "case",
    "measure",
    "value",
    "unit",
    "note",
)


@dataclass(frozen=True)
class Measured:
    """One measured value.

    Attributes
    ----------
    case, measure : str
        What was measured on what.
    value : float
        In ``unit``.
    note : str
        What a reader must know to compare (best known value, limits).
    """

    case: str
    measure: str
    value: float
    unit: str
    note: str = ""


def append(benchmark: str, rows: Iterable[Measured], path: Path = HISTORY) -> None:
    """Append ``rows`` of ``benchmark`` to the history, with a header if it is new.

    Raises
    ------
    ValueError
        If the file has other columns.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists()
    if not fresh and path.read_text(encoding="utf-8").splitlines()[:1] != [",".join(COLUMNS)]:
        raise ValueError(f"{path} has other columns than {','.join(COLUMNS)}; move it away first")
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if fresh:
            writer.writerow(COLUMNS)
        where = (datetime.now(UTC).date().isoformat(), _commit(), os.cpu_count(), benchmark)
        writer.writerows((*where, *astuple(row)) for row in rows)


def _commit() -> str:
    """Return the short name of the commit measured, ``unknown`` outside a repository."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
