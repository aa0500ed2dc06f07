"""The exact finite day under closing rules A and B: every row of the tables, and coverage.

``python -m tests.benchmarks.day_chain [--part K/N]`` plays every tabulated plan (equal plans once)
with the engine and compares late and delayed shares by hour, the late share and the mean wait of
the day with the chain.  The day is the unit of all intervals; a plan is played until the half-width
of every one is at most 1.5 % of the exact value.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

import numpy as np

from tests.benchmarks.history import Measured
from tests.benchmarks.intervals import NARROW, Cell, Floats, RatioSums, coverage, covers, kept, told
from tests.benchmarks.intervals import measured as history_rows
from tests.theory.offices import OFFICES, hourly_rows
from tests.theory.reference import floats, rows
from tests.theory_sim.office import Closing, DaySums, OfficeDay, simulated

BLOCK, SEED = 20_000, 31
#: Days after which a plan is given up: the rarest lateness of the tables needs 3.7 million.
MOST_DAYS = 8_000_000
#: Days of each of the 200 intervals: waits of a day are skewed by 3 to 5, and of 100 days
#: intervals cover too seldom (179 to 193 of 200, on average 187).
COVERED_DAYS = 400


def main(arguments: list[str]) -> int:
    """Print a line a plan and rule, and all together; return 1 if something is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="1/1", help="K/N: every Nth plan from the Kth on")
    part, parts = map(int, parser.parse_args(arguments).part.split("/"))
    cells: list[Cell] = []
    good = True
    for summary in plans()[part - 1 :: parts]:
        days, found, hits = played(summary)
        cells += found
        good &= covers(hits)
        label = f"{summary['case']} {summary['plan']} {summary['closing_semantics']}"
        print(f"{label}: {days} days; coverage {hits} of 200; {told(found)}", flush=True)  # noqa: T201
    print(told(cells))  # noqa: T201
    return int(not (good and kept(cells) and all(cell.width <= NARROW for cell in cells)))


def measured() -> Iterator[Measured]:
    """Yield the cells of all plans for the benchmark history."""
    cells = [found for summary in plans() for found in played(summary)[1]]
    yield from history_rows("closing rules A and B", cells)


def plans() -> list[dict[str, str]]:
    """Return the summary rows of the tables, equal plans of an office and rule once."""
    found = {_key(row): row for row in rows("day_methods_summary")}
    return list(found.values())


def _key(row: dict[str, str]) -> tuple[str, str, str]:
    return row["case"], row["plan"], row["closing_semantics"]


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


def played(summary: dict[str, str]) -> tuple[int, list[Cell], int]:
    """Return days played, the cells of a plan (two an hour, two a day), and the coverage."""
    closing = Closing(summary["closing_semantics"])
    office, table = office_of(summary["case"], summary["method"], closing)
    assert office.plan == tuple(int(c) for c in floats(summary["plan"]))
    exact = dict(_exact(summary, table))
    sums = {name: RatioSums() for name in exact}
    days, first, seed = 0, list[DaySums](), _seed(summary)
    while days < MOST_DAYS:
        block = simulated(office, closing, BLOCK, seed + days // BLOCK)
        if days < 200 * COVERED_DAYS:
            first.append(block)
        days += BLOCK
        for name, (totals, counts) in _parts(summary, block).items():
            sums[name].add(totals, counts)
        cells = [one.cell(name, exact[name]) for name, one in sums.items()]
        if days >= 200 * COVERED_DAYS and all(cell.width <= NARROW for cell in cells):
            break
    return days, cells, _coverage(summary, first)


def _seed(summary: dict[str, str]) -> int:
    """Return a seed of its own: with one for all plans, all would share its luck."""
    return SEED + 1_000 * [_key(row) for row in plans()].index(_key(summary))


def _label(summary: dict[str, str]) -> str:
    return f"{summary['plan']} {summary['closing_semantics']}"


def _exact(summary: dict[str, str], table: list[dict[str, str]]) -> Iterator[tuple[str, float]]:
    """Yield the exact values by name."""
    label = _label(summary)
    for hour, row in enumerate(table):
        yield f"{label} late {hour}", float(row["share_late"])
        yield f"{label} delayed {hour}", float(row["share_delayed"])
    yield f"{label} late of the day", float(summary["pooled_share_late"])
    yield f"{label} wait of the day", float(summary["mean_wait_min"])


def _parts(summary: dict[str, str], days: DaySums) -> dict[str, tuple[Floats, Floats]]:
    """Return what is counted and out of how many, by day, under the same names."""
    label, whole = _label(summary), days.count.sum(axis=1)
    parts = {}
    for hour in range(days.count.shape[1]):
        parts[f"{label} late {hour}"] = (days.late[:, hour], days.count[:, hour])
        parts[f"{label} delayed {hour}"] = (days.delayed[:, hour], days.count[:, hour])
    parts[f"{label} late of the day"] = (days.late.sum(axis=1), whole)
    parts[f"{label} wait of the day"] = (days.waited.sum(axis=1), whole)
    return parts


def _coverage(summary: dict[str, str], blocks: list[DaySums]) -> int:
    """Return how many of 200 intervals of the mean wait contain the exact one."""
    days = 200 * COVERED_DAYS
    count = np.concatenate([block.count.sum(axis=1) for block in blocks])[:days]
    waited = np.concatenate([block.waited.sum(axis=1) for block in blocks])[:days]
    ratio = waited / np.maximum(count, 1)
    return coverage(ratio, float(summary["mean_wait_min"]), weights=count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
