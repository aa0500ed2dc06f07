"""CSV tables in, rows with row numbers out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from planner.scenario.nodes import Fields, Leaf, Origin
from planner.scenario.problems import Problems, suggestion
from planner.scenario.table_book import TableSpec
from planner.scenario.text_reading import read_text


def read_table(path: Path, spec: TableSpec, mention: Origin, problems: Problems) -> Fields | None:
    """Return the rows of a CSV file by row key, or None when the table cannot be used."""
    text = read_text(path, mention, problems)
    if text is None:
        return None
    file = str(path)
    records = _records(text, file, problems)
    header = next(records, None)
    if header is None:
        problems.add(Origin(file, 1), "", "has no header.", "Write the names of columns.")
        return None
    if not _header_fits(header[1], spec, Origin(file, header[0]), problems):
        return None
    start = Origin(file, header[0])
    read = list(_rows(records, header[1], spec, file, problems))
    complete = [row for row in read if row is not None]
    rows = rows_by_key(complete, spec, start, problems)
    if spec.required and not rows.entries:
        problems.add(start, spec.name, "has a header but no rows.", "Add the rows.")
        return None
    return replace(rows, partial=len(complete) < len(read))


def rows_by_key(
    rows: Iterable[Fields], spec: TableSpec, origin: Origin, problems: Problems
) -> Fields:
    """Return rows as a mapping by their key; equal keys are a problem."""
    table = Fields({}, {}, origin, whole=True)
    for row in rows:
        key = row_key(row, spec)
        if key in table.entries:
            first = table.keys[key]
            where = "line" if first.file == row.origin.file else f"{first.file}:"
            problems.add(
                row.origin,
                f"{spec.name}.{key}",
                f"stands twice; first in {where} {first.line}.",
                f"Rows are known by {', '.join(spec.key)}: delete one or change it.",
            )
            continue
        table.entries[key] = row
        table.keys[key] = row.origin
    return table


def row_key(row: Fields, spec: TableSpec) -> str:
    """Return the key of a row: the cells of the key columns joined by ``/``."""
    cells = (row.entries.get(column) for column in spec.key)
    return "/".join(str(cell.value) if isinstance(cell, Leaf) else "" for cell in cells)


def _records(text: str, file: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.add(Origin(file, line), "", f"is not CSV: {error}.")
            return
        if any(cell.strip() for cell in cells):
            yield line, [cell.strip() for cell in cells]


def _header_fits(header: list[str], spec: TableSpec, origin: Origin, problems: Problems) -> bool:
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        problems.add(
            origin,
            "",
            "has one column only; columns are separated by commas.",
            "Save it with commas.",
        )
        return False
    doubled = sorted({name for name in header if header.count(name) > 1})
    for name in doubled:
        problems.add(origin, f"{spec.name}.{name}", "is the name of two columns.")
    for name in header:
        if name not in spec.columns:
            advice = suggestion(name, spec.columns, "Columns")
            problems.add(origin, f"{spec.name}.{name}", "is not a known column.", advice)
    missing = [name for name in spec.required_columns if name not in header]
    for name in missing:
        meaning = spec.row.model_fields[name].description or ""
        problems.add(
            origin, f"{spec.name}.{name}", "is a missing column.", f"Add the column: {meaning}"
        )
    return not missing and not doubled


def _rows(
    records: Iterator[tuple[int, list[str]]],
    header: list[str],
    spec: TableSpec,
    file: str,
    problems: Problems,
) -> Iterator[Fields | None]:
    """Yield the rows; None for one that does not fit the header."""
    known = frozenset(spec.columns)
    for line, cells in records:
        origin = Origin(file, line)
        if len(cells) != len(header):
            problems.add(
                origin,
                spec.name,
                f"row has {len(cells)} cells, the header has {len(header)}.",
                "Cells that hold a comma stand in double quotes.",
            )
            yield None
            continue
        named = zip(header, cells, strict=True)
        filled = {name: cell for name, cell in named if cell and name in known}
        yield Fields(
            {name: Leaf(cell, origin) for name, cell in filled.items()},
            dict.fromkeys(filled, origin),
            origin,
        )
