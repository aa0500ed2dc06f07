"""How tables become files and files become tables: CSV and Parquet, equal for equal runs.

Floats keep nine significant digits in both formats, so that sums taken in another order (other
``--jobs``) give the same bytes and the two formats the same values.
"""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from planner.errors import StoreError, TableError
from planner.tables import Table

DIGITS = 9


def rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` with its floats at nine significant digits and without a negative zero."""
    columns = frame.select_dtypes("float64").columns
    return frame.assign(**{str(c): frame[c].map(_nine_digits).astype("float64") for c in columns})


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return ``frame`` as UTF-8 CSV with a comma, a decimal point and line feeds."""
    text = frame.to_csv(index=False, lineterminator="\n", float_format=f"%.{DIGITS}g")
    return text.encode("utf-8")


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Return ``frame`` as Parquet."""
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def read_csv(path: Path, table: Table) -> pd.DataFrame:
    """Read ``table`` from the CSV file at ``path``.

    Raises
    ------
    StoreError
        When the file cannot be read as this table; the message names the file.
    """
    texts = {c.name: "str" for c in table.columns}
    try:
        frame = pd.read_csv(path, dtype=texts, keep_default_na=False, encoding="utf-8")
        floats = [c.name for c in table.columns if c.dtype == "float64" and c.name in frame.columns]
        frame = frame.assign(**{name: pd.to_numeric(frame[name]) for name in floats})
        flags = [c.name for c in table.columns if c.dtype == "bool" and c.name in frame.columns]
        frame = frame.assign(**{name: frame[name] == "True" for name in flags})
        return table.conform(frame)
    except (TableError, ValueError, OSError) as error:
        raise StoreError(f"{path.name}: not a readable table '{table.name}': {error}") from error


def read_parquet(path: Path, table: Table) -> pd.DataFrame:
    """Read ``table`` from the Parquet file at ``path``; errors as in :func:`read_csv`."""
    try:
        return table.conform(pd.read_parquet(path))
    except (TableError, ValueError, OSError) as error:
        raise StoreError(f"{path.name}: not a readable table '{table.name}': {error}") from error


def _nine_digits(value: float) -> float:
    return float(f"{value:.{DIGITS}g}") + 0.0  # adding 0.0 turns -0.0 into 0.0
