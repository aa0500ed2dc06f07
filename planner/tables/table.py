"""What a table of the column book is: its columns, their types, and how a frame is made to fit."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planner.errors import TableError


@dataclass(frozen=True, slots=True)
class Column:
    """A column: pandas dtype, unit (empty: none) and meaning."""

    name: str
    dtype: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: file name, what a row is, its key and its columns in order."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return ``frame`` with exactly these columns and types, sorted by the key.

        Missing texts become empty texts.

        Raises
        ------
        TableError
            When columns are missing or unknown, or a type does not fit.
        """
        missing = [name for name in self.names if name not in frame.columns]
        unknown = [str(name) for name in frame.columns if name not in self.names]
        if missing or unknown:
            raise TableError(f"{self.name}: missing columns {missing}, unknown columns {unknown}")
        try:
            typed = frame[self.names].astype({c.name: c.dtype for c in self.columns})
            typed = typed.fillna({c.name: "" for c in self.columns if c.dtype == "str"})
        except (TypeError, ValueError) as error:
            raise TableError(f"{self.name}: {error}") from error
        return typed.sort_values(list(self.key), kind="stable").reset_index(drop=True)


def columns(*rows: tuple[str, str, str, str]) -> tuple[Column, ...]:
    """Return columns from rows of (name, dtype, unit, meaning)."""
    return tuple(Column(*row) for row in rows)
