"""The benchmarks that ``python -m tests.benchmarks`` runs: one entry each, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.benchmarks import curtois, engine_speed, plain_cp_sat
from tests.benchmarks.engine_cases import city_week, day, queue
from tests.benchmarks.history import Measured


@dataclass(frozen=True)
class Benchmark:
    """A benchmark: its name in the history and what it measures."""

    name: str
    run: Callable[[], Iterable[Measured]]


def _engine_speed() -> Iterable[Measured]:
    """Yield the median customers a second and the ratios between engines."""
    players = engine_speed._players()
    for case in (queue(), day(), city_week()):
        for name, unit, what, median, low, high in engine_speed._measure(case, players, rounds=3):
            yield Measured(name, what, float(median), unit, f"{low} to {high} in 3 rounds")


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark("published rosters", curtois.measured),
    Benchmark("engine speed", _engine_speed),
    Benchmark("city beside plain CP-SAT", plain_cp_sat.measured),
)
