"""Reads the reference tables of ``tests/data/tables``."""

from __future__ import annotations

import csv
from pathlib import Path

TABLES = Path(__file__).parents[1] / "data" / "tables"


def rows(table: str) -> list[dict[str, str]]:
    """Return the rows of a reference table as text by column name."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def floats(cell: str) -> list[float]:
    """Return the numbers of a cell that holds a list (``;`` or blanks between them)."""
    return [float(part) for part in cell.replace(";", " ").split()]
