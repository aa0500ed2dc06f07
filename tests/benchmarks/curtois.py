"""Solves an instance of the Employee Shift Scheduling benchmark (CONTRACT, published instances).

``python -m tests.benchmarks.curtois INSTANCE.txt --seconds T --workers N --solution OUT.csv``
writes one line per employee (name, then a shift or nothing for each day) and prints
``objective=… bound=… seconds=…`` last; progress goes to standard error.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.model.lines.budget import Budget
from planner.model.lines.problem import Line
from planner.model.lines.rulepricer import RulePricer
from planner.model.lines.search import LineOutcome, LineProgress, LineSearch, SearchSettings
from tests.benchmarks.curtois_instance import Instance, read_instance
from tests.benchmarks.history import Measured
from tests.published.checker import check

INSTANCES = Path(__file__).parent.parent / "data" / "curtois"
#: Best known values (wssuite/NurseScheduler, benchmark/nrp.yml, 2023-10).
BEST_KNOWN = {
    "Instance1": 607,
    "Instance2": 828,
    "Instance3": 1001,
    "Instance4": 1716,
    "Instance5": 1143,
}


def solve(instance: Instance, seconds: float, workers: int, seed: int = 1) -> LineOutcome:
    """Return the best roster found in ``seconds`` of wall time with ``workers`` threads."""
    search = LineSearch(
        instance.problem,
        RulePricer(instance.types, instance.rules),
        Budget(seconds=seconds),
        SearchSettings(jobs=workers, seed=seed),
        on_progress=_tell,
    )
    return search.run()


def write_solution(path: Path, instance: Instance, lines: Sequence[Line]) -> None:
    """Write one line per employee: name, then the shift of each day or nothing."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for name, line in zip(instance.employees, lines, strict=True):
            shifts = [instance.shifts[s] if s >= 0 else "" for s in line.payload]
            writer.writerow([name, *shifts])


def measured(seconds: float = 30.0) -> Iterator[Measured]:
    """Yield value, bound and seconds of the instances kept with the tests (``make bench``)."""
    for name, best_known in BEST_KNOWN.items():
        path = INSTANCES / f"{name}.txt"
        instance = read_instance(path)
        outcome = solve(instance, seconds, workers=2)
        if outcome.lines is None:
            raise AssertionError(f"{name}: no roster")
        with TemporaryDirectory() as folder:
            solution = Path(folder) / "roster.csv"
            write_solution(solution, instance, outcome.lines)
            verdict = check(path, solution)
        if verdict.broken:
            raise AssertionError(f"{name}: {verdict.broken}")
        note = f"best known {best_known}; at most {seconds:.0f} s"
        yield Measured(name, "objective", verdict.penalty, "points", note)
        yield Measured(name, "bound", outcome.bound, "points", note)
        yield Measured(name, "seconds", round(outcome.seconds, 2), "s", note)


def main(arguments: Sequence[str] | None = None) -> int:
    """Solve, write, check from outside, print; 3 if there is no roster, 5 if a check fails."""
    options = _options(arguments)
    instance = read_instance(options.instance)
    outcome = solve(instance, options.seconds, options.workers)
    if outcome.lines is None:
        print("no lawful roster")  # noqa: T201
        return 3
    write_solution(options.solution, instance, outcome.lines)
    verdict = check(options.instance, options.solution)
    for text in verdict.broken:
        print(text, file=sys.stderr)  # noqa: T201
    print(  # noqa: T201
        f"objective={verdict.penalty} bound={outcome.bound:.10g} seconds={outcome.seconds:.1f}"
    )
    return 5 if verdict.broken or verdict.penalty != round(outcome.value) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--solution", type=Path, required=True)
    return parser.parse_args(arguments)


def _tell(progress: LineProgress) -> None:
    text = (
        f"{progress.seconds:7.1f} s  {progress.value:10g} {progress.bound:10.6g}  {progress.phase}"
    )
    print(text, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
