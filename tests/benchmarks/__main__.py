"""``python -m tests.benchmarks [NAME …]``: runs the registered benchmarks, appends the history."""

from __future__ import annotations

import sys

from tests.benchmarks.history import HISTORY, append
from tests.benchmarks.registry import BENCHMARKS


def main(names: list[str]) -> int:
    """Run all benchmarks, or those named; 2 for a name that is not registered."""
    unknown = set(names) - {benchmark.name for benchmark in BENCHMARKS}
    if unknown:
        known = ", ".join(benchmark.name for benchmark in BENCHMARKS)
        print(f"not registered: {', '.join(sorted(unknown))}; known: {known}", file=sys.stderr)  # noqa: T201
        return 2
    for benchmark in BENCHMARKS:
        if not names or benchmark.name in names:
            rows = list(benchmark.run())
            append(benchmark.name, rows)
            for row in rows:
                print(benchmark.name, row.case, row.measure, row.value, row.unit, sep="\t")  # noqa: T201
    print(f"appended to {HISTORY}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
