"""The exact appointment book, steady and transient: every tabulated row, and coverage.

``python -m tests.benchmarks.book_theory [--part K/N]`` plays independent first-come books (sites
whose customers go nowhere else) with the booking stage and compares them with the tables; a book is
the unit of all intervals.  The steady books are in ``steady_books``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from planner.sim.booking import simulate_booking
from tests.benchmarks.history import Measured
from tests.benchmarks.intervals import (
    AGAIN,
    NARROW,
    SETS,
    Cell,
    Floats,
    cell,
    coverage,
    covers,
    farthest_allowed,
    kept,
    told,
)
from tests.benchmarks.intervals import measured as history_rows
from tests.benchmarks.steady_books import Found, overnight_backlogs, seed_of, steady_book
from tests.booking.cases import a_fcfs_book
from tests.theory.reference import rows

#: Books before every interval is looked at, and at the most.
BLOCK, MOST_BOOKS = 2_000, 200_000
#: A draw has this many slots a day at all its sites together.
SLOTS_A_DRAW = 2_000


def main(arguments: list[str]) -> int:
    """Print a line a book, and all together; return 1 if something is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="1/1", help="K/N: every Nth book from the Kth on")
    part, parts = map(int, parser.parse_args(arguments).part.split("/"))
    played = []
    for play in books()[part - 1 :: parts]:
        played.append(play())
        name, found, hits = played[-1]
        print(f"{name}: coverage {hits:g} of 200; {told(found)}", flush=True)  # noqa: T201
    print(told([one for _, found, _ in played for one in found]))  # noqa: T201
    return int(not all_kept(played))


def measured() -> Iterator[Measured]:
    """Yield cells and coverages of all books, and whether all is kept, for the history."""
    played = []
    for play in books():
        played.append(play())
        name, cells, hits = played[-1]
        yield from history_rows(name, cells)
        yield Measured(name, "coverage", hits, "of 200")
    yield Measured("all books", "kept", float(all_kept(played)), "of 1")


def all_kept(played: Sequence[Found]) -> bool:
    """Tell whether intervals are narrow, contain as often as they say, and none is too far off.

    The measures of a book are of the same bookings and move together, so the number inside is held
    against its band over the first measure of each book only; the farthest over all.
    """
    cells = [one for _, found, _ in played for one in found]
    contained = all(covers(hits) for _, _, hits in played)
    near = max(one.errors for one in cells) <= farthest_allowed(cells)
    narrow = all(one.width <= NARROW for one in cells)
    return contained and near and narrow and kept([found[0] for _, found, _ in played])


def books() -> Sequence[Callable[[], Found]]:
    """Return every tabulated book, the steady and the transient ones."""
    starts: dict[tuple[int, float, int], list[dict[str, str]]] = {}
    for row in rows("appointment_book_transient"):
        key = (
            int(row["slots_per_day"]),
            float(row["requests_per_day_poisson"]),
            int(row["initial_backlog"]),
        )
        starts.setdefault(key, []).append(row)
    steady = [partial(steady_book, row) for row in rows("appointment_book_fcfs")]
    return [*steady, *(partial(_transient, *one) for one in starts.items())]


def _transient(key: tuple[int, float, int], exact: list[dict[str, str]]) -> Found:
    """Play a book from a given backlog; the mean backlog at each tabulated day."""
    slots, requests, start = key
    last, sites = max(int(row["working_day"]) for row in exact), SLOTS_A_DRAW // slots
    case = a_fcfs_book(slots, requests, days=last, sites=sites, longest=600)
    backlog = {place.id: start for place in case.locations if start}
    name = f"transient {requests:g} of {slots} from {start}"
    days = {int(row["working_day"]): float(row["mean_backlog"]) for row in exact}
    found: list[Floats] = []
    cells: list[Cell] = []
    hits: float | None = None
    for number in range(MOST_BOOKS // sites):
        result = simulate_booking(case, seed_of(*key), number, backlog=backlog)
        found.append(overnight_backlogs(result)[[day - 1 for day in days]].T)
        if len(found) * sites % BLOCK == 0:
            ends = np.concatenate(found).T
            cells = [
                cell(f"{name} day {day}", mean, backlogs)
                for (day, mean), backlogs in zip(days.items(), ends, strict=True)
            ]
            hits = _covering(ends[list(days).index(60)], days[60])
            if max(one.width for one in cells) <= NARROW and hits is not None:
                break
    return name, cells, hits or 0.0


def _covering(backlogs: Floats, exact: float) -> float | None:
    """Return how many of 200 intervals contain the exact backlog; None if more books are needed."""
    first = float(coverage(backlogs[:BLOCK], exact))
    if covers(first):
        return first
    books = AGAIN * BLOCK
    return (
        coverage(backlogs[:books], exact, AGAIN * SETS) / AGAIN if len(backlogs) >= books else None
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
