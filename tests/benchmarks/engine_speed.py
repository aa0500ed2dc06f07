"""Speed of the engines against peers, side by side in one run.

``python -m tests.benchmarks.engine_speed [--rounds N]`` plays three cases with every engine in
turn, measures CPU time, and prints customers a second and ratios as medians with their range over
the rounds; the rows are appended to ``reports/benchmarks/history.csv`` with ``--append``.
"""

from __future__ import annotations

import argparse
import csv
import ctypes
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import numpy as np

from planner.sim.engine import NOT_CALLED, Clerks, House, Outcomes, Queue, get_engine
from tests.benchmarks.engine_cases import Case, city_week, day, queue
from tests.benchmarks.idiomatic_simpy import IdiomaticSimPy

HISTORY = Path("reports/benchmarks/history.csv")
Player = Callable[[Queue, Clerks, House], object]
#: Ratios of interest: faster, slower.
RATIOS = (
    ("compiled", "idiomatic SimPy"),
    ("compiled", "SimPy reference"),
    ("SimPy reference", "idiomatic SimPy"),
    ("compiled", "C"),
)


def main(arguments: list[str]) -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--append", action="store_true")
    options = parser.parse_args(arguments)
    players = _players()
    rows = []
    for case in (queue(), day(), city_week()):
        rows += _measure(case, players, options.rounds)
    for row in rows:
        print(*row, sep="\t")  # noqa: T201
    if options.append:
        _append(rows)


def event_loop() -> Player | None:
    """Return the C loop compiled on the spot; None where there is no compiler."""
    compiler = which("cc") or which("gcc") or which("clang")
    if compiler is None:
        return None
    library = Path(tempfile.mkdtemp()) / "event_loop.so"
    source = Path(__file__).with_name("event_loop.c")
    flags = ["-O3", "-march=native", "-shared", "-fPIC", "-ffp-contract=off"]
    subprocess.run([compiler, *flags, str(source), "-o", str(library)], check=True)
    play = ctypes.CDLL(str(library)).play

    def run(queue: Queue, clerks: Clerks, house: House) -> np.ndarray:
        call = np.full(len(queue.arrival), NOT_CALLED, dtype=np.int64)
        patience = np.ascontiguousarray(queue.patience[:, 0])
        columns = (queue.arrival, queue.rank, queue.work, queue.skill, patience)
        roster = (clerks.first, clerks.start, clerks.end, clerks.mask, clerks.pause, clerks.stays)
        play(
            ctypes.c_int64(len(queue.arrival)),
            *(_pointer(column) for column in columns),
            ctypes.c_int64(len(clerks.speed)),
            *(_pointer(column) for column in roster),
            ctypes.c_int64(len(house.closing)),
            _pointer(house.closing),
            ctypes.c_int64(len(house.mean_work)),
            _pointer(call),
        )
        return call

    return run


def _pointer(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def _players() -> dict[str, Player]:
    players: dict[str, Player] = {
        "compiled": get_engine("compiled").run,
        "SimPy reference": get_engine("simpy").run,
        "idiomatic SimPy": IdiomaticSimPy().run,
    }
    loop = event_loop()
    if loop is not None:
        players["C"] = loop
    return players


def _measure(case: Case, players: dict[str, Player], rounds: int) -> list[tuple[str, ...]]:
    seconds: dict[str, list[float]] = {name: [] for name in players}
    for player in players.values():
        player(*case.locations[0])
    for _ in range(rounds):
        for name, player in players.items():
            repeats = 5 if name in ("compiled", "C") else 1
            started = time.process_time()
            for _ in range(repeats):
                for location in case.locations:
                    player(*location)
            seconds[name].append((time.process_time() - started) / repeats)
    rates: list[tuple[str, ...]] = [
        (case.name, "customers/s", name, *_spread(case.customers / np.array(times)))
        for name, times in seconds.items()
    ]
    ratios: list[tuple[str, ...]] = [
        (case.name, "ratio", f"{fast} / {slow}", *_spread(np.array(seconds[slow]) / seconds[fast]))
        for fast, slow in RATIOS
        if fast in seconds and slow in seconds
    ]
    return rates + ratios


def _spread(values: np.ndarray) -> tuple[str, str, str]:
    """Return median, smallest and largest."""
    return f"{np.median(values):.4g}", f"{values.min():.4g}", f"{values.max():.4g}"


def _append(rows: list[tuple[str, ...]]) -> None:
    HISTORY.parent.mkdir(parents=True, exist_ok=True)
    fresh = not HISTORY.exists()
    with HISTORY.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if fresh:
            writer.writerow(("date", "case", "unit", "what", "median", "low", "high"))
        today = datetime.now(UTC).date().isoformat()
        writer.writerows((today, *row) for row in rows)


def calls_agree(case: Case, loop: Player) -> bool:
    """Tell whether the C loop calls every customer at the same instant as the compiled engine."""
    for location in case.locations:
        outcomes = get_engine("compiled").run(*location)
        assert isinstance(outcomes, Outcomes)
        if not np.array_equal(outcomes.call, np.asarray(loop(*location))):
            return False
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
