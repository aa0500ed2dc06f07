"""The exact appointment book, steady and transient: every tabulated row, and coverage.

``python -m tests.benchmarks.book_theory [--part K/N]`` plays independent first-come books (sites
whose customers go nowhere else) with the booking stage and compares them with the tables; a book is
the unit of all intervals.  Steady books that relax over more than 20 days are left out: they need
months or years to settle, which is what the transient rows are for.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from planner.queueing.appointment_book import relaxation_days
from planner.sim.booking import simulate_booking
from planner.sim.booking_result import BookingResult
from planner.units import MS_PER_DAY
from tests.benchmarks.history import Measured
from tests.benchmarks.intervals import (
    NARROW,
    Cell,
    Floats,
    cell,
    coverage,
    farthest_allowed,
    kept,
    told,
)
from tests.benchmarks.intervals import measured as history_rows
from tests.booking.cases import a_fcfs_book
from tests.theory.reference import rows

SEED = 17
#: Books of a draw, and draws of a steady book; of 200 intervals each has forty of these books (of
#: ten, intervals of a ratio cover too seldom: 177 to 191 of 200, on average 184).
SITES, DRAWS = 100, 80
#: Draws of a transient book: on until every interval is narrow, at the most so many.
BLOCK, MOST_DRAWS = 20, 1_000
#: Longest relaxation of the steady books [days], and the days that are not measured.
RELAXES, SETTLE = 20, 200
#: Days measured: at least so many, and so many relaxations (means of fewer are skewed).
LEAST_DAYS, RELAXATIONS = 300, 30
MOST_SLOTS = 40
COLUMNS = {
    "lead": "mean_lead_working_days",
    "lead <= 1": "share_lead_le_1",
    "lead <= 2": "share_lead_le_2",
    "backlog": "mean_backlog_overnight",
    "empty": "p_empty_book_overnight",
    "third next": "mean_tnaa_start_of_day",
}
Found = tuple[str, list[Cell], int]


def main(arguments: list[str]) -> int:
    """Print a line a book, and all together; return 1 if something is not kept.

    The measures of a book are of the same bookings and move together, so the number inside is held
    against its band over the first measure of each book only; the farthest over all.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="1/1", help="K/N: every Nth book from the Kth on")
    part, parts = map(int, parser.parse_args(arguments).part.split("/"))
    cells: list[Cell] = []
    firsts: list[Cell] = []
    good = True
    for play in books()[part - 1 :: parts]:
        name, found, hits = play()
        cells += found
        firsts.append(found[0])
        good &= abs(hits - 190) <= 9
        print(f"{name}: coverage {hits} of 200; {told(found)}", flush=True)  # noqa: T201
    print(told(cells))  # noqa: T201
    near = max(found.errors for found in cells) <= farthest_allowed(cells)
    return int(not (good and near and kept(firsts)))


def measured() -> Iterator[Measured]:
    """Yield cells and coverages of every other book for the benchmark history."""
    for play in books()[::2]:
        name, cells, hits = play()
        yield from history_rows(name, cells)
        yield Measured(name, "coverage", hits, "of 200")


def books() -> Sequence[Callable[[], Found]]:
    """Return the steady books that settle soon and the transient ones, up to 40 slots a day."""
    steady = [r for r in rows("appointment_book_fcfs") if int(r["slots_per_day"]) <= MOST_SLOTS]
    small = [row for row in steady if _relaxation(row) <= RELAXES]
    starts: dict[tuple[int, float, int], list[dict[str, str]]] = {}
    for row in rows("appointment_book_transient"):
        key = (
            int(row["slots_per_day"]),
            float(row["requests_per_day_poisson"]),
            int(row["initial_backlog"]),
        )
        starts.setdefault(key, []).append(row)
    few = [(key, table) for key, table in starts.items() if key[0] <= MOST_SLOTS]
    return [partial(_steady, row) for row in small] + [partial(_transient, *one) for one in few]


def _relaxation(row: dict[str, str]) -> float:
    return relaxation_days(int(row["slots_per_day"]), float(row["requests_per_day_poisson"]))


