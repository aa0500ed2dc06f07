"""A scenario that changes rows of another one, as text: base plus one override, to be edited."""

from __future__ import annotations

import json
from collections.abc import Mapping

#: Changed cells of a row by column; None: the row is gone.
RowPatch = Mapping[str, str | float | int] | None
TablePatch = Mapping[str, RowPatch]


def patch_text(
    extends: str,
    name: str,
    title: tuple[str, str],
    why: str,
    tables: Mapping[str, TablePatch],
) -> str:
    """Return a scenario file.

    Parameters
    ----------
    extends : str
        Path of the base, seen from the file.
    title : (str, str)
        German and English title.
    why : str
        A sentence on what it is and where it comes from.
    tables : mapping
        Rows that change, by table and key of the row; tables without change are left out.
    """
    lines = [
        f"extends: {_text(extends)}",
        f"name: {_text(name)}",
        f"title: {{de: {_text(title[0])}, en: {_text(title[1])}}}",
        f"why: {_text(why)}",
    ]
    changed = {table: rows for table, rows in tables.items() if rows}
    if changed:
        lines.append("tables:")
    for table, rows in changed.items():
        lines.append(f"  {table}:")
        lines += [f"    {_text(key)}: {_row(row)}" for key, row in rows.items()]
    return "\n".join(lines) + "\n"


def _row(row: RowPatch) -> str:
    if row is None:
        return "null"
    return "{" + ", ".join(f"{column}: {_cell(cell)}" for column, cell in row.items()) + "}"


def _cell(cell: str | float) -> str:
    return _text(cell) if isinstance(cell, str) else repr(cell)


def _text(text: str) -> str:
    """Return a text in double quotes: JSON strings are YAML strings."""
    return json.dumps(text, ensure_ascii=False)
