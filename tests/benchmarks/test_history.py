"""The benchmark history is appended with one header and one shape."""

from __future__ import annotations

import csv

import pytest

from tests.benchmarks.history import COLUMNS, Measured, append


def test_rows_are_appended_under_one_header(tmp_path):
    """Two runs leave one header and both rows."""
    path = tmp_path / "deep" / "history.csv"
    for value in (1.0, 2.0):
        append("example", [Measured("case", "objective", value, "points")], path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row[6] for row in rows[1:]] == ["1.0", "2.0"]


def test_file_with_other_columns_is_refused(tmp_path):
    """Nothing is appended to a file of another shape."""
    path = tmp_path / "history.csv"
    path.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(ValueError, match="other columns"):
        append("example", [], path)
