"""Intervals at 95 % of a known difference: covered in about 95 of 100 seeds.

M/M/5 against M/M/6 with 40 customers an hour and 6 minutes each: both mean waits are known by
Erlang C, and so is their difference.  Each seed is a comparison of its own on common customers.
The band for 100 seeds is 90 to 99: a binomial variable with p = 0.95 leaves it in 3 of 100 cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from planner.queueing.erlang import erlang_c
from planner.scenario.loading import load_case
from planner.sim.comparison import paired
from planner.sim.replicate import StaffingSource
from planner.sim.samples import sample_of
from planner.sim.scenario_replications import Option, scenario_replications
from tests.benchmarks.history import Measured

QUEUE = Path(__file__).parents[2] / "scenarios" / "queue" / "mmc.yaml"
LOAD, MINUTES, DESKS = 4.0, 6.0, (5, 6)
BAND = (90, 99)


def true_difference() -> float:
    """Return the difference of the mean waits by Erlang C [min]."""
    waits = [erlang_c(c, LOAD) * MINUTES / (c - LOAD) for c in DESKS]
    return waits[1] - waits[0]


def coverage(seeds: int, replications: int, days: int) -> tuple[int, float, float]:
    """Return covered seeds, mean difference [min] and mean variance reduction."""
    options = [_option(desks, days) for desks in DESKS]
    truth, hits, differences, factors = true_difference(), 0, [], []
    for seed in range(seeds):
        rows = list(scenario_replications(options, seed, range(replications)))
        samples = [sample_of([found[option.name] for found in rows]) for option in options]
        found = paired(samples[0], samples[1])
        place = found.keys.get_loc(("city", "city", "queue", "all", "wait_mean", "min"))
        assert isinstance(place, int)
        difference, reach = float(found.difference[place]), float(found.reach[place])
        hits += abs(difference - truth) <= reach
        differences.append(difference)
        factors.append(found.variance_independent[place] / found.variance_common[place])
    return hits, float(np.mean(differences)), float(np.median(factors))


def measured() -> Iterator[Measured]:
    """Yield coverage and variance reduction of 100 seeds."""
    hits, mean, factor = coverage(100, 10, 21)
    case = "M/M/5 against M/M/6, 100 seeds x 10 replications x 21 days"
    band = f"band {BAND[0]} to {BAND[1]}; mean {mean:.4f}, Erlang C {true_difference():.4f} min"
    yield Measured(case, "intervals that cover", float(hits), "of 100", band)
    yield Measured(case, "variance reduction", factor, "x", "median over seeds")


def _option(desks: int, days: int) -> Option:
    settings = (
        f"locations.queue.constant_desks={desks}",
        f"horizon.days={days}",
        f"name=desks-{desks}",
        "simulation.warm_up_hours=72",
    )
    return Option.of(load_case(QUEUE, settings), StaffingSource())
