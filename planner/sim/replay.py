"""A replication as two files, one a stage, and back: randomness is data, so it can be kept.

``requests.parquet`` holds the requests of the book, ``customers.parquet`` the customers of the day:
causes only, so a stored replication can be played under the staffing it had or any other, by either
engine, on any machine.  The files name the case's locations, services and districts; a case with
others is refused, because codes would mean something else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from planner.domain.case import PlanningCase
from planner.errors import EngineError, StoreError
from planner.sim.book_backlog import NO_BACKLOG
from planner.sim.book_layout import book_layout
from planner.sim.booking import (
    ENGINES,
    booking_problem,
    booking_result,
    check_engine,
    play_requests,
)
from planner.sim.customer_table import Customers
from planner.sim.customers import sample_customers
from planner.sim.replicate import Replication
from planner.sim.requests import RequestTable

REQUESTS, CUSTOMERS = "requests.parquet", "customers.parquet"
#: Columns of ``Customers`` that are not one value a customer.
_AGAIN = ("patience_again", "delay_again")
_BOUNDS = "again_from"
_FACTS = b"planner"


def write_replication(
    folder: Path,
    case: PlanningCase,
    draw: tuple[int, int],
    backlog: Mapping[str, int] = NO_BACKLOG,
) -> Replication:
    """Sample a replication, write both stages into ``folder`` and return it.

    Parameters
    ----------
    draw : (seed, replication)
        Name the random streams.
    backlog : mapping of location id to number
        Bookings ahead with which the book starts.

    Raises
    ------
    StoreError
        When the folder cannot be written.
    """
    problem, backlog_rows = booking_problem(case, *draw, backlog)
    booking = booking_result(case, problem, ENGINES["compiled"](problem), backlog_rows)
    customers = sample_customers(case, booking, *draw)
    facts = {**_names(case), "replication": draw[1], "backlog_rows": backlog_rows}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / REQUESTS, _request_columns(problem.requests), facts)
        _write(folder / CUSTOMERS, _customer_columns(customers), facts)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error}; give another folder") from error
    return Replication(draw[1], booking, customers)


def read_replication(folder: Path, case: PlanningCase, engine: str = "compiled") -> Replication:
    """Replay the booking stage from ``folder`` and return it with the stored customers.

    Raises
    ------
    StoreError
        When a file is missing or cannot be read.
    EngineError
        When the files were written for other locations, services or districts, or the engine is
        unknown.
    """
    check_engine(engine)
    asked, facts = _read(folder / REQUESTS, case)
    came, _ = _read(folder / CUSTOMERS, case)
    requests = RequestTable(
        **{column.name: _array(asked, column.name) for column in fields(RequestTable)}
    )
    booking = play_requests(case, book_layout(case), requests, engine, int(facts["backlog_rows"]))
    return Replication(int(facts["replication"]), booking, _customers(case, came))


def _names(case: PlanningCase) -> dict[str, Any]:
    """Return what the codes of the tables mean."""
    return {
        "locations": [place.id for place in case.locations],
        "services": [service.id for service in case.services],
        "districts": [district.id for district in case.districts],
    }


def _request_columns(requests: RequestTable) -> dict[str, pa.Array]:
    return {c.name: pa.array(getattr(requests, c.name)) for c in fields(RequestTable)}


def _customer_columns(customers: Customers) -> dict[str, pa.Array]:
    """Return one column a cause; further tries as lists, null where nobody comes again."""
    whole = [c.name for c in fields(Customers) if c.name not in (*_AGAIN, _BOUNDS)]
    columns = {name: pa.array(getattr(customers, name)) for name in whole}
    place = customers.location.astype(np.int64)
    first = np.searchsorted(customers.location, np.arange(len(customers.again_from) - 1))
    row = customers.again_from[place] + np.arange(len(place)) - first[place]
    none = np.diff(customers.again_from)[place] == 0
    for name in _AGAIN:
        table = getattr(customers, name)
        rows = [None if missing else table[r] for r, missing in zip(row, none, strict=True)]
        columns[name] = pa.array(rows, type=pa.list_(pa.int32()))
    return columns


def _customers(case: PlanningCase, table: pa.Table) -> Customers:
    whole = [c.name for c in fields(Customers) if c.name not in (*_AGAIN, _BOUNDS)]
    columns = {name: _array(table, name) for name in whole}
    again = {name: table.column(name).combine_chunks() for name in _AGAIN}
    known = again["delay_again"].is_valid().to_numpy(zero_copy_only=False)
    counts = np.bincount(columns["location"][known], minlength=len(case.locations))
    bounds = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    rows = int(known.sum())
    tables: dict[str, Any] = {
        name: values.drop_null().flatten().to_numpy().reshape(rows, -1) if rows else _empty()
        for name, values in again.items()
    }
    return Customers(**columns, **tables, again_from=bounds)


def _empty() -> np.ndarray[Any, np.dtype[np.int32]]:
    return np.empty((0, 0), dtype=np.int32)


def _array(table: pa.Table, name: str) -> np.ndarray[Any, Any]:
    return np.asarray(table.column(name).to_numpy())


def _write(path: Path, columns: dict[str, pa.Array], facts: Mapping[str, Any]) -> None:
    table = pa.table(columns).replace_schema_metadata({_FACTS: json.dumps(facts)})
    pq.write_table(table, path, compression="zstd")


def _read(path: Path, case: PlanningCase) -> tuple[pa.Table, dict[str, Any]]:
    try:
        table = pq.read_table(path)
        facts: dict[str, Any] = json.loads(table.schema.metadata[_FACTS])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: not a stored replication: {error}") from error
    for name, expected in _names(case).items():
        if facts[name] != expected:
            raise EngineError(
                f"{path}: was written for the {name} {', '.join(facts[name])}; the case has "
                f"{', '.join(expected)}"
            )
    return table, facts
