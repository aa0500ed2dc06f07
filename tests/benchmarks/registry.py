"""The benchmarks that ``python -m tests.benchmarks`` runs: one entry each, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.benchmarks import (
    book_theory,
    catalogue,
    ciw_agreement,
    comparison_coverage,
    curtois,
    day_chain,
    engine_agreement,
    engine_costs,
    engine_speed,
    least_staff,
    plain_cp_sat,
    queue_scenario,
    queue_theory,
)
from tests.benchmarks.engine_cases import city_week, day, queue
from tests.benchmarks.history import Measured
from tests.mutation import verdicts
from tests.mutation.families import ACTIVITIES, PLAIN, POSTINGS, RULES


@dataclass(frozen=True)
class Benchmark:
    """A benchmark: its name in the history and what it measures."""

    name: str
    run: Callable[[], Iterable[Measured]]


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark("published rosters", curtois.measured),
    Benchmark("outside witness", ciw_agreement.measured),
    Benchmark("engine agreement", engine_agreement.measured),
    Benchmark("queue theory", queue_theory.measured),
    Benchmark("finite day", day_chain.measured),
    Benchmark("appointment book", book_theory.measured),
    Benchmark("queue scenario", queue_scenario.measured),
    Benchmark("catalogue", catalogue.measured),
    Benchmark("comparison coverage", comparison_coverage.measured),
    Benchmark("engine speed: queue", lambda: engine_speed.measured(queue())),
    Benchmark("engine speed: day", lambda: engine_speed.measured(day())),
    Benchmark("engine speed: city week", lambda: engine_speed.measured(city_week())),
    Benchmark("engine costs: start", engine_costs.start),
    Benchmark("engine costs: sampling", engine_costs.sampling),
    Benchmark("engine costs: one location", engine_costs.one_location),
    Benchmark("engine costs: two processes", engine_costs.two_processes),
    Benchmark("engine costs: a year", engine_costs.year),
    Benchmark("city beside plain CP-SAT", plain_cp_sat.measured),
    Benchmark("least staff", least_staff.measured),
    Benchmark("mutants of the rules", lambda: verdicts.measured(RULES)),
    Benchmark("mutants of the postings", lambda: verdicts.measured(POSTINGS)),
    Benchmark("mutants of plain weeks", lambda: verdicts.measured(PLAIN)),
    Benchmark("mutants of activities", lambda: verdicts.measured(ACTIVITIES)),
)
