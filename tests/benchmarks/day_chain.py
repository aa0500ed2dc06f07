"""The exact finite day under closing rules A and B: every row of the tables, and coverage.

``python -m tests.benchmarks.day_chain [--days N] [--part K/N]`` plays every tabulated plan (equal
plans once) with the engine and compares late and delayed shares by hour, the late share and the
mean wait of the day with the chain; the day is the unit of all intervals.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

import numpy as np

from tests.benchmarks.history import Measured
from tests.benchmarks.intervals import Cell, cell, coverage, kept, told
from tests.benchmarks.intervals import measured as history_rows
from tests.theory.offices import OFFICES, hourly_rows
from tests.theory.reference import floats, rows
from tests.theory_sim.office import Closing, DaySums, OfficeDay, simulated

BLOCK, SEED = 20_000, 31
COVERED_DAYS = 100


def main(arguments: list[str]) -> int:
    """Print a line a plan and rule, and all together; return 1 if something is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=100_000)
    parser.add_argument("--part", default="1/1", help="K/N: every Nth plan from the Kth on")
    chosen = parser.parse_args(arguments)
    part, parts = map(int, chosen.part.split("/"))
    cells: list[Cell] = []
    good = True
    for summary in plans()[part - 1 :: parts]:
        sums, found = played(summary, chosen.days)
        cells += found
        hits = _coverage(summary, sums)
        good &= abs(hits - 190) <= 9
        label = f"{summary['case']} {summary['plan']} {summary['closing_semantics']}"
        print(f"{label}: coverage {hits} of 200; {told(found)}", flush=True)  # noqa: T201
    print(told(cells))  # noqa: T201
    return int(not (good and kept(cells)))


def measured() -> Iterator[Measured]:
    """Yield the cells of all plans, 20,000 days each, for the benchmark history."""
    cells = [found for summary in plans() for found in played(summary, BLOCK)[1]]
    yield from history_rows("closing rules A and B", cells)


def plans() -> list[dict[str, str]]:
    """Return the summary rows of the tables, equal plans of an office and rule once."""
    found = {
        (row["case"], row["plan"], row["closing_semantics"]): row
        for row in rows("day_methods_summary")
    }
    return list(found.values())


def office_of(case: str, method: str, closing: Closing) -> tuple[OfficeDay, list[dict[str, str]]]:
    """Return a tabulated office with its plan, and its hourly rows under a rule."""
    table = hourly_rows(case, method, closing.value)
    service, threshold = OFFICES[case]
    office = OfficeDay(
        rates=tuple(float(row["lambda_per_h"]) for row in table),
        plan=tuple(int(row["servers"]) for row in table),
        minutes=service,
        threshold=threshold,
    )
    return office, table


def played(summary: dict[str, str], days: int) -> tuple[DaySums, list[Cell]]:
    """Return the sums by day of a plan and its cells: two an hour and two a day."""
    closing = Closing(summary["closing_semantics"])
    office, table = office_of(summary["case"], summary["method"], closing)
    assert office.plan == tuple(int(c) for c in floats(summary["plan"]))
    blocks = [simulated(office, closing, BLOCK, SEED + n) for n in range(-(-days // BLOCK))]
    sums = DaySums(
        *(
            np.concatenate([getattr(block, name) for block in blocks])
            for name in DaySums.__dataclass_fields__
        )
    )
    return sums, list(_cells(summary, table, sums))


def _cells(summary: dict[str, str], table: list[dict[str, str]], sums: DaySums) -> Iterator[Cell]:
    label = f"{summary['plan']} {summary['closing_semantics']}"
    for hour, row in enumerate(table):
        count = sums.count[:, hour]
        late, delayed = (
            values[:, hour] / np.maximum(count, 1) for values in (sums.late, sums.delayed)
        )
        yield cell(f"{label} late {hour}", float(row["share_late"]), late, count)
        yield cell(f"{label} delayed {hour}", float(row["share_delayed"]), delayed, count)
    count = sums.count.sum(axis=1)
    for name, column, values in (
        ("late", "pooled_share_late", sums.late),
        ("wait", "mean_wait_min", sums.waited),
    ):
        ratio = values.sum(axis=1) / np.maximum(count, 1)
        yield cell(f"{label} {name} of the day", float(summary[column]), ratio, count)


def _coverage(summary: dict[str, str], sums: DaySums) -> int:
    """Return how many of 200 intervals of the mean wait, 100 days each, contain the exact one."""
    days = 200 * COVERED_DAYS
    count = sums.count[:days].sum(axis=1)
    ratio = sums.waited[:days].sum(axis=1) / np.maximum(count, 1)
    return coverage(ratio, float(summary["mean_wait_min"]), weights=count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