def _steady(exact: dict[str, str]) -> Found:
    """Play a settled book; six measures, each the mean of eight thousand books."""
    slots, requests = int(exact["slots_per_day"]), float(exact["requests_per_day_poisson"])
    measured_days = max(LEAST_DAYS, round(RELAXATIONS * _relaxation(exact)))
    case = a_fcfs_book(slots, requests, days=SETTLE + measured_days, sites=SITES)
    parts = [list(_settled(simulate_booking(case, SEED, n))) for n in range(DRAWS)]
    values, weights = np.array([book for part in parts for book in part]).transpose(1, 2, 0)
    name = f"steady {requests:g} of {slots}"
    cells = [
        cell(f"{name} {measure}", float(exact[column]), values[number], weights[number])
        for number, (measure, column) in enumerate(COLUMNS.items())
    ]
    hits = coverage(values[0], float(exact["mean_lead_working_days"]), weights=weights[0])
    return name, cells, hits


def _settled(result: BookingResult) -> Iterator[tuple[list[float], list[float]]]:
    """Yield (values, weights) of each book after it has settled."""
    requests = result.requests
    counted = (requests.decided_ms >= SETTLE * MS_PER_DAY) & (requests.location >= 0)
    site, lead = requests.location[counted], requests.booked_lead_days[counted]
    count = np.bincount(site, minlength=SITES).astype(np.float64)
    sums = [np.bincount(site, part, SITES) for part in (lead, lead <= 1, lead <= 2)]
    backlog = overnight_backlogs(result)[SETTLE:]
    means = [
        *(part / count for part in sums),
        backlog.mean(axis=0),
        (backlog == 0).mean(axis=0),
        result.third_next_by_day[SETTLE:].mean(axis=0),
    ]
    for book in range(SITES):
        weights = [float(count[book])] * 3 + [float(len(backlog))] * 3
        yield [float(mean[book]) for mean in means], weights


def _transient(key: tuple[int, float, int], exact: list[dict[str, str]]) -> Found:
    """Play a book from a given backlog; the mean backlog at each tabulated day."""
    slots, requests, start = key
    last = max(int(row["working_day"]) for row in exact)
    case = a_fcfs_book(slots, requests, days=last, sites=SITES, longest=600)
    backlog = {place.id: start for place in case.locations if start}
    name = f"transient {requests:g} of {slots} from {start}"
    days = {int(row["working_day"]): float(row["mean_backlog"]) for row in exact}
    found: list[Floats] = []
    cells: list[Cell] = []
    for number in range(MOST_DRAWS):
        result = simulate_booking(case, SEED, number, backlog=backlog)
        found.append(overnight_backlogs(result)[[day - 1 for day in days]].T)
        if (number + 1) % BLOCK == 0:
            ends = np.concatenate(found).T
            cells = [
                cell(f"{name} day {day}", mean, backlogs)
                for (day, mean), backlogs in zip(days.items(), ends, strict=True)
            ]
            if max(one.width for one in cells) <= NARROW:
                break
    first = np.concatenate(found[:BLOCK])[:, list(days).index(60)]
    return name, cells, coverage(first, days[60])


def overnight_backlogs(result: BookingResult) -> Floats:
    """Return the bookings at each day's end that the next day's slots do not serve, (days, sites).

    Bookings of the backlog that was there at the beginning count too.
    """
    requests, days = result.requests, result.last_day
    booked = requests.location >= 0
    site = requests.location[booked].astype(np.int64)
    booked_on = requests.decided_ms[booked] // MS_PER_DAY
    served_on = requests.booked_ms[booked] // MS_PER_DAY - 1
    shape = (days, result.third_next_by_day.shape[1])
    change = _by_day(booked_on, site, shape) - _by_day(served_on, site, shape)
    return np.cumsum(change, axis=0).astype(np.float64)


def _by_day(
    day: NDArray[np.int64], site: NDArray[np.int64], shape: tuple[int, int]
) -> NDArray[np.int64]:
    """Count by (day, site); later days are left out."""
    days, sites = shape
    inside = day < days
    counts = np.bincount(day[inside] * sites + site[inside], minlength=days * sites)
    return counts.reshape(shape)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
